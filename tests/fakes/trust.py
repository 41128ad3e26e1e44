"""An employer, an invitation and honest answers to it, made with real keys."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from readiness.judge import judge
from readiness.model.invited import Invited
from readiness.model.measurement import (
    NO_UNIT,
    QUESTIONS,
    Evidence,
    EvidenceKind,
    Measurement,
    ProbeRun,
    Session,
    Trace,
)
from readiness.model.report import Report
from readiness.profiles import parse_profile
from readiness.report.codec import encode_report
from readiness.report.seal import seal
from readiness.trust.invitation import Invitation, Offer, issue
from readiness.trust.keys import Keys, new_keys
from readiness.trust.receipt import Seen, sign_receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.model.measurement import Scalar
    from readiness.model.requirement import Profile
    from readiness.trust.receipt import Direction

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BEGUN = MADE + timedelta(days=1)
PROFILE = b"""\
schema = "readiness-profile/1"
id = "acme"
kind = "employer"
title = { en = "Acme" }
summary = { en = "What Acme asks." }

[source.own]
title = "Acme, home office page"
seen = 2026-01-31
grade = "P"

[[requirement]]
id = "download"
level = "must"
area = "line"
any_of = [{ metric = "line.download", at_least = 20, unit = "Mbit/s", source = "own" }]

[[requirement]]
id = "upload"
level = "must"
area = "line"
any_of = [{ metric = "line.upload", at_least = 5, unit = "Mbit/s", source = "own" }]

[[requirement]]
id = "memory"
level = "must"
area = "computer"
any_of = [{ metric = "machine.memory_usable", at_least = 7, unit = "GiB", source = "own" }]

[[requirement]]
id = "headset"
level = "should"
area = "headset"
any_of = [{ metric = "headset.link", equals = "usb-corded", source = "own" }]

[[requirement]]
id = "door"
level = "must"
area = "room"
question = "door"
accept = ["closes"]
source = "own"
"""
EMPLOYER, SERVER = new_keys(), new_keys()


def profile() -> Profile:
    """What the employer asks."""
    return parse_profile(PROFILE, "acme.toml")


def invitation(
    keys: Keys = EMPLOYER, *, reference: str = "", now: datetime = MADE, **changes: object
) -> Invitation:
    """One invitation, valid for two weeks from ``now``."""
    offer = Offer(
        profile=PROFILE,
        days=14,
        employer="Acme Ltd",
        server="https://measure.example:443",
        receipt_key=SERVER.public.signing,
    )
    offer = replace(offer, **changes)  # type: ignore[arg-type]  # passed on as they came
    return issue(offer, keys.signing, now=now, reference=reference)


def rate(
    metric: str, value: float, *, seconds: float = 6.0, nonce: str = "", **evidence: object
) -> Measurement:
    """A throughput figure whose bytes, seconds and trace fit it; with a receipt if ``nonce``."""
    summary: dict[str, Scalar] = {
        "seconds": seconds,
        "warm_up_seconds": 1.75,
        "bytes": round(value / 8 * 1e6 * seconds),
    }
    receipt = None
    if nonce:
        way: Direction = "download" if metric == "line.download" else "upload"
        receipt = sign_receipt(seen(nonce, way, value), SERVER.signing)
    trace = Trace(step_s=0.25, unit="Mbit/s", values=(value * 0.9, value, value * 1.05))
    made = Evidence(
        kind=EvidenceKind.MEASURED,
        method="serve",
        samples=24,
        summary=summary,
        trace=trace,
        receipt=receipt,
    )
    return Measurement(
        metric=metric,
        value=value,
        unit="Mbit/s",
        uncertainty=0.2,
        evidence=msgspec.structs.replace(made, **evidence),
        at=BEGUN + timedelta(seconds=20),
    )


def seen(nonce: str, way: Direction, value: float, **changes: object) -> Seen:
    """What the employer's server saw of it."""
    told = Seen(
        nonce=nonce,
        direction=way,
        bytes=round(value / 8 * 1e6 * 6),
        seconds=6.0,
        rate=value,
        round_trip_ms=18.0,
        at=BEGUN + timedelta(seconds=20),
    )
    return msgspec.structs.replace(told, **changes)


def session(found: Invitation | None, *, nonce: str = "", **changes: object) -> Session:
    """An honest check that answers ``found``; its receipts name ``nonce``."""
    line = ProbeRun(
        probe="line_speed",
        version=3,
        attempt=1,
        started=BEGUN,
        duration_s=25.0,
        measurements=(
            rate("line.download", 24.0, nonce=nonce),
            rate("line.upload", 6.5, nonce=nonce),
        ),
    )
    memory = _run("memory", _fact("machine.memory_usable", 15.6, "GiB"), after=30)
    door = _run(QUESTIONS, _fact("declared.door", "closes", kind=EvidenceKind.DECLARED), after=60)
    made = Session(
        id="0" * 32,
        started=BEGUN,
        app_version="1.0",
        platform="win32",
        runs=(line, memory, door),
    )
    if found is not None:
        made = msgspec.structs.replace(made, invitation=found.invited)
    return msgspec.structs.replace(made, **changes)


def _fact(
    metric: str,
    value: float | str,
    unit: str = NO_UNIT,
    kind: EvidenceKind = EvidenceKind.REPORTED,
) -> Measurement:
    evidence = Evidence(kind=kind, method="example")
    return Measurement(metric=metric, value=value, unit=unit, evidence=evidence, at=BEGUN)


def _run(probe: str, found: Measurement, *, after: float) -> ProbeRun:
    begun = BEGUN + timedelta(seconds=after)
    moved = msgspec.structs.replace(found, at=begun)
    return ProbeRun(
        probe=probe, version=1, attempt=1, started=begun, duration_s=0.2, measurements=(moved,)
    )


def report(measured: Session, asked: Profile | None = None) -> Report:
    """The report that the program makes of it, two minutes after it began."""
    asked = asked or profile()
    overall, findings = judge(measured, asked)
    return Report(
        created=BEGUN + timedelta(minutes=2),
        profile=asked.id,
        profile_digest=asked.digest,
        overall=overall,
        findings=findings,
        session=measured,
    )


def answer(
    found: Invitation,
    *,
    key: Ed25519PrivateKey | None = None,
    change: Callable[[dict[str, Any]], None] | None = None,
    **changes: object,
) -> bytes:
    """The file that answers ``found``.

    Args:
        found: The invitation.
        key: Signs it, if it is not the invitation's own.
        change: Done to the report as JSON before it is signed.
        changes: Of the session.
    """
    measured = session(found, **changes)  # type: ignore[arg-type]  # passed on as they came
    payload = encode_report(report(measured))
    if change is not None:
        tree = json.loads(payload)
        change(tree)
        payload = json.dumps(tree).encode()
    return seal(payload, key or found.answer_key)


__all__ = ["BEGUN", "EMPLOYER", "MADE", "PROFILE", "SERVER", "Invited", "answer", "invitation"]


def slow(found: Invitation, upload: float) -> bytes:
    """An honest answer with another upload in Mbit/s; 5 are asked."""
    line = session(found).runs[0]
    figures = (line.measurements[0], rate("line.upload", upload))
    runs = (msgspec.structs.replace(line, measurements=figures), *session(found).runs[1:])
    return answer(found, runs=runs)
