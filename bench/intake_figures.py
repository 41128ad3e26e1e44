"""How long a recruiter's heap takes, and how much memory; shown by ``bench.review_intake``.

The floor, in the same run and over the same files, on one core: read, verify the Ed25519 signature,
parse into types, insert into SQLite, with nothing refused that an attacker could send. The intake
does the same with all its care. Asked: at most 1.6 x the floor on one core and 1.0 x on two, and
150 MiB at most whatever the number of files, both processes together.
"""

from __future__ import annotations

import base64
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.intake_work import payload
from bench.rows import Row
from readiness.model.report import Report
from readiness.report.seal import KEY_PREFIX, seal, signed_bytes
from readiness.review.crew import Crew, cores
from readiness.review.heap import Reading, rows_of
from readiness.review.intake import Received, intake
from readiness.review.limits import Limits
from readiness.review.rows import ReviewRow
from readiness.review.tasks import tasks
from readiness.trust.answering import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from readiness.model.measurement import Session
    from readiness.model.requirement import Profile

REPEATS = 3
ASKED_RATIO, ASKED_BY_TWO = 1.6, 1.0
ASKED_MIB = 150
MIB = 1024 * 1024
TOGETHER = 500
"""Reports of one transaction."""


class _Signature(msgspec.Struct):
    keyid: str
    sig: str


class _Envelope(msgspec.Struct, rename="camel"):
    payload_type: str
    payload: str
    signatures: list[_Signature]


def usual_session() -> Session:
    """Everything that the made-up check holds but its hostile answer."""
    from readiness.model.measurement import QUESTIONS
    from tests.fakes import reports as made

    whole = made.session()
    answers = made.run(QUESTIONS, made.declared("headset-cord", "corded"), seconds=0)
    return msgspec.structs.replace(whole, runs=(*whole.runs[:-1], answers))


def write_heap(folder: Path, number: int) -> None:
    """So many reports, each with an id of its own, signed with one key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.report.codec import encode_report
    from tests.fakes import reports as made

    key = Ed25519PrivateKey.generate()
    data = encode_report(made.report(usual_session()))
    same = made.session().id.encode()
    for n in range(number):
        sealed = seal(data.replace(same, f"{n:032x}".encode()), key)
        (folder / f"readiness-example-{n:06}.readiness.json").write_bytes(sealed)


def kept(payloads: Iterable[bytes]) -> int:
    """Put them into a database, as whoever keeps reports does; returns how many there were."""
    done = 0
    with (
        tempfile.TemporaryDirectory() as name,
        closing(sqlite3.connect(Path(name) / "kept.sqlite3")) as store,
    ):
        store.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, payload BLOB)")
        for done, one in enumerate(payloads, start=1):
            store.execute("INSERT INTO report (payload) VALUES (?)", (one,))
            if done % TOGETHER == 0:
                store.commit()
        store.commit()
    return done


def floor(folder: Path) -> int:
    """The least that can be done with the same files."""
    return kept(_least(folder))


def _least(folder: Path) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - the least that can be done
        envelope = msgspec.json.decode((folder / name).read_bytes(), type=_Envelope)
        data = base64.b64decode(envelope.payload)
        signed = signed_bytes(envelope.payload_type, data)
        for one in envelope.signatures:
            public = bytes.fromhex(one.keyid.removeprefix(KEY_PREFIX))
            Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(one.sig), signed)
        msgspec.json.decode(data, type=Report)
        yield data


def taken_in(folder: Path) -> int:
    """The intake."""
    found = intake([folder])
    return kept(one.arrived.payload for one in found if isinstance(one, Received))


def taken_in_by_two(folder: Path) -> int:
    """The same by two processes."""
    crew = Crew(
        payload, lambda _task: b"", fit=lambda _task: True, weight=lambda _task: 0, helped=True
    )
    return kept(crew.done(tasks([folder], Limits())))


def reviewed(folder: Path) -> int:
    """A row for each: what ``readiness review`` does before it prints."""
    return _rows(folder, helped=False)


def reviewed_by_two(folder: Path) -> int:
    """The same by two processes."""
    return _rows(folder, helped=True)


def _rows(folder: Path, *, helped: bool) -> int:
    known = Known(now=datetime.now(UTC), profile=_profile())
    reading = Reading(known=known, metrics=("line.upload",), helped=helped)
    return len([one for one in rows_of([folder], reading) if isinstance(one, ReviewRow)])


def _profile() -> Profile:
    from tests.fakes import reports as made

    return made.profile()


def seconds(work: Callable[[Path], int], folder: Path) -> float:
    """The fastest of three runs: other programs only ever slow it down."""
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work(folder)
        taken.append(time.perf_counter() - begin)
    return min(taken)


def peak_mib(work: Callable[[Path], int], folder: Path) -> float:
    """The most memory of a process that does nothing else, and of its helper."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_peak, work, folder).result()


def _peak(work: Callable[[Path], int], folder: Path) -> float:
    work(folder)
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / MIB
    import resource

    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = sum(resource.getrusage(one).ru_maxrss for one in whose)
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
            ("intake, two cores", taken_in_by_two, ASKED_BY_TWO),
            ("rows, judged again", reviewed, None),
            ("rows, two cores", reviewed_by_two, None),
        ):
            if "two" in title and cores() < 2:  # noqa: PLR2004 - this is what is looked for
                continue
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
