"""The translation catalogues: collect source texts, bring catalogues up to date, compile, check.

    python .ci/catalogue.py extract          the template for a new language, on standard output
    python .ci/catalogue.py update [LANG]    bring all catalogues up to date, or begin LANG
    python .ci/catalogue.py compile          write the .mo files that start faster
    python .ci/catalogue.py --check          fail if a catalogue is not complete and right

See docs/translating.md.
"""

from __future__ import annotations

import ast
import sys
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
FOLDERS = ("readiness", "ui")
MARKS = {"N_": 1, "text": 1, "plural": 2}
"""Function or method -> how many leading arguments are source texts."""
NOTE = "# Translators:"
WIDTH = 100
UNUSED_HEADERS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)


def source_texts(source: str) -> Iterator[tuple[int, tuple[str, ...], list[str]]]:
    """Yield line, text (or singular and plural) and translators' notes of every marked text."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        words = [
            part.value
            for part in node.args[: MARKS.get(name, 0)]
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
        ]
        if words and len(words) == MARKS[name]:
            yield node.lineno, tuple(words), _notes(lines, node)


def _notes(lines: Sequence[str], call: ast.Call) -> list[str]:
    """The translators' note in the comment right above the call or above its first argument."""
    for line in (call.lineno, call.args[0].lineno):
        above: list[str] = []
        for text in reversed(lines[: line - 1]):
            if not text.strip().startswith("#"):
                break
            above.insert(0, text.strip())
        starts = [i for i, text in enumerate(above) if text.startswith(NOTE)]
        if starts:
            said = " ".join(text.removeprefix("#").strip() for text in above[starts[0] :])
            return [said]
    return []


def template() -> Catalog:
    """Every source text of the product, in the order of the files."""
    found = Catalog(project="Readiness", charset="utf-8", fuzzy=False)
    for path in sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        marked = source_texts(path.read_text(encoding="utf-8"))
        for _, words, notes in sorted(marked, key=lambda item: item[0]):
            text = words[0] if len(words) == 1 else words
            found.add(text, locations=[(place, 0)], auto_comments=notes)
    return found


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file: no line numbers and no dates, so that only texts make a change."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    dropped = tuple(f'"{name}' for name in UNUSED_HEADERS)
    lines = buffer.getvalue().decode("utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(dropped)]
    start = next(i for i, line in enumerate(kept) if not line.startswith("#"))
    return "\n".join(kept[start:]).encode("utf-8")


def catalogues() -> list[Path]:
    """Every catalogue in the tree."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parent.parent.name)


def update(languages: Sequence[str]) -> None:
    """Bring the catalogues up to date with the code; begin those that do not exist yet."""
    wanted = [LOCALE / name / "LC_MESSAGES" / "readiness.po" for name in languages]
    for path in wanted or catalogues():
        path.parent.mkdir(parents=True, exist_ok=True)
        language = path.parent.parent.name
        catalogue = read(path) if path.exists() else Catalog(locale=language, fuzzy=False)
        catalogue.update(template(), no_fuzzy_matching=True)
        path.write_bytes(written(catalogue))


def compile_all() -> None:
    """Write each catalogue's compiled form beside it."""
    for path in catalogues():
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, read(path))


def faults(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    """Say in what way a catalogue is not complete and right."""
    asked = {message.id: message for message in wanted if message.id}
    held = {message.id: message for message in catalogue if message.id}
    for text in asked.keys() - held.keys():
        yield f"missing: {text!r} (run: python .ci/catalogue.py update)"
    for text in held.keys() - asked.keys():
        yield f"no longer used: {text!r} (run: python .ci/catalogue.py update)"
    for text in asked.keys() & held.keys():
        yield from (f"{fault}: {text!r}" for fault in _message_faults(held[text], catalogue))


def _message_faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    said = message.string or ""
    translations = [said] if isinstance(said, str) else list(said)
    if message.fuzzy:
        yield "fuzzy"
    if not all(translations):
        yield "not translated"
        return
    if len(originals) > 1 and len(translations) != catalogue.num_plurals:
        yield f"{len(translations)} plural forms instead of {catalogue.num_plurals}"
    names = set().union(*map(placeholders, originals))
    may_lack = {"n"} | names - placeholders(originals[0]) if len(originals) > 1 else set()
    for translation in translations:
        used = placeholders(translation)
        if used - names or names - used - may_lack:
            yield f"placeholders {sorted(used)} instead of {sorted(names)}"
        if _edges(translation) != _edges(originals[0]):
            yield "space or line break at the beginning or end differs"


def placeholders(text: str) -> set[str]:
    """The names of the ``{placeholders}``; one that is broken is returned as it stands."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        return {f"broken: {error}"}


def _edges(text: str) -> tuple[str, str]:
    """The white space at both ends."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def check() -> int:
    """Check every catalogue; returns the exit status."""
    wanted = template()
    said = [
        f"{path.relative_to(ROOT).as_posix()}: {fault}"
        for path in catalogues()
        for fault in sorted(faults(read(path), wanted))
    ]
    number = sum(1 for message in wanted if message.id)
    if said:
        sys.stderr.write("\n".join(said) + "\n")
        return 1
    sys.stdout.write(f"{len(catalogues())} catalogues hold all {number} texts.\n")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; returns the exit status."""
    match list(arguments):
        case ["extract"]:
            sys.stdout.buffer.write(written(template()))
        case ["update", *languages]:
            update(languages)
        case ["compile"]:
            compile_all()
        case ["--check"]:
            return check()
        case _:
            sys.stderr.write(__doc__ or "")
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
