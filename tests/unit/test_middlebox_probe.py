"""Interference on the way: never claimed without proof, and never ruled out without one."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from readiness.model.requirement import Endpoint, Protocol
from readiness.ports import Choices, EndpointReading, Need
from readiness.probes.middlebox import PROBE
from readiness.session import run_probe
from readiness.system.world import SystemWorld
from tests.fakes.hosts import Authority, tls, tls_host
from tests.fakes.line import measuring_server
from tests.fakes.reach import FakeReach
from tests.fakes.servers import PORTAL, garbage, hang_up, misbehaving, say, silence
from tests.fakes.tls import certificate, encrypted
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.model.measurement import ProbeRun
    from readiness.session import World

PUBLIC = Endpoint(host="app.example.com", port=443, protocol=Protocol.TLS, public=True)
OWN = Endpoint(host="intra.example.com", port=443, protocol=Protocol.TLS)
PORT = Endpoint(host="voice.example.com", port=3478, protocol=Protocol.UDP)
LANDMARK = Endpoint(host="speed.example.com", port=443, protocol=Protocol.TLS, public=True)

Said = tuple[str, float | None, Mapping[str, bool | int | float | str]]
GOOD: Said = ("reached", 20.0, {"public_roots": True, "issuer": "Example Public Authority"})
SHIELD: Said = ("reached", 20.0, {"public_roots": False, "issuer": "Example Shield"})
UNTRIED: Said = ("reached", 20.0, {"issuer": "Example"})
UNTRUSTED: Said = ("certificate-untrusted", None, {})
RENAMED: Said = ("certificate-name", None, {})
GONE: Said = ("stalled", None, {})
NOWHERE = Endpoint(host="", port=0, protocol=Protocol.TCP)


def _run(world: World, **choices: object) -> ProbeRun:
    return run_probe(
        PROBE,
        world=world,
        choices=Choices(consent=frozenset({Need.NETWORK}), **choices),  # type: ignore[arg-type]
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> tuple[object, object]:
    found: dict[str, object] = {m.metric: m.value for m in run.measurements}
    found |= {f.metric: f.detail for f in run.failures}
    return found["line.tls_interception"], found["line.captive_portal"]


def _greeted(outcome: str | None) -> EndpointReading | None:
    return None if outcome is None else EndpointReading(endpoint=NOWHERE, outcome=outcome)


@pytest.mark.parametrize(
    ("hosts", "interception"),
    [
        ({PUBLIC: GOOD}, False),
        ({OWN: GOOD}, False),
        ({PUBLIC: SHIELD}, True),
        ({PUBLIC: SHIELD, OWN: GOOD}, True),
        ({OWN: SHIELD}, "issuer-private"),
        ({PUBLIC: GOOD, OWN: SHIELD}, "issuer-private"),
        ({PUBLIC: UNTRUSTED}, "issuer-unknown"),
        ({OWN: UNTRUSTED}, "no-certificate"),
        ({PUBLIC: UNTRIED}, "no-certificate"),
        ({PUBLIC: GOOD, OWN: UNTRIED}, "no-certificate"),
        ({PUBLIC: GONE}, "no-certificate"),
        ({PUBLIC: GONE, OWN: GOOD}, False),
    ],
)
def test_interception(hosts: dict[Endpoint, Said], interception: object) -> None:
    run = _run(FakeWorld(reach_port=FakeReach(hosts=hosts)))

    assert _found(run)[0] == interception


@pytest.mark.parametrize(
    ("hosts", "greeting", "portal"),
    [
        ({PUBLIC: GOOD}, None, False),
        ({}, "reached", False),
        ({}, "captive-portal", True),
        ({PUBLIC: RENAMED}, None, True),
        ({OWN: RENAMED}, None, "portal-unclear"),
        ({PUBLIC: GONE}, "captive-portal", True),
        ({PUBLIC: GONE}, "garbage-answer", "portal-unclear"),
        ({PUBLIC: GOOD}, "captive-portal", "portal-contradiction"),
        ({PUBLIC: UNTRUSTED}, None, "portal-unclear"),
    ],
)
def test_login_page(hosts: dict[Endpoint, Said], greeting: str | None, portal: object) -> None:
    reach = FakeReach(hosts=hosts, greeting=_greeted(greeting))

    assert _found(_run(FakeWorld(reach_port=reach)))[1] == portal


def test_issuer_is_the_evidence() -> None:
    run = _run(FakeWorld(reach_port=FakeReach(hosts={PUBLIC: SHIELD})))
    (interception,) = (m for m in run.measurements if m.metric == "line.tls_interception")

    assert interception.evidence.summary == {"issuer": "Example Shield", "hosts": 1}


def test_only_hosts_that_speak_tls_are_asked() -> None:
    reach = FakeReach(
        hosts={PUBLIC: GOOD, PORT: GONE, LANDMARK: GOOD},
        landmarks=(LANDMARK,),
    )
    _run(FakeWorld(reach_port=reach))

    assert reach.asked == [PUBLIC, LANDMARK]


def test_where_nobody_can_be_asked_nothing_is_said() -> None:
    run = _run(FakeWorld(reach_port=FakeReach(hosts={PORT: GONE})))

    assert set(_found(run)) == {"nobody-to-ask"}


# --- for real -------------------------------------------------------------------------------------


def test_a_middlebox_that_signs_anew_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its authority is trusted here, so that no browser complains; Mozilla does not know it."""
    shield = Authority(tmp_path, "Example Shield Ltd")
    monkeypatch.setenv("SSL_CERT_FILE", str(shield.pem))
    with tls_host(shield.certificate()) as port:
        run = _run(SystemWorld(), endpoints=(tls(port, public=True),))

    assert _found(run) == (True, False)
    assert run.measurements[0].evidence.summary["issuer"] == "Example Shield Ltd"


