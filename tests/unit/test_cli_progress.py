"""Progress in a terminal: one line a probe with the value of this moment; plain text elsewhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from readiness.cli.console import TerminalProgress
from readiness.engine import LiveValue, ProbeEnded, ProbeStarted, Progress
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.measurement import Failure, ProbeRun
from readiness.ports import Live
from readiness.probes import all_probes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.engine import Event

MOMENT = datetime(2026, 11, 25, 12, tzinfo=UTC)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _started(probe: str) -> Event:
    return ProbeStarted(probe=probe, index=1, total=1)


def _live(probe: str, metric: str, value: float, unit: str) -> list[Event]:
    live = Live(metric=metric, value=value, unit=unit)
    return [Progress(probe=probe, fraction=0.4), LiveValue(probe=probe, live=live)]


def _ended(probe: str, *failures: Failure) -> Event:
    run = ProbeRun(
        probe=probe, version=1, attempt=1, started=MOMENT, duration_s=1, failures=failures
    )
    return ProbeEnded(run=run)


def _shown(
    events: Sequence[Event], capsys: pytest.CaptureFixture[str], language: str = "en"
) -> list[str]:
    with TerminalProgress(Reader(language), shown=True) as progress:
        for event in events:
            progress(event)
    said = ESCAPES.sub("", capsys.readouterr().err).translate(
        {0x2068: None, 0x2069: None, 0x202F: " "}
    )
    return [line.rstrip() for line in re.split(r"[\r\n]+", said) if line.strip()]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(
    ("live", "said"),
    [
        (("line_speed", "line.download", 24.64, "Mbit/s"), "Download 24.6 Mbit/s"),
        (("line_speed", "line.upload", 3.0, "Mbit/s"), "Upload 3.0 Mbit/s"),
        (("line_call", "line.round_trip_median", 31.4, "ms"), "Round trip 31 ms"),
        (("line_call", "line.round_trip_median", 0.34, "ms"), "Round trip 0.3 ms"),
    ],
)
@pytest.mark.usefixtures("terminal")
def test_the_value_of_this_moment_stands_beside_the_bar_with_its_name(
    live: tuple[str, str, float, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = _shown([_started(live[0]), *_live(*live)], capsys)

    assert any(line.endswith(said) for line in lines)


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.usefixtures("terminal")
def test_each_probe_stays_on_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    events = [
        _started("line_speed"),
        *_live("line_speed", "line.download", 123_456.7, "Mbit/s"),
        _started("line_call"),
        *_live("line_call", "line.round_trip_median", 12_345, "ms"),
    ]
    last_two = _shown(events, capsys, language)[-2:]

    assert all(cell_len(line) <= int(columns) for line in last_two)
    titles = [Reader(language).text(all_probes()[one].title) for one in ("line_speed", "line_call")]
    assert [line[:4] for line in last_two] == [title[:4] for title in titles]


def test_where_nothing_can_be_drawn_over_each_probe_is_a_line_of_plain_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lost = Failure(
        metric="line.download", failure=FailureCode.UNREACHABLE, detail="stalled", at=MOMENT
    )
    events = [
        _started("memory"),
        _ended("memory"),
        _started("line_speed"),
        *_live("line_speed", "line.download", 24.6, "Mbit/s"),
        _ended("line_speed", lost),
    ]

    assert _shown(events, capsys) == ["Memory: done", "Line speed: could not be measured"]
