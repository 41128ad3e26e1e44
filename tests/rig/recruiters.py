"""Recruiters in processes of their own, who all write at one report at the same time."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.remarks import ChangedMeanwhile
from readiness.desk_archive.stored import Incoming

LINES = 15


def write_all_at_once(address: str, digest: str, names: list[str]) -> list[int]:
    """Let everybody add lines to the note; returns how often each was told to read again."""
    with multiprocessing.get_context("spawn").Pool(len(names)) as pool:
        return pool.starmap(_add_lines, [(address, digest, name) for name in names], chunksize=1)


def _add_lines(address: str, digest: str, name: str) -> int:
    """One recruiter: reads, adds a line, saves; and all of it again if somebody was faster."""
    refused = 0
    with open_archive(address, Path("unused")) as archive:
        for number in range(LINES):
            stands = archive.remark(digest)
            while True:
                note = f"{stands.written.note}\n{name} {number}"
                try:
                    archive.save(
                        digest, replace(stands.written, note=note, who=name), on=stands.version
                    )
                    break
                except ChangedMeanwhile as error:
                    refused, stands = refused + 1, error.stands
    return refused


def take_in_all_at_once(address: str, count: int, programs: int) -> list[int]:
    """Let several programs take in the same reports, in different orders; what each counted."""
    with multiprocessing.get_context("spawn").Pool(programs) as pool:
        return pool.starmap(_take_in, [(address, count, n) for n in range(programs)], chunksize=1)


def _take_in(address: str, count: int, shift: int) -> int:
    order = [(n * 7 + shift * 13) % count for n in range(count)]
    with open_archive(address, Path("unused")) as archive:
        came = archive.take_in(
            [Incoming(digest=f"{n:064x}", name=f"{n}.json", data=b"{}") for n in order]
        )
    return len(came)
