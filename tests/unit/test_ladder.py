"""Which rungs a finding gets: by side, by value, by system, by what else was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.ladder import Climber, system_of
from readiness.locale import Reader
from readiness.model.errors import FailureCode, InputError
from readiness.model.measurement import (
    Cause,
    Cost,
    Fact,
    Metric,
    Place,
    Shape,
    Side,
    System,
    Tip,
)
from readiness.model.requirement import Advice, AnswerKind, Area, Operator, Question
from readiness.profiles import parse_profile
from readiness.report.words import rows
from tests.fakes import reports as made

if TYPE_CHECKING:
    from readiness.model.measurement import Failure, Measurement
    from readiness.model.requirement import Criterion
    from readiness.report.words import Row

READER = Reader("en")
LEVEL = Metric(
    id="voice.level",
    title="Level",
    unit="dBov",
    resolution=0.1,
    causes=(Cause("Far.", when=(Side.BELOW,)), Cause("Near.", when=(Side.ABOVE,))),
    advice=(
        Tip(Cost.ASK, "Ask."),
        Tip(Cost.FREE, "Raise.", when=(Side.BELOW,)),
        Tip(Cost.FREE, "Lower.", when=(Side.ABOVE,)),
    ),
)
BETWEEN = made.criterion("voice.level", Operator.BETWEEN, -36, -16, unit="dBov")
AT_LEAST = made.criterion("voice.level", Operator.AT_LEAST, -36, unit="dBov")
AT_MOST = made.criterion("voice.level", Operator.AT_MOST, -16, unit="dBov")


def climber(system: System | None = None, **found: Measurement | Failure) -> Climber:
    return Climber(
        reader=READER, system=system, found={fact.metric: fact for fact in found.values()}
    )


@pytest.mark.parametrize(
    ("value", "criterion", "cause", "rung"),
    [
        (-45.0, BETWEEN, "Far.", "Raise."),
        (-36.0, BETWEEN, "Far.", "Raise."),
        (-16.0, BETWEEN, "Near.", "Lower."),
        (-3.0, BETWEEN, "Near.", "Lower."),
        (-36.2, AT_LEAST, "Far.", "Raise."),
        (-15.0, AT_MOST, "Near.", "Lower."),
    ],
)
def test_too_low_and_too_high_have_ladders_of_their_own(
    value: float, criterion: Criterion, cause: str, rung: str
) -> None:
    ladder = climber().of_value(LEVEL, value, criterion)

    assert ladder.cause == cause
    assert ladder.rungs == ((Cost.FREE, rung), (Cost.ASK, "Ask."))


def test_a_value_in_words_has_the_rungs_for_it() -> None:
    link = Metric(
        id="headset.link",
        title="Link",
        shape=Shape.CHOICE,
        labels={"bluetooth": "Bluetooth", "jack": "Socket"},
        causes=(Cause("Radio.", when=("bluetooth",)), Cause("Otherwise.")),
        advice=(Tip(Cost.FREE, "Switch it off.", when=("bluetooth",)), Tip(Cost.CHEAP, "Buy.")),
    )
    asked = made.criterion("headset.link", Operator.EQUALS, "usb-corded")

    assert climber().of_value(link, "bluetooth", asked).rungs[0] == (Cost.FREE, "Switch it off.")
    assert climber().of_value(link, "jack", asked).cause == "Otherwise."
    assert climber().of_value(link, "jack", asked).rungs == ((Cost.CHEAP, "Buy."),)


def test_yes_is_not_one() -> None:
    muted = Metric(
        id="headset.muted",
        title="Muted",
        shape=Shape.YES_NO,
        advice=(Tip(Cost.FREE, "Unmute.", when=(True,)),),
    )

    assert climber().of_value(muted, value=True, criterion=None).rungs
    assert not climber().of_value(muted, value=False, criterion=None).rungs
    assert not climber().of_value(muted, 1, AT_LEAST).rungs


@pytest.mark.parametrize(
    ("system", "rungs"),
    [
        (System.WINDOWS, ("Set it. Where: Settings > Sound.", "Press F8.")),
        (System.MACOS, ("Set it. Where: System Settings > Sound.",)),
        (System.LINUX, ("Set it.",)),
        (None, ("Set it.",)),
    ],
)
def test_only_the_words_of_the_measured_system_are_shown(
    system: System | None, rungs: tuple[str, ...]
) -> None:
    place = Place(windows="Settings > Sound", macos="System Settings > Sound")
    metric = Metric(
        id="a.b",
        title="A",
        advice=(
            Tip(Cost.FREE, "Set it.", where=place),
            Tip(Cost.FREE, "Press F8.", systems=(System.WINDOWS,)),
        ),
    )

    assert tuple(text for _, text in climber(system).of_value(metric, 1, AT_LEAST).rungs) == rungs


@pytest.mark.parametrize(
    ("platform", "system"),
    [
        ("win32", System.WINDOWS),
        ("darwin", System.MACOS),
        ("linux", System.LINUX),
        ("freebsd14", None),
        ("", None),
    ],
)
def test_the_session_says_which_system_it_was(platform: str, system: System | None) -> None:
    assert system_of(platform) is system


def test_nobody_with_a_cable_is_told_to_use_one() -> None:
    metric = Metric(
        id="line.upload",
        title="Upload",
        causes=(Cause("Wi-Fi.", unless=Fact("link.kind", "ethernet")), Cause("The line.")),
        advice=(Tip(Cost.CHEAP, "Use a cable.", unless=Fact("link.kind", "ethernet")),),
    )
    wired = climber(kind=made.reported("link.kind", "ethernet"))
    wireless = climber(kind=made.reported("link.kind", "wifi"))
    untold = climber(kind=made.failure("link.kind", FailureCode.UNSUPPORTED))

    assert wired.of_value(metric, 1, AT_LEAST).rungs == ()
    assert wired.of_value(metric, 1, AT_LEAST).cause == "The line."
    for other in (wireless, untold):
        assert other.of_value(metric, 1, AT_LEAST).rungs
        assert other.of_value(metric, 1, AT_LEAST).cause == "Wi-Fi."


def test_an_answer_has_the_rungs_for_it_and_why_it_is_asked() -> None:
    question = Question(
        id="door",
        kind=AnswerKind.CHOICE,
        text={"en": "Door?"},
        title={"en": "Door"},
        why={"en": "Noise."},
        choices={"none": {"en": "no"}, "closes": {"en": "yes"}},
        advice=(
            Advice(cost=Cost.ASK, text={"en": "Ask."}),
            Advice(cost=Cost.FREE, text={"en": "Move."}, when=("none",)),
            Advice(cost=Cost.FREE, text={"en": "Stay."}, when=("closes",)),
        ),
    )
    ladder = climber().of_answer(question, "none")

    assert ladder.cause == "Noise."
    assert ladder.rungs == ((Cost.FREE, "Move."), (Cost.ASK, "Ask."))


def test_a_failure_says_what_happened_then_the_remedy_then_more() -> None:
    failure = made.failure("voice.level", FailureCode.PERMISSION_DENIED, "microphone-denied")
    ladder = climber(System.MACOS).of_failure(failure, "voice.level")

    assert ladder.cause == "The system does not allow this program to use the microphone."
    assert [cost for cost, _ in ladder.rungs] == [Cost.FREE, Cost.ASK]
    assert "System Settings > Privacy & Security > Microphone" in ladder.rungs[0][1]


def row(*found: Measurement | Failure, advice: tuple[Advice, ...] = ()) -> Row:
    """The row of a session that asks for a corded headset."""
    criterion = made.criterion("headset.link", Operator.EQUALS, "usb-corded")
    asked = made.large_profile(
        (made.requirement("one", Area.HEADSET, {"en": "One"}, criterion, advice=advice),)
    )
    session = made.session()
    session = type(session)(
        id=session.id,
        started=session.started,
        app_version=session.app_version,
        platform="win32",
        runs=(made.run("headset", *found),),
    )
    return rows(made.report(session, asked), asked, READER)[0]


def test_a_failing_row_shows_its_cause_and_its_ladder() -> None:
    shown = row(made.reported("headset.link", "dongle"))

    assert "radio receiver" in shown.cause
    assert shown.reason == ""
    assert shown.advice[0][0] == "Free"
    assert {"Cheap", "Ask"} <= {cost for cost, _ in shown.advice}


def test_the_list_s_own_advice_replaces_the_rungs_where_it_is_for_that_value() -> None:
    own = Advice(cost=Cost.ASK, text={"en": "We send you one."}, when=("dongle",))

    shown = row(made.reported("headset.link", "dongle"), advice=(own,))
    assert shown.advice == (("Ask", "We send you one."),)
    assert "radio receiver" in shown.cause
    assert len(row(made.reported("headset.link", "jack"), advice=(own,)).advice) > 1


def test_a_value_that_decides_nothing_says_so_and_what_to_do() -> None:
    shown = row(made.reported("headset.link", "unknown"))

    assert shown.reason.startswith("What was found does not decide it.")
    assert shown.cause == ""
    assert shown.advice[-1][0] == "Ask"


def test_what_is_met_has_no_ladder() -> None:
    shown = row(made.reported("headset.link", "usb-corded"))

    assert (shown.word, shown.cause, shown.advice) == ("met", "", ())


FORM = """
schema = "readiness-profile/1"
id = "x"
kind = "type"
title = { en = "X" }
summary = { en = "X" }
[source.own]
title = "Own"
seen = 2026-11-23
grade = "P"
[[requirement]]
id = "one"
level = "must"
area = "line"
any_of = [{ metric = "line.download", at_least = 10, unit = "Mbit/s", source = "own" }]
advice = [{ cost = "free", text = "Do.", ADDED }]
[[requirement]]
id = "two"
level = "must"
area = "room"
question = "own_door"
accept = "shut"
source = "own"
[[question]]
id = "own_door"
kind = "choice"
text = "Door?"
title = "Door"
choices = { open = "open", shut = "shut" }
advice = [{ cost = "free", text = "Shut it.", ASKED }]
"""


def form(added: str = "", asked: str = "") -> bytes:
    text = FORM.replace(", ADDED", added and f", {added}").replace(
        ", ASKED", asked and f", {asked}"
    )
    return text.encode()


def test_a_list_may_say_for_which_values_and_systems_its_advice_is() -> None:
    profile = parse_profile(
        form('when = ["below"], systems = ["windows", "macos"]', 'when = ["open"]'), "x"
    )

    (advice,) = profile.requirements[0].advice
    assert advice.when == ("below",)
    assert advice.systems == (System.WINDOWS, System.MACOS)
    assert profile.questions[0].advice[0].when == ("open",)


@pytest.mark.parametrize(
    ("added", "asked", "reference"),
    [
        ('when = ["open"]', "", "profile-unknown-word"),
        ("when = [true]", "", "profile-unknown-word"),
        ('when = "below"', "", "profile-wrong-type"),
        ("when = []", "", "profile-wrong-type"),
        ("when = [1]", "", "profile-wrong-type"),
        ('systems = ["win32"]', "", "profile-unknown-word"),
        ("systems = [[]]", "", "profile-unknown-word"),
        ('system = ["windows"]', "", "profile-unknown-key"),
        ("", 'when = ["ajar"]', "profile-unknown-word"),
        ("", "when = [false]", "profile-unknown-word"),
    ],
)
def test_misspelt_advice_is_refused(added: str, asked: str, reference: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_profile(form(added, asked), "x")

    assert refused.value.reference == reference
