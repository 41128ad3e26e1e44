"""A whole check in the terminal, with Windows' own facts, into a folder with an umlaut."""

from __future__ import annotations

import base64
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.windows.program import run

assert sys.platform == "win32"

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.windows, pytest.mark.timeout(300)]


def test_a_check_ends_with_a_report_in_all_forms(tmp_path: Path) -> None:
    out = tmp_path / "Käthes Bericht"

    told = run("check", "--profile", "typical-voice", "--out", str(out), home=tmp_path)

    assert told.returncode in {1, 2}, told.stderr.decode(errors="replace")
    assert b"Traceback" not in told.stderr
    assert {path.suffix for path in out.iterdir()} == {".json", ".html", ".pdf"}
    (report,) = out.glob("*.json")
    text = base64.b64decode(json.loads(report.read_bytes())["payload"])
    assert b'"win32"' in text
    assert b'"crashed"' not in text
