"""Every page of the window in every state, in the order in which one walk reaches them.

Whatever looks at all pages walks through :data:`STATIONS`: tests of words, of fit and of
accessibility, and the contact sheets of ``bench``. A new page or state is one more line there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from readiness.ports import Prompt
from tests.ui import ways, ways_employer, ways_practice, ways_review
from tests.ui.walk import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.ui.walk import Walk

REASONS = {Prompt.STAY_SILENT: "not-silent", Prompt.READ_ALOUD: "no-speech"}
"""Why a guided step could not be used, one for each that is shown."""


@dataclass(frozen=True, kw_only=True)
class Station:
    """A page in a state.

    Attributes:
        name: What it is called, here and under its picture.
        reach: Goes there from the station before.
        pictured: Whether it stands on the contact sheets.
    """

    name: str
    reach: Callable[[Walk], None]
    pictured: bool = True


def _guided(
    prompt: Prompt, *, going: bool = False, why: str = "", pictured: bool = True
) -> Station:
    name = f"{prompt.value}{', going' if going else ''}{', repeat' if why else ''}"

    def reach(walk: Walk) -> None:
        walk.asked() if walk.engine.hold else None
        walk.guided(prompt, going=going, why=why)

    return Station(name=name, reach=reach, pictured=pictured)


def _question(name: str, question: str, *, pictured: bool = True) -> Station:
    return Station(name=name, reach=lambda walk: ways.asked(walk, question), pictured=pictured)


STATIONS: Final[tuple[Station, ...]] = (
    Station(name="welcome", reach=ways.welcome),
    Station(name="welcome, all lists", reach=ways.welcome_all),
    Station(name="welcome, unusual list", reach=ways.welcome_unusual),
    Station(name="code", reach=ways.code, pictured=False),
    Station(name="invited", reach=ways.invited),
    Station(name="plan, nothing agreed", reach=ways.plan_untouched, pictured=False),
    Station(name="plan", reach=ways.plan),
    Station(name="plan, public servers", reach=ways.plan_public),
    Station(name="plan, wrong date", reach=ways.plan_wrong_clock, pictured=False),
    Station(name="call", reach=ways.call),
    Station(name="agreed", reach=ways.agreed),
    Station(name="takes long", reach=ways.slow, pictured=False),
    Station(name="run", reach=ways.speed),
    _guided(Prompt.STAY_SILENT),
    _guided(Prompt.STAY_SILENT, going=True),
    _guided(Prompt.STAY_SILENT, why=REASONS[Prompt.STAY_SILENT]),
    _guided(Prompt.READ_ALOUD, pictured=False),
    _guided(Prompt.READ_ALOUD, going=True),
    _guided(Prompt.READ_ALOUD, why=REASONS[Prompt.READ_ALOUD], pictured=False),
    _guided(Prompt.SPEAK_UP, pictured=False),
    _guided(Prompt.SPEAK_UP, going=True, pictured=False),
    _guided(Prompt.LISTEN),
    _guided(Prompt.LISTEN, going=True, pictured=False),
    Station(name="which side", reach=ways.sides),
    _guided(Prompt.ROOM_SILENT, pictured=False),
    _guided(Prompt.ROOM_SILENT, going=True, pictured=False),
    _guided(Prompt.UNPLUG),
    _guided(Prompt.PLUG_IN, pictured=False),
    Station(name="your cord", reach=ways.cord, pictured=False),
    _guided(Prompt.DIAL_TONE, pictured=False),
    _guided(Prompt.KEYPAD),
    _guided(Prompt.POWER_OFF, pictured=False),
    Station(name="nothing can be stored", reach=ways.unkept, pictured=False),
    Station(name="stopped", reach=ways.stopped),
    Station(name="welcome, cut off", reach=ways.cut_off),
    Station(name="questions", reach=ways.questions),
    Station(name="questions, answered", reach=ways.answered, pictured=False),
    _question("question, two pictures", "headset_corded"),
    _question("question, three pictures", "door"),
    _question("question, many answers", "line_type", pictured=False),
    _question("week", "work_hours"),
    Station(name="result", reach=ways.result),
    Station(name="result, all open", reach=ways.result_open, pictured=False),
    Station(name="hear", reach=ways.hear),
    Station(name="share", reach=ways.share),
    Station(name="share, withheld", reach=ways.share_withheld, pictured=False),
    Station(name="share, exact data", reach=ways.share_exact, pictured=False),
    Station(name="share, saved", reach=ways.share_saved),
    Station(name="share, not saved", reach=ways.share_refused, pictured=False),
    Station(name="watch", reach=ways.watch),
    Station(name="watching", reach=ways.watching),
    Station(name="watched", reach=ways.watched, pictured=False),
    Station(name="match", reach=ways.match),
    Station(name="practice, plan", reach=ways_practice.plan, pictured=False),
    Station(name="practice, typing", reach=ways_practice.typing),
    Station(name="practice, arithmetic", reach=ways_practice.arithmetic, pictured=False),
    Station(name="practice, explained", reach=ways_practice.explained, pictured=False),
    Station(name="practice, grammar", reach=ways_practice.grammar),
    Station(name="practice, greeting", reach=ways_practice.greeting),
    Station(name="practice, greeted", reach=ways_practice.greeted, pictured=False),
    Station(name="practice, result", reach=ways_practice.result, pictured=False),
    Station(name="earlier", reach=ways.earlier, pictured=False),
    Station(name="earlier, two", reach=ways.earlier_two),
    Station(name="delete", reach=ways.delete, pictured=False),
    Station(name="compare", reach=ways.compare),
    Station(name="compare, open", reach=ways.compare_open, pictured=False),
    Station(name="employer", reach=ways_employer.start),
    Station(name="requirements, none yet", reach=ways_employer.begin, pictured=False),
    Station(name="requirements", reach=ways_employer.requirements),
    Station(name="requirements, with a fault", reach=ways_employer.faulty, pictured=False),
    Station(name="requirements, own question", reach=ways_employer.own, pictured=False),
    Station(name="requirements, one more", reach=ways_employer.adding, pictured=False),
    Station(name="requirements, not saved", reach=ways_employer.leaving, pictured=False),
    Station(name="invite", reach=ways_employer.invite, pictured=False),
    Station(name="invite, something missing", reach=ways_employer.lacking, pictured=False),
    Station(name="invite, new keys", reach=ways_employer.new_keys, pictured=False),
    Station(name="invite, one", reach=ways_employer.one),
    Station(name="invite, a table", reach=ways_employer.many),
    Station(name="invite, writing", reach=ways_employer.writing, pictured=False),
    Station(name="issued", reach=ways_employer.issued),
    Station(name="issued, many", reach=ways_employer.issued_many, pictured=False),
    Station(name="kit, nothing chosen", reach=ways_employer.kit_empty, pictured=False),
    Station(name="kit", reach=ways_employer.kit),
    Station(name="kit, not written", reach=ways_employer.kit_refused, pictured=False),
    Station(name="packed", reach=ways_employer.packed),
    Station(name="desk, empty", reach=ways_review.empty),
    Station(name="desk", reach=ways_review.desk),
    Station(name="desk, judging", reach=ways_review.going_on, pictured=False),
    Station(name="desk, files not read", reach=ways_review.refused, pictured=False),
    Station(name="desk, keys", reach=ways_review.keys, pictured=False),
    Station(name="applicant", reach=ways_review.applicant),
    Station(name="applicant, odd", reach=ways_review.odd, pictured=False),
    Station(name="side by side", reach=ways_review.side_by_side),
    Station(name="all together", reach=ways_review.whole),
    Station(name="trouble", reach=ways.trouble, pictured=False),
)
"""In the order of the walk: each is reached from the one before."""


def stations(walk: Walk, *, pictured: bool = False) -> Iterator[Station]:
    """Go from one station to the next; only those on the sheets are yielded if ``pictured``."""
    for station in STATIONS:
        walk.close_dialogs()
        station.reach(walk)
        settle()
        if station.pictured or not pictured:
            yield station
