"""Another finished check in the archive, to be compared with the present one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from readiness.model.measurement import Session
    from ui.journey import Journey


def keep_another(journey: Journey, name: str, *, upload: float, minutes: int) -> Session:
    """The present check, so many minutes later, with another upload in Mbit/s."""
    session = journey.session
    if session is None:
        raise RuntimeError("there is no check")
    runs = tuple(
        msgspec.structs.replace(
            run,
            measurements=tuple(
                msgspec.structs.replace(found, value=upload)
                if found.metric == "line.upload"
                else found
                for found in run.measurements
            ),
        )
        for run in session.runs
    )
    started = session.started + timedelta(minutes=minutes)
    other = msgspec.structs.replace(session, id=name, started=started, runs=runs)
    engine = journey.engine
    engine.keep(other, [engine.judge(other, journey.profiles[0])])
    return other
