"""Spoiled files against the intake for some minutes. ``python -m bench.fuzz_intake --minutes 10``.

Good files of every kind are changed at random; each must be read or refused, within a second of
reckoning: what else the computer does meanwhile is no fault.
Whatever else happens is printed, and the file that did it is kept.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from readiness.report.codec import encode_report
from readiness.review.intake import intake
from readiness.trust.keys import new_keys
from readiness.trust.sealing import seal_to
from tests.fakes.heap import pdf_with, zipped
from tests.fakes.trust import answer, invitation, report, session
from tests.hostile.heap_attacks import ON_ARCHIVES
from tests.hostile.page_attacks import page

LONGEST_S = 1.0
SMALL = 20_000
"""Bytes; larger ones take too long for what they find."""

PDF_SHARE = 0.005
"""Each takes a process of its own."""

TOKENS = (
    *(b'"', b"[", b"{", b"}", b"]", b",", b":", b"\\", b"\0"),
    *(b"NaN", b"1e999", b"\xff", b"PK\3\4"),
)


def good_files() -> dict[str, bytes]:
    """One of every kind."""
    invited, keys = invitation(), new_keys()
    data = answer(invited)
    small = {name: make() for name, (make, _) in ON_ARCHIVES.items()}
    return {
        "a.json": data,
        "plain.json": encode_report(report(session(invited))),
        "a.html": page(data),
        "a.readiness-sealed": seal_to(keys.public.sealing, data),
        "a.zip": zipped({"a.json": data, "b/c.json": data, "d.pdf": b"%PD"}),
        "stored.zip": zipped({"a.json": data}, packed=0),
        **{f"{n}.zip": one for n, one in enumerate(small.values()) if len(one) < SMALL},
    }


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, repeated or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.choice((1, 1, 4, 64, 1000)))
        piece = bytes(found[at:end])
        found[at:end] = chance.choice(
            (
                bytes([chance.randrange(256)]),
                b"",
                piece * chance.choice((2, 3, 50)),
                chance.choice(TOKENS) * chance.choice((1, 1, 30)) + piece,
                chance.randbytes(len(piece)),
            )
        )
    return bytes(found)


def main() -> None:
    """Run for the time that was asked for; status 1 if something was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options = parser.parse_args()
    end, done, faults = time.monotonic() + options.minutes * 60, 0, 0
    files = good_files()
    pdf = pdf_with(files["a.json"])
    chance = random.Random(options.seed)  # noqa: S311 - to vary, not to be secret
    with tempfile.TemporaryDirectory() as name:
        while time.monotonic() < end:
            is_pdf = chance.random() < PDF_SHARE
            kind = "a.pdf" if is_pdf else chance.choice(list(files))
            data = spoiled(pdf if is_pdf else files[kind], chance)
            fault = _fault(Path(name) / kind, data, in_time=not is_pdf)
            done += 1
            if fault:
                faults += 1
                kept = Path(tempfile.gettempdir()) / f"fuzz-{options.seed}-{done}-{kind}"
                kept.write_bytes(data)
                print(f"{kept}: {fault}")
    print(f"{done} files, {faults} faults")
    sys.exit(bool(faults))


def _fault(path: Path, data: bytes, *, in_time: bool) -> str:
    """What went wrong with these bytes; empty if they were read or refused as they should be."""
    path.write_bytes(data)
    begin = time.process_time()
    try:
        for found in intake([path]):
            str(found)
    except Exception:  # noqa: BLE001 - this is what is looked for
        return traceback.format_exc()
    finally:
        path.unlink()
    took = time.process_time() - begin
    if took > LONGEST_S and in_time:
        return f"{took:.1f} s"
    left = [one.name for one in path.parent.iterdir()]
    return f"wrote {left}" if left else ""


if __name__ == "__main__":
    main()
