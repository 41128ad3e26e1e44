"""The catalogue tool: which texts it finds, and which mistakes of a translation it reports."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / ".ci" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["catalogue"] = module
    spec.loader.exec_module(module)
    return module


tool = _load()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('N_("Download")', [("Download",)]),
        ('N_(\n    "one "\n    "text"\n)', [("one text",)]),
        ('reader.text(N_("a {b}"), b=1)', [("a {b}",)]),
        ('reader.text("plain")', [("plain",)]),
        ('self.reader.plural("{n} value", "{n} values", 3)', [("{n} value", "{n} values")]),
        ("reader.text(source)", []),
        ('widget.text()\nwidget.setText("not marked")', []),
    ],
)
def test_finds_marked_texts(source: str, found: list[tuple[str, ...]]) -> None:
    assert found == [words for _, words, _ in tool.source_texts(source)]


def test_hands_the_translators_note_on() -> None:
    source = '# Translators: a person\n# who applies.\nNAME = N_("Person")\n'
    assert [["Translators: a person who applies."]] == [
        notes for _, _, notes in tool.source_texts(source)
    ]


def test_another_comment_is_not_for_translators() -> None:
    assert [[]] == [notes for _, _, notes in tool.source_texts('# why\nNAME = N_("Person")\n')]


def _faults(text: str | tuple[str, str], translation: str | tuple[str, ...]) -> list[str]:
    wanted, german = Catalog(), Catalog(locale="de", fuzzy=False)
    wanted.add(text)
    german.add(text, translation)
    return list(tool.faults(german, wanted))


ONE_MANY = ("{n} check", "{n} checks")


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Speed {a}", "", "not translated"),
        ("Speed {a}", "Tempo", "placeholders"),
        ("Speed {a}", "Tempo {b}", "placeholders"),
        ("Speed", "Tempo {a}", "placeholders"),
        ("Speed {a}", "Tempo {a", "placeholders"),
        ("Speed ", "Tempo", "space"),
        (ONE_MANY, ("{n} Prüfung", ""), "not translated"),
        (ONE_MANY, ("{n} Prüfung",), "plural forms"),
        (ONE_MANY, ("{n} Prüfung", "{m} Prüfungen"), "placeholders"),
        (("{a} in {n}", "{a} in {n}"), ("in {n}", "{a} in {n}"), "placeholders"),
    ],
)
def test_reports_a_mistake(
    text: str | tuple[str, str], translation: str | tuple[str, ...], fault: str
) -> None:
    assert any(fault in said for said in _faults(text, translation))


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Speed {a} {b}", "{b} Tempo {a}"),
        (ONE_MANY, ("{n} Prüfung", "{n} Prüfungen")),
        (ONE_MANY, ("eine Prüfung", "{n} Prüfungen")),
        (("one check", "{count} checks"), ("eine Prüfung", "{count} Prüfungen")),
    ],
)
def test_a_right_translation_has_no_fault(
    text: str | tuple[str, str], translation: str | tuple[str, ...]
) -> None:
    assert _faults(text, translation) == []


def test_reports_a_fuzzy_translation() -> None:
    wanted, german = Catalog(), Catalog(locale="de", fuzzy=False)
    wanted.add("Speed")
    german.add("Speed", "Tempo", flags=("fuzzy",))
    assert any("fuzzy" in said for said in tool.faults(german, wanted))


def test_reports_texts_that_are_missing_or_no_longer_used() -> None:
    wanted, german = Catalog(), Catalog(locale="de", fuzzy=False)
    wanted.add("new")
    german.add("old", "alt")
    said = " ".join(tool.faults(german, wanted))
    assert "missing: 'new'" in said
    assert "no longer used: 'old'" in said


def test_updating_keeps_translations_and_changes_nothing_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "readiness" / "one.py"
    code.parent.mkdir()
    code.write_text('A = N_("Speed")\nB = N_("Line")\n', encoding="utf-8")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "LOCALE", tmp_path / "locale")
    assert tool.main(["update", "de"]) == 0
    po = tmp_path / "locale" / "de" / "LC_MESSAGES" / "readiness.po"
    text = po.read_text(encoding="utf-8")
    po.write_text(text.replace('"Speed"\nmsgstr ""', '"Speed"\nmsgstr "Tempo"'), encoding="utf-8")
    code.write_text('A = N_("Speed")\nB = N_("Wire")\n', encoding="utf-8")
    tool.main(["update"])
    once = po.read_bytes()
    tool.main(["update"])
    assert po.read_bytes() == once
    held = tool.read(po)
    assert held.get("Speed").string == "Tempo"
    assert held.get("Line") is None
    assert held.get("Wire") is not None
    assert held.num_plurals == 2
