"""What every step of a release needs: the tree, its version, its time, other programs."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = "readiness"
TITLE = "Readiness"


class Stop(Exception):  # noqa: N818 - it ends the release
    """Ends the release, with what to do."""


def say(text: str) -> None:
    """One line of how it goes, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def run(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> str:
    """Run another program; returns its standard output.

    Raises:
        Stop: It failed; with the end of what it said.
    """
    line = [str(part) for part in command]
    done = subprocess.run(
        line,
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Stop(
            f"{' '.join(line[:4])} …: {done.returncode}\n{done.stdout}\n{done.stderr}"[-4000:]
        )
    return done.stdout


def tool(name: str, package: str) -> str:
    """The path of a program.

    Raises:
        Stop: It is missing.
    """
    found = shutil.which(name)
    if found is None:
        raise Stop(f"{name} is needed (Debian: {package})")
    return found


def version() -> str:
    """The product's version, read and not imported."""
    tree = ast.parse((ROOT / NAME / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__":
            return str(ast.literal_eval(node.value))
    raise Stop("readiness/__init__.py states no version")


def epoch() -> int:
    """The time that everything in the release carries: SOURCE_DATE_EPOCH, else the last commit's.

    Raises:
        Stop: There is neither.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated:
        return int(stated)
    try:
        return int(run([tool("git", "git"), "log", "-1", "--format=%ct"]))
    except ValueError as error:
        raise Stop("set SOURCE_DATE_EPOCH: this is no git tree") from error


def settled() -> dict[str, str]:
    """The environment in which building the same again gives the same."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def settle(folder: Path) -> None:
    """Give everything in a folder the release's time and plain rights."""
    moment = epoch()
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
            os.utime(path, (moment, moment))
        else:
            os.utime(path, (moment, moment), follow_symlinks=False)
    folder.chmod(0o755)  # what is made under a strict umask is for everybody too
    os.utime(folder, (moment, moment))
