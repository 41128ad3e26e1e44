"""Every page and state: translated, whole, mirrored, and reached by keyboard and screen reader.

One walk in a pseudo-language serves several claims; what it found is asserted claim by claim.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from readiness.pseudo import LONG, MIRRORED
from tests.strange_words import pieces
from tests.ui.reached import (
    mute,
    nameless,
    out_of_order,
    stray_windows,
    tabbed,
    unreached,
)
from tests.ui.seen import cut, glued, not_mirrored, places, untranslated
from tests.ui.stations import STATIONS, stations
from tests.ui.walk import USUAL, opened

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QApplication


pytestmark = pytest.mark.timeout(480)  # for a whole walk on a busy computer


@dataclass
class Seen:
    """What was found at every station, by its name."""

    untranslated: dict[str, list[str]] = field(default_factory=dict)
    glued: dict[str, list[str]] = field(default_factory=dict)
    cut: dict[str, list[str]] = field(default_factory=dict)
    nameless: dict[str, list[str]] = field(default_factory=dict)
    mute: dict[str, list[str]] = field(default_factory=dict)
    unreached: dict[str, list[str]] = field(default_factory=dict)
    out_of_order: dict[str, list[str]] = field(default_factory=dict)
    windows: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, dict[str, QRect]] = field(default_factory=dict)


def _walked(language: str, home: pytest.TempPathFactory) -> Seen:
    seen = Seen()
    with opened(home.mktemp("home"), language=language) as walk:
        for station in stations(walk):
            name, shown = station.name, walk.shown
            seen.windows[name] = stray_windows(walk.window)
            seen.untranslated[name] = untranslated(shown)
            seen.glued[name] = glued(shown)
            seen.cut[name] = cut(shown)
            if shown is walk.window:
                seen.places[name] = places(shown)
            seen.nameless[name], seen.mute[name] = nameless(shown), mute(shown)
            reached = tabbed(shown)
            seen.unreached[name] = unreached(shown, reached)
            seen.out_of_order[name] = out_of_order(shown, reached)
    return seen


@pytest.fixture(scope="module")
def long(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """One walk through all pages, their texts long and strange."""
    assert qapp is not None
    return _walked(LONG, tmp_path_factory)


@pytest.fixture(scope="module")
def mirrored(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The same, read from right to left."""
    assert qapp is not None
    return _walked(MIRRORED, tmp_path_factory)


def _faults(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: faults for name, faults in found.items() if faults}


def test_every_text_is_translated(long: Seen) -> None:
    assert _faults(long.untranslated) == {}


def test_every_text_is_one_message(long: Seen) -> None:
    assert _faults(long.glued) == {}


def test_text_that_is_forty_percent_longer_is_not_cut(long: Seen) -> None:
    assert _faults(long.cut) == {}


def test_text_that_is_read_from_right_to_left_is_not_cut(mirrored: Seen) -> None:
    assert _faults(mirrored.cut) == {}


def test_every_page_mirrors(long: Seen, mirrored: Seen) -> None:
    wide = USUAL.width()
    found = {
        name: not_mirrored(there, mirrored.places[name], wide)
        for name, there in long.places.items()
    }
    assert _faults(found) == {}


def test_everything_that_takes_the_focus_has_a_name_and_a_role(long: Seen) -> None:
    assert _faults(long.nameless) == {}


def test_every_meter_has_a_name_and_a_value(long: Seen) -> None:
    assert _faults(long.mute) == {}


def test_nothing_but_the_window_and_its_dialogs_is_a_window(long: Seen) -> None:
    """To a screen reader what has no parent is a window of its own, though nobody sees it."""
    assert _faults(long.windows) == {}


def test_tab_reaches_everything_and_comes_round(long: Seen) -> None:
    assert _faults(long.unreached) == {}


def test_tab_goes_as_one_reads(long: Seen) -> None:
    assert _faults(long.out_of_order) == {}


def test_tab_goes_as_one_reads_from_right_to_left(mirrored: Seen) -> None:
    assert _faults(mirrored.out_of_order) == {}


def test_every_station_was_looked_at(long: Seen) -> None:
    assert list(long.cut) == [station.name for station in STATIONS]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (1, "«áá «x» óóf «y»»"),
        (2, "«áá» «béé»"),
        (1, "«Áá.» «Béé.»"),
        (1, "«áá», «béé» · «çéé»"),
        (2, "«áá», «béé» «çéé»"),
        (0, "31 dB"),
    ],
)
def test_fragments_are_told_from_sentences_and_lists(expected: int, text: str) -> None:
    assert expected == pieces(text)
