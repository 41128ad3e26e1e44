"""The hosts of the work: what their outcomes mean together, and for whom."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.judge import judge
from readiness.model.finding import Verdict
from readiness.model.measurement import ProbeRun, Session
from readiness.model.requirement import Endpoint, Profile, Protocol
from readiness.ports import Choices, Need
from readiness.probes.endpoints import PROBE
from readiness.profiles import parse_profile
from readiness.report.codec import MAX_SUMMARY
from readiness.session import run_probe
from readiness.system.world import SystemWorld
from tests.fakes.hosts import refused_port, serving, tcp, until_the_end
from tests.fakes.profiles import HOSTS, endpoint
from tests.fakes.reach import FakeReach
from tests.fakes.world import NOON, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.session import World

AGREED = frozenset({Need.NETWORK})
APP = Endpoint(host="app.example.com", port=443, protocol=Protocol.TLS)
VOICE = Endpoint(host="voice.example.com", port=3478, protocol=Protocol.UDP)
SIX = Endpoint(host="2001:db8::7", port=5061, protocol=Protocol.TCP)

Said = tuple[str, float | None]
REACHED: Said = ("reached", 23.44)
REFUSED: Said = ("connection-refused", None)
SILENT: Said = ("sent", None)


def _run(
    said: dict[Endpoint, Said], *, consent: frozenset[Need] = AGREED, world: World | None = None
) -> ProbeRun:
    reach = FakeReach(hosts={host: (*outcome, {}) for host, outcome in said.items()})
    return run_probe(
        PROBE,
        world=world or FakeWorld(reach_port=reach),
        choices=Choices(consent=consent, endpoints=tuple(said)),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, object]:
    found: dict[str, object] = {m.metric.partition(".")[2]: m.value for m in run.measurements}
    return found | {f.metric.partition(".")[2]: f.detail for f in run.failures}


@pytest.mark.parametrize(
    ("app", "voice", "reachable", "unreached", "slowest"),
    [
        (REACHED, ("reached", 61.0), True, 0, 61.0),
        (REACHED, REFUSED, False, 1, "not-all-reached"),
        (REFUSED, REFUSED, False, 2, "not-all-reached"),
        (REFUSED, SILENT, False, "udp-silent", "udp-silent"),
        (REACHED, SILENT, "udp-silent", "udp-silent", "udp-silent"),
        (("certificate-untrusted", None), REACHED, False, 1, "not-all-reached"),
    ],
)
def test_what_two_outcomes_mean(
    app: Said, voice: Said, reachable: object, unreached: object, slowest: object
) -> None:
    found = _found(_run({APP: app, VOICE: voice}))

    assert found == {"reachable": reachable, "unreached": unreached, "slowest": slowest}


def test_evidence_names_each_host_with_outcome_and_time() -> None:
    (reachable, *_) = _run({APP: REACHED, VOICE: REFUSED, SIX: REACHED}).measurements

    assert reachable.evidence.summary == {
        "tls app.example.com:443": "reached 23.4 ms",
        "udp voice.example.com:3478": "connection-refused",
        "tcp [2001:db8::7]:5061": "reached 23.4 ms",
        "unreached": "udp voice.example.com:3478 (connection-refused)",
    }


def test_a_reader_is_told_which_hosts_were_not_reached() -> None:
    """In the sentence that says how the value came about."""
    from readiness import explain
    from readiness.locale import Reader

    (reachable, *_) = _run({APP: REACHED, VOICE: REFUSED}).measurements
    (failure, *_) = _run({APP: REACHED, VOICE: SILENT}).failures
    evidence = reachable.evidence
    source = explain.method_source(reachable.metric, evidence.method, evidence.kind)

    assert "udp voice.example.com:3478 (connection-refused)" in explain.fill(
        source, evidence.summary, Reader("en")
    )
    assert "udp voice.example.com:3478" in explain.failure_words(failure, Reader("en"))[0]


def test_one_reading_of_a_time_is_not_sure() -> None:
    found = {m.metric: m for m in _run({APP: ("reached", 40.0)}).measurements}

    assert found["endpoints.slowest"].uncertainty == 20.0
    assert found["endpoints.reachable"].uncertainty is None


def test_without_hosts_there_is_nothing_to_reach() -> None:
    assert set(_found(_run({})).values()) == {"no-endpoints"}


def test_more_hosts_than_the_evidence_holds_are_never_all_reached() -> None:
    many = {replace_port(APP, port): REACHED for port in range(1, 60)}
    run = _run(many)

    assert _found(run)["reachable"] == "too-many-endpoints"
    assert all(len(failure.summary) <= MAX_SUMMARY for failure in run.failures)


def test_one_of_very_many_that_is_not_reached_is_enough_for_no() -> None:
    many = {replace_port(APP, port): REACHED for port in range(1, 60)}
    many[replace_port(APP, 1)] = REFUSED

    assert _found(_run(many))["reachable"] is False


def replace_port(endpoint: Endpoint, port: int) -> Endpoint:
    return msgspec.structs.replace(endpoint, port=port)


def test_every_outcome_of_the_adapter_can_stand_in_the_evidence() -> None:
    """A word that could not be read back would make the measurement speak for nobody."""
    for word in ("certificate-name", "dns-failure", "no-network", "stalled", "connection-reset"):
        run = _run({APP: (word, None)})
        assert _verdict(run, _profile(APP)) is Verdict.FAIL


def test_on_this_computer_an_open_and_a_closed_port_are_told_apart() -> None:
    with serving(until_the_end) as port:
        closed = refused_port()
        run = _run({tcp(port): REACHED, tcp(closed): REACHED}, world=SystemWorld())

    summary = run.measurements[0].evidence.summary
    assert str(summary[f"tcp 127.0.0.1:{port}"]).startswith("reached ")
    assert summary[f"tcp 127.0.0.1:{closed}"] == "connection-refused"
    assert run.measurements[0].value is False


def test_without_consent_nothing_is_sent() -> None:
    met: list[object] = []
    with serving(met.append) as port:
        run = _run({tcp(port): REACHED}, consent=frozenset(), world=SystemWorld())

    assert met == []
    assert set(_found(run).values()) == {"no-consent"}


def test_stop_keeps_nothing_of_a_try_that_hangs() -> None:
    stop, begun = threading.Event(), threading.Event()

    def entertain(sock: object) -> None:
        begun.set()
        until_the_end(sock)  # type: ignore[arg-type]  # it is the socket

    def press() -> None:
        begun.wait(20)
        stop.set()

    with serving(entertain) as port:
        threading.Thread(target=press, daemon=True).start()
        run = run_probe(
            PROBE,
            world=SystemWorld(),
            choices=Choices(
                consent=AGREED,
                endpoints=(Endpoint(host="127.0.0.1", port=port, protocol=Protocol.TLS),),
            ),
            person=WillingPerson(),
            listener=lambda _event: None,
            stop=stop,
            attempt=1,
        )

    assert run.measurements == ()
    assert {failure.failure.value for failure in run.failures} == {"cancelled"}


# --- for whom it speaks ---------------------------------------------------------------------------


def _profile(
    *endpoints: Endpoint, metric: str = "reachable", asked: str = "equals = true"
) -> Profile:
    text = HOSTS + endpoint("placeholder.example", 1, "tcp")
    text = text.replace("reachable", metric).replace("equals = true", asked)
    return msgspec.structs.replace(parse_profile(text.encode(), "x.toml"), endpoints=endpoints)


def _verdict(run: ProbeRun, profile: Profile) -> Verdict:
    session = Session(id="0" * 32, started=NOON, app_version="0", platform="linux", runs=(run,))
    _, (finding,) = judge(session, profile)
    return finding.verdict


def test_hosts_that_were_never_tried_are_open() -> None:
    """A session measured for one employer says nothing about another one's hosts."""
    run = _run({APP: REACHED})

    assert _verdict(run, _profile(APP)) is Verdict.PASS
    assert _verdict(run, _profile(VOICE)) is Verdict.UNKNOWN
    assert _verdict(run, _profile(APP, VOICE)) is Verdict.UNKNOWN
    assert _verdict(run, _profile()) is Verdict.UNKNOWN


