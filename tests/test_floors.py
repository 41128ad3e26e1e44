"""Who may import whom: docs/architecture.md as a table, read from the code with ``ast``.

A rule that nothing checks is broken within a year. Each fault names file, line, rule and reason.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent

# --- the tables --------------------------------------------------------------------------------

FLOORS = {
    "readiness": 0,
    "readiness.model": 0,
    "readiness.bootstrap": 0,
    "readiness.packages": 0,
    "readiness.ports": 1,
    "readiness.person": 1,
    "readiness.sound": 1,
    "readiness.stamp": 1,
    "readiness.advice": 1,
    "readiness.foreign": 1,
    "readiness.handed_file": 1,
    "readiness.pseudo": 0,
    "readiness.screen": 0,
    "readiness.home": 0,
    "readiness.locale": 1,
    "readiness.cancel": 1,
    "readiness.learnt": 1,
    "readiness.storage": 1,
    "readiness.log": 1,
    "readiness.dsp": 1,
    "readiness.endpoint_outcomes": 1,
    "readiness.agreed": 2,
    "readiness.audio_devices": 1,
    "readiness.audio_link_words": 1,
    "readiness.audio_link": 2,
    "readiness.audio_link_usb": 2,
    "readiness.audio_name": 2,
    "readiness.audio_reasons": 2,
    "readiness.call_figures": 2,
    "readiness.consent_words": 2,
    "readiness.invitation_words": 3,
    "readiness.line_reasons": 2,
    "readiness.link_kind": 2,
    "readiness.link_metrics": 2,
    "readiness.link_watch": 2,
    "readiness.link_rules": 2,
    "readiness.machine_facts": 2,
    "readiness.os_support": 2,
    "readiness.processor_line": 2,
    "readiness.voice_figures": 2,
    "readiness.voice_metrics": 2,
    "readiness.voice_reasons": 2,
    "readiness.voice_values": 2,
    "readiness.wifi_signal": 2,
    "readiness.probes": 2,
    "readiness.evidence_words": 2,
    "readiness.explain": 2,
    "readiness.judge": 2,
    "readiness.ladder": 2,
    "readiness.link_doubt": 2,
    "readiness.match": 2,
    "readiness.preview": 2,
    "readiness.profiles": 2,
    "readiness.report": 2,
    "readiness.trust": 2,
    "readiness.review": 3,
    "readiness.archive": 2,
    "readiness.desk_archive": 2,
    "readiness.steady_runs": 2,
    "readiness.step_words": 2,
    "readiness.skills": 2,
    "readiness.week_words": 2,
    "readiness.guided_take": 2,
    "readiness.listening": 2,
    "readiness.journal": 2,
    "readiness.keeping": 3,
    "readiness.server": 3,
    "readiness.system": 3,
    "readiness.kit": 3,
    "readiness.declared": 3,
    "readiness.drafting": 3,
    "readiness.planning": 3,
    "readiness.session": 3,
    "readiness.hearing": 3,
    "readiness.engine": 4,
    "readiness.reviewing": 4,
    "readiness.recorded_voice": 4,
    "readiness.cli": 5,
    "readiness.__main__": 5,
    "ui": 5,
}
"""Room -> floor. A module imports from lower floors, and from its own room."""

SAME_FLOOR = {
    ("readiness.bootstrap", "readiness.packages"),
    ("readiness.handed_file", "readiness.foreign"),
    ("readiness.ports", "readiness.cancel"),
    ("readiness.ports", "readiness.person"),
    ("readiness.ports", "readiness.sound"),
    ("readiness.probes", "readiness.audio_link"),
    ("readiness.probes", "readiness.audio_name"),
    ("readiness.probes", "readiness.audio_reasons"),
    ("readiness.probes", "readiness.call_figures"),
    ("readiness.probes", "readiness.line_reasons"),
    ("readiness.probes", "readiness.link_kind"),
    ("readiness.probes", "readiness.link_metrics"),
    ("readiness.probes", "readiness.link_watch"),
    ("readiness.link_watch", "readiness.link_kind"),
    ("readiness.probes", "readiness.guided_take"),
    ("readiness.probes", "readiness.listening"),
    ("readiness.listening", "readiness.guided_take"),
    ("readiness.listening", "readiness.voice_figures"),
    ("readiness.listening", "readiness.voice_metrics"),
    ("readiness.guided_take", "readiness.evidence_words"),
    ("readiness.report", "readiness.step_words"),
    ("readiness.report", "readiness.consent_words"),
    ("readiness.probes", "readiness.machine_facts"),
    ("readiness.probes", "readiness.os_support"),
    ("readiness.probes", "readiness.processor_line"),
    ("readiness.probes", "readiness.voice_figures"),
    ("readiness.probes", "readiness.voice_metrics"),
    ("readiness.probes", "readiness.voice_reasons"),
    ("readiness.voice_figures", "readiness.voice_metrics"),
    ("readiness.voice_figures", "readiness.voice_values"),
    ("readiness.probes", "readiness.wifi_signal"),
    ("readiness.probes", "readiness.skills"),
    ("readiness.probes", "readiness.evidence_words"),
    ("readiness.wifi_signal", "readiness.machine_facts"),
    ("readiness.audio_link", "readiness.audio_name"),
    ("readiness.audio_link", "readiness.audio_link_usb"),
    ("readiness.link_kind", "readiness.link_rules"),
    ("readiness.explain", "readiness.probes"),
    ("readiness.explain", "readiness.steady_runs"),
    ("readiness.profiles", "readiness.probes"),
    ("readiness.match", "readiness.judge"),
    ("readiness.preview", "readiness.judge"),
    ("readiness.preview", "readiness.probes"),
    ("readiness.judge", "readiness.link_doubt"),
    ("readiness.hearing", "readiness.session"),
    ("readiness.report", "readiness.evidence_words"),
    ("readiness.report", "readiness.explain"),
    ("readiness.report", "readiness.judge"),
    ("readiness.report", "readiness.link_doubt"),
    ("readiness.report", "readiness.ladder"),
    ("readiness.ladder", "readiness.explain"),
    ("readiness.report", "readiness.probes"),
    ("readiness.report", "readiness.profiles"),
    ("readiness.trust", "readiness.judge"),
    ("readiness.trust", "readiness.explain"),
    ("readiness.trust", "readiness.probes"),
    ("readiness.trust", "readiness.profiles"),
    ("readiness.trust", "readiness.report"),
    ("readiness.report", "readiness.week_words"),
    ("readiness.engine", "readiness.recorded_voice"),
    ("readiness.engine", "readiness.reviewing"),
    ("readiness.cli", "ui"),  # review --window
    ("readiness.__main__", "readiness.cli"),
    ("readiness.__main__", "ui"),
}
"""Who may look at a room of the same floor."""

UI_SEES = {
    "readiness.__version__",
    "readiness.engine",
    "readiness.explain",
    "readiness.home.home_folder",  # where a choice of files begins
    "readiness.hearing",  # the own recording, which the engine hands out
    "readiness.consent_words",
    "readiness.invitation_words",
    "readiness.handed_file.HandedFile",  # what the engine hands out
    "readiness.audio_link_words.LinkClass",  # what the engine hands out
    "readiness.archive.ArchiveEntry",  # what the engine hands out
    "readiness.desk_archive.archive.DeskArchive",  # the same
    "readiness.desk_archive.remarks",  # what it holds
    "readiness.desk_archive.stored",  # the same
    "readiness.preview.Change",  # the same
    "readiness.preview.Crowd",  # the same
    "readiness.preview.Preview",  # the same
    "readiness.preview.RuleCount",  # the same
    "readiness.preview.changes",  # what is different between two of them
    "readiness.preview.samples.Sample",  # the same
    "readiness.preview.words",
    "readiness.review.compare",  # reports side by side, which the engine hands out
    "readiness.review.compare_cells",  # their words
    "readiness.review.compare_words",
    "readiness.profiles.askable.Askable",  # what the engine hands out
    "readiness.profiles.draft.ProfileDraft",  # the same
    "readiness.profiles.draft.Place",  # how it names a place
    "readiness.journal.Unfinished",  # the same
    "readiness.kit.Packed",  # the same
    "readiness.trust.batch.References",  # the same
    "readiness.trust.invitation.Invitation",  # the same
    "readiness.trust.inviting.Inviting",  # the same
    "readiness.trust.inviting.KeyFiles",  # the same
    "readiness.trust.wanted",  # what the engine is given and what it makes of it
    "readiness.review.desk",  # what lies on the desk that the engine hands out
    "readiness.review.having",  # what it is told that the reader has
    "readiness.review.origin_words",
    "readiness.review.picture",  # what can be said of its rows together
    "readiness.review.received.Refused",
    "readiness.review.rows.ReviewRow",
    "readiness.review.spread",  # the same
    "readiness.review.view",  # its rows, sorted and filtered
    "readiness.review.words",
    "readiness.trust.answering.Answers",  # what its rows hold
    "readiness.trust.keys.Keys",  # the same
    "readiness.trust.origin.Origin",  # the same
    "readiness.steady_runs.SteadyRun",  # the same
    "readiness.locale",
    "readiness.log",
    "readiness.model",
    "readiness.ports",
    "readiness.report",
    "readiness.step_words",
    "readiness.week_words",
    "ui",
}
"""The window knows the facade, the shared words and how reports read; never how it is measured."""

SYSTEM = {"readiness.system", "readiness.server"}
OUTSIDE = {
    "numpy": {"readiness.dsp", "readiness.probes", "readiness.system.audio"},
    "scipy": {"readiness.dsp", "readiness.probes", "readiness.system.audio"},
    "psutil": SYSTEM,
    "sounddevice": SYSTEM,
    "soundfile": SYSTEM,
    "pulsectl": SYSTEM,
    "pyudev": SYSTEM,
    "pycaw": SYSTEM,
    "comtypes": SYSTEM,
    "speedtest": SYSTEM,
    "websockets": SYSTEM,
    "certifi": SYSTEM,
    "truststore": SYSTEM,
    "socket": SYSTEM,
    "ssl": SYSTEM,
    "winreg": SYSTEM,
    "http": SYSTEM,
    "urllib.request": SYSTEM,
    "subprocess": {*SYSTEM, "readiness.bootstrap"},
    "ctypes": {*SYSTEM, "readiness.packages", "readiness.screen"},
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "alembic": {"readiness.desk_archive"},
    "psycopg": {"readiness.desk_archive"},
    "sqlalchemy": {"readiness.archive", "readiness.desk_archive"},
    "typst": {"readiness.report"},
    "xlsxwriter": {"readiness.review"},
    "pypdf": {"readiness.report"},
    "cryptography": {"readiness.report.seal", "readiness.system.reach", "readiness.trust"},
    "rich": {"readiness.cli"},
    "click": {"readiness.cli"},
    "babel": {"readiness.locale"},
    "filelock": {
        "readiness.journal",
        "readiness.archive",
        "readiness.storage",
        "readiness.trust.ledger",
    },
    "platformdirs": {"readiness.home", "readiness.log"},
    "msgspec": {"readiness", "ui"},
}
"""Package -> the rooms that may import it. A package that is not named here is a fault."""

COSTLY = {
    "numpy",
    "scipy",
    "sounddevice",
    "soundfile",
    "typst",
    "babel",
    "speedtest",
    "cryptography",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "pypdf",
    "xlsxwriter",
}
"""Imported inside functions, because the window must paint fast."""

MAY_START_COSTLY = ("readiness.dsp", "readiness.system", "readiness.desk_archive.migrations")
"""Rooms that are themselves imported only when they are used."""

THREADS = {"QThread", "QThreadPool", "QRunnable", "Thread", "Timer", "ThreadPoolExecutor"}
THREAD_ROOM = "ui.runner"

# --- reading the code --------------------------------------------------------------------------


@dataclass(frozen=True)
class Import:
    """One imported module. ``late``: inside a function; ``typing``: for the type checker only."""

    name: str
    line: int
    late: bool
    typing: bool


def imports(tree: ast.AST, *, late: bool = False, typing: bool = False) -> Iterator[Import]:
    """Every import below ``tree``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, late, typing)
        elif isinstance(node, ast.ImportFrom):
            yield from (
                Import(f"{node.module}.{alias.name}", node.lineno, late, typing)
                for alias in node.names
            )
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from imports(node, late=late, typing=True)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(node, late=late or inside, typing=typing)


