"""How long a recruiter's heap takes, and how much memory. ``python -m bench.review_intake``.

The floor, in the same run and over the same files: read, verify the Ed25519 signature, parse into
types, with nothing refused that an attacker could send. Asked: the intake takes at most 1.6 x the
floor, and memory stays under 150 MiB whatever the number of files.
"""

from __future__ import annotations

import argparse
import base64
import multiprocessing
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.rows import Row, show
from readiness.model.measurement import QUESTIONS
from readiness.model.report import Report
from readiness.report.codec import encode_report
from readiness.report.seal import KEY_PREFIX, seal, signed_bytes
from readiness.review.intake import Received, intake
from readiness.review.once import once
from readiness.review.rows import row_of
from readiness.trust.answering import Known
from tests.fakes import reports as made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readiness.model.measurement import Session

FILES = 10_000
REPEATS = 3
ASKED_RATIO = 1.6
ASKED_MIB = 150
MIB = 1024 * 1024


class _Signature(msgspec.Struct):
    keyid: str
    sig: str


class _Envelope(msgspec.Struct, rename="camel"):
    payload_type: str
    payload: str
    signatures: list[_Signature]


def usual_session() -> Session:
    """Everything that the made-up check holds but its hostile answer."""
    whole = made.session()
    answers = made.run(QUESTIONS, made.declared("headset-cord", "corded"), seconds=0)
    return msgspec.structs.replace(whole, runs=(*whole.runs[:-1], answers))


def write_heap(folder: Path, number: int) -> None:
    """So many reports, each with an id of its own, signed with one key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    payload = encode_report(made.report(usual_session()))
    same = made.session().id.encode()
    for n in range(number):
        data = seal(payload.replace(same, f"{n:032x}".encode()), key)
        (folder / f"readiness-example-{n:06}.readiness.json").write_bytes(data)


def floor(folder: Path) -> int:
    """The least that can be done with the same files."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    done = 0
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - the least that can be done
        envelope = msgspec.json.decode((folder / name).read_bytes(), type=_Envelope)
        payload = base64.b64decode(envelope.payload)
        signed = signed_bytes(envelope.payload_type, payload)
        for one in envelope.signatures:
            public = bytes.fromhex(one.keyid.removeprefix(KEY_PREFIX))
            Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(one.sig), signed)
        msgspec.json.decode(payload, type=Report)
        done += 1
    return done


def taken_in(folder: Path) -> int:
    """The intake alone."""
    return sum(isinstance(one, Received) for one in intake([folder]))


def reviewed(folder: Path) -> int:
    """The intake, and a row for each: what ``readiness review`` does before it prints."""
    known = Known(now=datetime.now(UTC), profile=made.profile())
    rows = [
        row_of(one, known, metrics=("line.upload",))
        for one in once(intake([folder]))
        if isinstance(one, Received)
    ]
    return len(rows)


def seconds(work: Callable[[Path], int], folder: Path) -> float:
    """The fastest of three runs: other programs only ever slow it down."""
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work(folder)
        taken.append(time.perf_counter() - begin)
    return min(taken)


def peak_mib(work: Callable[[Path], int], folder: Path) -> float:
    """The most memory of a process that does nothing else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (work, folder))


def _peak(work: Callable[[Path], int], folder: Path) -> float:
    work(folder)
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / MIB
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MIB if sys.platform == "darwin" else peak / 1024


def figures(number: int) -> Iterator[Row]:
    """Measure, figure by figure."""
    with tempfile.TemporaryDirectory() as few_name, tempfile.TemporaryDirectory() as name:
        few, folder = Path(few_name), Path(name)
        write_heap(few, number // 10)
        write_heap(folder, number)
        size = next(folder.iterdir()).stat().st_size
        base = seconds(floor, folder)
        each = f"{base / number * 1e6:.0f} us each of {size} bytes"
        reached = f"{base:.2f} s, {each}"
        yield Row(figure=f"floor, {number} files", asked="-", reached=reached, met=True)
        for title, work, asked in (
            ("intake", taken_in, ASKED_RATIO),
            ("intake and rows, judged again", reviewed, None),
        ):
            took = seconds(work, folder)
            ratio = took / base
            yield Row(
                figure=title,
                asked="-" if asked is None else f"<= {asked} x floor",
                reached=f"{took:.2f} s, {ratio:.2f} x floor",
                met=asked is None or ratio <= asked,
            )
            little, much = peak_mib(work, few), peak_mib(work, folder)
            yield Row(
                figure=f"memory, {title}",
                asked=f"<= {ASKED_MIB} MiB",
                reached=f"{much:.0f} MiB; {little:.0f} MiB with a tenth of them",
                met=much <= ASKED_MIB,
            )


def main() -> None:
    """Print the figures; ends with status 1 if one is not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=FILES)
    if not show(figures(parser.parse_args().files)):
        sys.exit(1)


if __name__ == "__main__":
    main()
