"""The recipe of docs/adding-a-check.md, carried out with its own blocks."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readiness import explain, probes
from readiness.engine import Engine
from readiness.locale import Reader
from readiness.model.finding import Overall, Verdict
from readiness.profiles import parse_profile
from readiness.report.html import render_html
from tests.fakes.world import FactsMachine, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.engine import Plan
    from readiness.model.report import Report

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "adding-a-check.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


PROBE_TEXT, TEST_TEXT = _blocks("python")
(PROFILE_TEXT,) = _blocks("toml")


def _forget() -> None:
    """Let everything that remembers the probes look again."""
    for cached in (
        probes.all_probes,
        probes.all_metrics,
        probes.probe_of,
        explain._reasons,
        explain._methods,
    ):
        cached.cache_clear()


@pytest.fixture
def _added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the page's probe beside the others, as a file, and take it away again."""
    (tmp_path / "fullness.py").write_text(PROBE_TEXT, encoding="utf-8")
    monkeypatch.setattr(probes, "__path__", [*probes.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    _forget()
    yield
    sys.modules.pop("readiness.probes.fullness", None)
    vars(probes).pop("fullness", None)
    monkeypatch.undo()
    _forget()


def _report(engine: Engine, plan: Plan) -> Report:
    session = engine.run(
        plan,
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
    )
    return engine.judge(session, plan.profiles[0])


@pytest.mark.usefixtures("_added")
@pytest.mark.parametrize(
    ("free", "verdict", "overall"),
    [(100, Verdict.PASS, Overall.READY), (10, Verdict.FAIL, Overall.NOT_READY)],
)
def test_the_new_check_is_planned_run_judged_and_shown(
    tmp_path: Path, free: int, verdict: Verdict, overall: Overall
) -> None:
    disk = {"total_bytes": 400, "free_bytes": free}
    world = FakeWorld(machine_port=FactsMachine(topics={"disk": disk}))
    engine = Engine(home=tmp_path / "home", world=world)
    profile = parse_profile(PROFILE_TEXT.encode(), "roomy-disk.toml")

    plan = engine.plan([profile])
    report = _report(engine, plan)
    page = render_html(report, profile, Reader("en"))

    assert [probe.id for probe in plan.probes] == ["fullness"]
    assert [finding.verdict for finding in report.findings] == [verdict]
    assert report.overall is overall
    assert "Disk in use" in page
    assert "at most 85" in page
    assert "our own proposal" in page


@pytest.mark.usefixtures("_added")
def test_what_it_cannot_measure_is_open_with_a_remedy(tmp_path: Path) -> None:
    engine = Engine(home=tmp_path / "home", world=FakeWorld())
    profile = parse_profile(PROFILE_TEXT.encode(), "roomy-disk.toml")

    report = _report(engine, engine.plan([profile]))

    assert report.overall is Overall.OPEN
    what, remedy = explain.failure_words(report.findings[0].failure, Reader("en"))
    assert what
    assert remedy


def test_the_page_s_own_test_passes(tmp_path: Path) -> None:
    """In a process of its own, with the probe lying beside the others there."""
    (tmp_path / "fullness.py").write_text(PROBE_TEXT, encoding="utf-8")
    (tmp_path / "test_fullness.py").write_text(TEST_TEXT, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        f"from readiness import probes\nprobes.__path__.append({str(tmp_path)!r})\n",
        encoding="utf-8",
    )
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "6 passed" in told.stdout, told.stdout + told.stderr


def test_the_page_s_code_is_formatted_as_ours(tmp_path: Path) -> None:
    """The reader may copy it as it stands."""
    for name, text in (("probe.py", PROBE_TEXT), ("test_probe.py", TEST_TEXT)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "ruff", "format", "--check", "--line-length", "100", str(path)],
            check=True,
        )