def below(name: str, rooms: Iterable[str]) -> str | None:
    """The innermost of ``rooms`` that ``name`` is or lies in."""
    found = [room for room in rooms if name == room or name.startswith(f"{room}.")]
    return max(found, key=len, default=None)


def faults(module: str, source: str) -> list[str]:
    """Every broken rule in one module, as ``line: what, why``."""
    tree = ast.parse(source)
    said: list[str] = []
    for found in imports(tree):
        if below(found.name, ("readiness", "ui")):
            said += [f"{found.line}: {fault}" for fault in _inside(module, found.name)]
        else:
            said += [f"{found.line}: {fault}" for fault in _outside(module, found)]
    return [*said, *_threads(module, tree)]


def _inside(module: str, target: str) -> Iterator[str]:
    own, other = below(module, FLOORS), below(target, FLOORS)
    if own is None or own == "readiness" != module:
        yield f"{module} has no floor; give it one in tests/test_floors.py and docs/architecture.md"
        return
    assert other is not None
    if module.startswith("readiness.probes.") and target.startswith("readiness.probes."):
        yield f"a probe imports a probe ({target}): what both need belongs a floor lower"
    if own == "ui" and below(target, UI_SEES) is None:
        yield f"the window imports {target}: ask readiness.engine instead"
    if own == other or FLOORS[other] < FLOORS[own] or (own, other) in SAME_FLOOR:
        return
    yield (
        f"{module} (floor {FLOORS[own]}) imports {target} (floor {FLOORS[other]}): "
        "imports only go down"
    )


