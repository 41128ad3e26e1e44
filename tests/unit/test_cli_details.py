"""``readiness judge --details``: how each measured value was found, in 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from readiness.cli.console import print_rows
from readiness.locale import Reader
from readiness.report.codec import encode_report
from readiness.report.words import headline, rows
from tests.fakes import reports as made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "one.json"
    path.write_bytes(encode_report(made.report()))
    return str(path)


def _shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    main(["judge", *arguments, "--profile", "typical-voice", "--lang", "en"])
    return capsys.readouterr().out


def test_details_name_readings_and_interval(
    saved: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Upload 2.1 +- 0.1 out of 80 readings."""
    shown = _shown(capsys, monkeypatch, saved, "--details")
    _, _, details = shown.partition("How it was measured")

    assert "80 readings. 95 % interval: 2.0 to 2.2" in details
    assert details.count("80 readings.") == 1
    assert max(map(len, shown.splitlines())) <= 80


def test_without_the_option_the_result_stays_short(
    saved: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "80 readings" not in _shown(capsys, monkeypatch, saved)


def test_no_verdict_is_broken_in_two(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longest, "borderline", needs ten columns."""
    monkeypatch.setenv("COLUMNS", "80")
    report, profile, reader = made.report(), made.profile(), Reader("en")

    print_rows(rows(report, profile, reader), headline(report, profile, reader), reader)

    assert " borderline" in capsys.readouterr().out
