"""What was agreed to is kept in the session and the report, and taken back at once."""

from __future__ import annotations

import dataclasses
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.agreed import with_consents, without
from readiness.consent_words import consent_words, party_words
from readiness.engine import Engine, ProbeEnded
from readiness.locale import Reader
from readiness.model.consent import Consent, Need
from readiness.model.errors import FailureCode, InputError
from readiness.model.line_method import LINE_METHODS
from readiness.model.measurement import Session
from readiness.ports import Choices
from readiness.probes import all_probes
from readiness.report.codec import decode_report, encode_report
from readiness.report.document import compose
from tests.fakes import reports as made
from tests.fakes.engine import FakeEngine
from tests.fakes.world import WillingPerson

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.session import Event

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
EVERYTHING = frozenset(Need)
SPEED, MICROPHONE = all_probes()["line_speed"], all_probes()["microphone"]
ENDPOINTS = all_probes()["endpoints"]


def _session(*consents: Consent) -> Session:
    empty = Session(id="0" * 32, started=NOON, app_version="0", platform="linux")
    return msgspec.structs.replace(empty, consents=consents) if consents else empty


def _agreed(choices: Choices, *probes: str) -> list[tuple[str, tuple[str, ...]]]:
    found = with_consents(_session(), [all_probes()[name] for name in probes], choices, NOON)
    return [(one.need.value, one.parties) for one in found.agreed]


@pytest.mark.parametrize(
    ("choices", "parties"),
    [
        (Choices(server="https://measure.example"), ("serve",)),
        (Choices(server="host:5201", method="iperf3"), ("iperf3",)),
        (
            Choices(method="cloudflare", fallbacks=("speedtest-cli",)),
            ("cloudflare", "speedtest-cli", "stun"),
        ),
    ],
)
def test_the_network_is_agreed_to_with_whom_and_without_addresses(
    choices: Choices, parties: tuple[str, ...]
) -> None:
    agreed = dataclasses.replace(choices, consent=EVERYTHING)

    assert _agreed(agreed, "line_speed") == [("network", parties)]


def test_hosts_of_the_work_are_parties_too() -> None:
    assert _agreed(Choices(consent=EVERYTHING), "endpoints") == [("network", ("hosts",))]


def test_only_what_is_used_is_recorded() -> None:
    assert _agreed(Choices(consent=EVERYTHING), "processor") == []
    assert _agreed(Choices(), "microphone", "line_speed") == []
    assert _agreed(Choices(consent=EVERYTHING), "microphone") == [
        ("microphone", ()),
        ("loudspeaker", ()),
    ]


def test_the_same_is_recorded_once() -> None:
    choices = Choices(consent=EVERYTHING)
    once = with_consents(_session(), [MICROPHONE], choices, NOON)

    assert with_consents(once, [MICROPHONE], choices, LATER) is once


def test_what_is_not_agreed_to_any_more_was_taken_back() -> None:
    once = with_consents(_session(), [MICROPHONE], Choices(consent=EVERYTHING), NOON)
    now = with_consents(once, [MICROPHONE], Choices(consent=frozenset({Need.MICROPHONE})), LATER)

    assert [(one.need, one.withdrawn) for one in now.agreed] == [
        (Need.MICROPHONE, None),
        (Need.LOUDSPEAKER, LATER),
    ]


def test_taken_back_and_agreed_to_again_are_two_facts() -> None:
    choices = Choices(consent=frozenset({Need.MICROPHONE}))
    once = with_consents(_session(), [MICROPHONE], choices, NOON)
    twice = with_consents(without(once, {Need.MICROPHONE}, NOON), [MICROPHONE], choices, LATER)

    assert [(one.given, one.withdrawn) for one in twice.agreed] == [(NOON, NOON), (LATER, None)]


def test_a_clock_that_is_set_back_takes_nothing_back_before_it_was_given() -> None:
    session = _session(Consent(need=Need.NETWORK, given=LATER))

    assert without(session, {Need.NETWORK}, NOON).agreed[0].withdrawn == LATER


def test_taken_back_in_a_run_the_rest_that_needs_it_is_not_begun(tmp_path: Path) -> None:
    engine = FakeEngine(tmp_path)
    (profile, *_) = Engine(tmp_path).profiles()
    plan = engine.plan([profile], only=["line_speed", "microphone"])
    plan = dataclasses.replace(plan, choices=Choices(consent=EVERYTHING, server="http://x.example"))
    back: set[Need] = set()

    def listen(event: Event) -> None:
        if isinstance(event, ProbeEnded):
            back.add(Need.MICROPHONE)

    session = engine.run(
        plan,
        person=WillingPerson(),
        listener=listen,
        stop=threading.Event(),
        withdrawn=lambda: frozenset(back),
    )

    assert engine.played == ["line_speed"]
    codes = {failure.failure for failure in session.runs[-1].failures}
    assert codes == {FailureCode.SKIPPED}
    assert {one.need for one in session.agreed if not one.open} == {Need.MICROPHONE}


def _report(*consents: Consent) -> bytes:
    report = made.report()
    session = msgspec.structs.replace(report.session, consents=consents)
    return encode_report(msgspec.structs.replace(report, session=session))


def test_a_report_without_consents_keeps_its_bytes() -> None:
    data = encode_report(made.report())

    assert b"consents" not in data
    assert encode_report(decode_report(data)) == data


def test_a_report_with_consents_is_read_back() -> None:
    started = made.report().session.started
    data = _report(Consent(need=Need.NETWORK, parties=("serve",), given=started))

    (consent,) = decode_report(data).session.agreed
    assert consent.parties == ("serve",)
    assert json.loads(data)["session"]["consents"] == [
        {"need": "network", "parties": ["serve"], "given": started.strftime("%Y-%m-%dT%H:%M:%SZ")}
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"given": datetime(2001, 1, 1, tzinfo=UTC)}, "report-time-absurd"),
        ({"withdrawn": datetime(2025, 1, 2, tzinfo=UTC)}, "report-time-absurd"),
        ({"parties": tuple(map(str, range(11)))}, "report-too-many"),
    ],
)
def test_consents_that_cannot_be_are_refused(change: dict[str, object], why: str) -> None:
    honest = Consent(need=Need.NETWORK, given=made.report().session.started)
    data = _report(msgspec.structs.replace(honest, **change))

    with pytest.raises(InputError) as refused:
        decode_report(data)
    assert refused.value.reference == why


def test_the_report_tells_them_in_words() -> None:
    report = decode_report(
        _report(Consent(need=Need.NETWORK, parties=("ndt7",), given=made.report().session.started))
    )
    facts = [words for _, words in compose(report, None, Reader("en")).facts]

    assert any(words.startswith("Using the internet, with M-Lab (ndt7): ") for words in facts)


def test_a_party_of_a_stranger_is_shown_harmlessly() -> None:
    consent = Consent(need=Need.NETWORK, parties=("\x1b[31mevil\u202e",), given=NOON)
    said = consent_words(consent, Reader("en"))

    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize("party", [*(method.id for method in LINE_METHODS), "stun", "hosts"])
def test_of_every_party_it_is_said_who_it_is_and_what_it_learns(party: str) -> None:
    assert "internet address" in party_words(party, Reader("en"))