def _outside(module: str, found: Import) -> Iterator[str]:
    if found.typing:
        return
    package = below(found.name, OUTSIDE)
    top = found.name.split(".")[0]
    if package is None:
        if top not in sys.stdlib_module_names:
            yield f"{top} has no room yet; name one in tests/test_floors.py and say why"
        return
    if below(module, OUTSIDE[package]) is None:
        yield f"{package} belongs to {', '.join(sorted(OUTSIDE[package]))} alone"
    if package in COSTLY and not found.late and below(module, MAY_START_COSTLY) is None:
        yield f"{package} is slow to import: import it inside the function that uses it"


def _threads(module: str, tree: ast.AST) -> Iterator[str]:
    if below(module, ("ui",)) is None or module == THREAD_ROOM:
        return
    for node in ast.walk(tree):
        name = getattr(node, "id", getattr(node, "attr", getattr(node, "name", "")))
        if name in THREADS:
            line = getattr(node, "lineno", 0)
            yield f"{line}: {name}: only {THREAD_ROOM} starts a thread; late results break windows"


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    found = {}
    for path in sorted([*ROOT.glob("readiness/**/*.py"), *ROOT.glob("ui/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


# --- the claims --------------------------------------------------------------------------------


@pytest.mark.parametrize("module", modules())
def test_module_keeps_to_its_floor(module: str) -> None:
    source = modules()[module].read_text(encoding="utf-8")
    said = [f"{module.replace('.', '/')}.py:{fault}" for fault in faults(module, source)]
    assert not said, "\n".join(said)


PLANTED = [
    ("readiness.model.finding", "from readiness.judge import judge", "imports only go down"),
    ("readiness.judge", "from readiness import engine", "imports only go down"),
    ("readiness.probes.disk", "from readiness.probes.memory import PROBE", "a floor lower"),
    ("readiness.probes.disk", "import readiness.system.world", "imports only go down"),
    ("readiness.judge", "from readiness.report import words", "imports only go down"),
    ("readiness.wonder", "from readiness.model import text", "has no floor"),
    ("readiness.probes.disk", "import psutil", "belongs to"),
    ("readiness.engine", "from PySide6.QtCore import QObject", "belongs to ui"),
    ("readiness.report.html", "def f():\n    import cryptography", "belongs to"),
    ("readiness.judge", "import requests", "no room yet"),
    ("readiness.archive", "import sqlalchemy", "slow to import"),
    ("readiness.probes.microphone", "from numpy import mean", "slow to import"),
    ("ui.guide.result", "from readiness.judge import judge", "ask readiness.engine"),
    ("ui.guide.result", "from readiness.system import world", "ask readiness.engine"),
    ("ui.meters.level", "from PySide6.QtCore import QThread", "only ui.runner"),
    ("ui.meters.level", "import threading\nthreading.Thread(target=f).start()", "only ui.runner"),
]


@pytest.mark.parametrize(("module", "source", "reason"), PLANTED)
def test_a_planted_fault_is_found(module: str, source: str, reason: str) -> None:
    assert any(reason in fault for fault in faults(module, source))


FINE = [
    ("readiness.probes.disk", "from readiness.ports import Probe"),
    ("readiness.report.html", "from readiness.explain import VERDICTS"),
    ("readiness.archive", "def f():\n    from sqlalchemy import select"),
    ("readiness.ports", "if TYPE_CHECKING:\n    import numpy as np"),
    ("readiness.dsp.voice.level", "import numpy as np"),
    ("ui.runner", "from PySide6.QtCore import QThread"),
    ("ui.app", "from readiness.engine import Engine"),
]


@pytest.mark.parametrize(("module", "source"), FINE)
def test_what_is_allowed_is_not_a_fault(module: str, source: str) -> None:
    assert faults(module, source) == []


def test_every_room_of_the_table_exists() -> None:
    """A room that was moved or renamed leaves the table too."""
    assert FLOORS.keys() - modules().keys() == set()


@pytest.mark.parametrize("door", ["readiness.cli", "readiness.engine", "ui.app"])
def test_a_door_opens_without_costly_imports(door: str) -> None:
    """What is imported late stays out: also behind the back of ``ast``, and with all probes."""
    code = (
        f"import sys, {door}; from readiness.probes import all_probes; all_probes();"
        f"print(sorted(set({sorted(COSTLY)!r}) & sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
