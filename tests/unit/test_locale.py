"""Words, numbers, units and dates in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readiness.locale import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    Reader,
    isolate,
    languages,
    preferred_language,
)

NARROW = "\u202f"


def test_english_and_german_are_there() -> None:
    assert languages()[0] == "en"
    assert "de" in languages()


@pytest.mark.parametrize(
    ("expected", "language", "value", "resolution"),
    [
        ("24.6", "en", 24.6, 0.1),
        ("24,6", "de", 24.6, 0.1),
        ("1,280", "en", 1280, 1),
        ("1.280", "de", 1280, 1),
        ("25", "en", 24.6, 1),
        ("0.05", "en", 0.05, 0.01),
    ],
)
def test_numbers_are_written_to_their_resolution(
    expected: str, language: str, value: float, resolution: float
) -> None:
    assert expected == Reader(language).number(value, resolution)


def test_a_value_and_its_unit_stay_on_one_line() -> None:
    assert f"24.6{NARROW}Mbit/s" == Reader("en").quantity(24.6, "Mbit/s", 0.1)


def test_a_count_has_no_unit() -> None:
    assert Reader("en").quantity(4, "-") == "4"


def test_inches_are_a_word() -> None:
    assert f"17{NARROW}inch" == Reader("en").quantity(17, "in")


@pytest.mark.parametrize(
    ("expected", "stated"),
    [
        ("de", "de_AT.UTF-8"),
        ("de", "de"),
        ("en", "fr_FR.UTF-8"),
        ("en", "C"),
        ("en", ""),
        ("de", "German_Germany.1252"),
    ],
)
def test_the_system_s_language_is_read_if_it_is_spoken(
    monkeypatch: pytest.MonkeyPatch, expected: str, stated: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", stated)
    monkeypatch.setattr("readiness.locale.system_locale.getlocale", lambda: (None, None))

    assert expected == preferred_language()


def test_a_language_that_is_not_spoken_reads_english() -> None:
    assert Reader("tlh").language == "en"


def test_text_of_data_falls_back_to_english_then_to_any() -> None:
    reader = Reader("de")

    assert reader.local({"en": "room", "de": "Raum"}) == "Raum"
    assert reader.local({"en": "room", "es": "sala"}) == "room"
    assert reader.local({"es": "sala"}) == "sala"


def test_right_to_left_values_are_isolated() -> None:
    """Without isolates "at least 8" inside Arabic text is shown with its order turned round."""
    assert isolate("\u0645\u0646\u0649") == (
        f"{FIRST_STRONG_ISOLATE}\u0645\u0646\u0649{POP_ISOLATE}"
    )
    assert isolate("plain") == "plain"


def test_placeholders_in_values_stay_inert() -> None:
    """A device may call itself "{seconds}"."""
    assert Reader("en").text("Microphone {device}", device="{seconds}") == "Microphone {seconds}"


def test_dates_are_written_as_the_reader_writes_them() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)

    assert "23.11.2026" in Reader("de").date(noon)
    assert "Nov 23, 2026" in Reader("en").date(noon)