def test_all_reached_holds_for_some_of_them() -> None:
    run = _run({APP: REACHED, VOICE: ("reached", 61.0)})

    assert _verdict(run, _profile(APP)) is Verdict.PASS
    slow = _profile(APP, metric="slowest", asked='at_most = 100, unit = "ms"')
    assert _verdict(run, slow) is Verdict.UNKNOWN  # the slowest was another one's


def test_another_list_s_host_that_was_not_reached_does_not_fail_this_list() -> None:
    run = _run({APP: REACHED, VOICE: REFUSED})

    assert _verdict(run, _profile(APP)) is Verdict.UNKNOWN
    assert _verdict(run, _profile(VOICE)) is Verdict.FAIL


@given(st.text(max_size=60))
def test_evidence_that_cannot_be_read_speaks_for_nobody(said: str) -> None:
    run = _run({APP: REACHED})
    spoilt = tuple(
        msgspec.structs.replace(
            one,
            evidence=msgspec.structs.replace(
                one.evidence, summary={"tls app.example.com:443": "x" + said + "!"}
            ),
        )
        for one in run.measurements
    )
    run = msgspec.structs.replace(run, measurements=spoilt)

    assert _verdict(run, _profile(APP)) is Verdict.UNKNOWN


def test_a_report_with_hosts_can_be_read_back() -> None:
    from readiness.model.report import Report
    from readiness.report.codec import decode_report, encode_report

    profile = _profile(APP, VOICE)
    for said in ({APP: REACHED, VOICE: REFUSED}, {APP: REACHED, VOICE: SILENT}, {VOICE: REACHED}):
        session = Session(
            id="0" * 32, started=NOON, app_version="0", platform="linux", runs=(_run(said),)
        )
        overall, findings = judge(session, profile)
        report = Report(
            created=NOON,
            profile=profile.id,
            profile_digest=profile.digest,
            overall=overall,
            findings=findings,
            session=session,
        )
        assert decode_report(encode_report(report)).findings == findings
