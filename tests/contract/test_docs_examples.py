"""What a reader of the documentation copies works, and what they click exists."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.packages import PIECES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
RUNNABLE = re.compile(r"^```sh run\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
JUDGING = {"check", "judge", "match"}
"""These end with the outcome: 0 ready, 1 not ready, 2 open."""


def _commands(page: Path) -> list[list[str]]:
    blocks = RUNNABLE.findall(page.read_text(encoding="utf-8"))
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("page", [p for p in PAGES if _commands(p)], ids=lambda p: str(p.name))
def test_examples_that_are_marked_run_do_run_in_this_order(page: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "READINESS_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    for words in _commands(page):
        assert words[0] == "readiness"
        found = [name for word in words[1:] for name in _expand(word, tmp_path)]
        told = subprocess.run(
            [sys.executable, "-m", "readiness", *found],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        allowed = {0, 1, 2} if words[1] in JUDGING else {0}
        assert told.returncode in allowed, f"{shlex.join(words)}\n{told.stderr}"


def _expand(word: str, folder: Path) -> list[str]:
    """As a shell does: names with a star become the files that there are."""
    found = sorted(folder.glob(word)) if "*" in word else []
    return [path.relative_to(folder).as_posix() for path in found] or [word]


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = LINK.findall(page.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_the_readme_names_every_package_and_no_other() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("| Package |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)
    assert sorted(piece.apt for piece in PIECES) == sorted(named)
    assert len(named) == len(set(named))


def test_the_readme_names_the_commands_that_exist() -> None:
    from readiness import cli as room
    from readiness.cli.root import cli

    for module in pkgutil.iter_modules(room.__path__):  # each adds its commands
        importlib.import_module(f"{room.__name__}.{module.name}")

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`readiness ([a-z][a-z-]+)", text))
    assert named
    assert named - set(cli.commands) == set()
