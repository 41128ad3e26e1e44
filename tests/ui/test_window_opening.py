"""Files that come to the window: opened where they can be, refused kindly where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QMessageBox, QRadioButton

from readiness.profiles import FOLDER
from tests.ui.handing import drop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Guide

PATIENCE_MS = 20_000
EXAMPLE = """
schema = "readiness-profile/1"
id = "mine"
kind = "employer"
title = { en = "My employer" }
summary = { en = "What they ask." }
[source.page]
title = "Page"
address = "https://employer.example/"
seen = 2026-11-23
grade = "A"
[[requirement]]
id = "download"
level = "must"
area = "line"
any_of = [{ metric = "line.download", at_least = 10, unit = "Mbit/s", source = "page" }]
"""


def _list(folder: Path) -> Path:
    path = folder / "mine.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def _refused(guide: Guide) -> str:
    """The words of the refusal, which is closed."""
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QMessageBox, "trouble") is not None, timeout=PATIENCE_MS
    )
    box = guide.window.findChild(QMessageBox, "trouble")
    assert box is not None
    said = f"{box.text()} {box.informativeText()}"
    box.close()
    return said


def _chosen(guide: Guide) -> str:
    return next(label.text() for label in guide.window.findChildren(QLabel, "chosen"))


def test_a_list_that_is_dropped_is_chosen(guide: Guide, tmp_path: Path) -> None:
    drop(guide, QUrl.fromLocalFile(str(_list(tmp_path))))
    guide.qtbot.waitUntil(lambda: guide.journey.extra is not None, timeout=PATIENCE_MS)
    guide.wait("welcome")

    card = guide.window.findChild(QRadioButton, "choose-mine")
    assert card is not None
    assert card.isChecked()
    assert _chosen(guide) == "My employer"


def test_a_report_that_is_dropped_is_shown(guide: Guide, tmp_path: Path) -> None:
    guide.to_result()
    report, journey = guide.journey.report, guide.journey
    assert report is not None
    (path,) = journey.engine.save(
        report, journey.profile, tmp_path, formats=("json",), language="en"
    )
    journey.home()
    guide.wait("welcome")

    drop(guide, QUrl.fromLocalFile(str(path)))

    guide.wait("result")
    assert journey.session == report.session


def test_a_list_on_the_result_leads_to_the_first_page(guide: Guide, tmp_path: Path) -> None:
    guide.to_result()
    drop(guide, QUrl.fromLocalFile(str(_list(tmp_path))))

    guide.wait("welcome")


@pytest.mark.parametrize(
    ("urls", "why"),
    [
        ([QUrl("https://evil.example/list.toml")], "[not-on-this-computer]"),
        ([QUrl("file://server/share/list.toml")], "[not-on-this-computer]"),
        ([QUrl.fromLocalFile("/a.toml"), QUrl.fromLocalFile("/b.toml")], "[several-files]"),
        ([QUrl.fromLocalFile("/nowhere/a.toml")], "[cannot-read]"),
        ([QUrl.fromLocalFile(str(FOLDER))], "[not-a-file]"),
    ],
)
def test_the_rest_is_refused_with_the_reason(guide: Guide, urls: list[QUrl], why: str) -> None:
    drop(guide, *urls)

    assert why in _refused(guide)
    assert guide.window.name == "welcome"


@pytest.mark.parametrize("name", ["huge.toml", "huge.json"])
def test_a_huge_file_is_refused(guide: Guide, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(2**32)
    drop(guide, QUrl.fromLocalFile(str(path)))

    assert "too-large" in _refused(guide)


def test_a_check_that_goes_on_is_not_pushed_aside(guide: Guide, tmp_path: Path) -> None:
    guide.to_questions()
    drop(guide, QUrl.fromLocalFile(str(_list(tmp_path))))

    assert "[check-going-on]" in _refused(guide)
    assert guide.window.name == "questions"


def test_a_file_that_comes_before_the_lists_are_read_waits(guide: Guide, tmp_path: Path) -> None:
    journey = guide.journey
    known, journey.profiles = journey.profiles, ()
    journey.open_handed([str(_list(tmp_path))])
    guide.qtbot.wait(50)
    assert journey.extra is None
    assert known

    journey.begin()
    guide.qtbot.waitUntil(lambda: journey.extra is not None, timeout=PATIENCE_MS)


def test_every_shipped_list_has_a_card(guide: Guide) -> None:
    names = {card.objectName() for card in guide.window.findChildren(QRadioButton)}

    assert names >= {f"choose-{profile.id}" for profile in guide.journey.profiles}
    assert "choose-all" in names


def test_a_card_of_an_employer_says_when_it_was_read(guide: Guide) -> None:
    card = guide.window.findChild(QRadioButton, "choose-employer-expertcloud")

    assert card is not None
    assert card.accessibleDescription().endswith("Read on Nov 23, 2026.")


def test_a_card_is_what_the_button_checks(guide: Guide) -> None:
    card = guide.window.findChild(QRadioButton, "choose-employer-yoummday")
    assert card is not None
    card.click()
    assert _chosen(guide) == "yoummday"
    guide.to_plan()

    assert guide.journey.plan is not None
    assert [profile.id for profile in guide.journey.plan.profiles] == ["employer-yoummday"]
