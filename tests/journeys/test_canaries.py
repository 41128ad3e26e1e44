"""Names, addresses and numbers that would tell who somebody is reach no file of the program.

They are planted wherever the program could meet them; then every file that a whole check leaves
behind is searched: reports in all forms, the archive, the journal, the log.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.journeys.desk import ROOT, home
from tests.journeys.network import (
    FAR_ADDRESS,
    FAR_SPACE,
    HARDWARE_ADDRESS,
    HOME_ADDRESS,
    HOME_SPACE,
    inside,
    two_ends,
)
from tests.rig.sound_server import SoundServer, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.rig, pytest.mark.timeout(240)]

USER, COMPUTER, OWNER, SERIAL = "aurelia7", "winterbourne-pc", "Ottoline", "SN83K4QZ77PX"
PLANTED = (USER, COMPUTER, OWNER, SERIAL, HOME_ADDRESS, HARDWARE_ADDRESS)
PORT = 8099
DEVICE = (
    f"device.description={OWNER}_Headset device.bus=usb device.api=alsa device.class=sound"
    f" device.form_factor=headset device.vendor.id=0b0e device.product.id=0301"
    f" device.serial={SERIAL} device.product.name={OWNER}s_Jabra"
)
ANSWERS = '[answers]\nquiet_room = true\n[prompts]\nmode = "unattended"\n'


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a whole check leaves behind and says, as text: name of the file -> its content."""
    folder = tmp_path_factory.mktemp("desk") / USER
    out = folder / "reports"
    out.mkdir(parents=True)
    answers = folder / "answers.toml"
    answers.write_text(ANSWERS, encoding="utf-8")
    check = [sys.executable, "-m", "readiness", "check", "--profile", "typical-voice"]
    options = ["--server", f"http://{FAR_ADDRESS}:{PORT}", "--answers", str(answers)]
    options += ["--out", str(out), "--json", "--details"]
    named = [tool("unshare"), "--uts", "sh", "-c", f'hostname {COMPUTER} && exec "$@"', "sh"]
    with SoundServer() as sound, two_ends(), _server():
        device = sound.add_microphone("alsa_input.usb-owner", DEVICE)
        environment = home(folder, **sound.environment)
        environment |= {"USER": USER, "LOGNAME": USER, "USERNAME": USER}
        done = subprocess.run(
            inside(HOME_SPACE, *named, *check, *options, "--input", device.source),
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
    assert done.returncode in {0, 1, 2}, done.stderr
    found = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found.pop(answers.name)
    texts = {name: "\n".join(_readable(name, data)) for name, data in found.items()}
    return {**texts, "standard output": done.stdout}


def _server() -> subprocess.Popen[str]:
    """``readiness serve`` at the far end; ends with the ``with`` block."""
    command = [sys.executable, "-m", "readiness", "serve", "--listen", f"{FAR_ADDRESS}:{PORT}"]
    started = _Ended(inside(FAR_SPACE, *command), stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert started.stdout is not None
    started.stdout.readline()
    return started


class _Ended(subprocess.Popen[str]):
    """Is ended on leaving."""

    def __exit__(self, *fault: object) -> None:
        self.terminate()
        super().__exit__(*fault)  # type: ignore[arg-type]


def _readable(name: str, data: bytes) -> Iterator[str]:
    """All that somebody can read out of a file."""
    yield data.decode("utf-8", "replace")
    if name.endswith(".json"):
        held = json.loads(data)
        if isinstance(held, dict) and "payload" in held:
            yield base64.b64decode(held["payload"]).decode("utf-8")
    if name.endswith(".pdf"):
        document = pypdf.PdfReader(io.BytesIO(data))
        yield str(document.metadata)
        yield from (page.extract_text() for page in document.pages)
        for attached, contents in document.attachments.items():
            for content in contents:
                yield from _readable(attached, content)


def test_every_kind_of_file_was_left(left: dict[str, str]) -> None:
    """Else nothing would be searched."""
    endings = {Path(name).suffix for name in left}
    assert {".json", ".html", ".pdf", ".log"} <= endings
    assert any("sqlite" in name or name.endswith(".db") for name in left), sorted(left)


def test_the_planted_microphone_was_the_one_in_use(left: dict[str, str]) -> None:
    """Its kind is told: usb-corded by its id."""
    assert '"usb-corded"' in left["standard output"]


@pytest.mark.parametrize("canary", PLANTED)
def test_no_file_tells(left: dict[str, str], canary: str) -> None:
    assert not [name for name, text in left.items() if canary.lower() in text.lower()]
