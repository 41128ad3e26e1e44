"""How much data the speed tests of a run have moved, as their own count says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.locale import Reader
    from readiness.model.measurement import ProbeRun

RECEIVED, SENT = "line.download", "line.upload"
BYTES = "bytes"
MB = 1_000_000


def moved(runs: Iterable[ProbeRun]) -> dict[str, int]:
    """Bytes that came in and went out, by metric; what nobody counted is not there."""
    found: dict[str, int] = {}
    for run in runs:
        told = [(one.metric, one.evidence.summary) for one in run.measurements]
        told += [(one.metric, one.summary) for one in run.failures]
        for metric, summary in told:
            count = summary.get(BYTES)
            if metric in (RECEIVED, SENT) and isinstance(count, int | float):
                found[metric] = found.get(metric, 0) + int(count)
    return found


def traffic_words(runs: Iterable[ProbeRun], reader: Reader) -> str:
    """A sentence; empty before anything was counted."""
    shown = {name: _megabytes(count, reader) for name, count in moved(runs).items()}
    received, sent = shown.get(RECEIVED), shown.get(SENT)
    if received and sent:
        words = N_("The speed test received {received} and sent {sent}.")
        return reader.text(words, received=received, sent=sent)
    if received:
        return reader.text(N_("The speed test received {received}."), received=received)
    return reader.text(N_("The speed test sent {sent}."), sent=sent) if sent else ""


def _megabytes(count: int, reader: Reader) -> str:
    return reader.quantity(count / MB, "MB", 1 if count >= 10 * MB else 0.1)
