"""The tree speaks of the product alone: no place on a maker's computer, no tool that made it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FORBIDDEN = {
    "a folder of one computer": r"(?<![\w.~])/(?:work|root|opt|(?:home|Users)/(?!me\b)\w+)/",
    "a package index": r"(?i)--?(?:extra-)?index-url|find-links",
    "talk of how it was written": r"(?i)\b(?:language model|chat ?bot|ai-generated|as an ai)\b",
    "unfinished work": r"\b(?:TODO|FIXME|XXX|HACK)\b",
    "a secret": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}
HERE = "tests/unit/test_repository_words.py"

NOT_OURS = re.compile(
    r"^(?:\.git|\.venv|build|dist|reports|[^/]*\.egg-info|\.[a-z]+_cache|\.hypothesis)(?:/|$)"
    r"|/?__pycache__(?:/|$)|\.(?:mo|png|wav|ttf|otf|coverage)$"
)


def texts() -> dict[str, str]:
    """Every text file of the tree, by its path; nothing that git ignores."""
    found = {}
    tops = [top for top in ROOT.iterdir() if not NOT_OURS.search(top.name)]
    for path in sorted([*tops, *(path for top in tops for path in top.rglob("*"))]):
        name = path.relative_to(ROOT).as_posix()
        if NOT_OURS.search(name) or not path.is_file():
            continue
        try:
            found[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_the_tree_does_not_hold(rule: str) -> None:
    pattern = re.compile(FORBIDDEN[rule])
    said = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        if name != HERE
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not said, f"{rule}:\n" + "\n".join(said)


@pytest.mark.parametrize(
    "line",
    [
        "open('/opt/maker/data.txt')",
        "see /home/jo/notes",
        "pip --index-url x",
        "as an AI",
        "# TODO",
    ],
)
def test_a_planted_word_is_found(line: str) -> None:
    assert any(re.search(pattern, line) for pattern in FORBIDDEN.values())


def test_every_module_says_in_one_line_what_it_is_for() -> None:
    silent = [
        name
        for name, text in texts().items()
        if name.endswith(".py") and name.startswith(("readiness/", "ui/", "tests/", "bench/"))
        if text.strip() and not text.lstrip().startswith('"""')
    ]
    assert silent == []


def test_no_module_is_a_bag_of_everything() -> None:
    bags = re.compile(r"(?:^|/)(?:utils?|helpers?|managers?|misc|common)\.py$")
    assert [name for name in texts() if bags.search(name)] == []
