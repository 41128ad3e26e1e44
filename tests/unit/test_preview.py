"""What a profile would say about many sessions, counted; every verdict is the judge's."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.judge import judge
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.finding import Overall, Verdict
from readiness.model.requirement import Area, Endpoint, Level, Operator, Profile, Protocol
from readiness.preview import Crowd, Preview, changes
from readiness.preview.samples import samples
from readiness.preview.words import change_words, headline, refused_words
from readiness.profiles import shipped
from tests.fakes import reports as made

if TYPE_CHECKING:
    from readiness.model.measurement import Measurement, Session
    from readiness.model.requirement import Requirement

READER = Reader("en")
OFFICES = [sample.session for sample in samples()]


def asks(name: str, metric: str, limit: float, unit: str, level: Level = Level.MUST) -> Requirement:
    criterion = made.criterion(metric, Operator.AT_LEAST, limit, unit=unit)
    return made.requirement(name, Area.LINE, {"en": name}, criterion, level=level)


def profile(*asked: Requirement, endpoints: tuple[Endpoint, ...] = ()) -> Profile:
    whole = made.large_profile(asked)
    digest = hashlib.sha256(repr((asked, endpoints)).encode()).hexdigest()
    return msgspec.structs.replace(whole, endpoints=endpoints, digest=digest)


def line(down: float | None, up: float | None, half: float = 0.5) -> Session:
    """A session that measured these speeds, each give or take ``half``."""
    found = [
        made.failure(metric, FailureCode.UNREACHABLE)
        if value is None
        else made.measurement(metric, value, "Mbit/s", uncertainty=half)
        for metric, value in (("line.download", down), ("line.upload", up))
    ]
    return msgspec.structs.replace(made.session(), runs=(made.run("line_speed", *found),))


DOWN, UP = asks("down", "line.download", 10, "Mbit/s"), asks("up", "line.upload", 3, "Mbit/s")
LINES = (line(20, 5), line(5, 5), line(5, 1), line(None, 5), line(10.2, 5), line(None, 1))
"""Good; slow down; slow both ways; not measured; at the limit; not measured and slow up."""


def shown(*asked: Requirement) -> Preview:
    return Crowd(LINES).preview(profile(*asked))


def test_each_verdict_is_counted() -> None:
    (down,) = shown(DOWN).rules

    assert {
        Verdict.PASS: 1,
        Verdict.FAIL: 2,
        Verdict.BORDERLINE: 1,
        Verdict.UNKNOWN: 2,
        Verdict.NOT_APPLICABLE: 0,
    } == {verdict: down.count(verdict) for verdict in Verdict}


def test_results_are_those_of_all_musts_together() -> None:
    both = shown(DOWN, UP)

    assert [
        Overall.READY,
        Overall.NOT_READY,
        Overall.NOT_READY,
        Overall.OPEN,
        Overall.OPEN,
        Overall.NOT_READY,
    ] == [both.outcome(number) for number in range(6)]


def test_must_refuses_those_who_do_not_meet_it() -> None:
    assert [2, 2] == [rule.refused for rule in shown(DOWN, UP).rules]


def test_what_two_musts_refuse_neither_refuses_alone() -> None:
    """The third session fails both; the second only the one, the last only the other."""
    assert [1, 1] == [rule.alone for rule in shown(DOWN, UP).rules]


def test_what_is_only_recommended_refuses_nobody() -> None:
    (down,) = shown(asks("down", "line.download", 10, "Mbit/s", Level.SHOULD)).rules

    assert (0, 0) == (down.refused, down.alone)


def test_what_was_not_measured_is_never_met() -> None:
    (down,) = shown(asks("down", "line.download", 0, "Mbit/s")).rules

    assert Verdict.UNKNOWN is down.verdict(3)


def test_nobody_at_all_gives_noughts() -> None:
    nobody = Crowd([]).preview(profile(DOWN))

    assert (0, 0, b"") == (nobody.rules[0].refused, nobody.count(Overall.READY), nobody.outcomes)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_preview_says_what_the_judge_says(name: str) -> None:
    asked = shipped()[name]
    crowd = Crowd([*OFFICES, *LINES, made.session()])
    seen = crowd.preview(asked)

    for number, session in enumerate([*OFFICES, *LINES, made.session()]):
        overall, findings = judge(session, asked)
        assert overall is seen.outcome(number)
        assert [one.verdict for one in findings] == [one.verdict(number) for one in seen.rules]


def test_hosts_that_change_are_judged_anew() -> None:
    """A finding about other hosts decides nothing, also after the same rule was judged before."""
    found = made.measurement("endpoints.reachable", value=True)
    evidence = msgspec.structs.replace(
        found.evidence, summary={"tls a.example:443": "reached 12.0 ms"}
    )
    session = _with(msgspec.structs.replace(found, evidence=evidence))
    reach = made.requirement(
        "reach",
        Area.LINE,
        {"en": "reach"},
        made.criterion("endpoints.reachable", Operator.EQUALS, True),  # noqa: FBT003 - threshold
    )
    crowd = Crowd([session])
    here, there = (
        profile(reach, endpoints=(Endpoint(host=host, port=443, protocol=Protocol.TLS),))
        for host in ("a.example", "b.example")
    )

    for asked in (here, there, here):
        _, (finding,) = judge(session, asked)
        assert finding.verdict is crowd.preview(asked).rules[0].verdict(0)


def _with(found: Measurement) -> Session:
    return msgspec.structs.replace(made.session(), runs=(made.run("endpoints", found),))


# --- what is different --------------------------------------------------------------------------


def test_change_names_who_is_refused_now() -> None:
    crowd = Crowd(LINES)
    before = crowd.preview(profile(DOWN))
    after = crowd.preview(profile(asks("down", "line.download", 50, "Mbit/s")))

    change = changes(before, after)
    assert (0, 4) == change.into(Overall.NOT_READY)
    assert ["down"] == [one.id for one in change.rules]


def test_change_names_who_is_not_refused_any_more() -> None:
    crowd = Crowd(LINES)
    change = changes(crowd.preview(profile(DOWN, UP)), crowd.preview(profile(UP)))

    assert (1,) == change.out_of(Overall.NOT_READY)
    assert [("down", None)] == [(one.id, one.after) for one in change.rules]


def test_other_level_is_a_change_of_the_rule() -> None:
    weaker = asks("down", "line.download", 10, "Mbit/s", Level.SHOULD)
    crowd = Crowd(LINES)

    change = changes(crowd.preview(profile(DOWN)), crowd.preview(profile(weaker)))
    assert ["down"] == [one.id for one in change.rules]


def test_other_words_are_no_change() -> None:
    crowd = Crowd(LINES)
    renamed = msgspec.structs.replace(DOWN, title={"en": "Another name"})

    change = changes(crowd.preview(profile(DOWN)), crowd.preview(profile(renamed)))
    assert ((), {}) == (change.rules, change.moved)


# --- in words -----------------------------------------------------------------------------------


def test_rule_is_told_by_whom_it_refuses() -> None:
    words = refused_words(shown(DOWN, UP).rules[0], READER)

    assert "This rule would refuse 2 of 6 applicants." in words


def test_rule_that_refuses_nobody_says_so() -> None:
    easy = asks("down", "line.download", 1, "Mbit/s")

    assert "none of 6" in refused_words(shown(easy).rules[0], READER)


def test_headline_counts_all_three_results() -> None:
    assert "Of 6 reports: 1 ready, 2 open, 3 not ready." == headline(shown(DOWN, UP), READER)


def test_change_is_told_in_words() -> None:
    crowd = Crowd(LINES)
    before, after = crowd.preview(profile(UP)), crowd.preview(profile(DOWN, UP))

    assert "1 applicant more is not ready." == change_words(changes(before, after), READER)


def test_change_without_effect_says_so() -> None:
    both = shown(DOWN)

    assert "The change changes no result." == change_words(changes(both, both), READER)