def test_an_employer_s_own_authority_is_not_called_interception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer = Authority(tmp_path, "Example Support Ltd")
    monkeypatch.setenv("SSL_CERT_FILE", str(employer.pem))
    with tls_host(employer.certificate()) as port:
        run = _run(SystemWorld(), endpoints=(tls(port),))

    assert _found(run) == ("issuer-private", False)


def test_a_measuring_server_proves_itself() -> None:
    with measuring_server() as server:
        assert _found(_run(SystemWorld(), server=server))[1] is False


def test_a_measuring_server_proves_itself_under_a_name_of_this_computer() -> None:
    with measuring_server() as server:
        address = server.replace("127.0.0.1", "localhost")

        assert _found(_run(SystemWorld(), server=address))[1] is False


def test_a_measuring_server_proves_itself_over_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with measuring_server() as server, encrypted(server, pem) as safe:
        assert _found(_run(SystemWorld(), server=safe))[1] is False


@pytest.mark.parametrize(
    ("behave", "portal"),
    [
        (say("302 Found", b"", "Location: http://login.example/"), True),
        (say("511 Network Authentication Required", PORTAL), True),
        (say("200 OK", PORTAL, "Content-Type: text/html"), True),
        (say("200 OK", b'{"service": "readiness-serve", "token": "0"}'), "portal-unclear"),
        (say("200 OK", b"[" * 9000), "portal-unclear"),
        (say("200 OK", b"[]"), "portal-unclear"),
        (say("204 No Content"), "portal-unclear"),
        (say("404 Not Found"), "portal-unclear"),
        (say("200 OK", bytes(200_000)), "portal-unclear"),
        (garbage, "portal-unclear"),
        (hang_up, "portal-unclear"),
        (silence, "portal-unclear"),
    ],
    ids=[
        *("redirect", "511", "page", "wrong-token", "deep", "list", "empty", "missing", "huge"),
        *("garbage", "hang-up", "silence"),
    ],
)
def test_what_stands_in_the_place_of_a_measuring_server(behave: object, portal: object) -> None:
    with misbehaving(behave) as server:  # type: ignore[arg-type]
        assert _found(_run(SystemWorld(), server=server))[1] == portal


@pytest.mark.parametrize(
    "address",
    ["ftp://x", "http://[::1", "http://\u00e4\u0130" + "a" * 80, "http://a..b:80", "http://:0"],
)
def test_an_odd_address_is_a_finding(address: str) -> None:
    assert _found(_run(SystemWorld(), server=address))[1] == "portal-unclear"


def test_evidence_never_names_the_measuring_server() -> None:
    with measuring_server() as server:
        run = _run(SystemWorld(), server=server)

    assert "127.0.0.1" not in repr(run)


def test_without_consent_the_server_is_not_asked() -> None:
    met: list[bytes] = []
    with misbehaving(lambda _sock, head: met.append(head)) as server:
        run = run_probe(
            PROBE,
            world=SystemWorld(),
            choices=Choices(server=server),
            person=WillingPerson(),
            listener=lambda _event: None,
            stop=threading.Event(),
            attempt=1,
        )

    assert met == []
    assert set(_found(run)) == {"no-consent"}
