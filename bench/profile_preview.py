"""How long it takes to try a profile on 10,000 sessions. ``python -m bench.profile_preview``.

Baseline: reading the same sessions out of JSON, in the same process.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, TypeVar

import msgspec

from bench.rows import Row, show
from readiness.model.measurement import Measurement, Session
from readiness.preview import Crowd, changes
from readiness.preview.samples import samples
from readiness.profiles import DEFAULT, profile_bytes
from readiness.profiles.draft import Place, ProfileDraft, read_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readiness.model.requirement import Profile

Done = TypeVar("Done")

SESSIONS = 10_000
WHOLE_S = 2.0
"""Issue 6: matching 10,000 sessions against another profile."""

LIVE_S = 0.25
"""A person who turns a limit up and down sees a quarter of a second as at once."""

SPREAD = 0.3
"""Standard deviation of the factor by which the numbers of a sample are varied."""


def main() -> None:
    """Print the figures."""
    show(_rows())


def _rows() -> Iterator[Row]:
    sessions = _sessions()
    encoded = [msgspec.json.encode(session) for session in sessions]
    _, read = _timed(lambda: [msgspec.json.decode(one, type=Session) for one in encoded])
    draft = read_draft(profile_bytes(DEFAULT), DEFAULT)
    profile = _whole(draft)
    crowd, taken = _timed(lambda: Crowd(sessions))
    before, first = _timed(lambda: crowd.preview(profile))
    asked = len(profile.requirements)
    yield _row(f"{SESSIONS} sessions taken in and {asked} rules", taken + first, WHOLE_S, read)
    limit = _limit(draft)
    changed, edit = _timed(lambda: draft.put(limit, 25))
    yield _row("one limit changed in the text, read and checked", edit, LIVE_S, read)
    after, again = _timed(lambda: crowd.preview(_whole(changed)))
    yield _row("the same sessions after one limit was changed", again, LIVE_S, read)
    change, told = _timed(lambda: changes(before, after))
    yield _row(f"what changed: {len(change.moved)} ways to move", told, LIVE_S, read)
    _, back = _timed(lambda: crowd.preview(profile))
    yield _row("back to the limit before", back, LIVE_S, read)


def _row(figure: str, reached: float, asked: float, baseline: float) -> Row:
    return Row(
        figure=figure,
        asked=f"<= {asked:.2f} s",
        reached=f"{reached:.3f} s, {reached / baseline:.2f} x reading them",
        met=reached <= asked,
    )


def _whole(draft: ProfileDraft) -> Profile:
    if draft.profile is None:
        raise draft.faults[0]
    return draft.profile


def _limit(draft: ProfileDraft) -> Place:
    ids = [one["id"] for one in draft.value(("requirement",))]
    return ("requirement", ids.index("download"), "any_of", 0, "at_least")


def _sessions() -> list[Session]:
    """Variations of the samples, with numbers that differ."""
    chance = random.Random(6)  # noqa: S311 - the same sessions each time
    offices = samples()
    return [_varied(offices[n % len(offices)].session, n, chance) for n in range(SESSIONS)]


def _varied(session: Session, number: int, chance: random.Random) -> Session:
    runs = tuple(
        msgspec.structs.replace(
            run, measurements=tuple(_moved(one, chance) for one in run.measurements)
        )
        for run in session.runs
    )
    return msgspec.structs.replace(session, id=f"{number:032x}", runs=runs)


def _moved(found: Measurement, chance: random.Random) -> Measurement:
    if found.uncertainty is None or not isinstance(found.value, int | float):
        return found
    return msgspec.structs.replace(found, value=found.value * chance.gauss(1, SPREAD))


def _timed(work: Callable[[], Done]) -> tuple[Done, float]:
    begin = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begin


if __name__ == "__main__":
    main()
