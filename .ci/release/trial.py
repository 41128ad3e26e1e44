"""The packaged program tries itself, far from the tree that it was built of.

Started with nothing of this environment, in an empty folder, without standard input; what it finds
must be what the program finds when it runs from its source.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from steps import NAME, Stop, run, say

if TYPE_CHECKING:
    from room import Room

EQUAL = (
    ("modules", "modules"),
    ("probes", "probes"),
    ("probes", "metrics"),
    ("profiles", "profiles"),
    ("profiles", "requirements"),
    ("profiles", "questions"),
    ("words", "languages"),
    ("words", "practised"),
    ("judging", "findings"),
    ("reports", "forms"),
    ("sound", "figures"),
    ("window", "modules"),
    ("window", "pages"),
    ("window", "fonts"),
    ("window", "pictures"),
)
"""Facts, each by step and name, that packaging must not change."""

PATIENCE_S = 300


def try_folder(folder: Path, room: Room) -> dict[str, dict[str, object]]:
    """Let the packaged program test itself; returns what it found, by step.

    Raises:
        Stop: It fails, or finds less than the source.
    """
    say("Self-test …")
    command: list[str | Path] = [room.tools, "-m", NAME, "--self-test", "--json"]
    source = facts(run(command, env=_bare(room.work), cwd=room.source))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        moved = shutil.copytree(folder, place / "moved", symlinks=True)
        packed = facts(_start([moved / NAME, "--self-test", "--json"], place))
    differing = [
        f"{step}.{fact}: {packed[step].get(fact)} instead of {source[step].get(fact)}"
        for step, fact in EQUAL
        if packed[step].get(fact) != source[step].get(fact)
    ]
    if differing:
        raise Stop("; ".join(differing))
    return packed


def facts(text: str) -> dict[str, dict[str, object]]:
    """What a self-test says it found, by step.

    Raises:
        Stop: It says that something is wrong.
    """
    document = json.loads(text)
    faults = [f"{step['id']}: {step['fault']}" for step in document["steps"] if step["fault"]]
    if faults or not document["whole"]:
        raise Stop("; ".join(faults) or "not whole")
    return {step["id"]: step["facts"] for step in document["steps"]}


def _start(command: list[Path | str], place: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=place,
        env=_bare(place),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode not in (0, 4) or not done.stdout:
        raise Stop(f"the packaged program: {done.returncode}\n{done.stdout}\n{done.stderr}"[-4000:])
    return done.stdout


def _bare(home: Path) -> dict[str, str]:
    """Nothing of this environment but where programs are found."""
    return {"PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8"}
