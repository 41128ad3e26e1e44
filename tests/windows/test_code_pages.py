"""The program where Windows has another code page than that of this computer's maker.

``READINESS_CODE_PAGE`` says which one this run is about, where it was chosen for the run.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.windows.program import run

assert sys.platform == "win32"

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.windows, pytest.mark.timeout(300)]

FOLDERS = {932: "応募書類", 1252: "Bewerbung Käthe Groß", 1254: "İş başvurusu"}


def _page() -> int:
    return int(ctypes.windll.kernel32.GetACP())


def test_this_run_has_the_code_page_that_was_asked_for() -> None:
    assert str(_page()) == os.environ.get("READINESS_CODE_PAGE", str(_page()))


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_every_language_is_printed_into_a_pipe(tmp_path: Path, language: str) -> None:
    """Letters that the code page has not are no reason to stop."""
    told = run("profile", "show", "typical-voice", "--lang", language, home=tmp_path)

    assert (told.returncode, b"Traceback" in told.stderr) == (0, False), told.stderr
    assert told.stdout.decode(f"cp{_page()}").strip()


def test_data_for_programs_is_read_whatever_the_code_page(tmp_path: Path) -> None:
    told = run("probes", "--json", "--lang", "de", home=tmp_path)

    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)


def test_the_self_test_writes_its_file_into_a_folder_with_the_letters_of_the_page(
    tmp_path: Path,
) -> None:
    folder = tmp_path / FOLDERS.get(_page(), "Ordner")
    folder.mkdir()

    told = run("--self-test", "--json", "--out", str(folder / "found.json"), home=folder)

    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads((folder / "found.json").read_text(encoding="utf-8"))["whole"]
