"""Whole runs as a person starts them: how long, how much data, and what Stop leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.line.rows import ADDRESS, SERVE, drive
from bench.line.throughput import shares
from bench.rows import Row
from tests.fakes.tls import certificate
from tests.rig.emulator import ROOT, SERVER, Bed, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = ("quick", (), 35.0, 60.0)
THOROUGH = ("thorough", ("--thorough",), 75.0, float("inf"))
STOP_S = 0.3
TLS_PORT = 8443
DIRECTIONS = ("download", "upload")


def whole(*, thorough: bool = True) -> Iterator[Row]:
    """A check of the line alone at 25 Mbit/s, both directions, in the terminal."""
    with Bed() as bed, bed.serving(*SERVE, until="Ctrl+C"):
        for name, options, seconds, megabytes in (QUICK, THOROUGH)[: 1 + thorough]:
            bed.shape(Shape(mbit=25, delay_ms=20))
            bed.clear()
            begun = time.monotonic()
            status, document = _check(bed, options)
            lasted = time.monotonic() - begun
            moved = sum(way.octets for way in bed.truth()) / 1e6  # octets => MB
            runs = document["session"]["runs"]
            open_ = sum(len(run["failures"]) for run in runs)
            limit = "" if megabytes == float("inf") else f", {megabytes:g} MB"
            yield Row(
                figure=f"{name} run at 25 Mbit/s",
                asked=f"at most {seconds:g} s{limit}",
                reached=f"{lasted:.1f} s, {moved:.1f} MB, {open_} figures open, status {status}",
                met=lasted <= seconds and moved <= megabytes,
            )


def _check(bed: Bed, options: tuple[str, ...]) -> tuple[int, dict[str, dict[str, list[dict]]]]:  # type: ignore[type-arg]  # JSON
    with tempfile.TemporaryDirectory() as home:
        told = subprocess.run(
            bed.at_client(
                *("env", f"READINESS_HOME={home}", sys.executable, "-m", "readiness", "check"),
                *("--only", "line_call", "--only", "line_speed", "--server", ADDRESS),
                *("--json", "--format", "json", "--out", home, *options),
            ),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    return told.returncode, json.loads(told.stdout)


def stopped(rounds: int = 8) -> Iterator[Row]:
    """Stop at random moments of every phase of a run."""
    with Bed() as bed, bed.serving(*SERVE, until="Ctrl+C"):
        bed.shape(Shape(mbit=25, delay_ms=20))
        command = (sys.executable, "-m", "bench.line.stopped", ADDRESS, str(rounds))
        told = subprocess.run(
            bed.at_client(*command), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
    found = [json.loads(line) for line in told.stdout.splitlines()]
    slowest = max(one["seconds"] for one in found)
    left = sum(one["processes"] + one["sockets"] for one in found)
    yield Row(
        figure=f"Stop at {rounds} random moments of all phases",
        asked=f"at most {STOP_S:g} s, no process or socket left",
        reached=f"at most {slowest:.2f} s, {left} left",
        met=slowest <= STOP_S and not left,
    )


def encrypted_effort() -> Iterator[Row]:
    """Processor time of the measuring child while data counts, at 500 Mbit/s over TLS."""
    with tempfile.TemporaryDirectory() as folder:
        pem = certificate(Path(folder), address=SERVER)
        os.environ["SSL_CERT_FILE"] = str(pem)
        listen = ("--listen", f"{SERVER}:{TLS_PORT}", "--certificate", str(pem), "--key", str(pem))
        serve = (sys.executable, "-m", "readiness", "serve", *listen)
        with Bed() as bed, bed.serving(*serve, until="Ctrl+C"):
            bed.shape(Shape(mbit=500, delay_ms=10))
            for part in DIRECTIONS:
                found = drive(bed, part, server=f"https://{SERVER}:{TLS_PORT}")
                share, whole = shares(found)
                rate = found["found"]["rate"]
                yield Row(
                    figure=f"child's share of a core, {part} at 500 Mbit/s over TLS, %",
                    asked="at most 30",
                    reached=f"{share:.1f} at {rate:.0f} Mbit/s (both children: {whole:.1f})",
                    met=share <= 30,  # noqa: PLR2004 - asked
                )
        del os.environ["SSL_CERT_FILE"]
