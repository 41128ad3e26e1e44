"""A private PipeWire with its session manager and its PulseAudio door: devices as nodes.

Nothing of the computer's own session is touched: bus, runtime folder, configuration and state are
in a folder of the rig. No sound card, no session, no systemd and no rights are needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.rig.sound_server import tool

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

START_LIMIT_S = 20.0
STEP_S = 0.05

CORDED = {
    "node.description": "Rig USB",
    "device.api": "alsa",
    "device.bus": "usb",
    "device.class": "sound",
    "device.form_factor": "headset",
    "device.vendor.id": "0x0b0e",
    "device.product.id": "0x0301",
}
RECEIVER = {**CORDED, "node.description": "Rig Link", "device.product.id": "0x245e"}
BLUETOOTH = {
    "node.description": "Rig BT",
    "device.api": "bluez5",
    "device.bus": "bluetooth",
    "device.form_factor": "headset",
    "api.bluez5.profile": "headset-head-unit",
    "api.bluez5.codec": "msbc",
}
SOFTWARE = {"node.description": "Rig Software", "device.class": "abstract"}


class PipeWireServer:
    """Starts on entering, ends everything that it started on leaving.

    Attributes:
        environment: What a program needs to find this server; nothing else is set.
    """

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        # Short, because the path of a socket may have 107 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="rig-pw-"))
        runtime = self._private("run")
        self.environment = {
            "XDG_RUNTIME_DIR": str(runtime),
            "PIPEWIRE_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(self._private("run/pulse")),
            "PULSE_SERVER": f"unix:{runtime / 'pulse' / 'native'}",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime / 'bus'}",
            "XDG_CONFIG_HOME": str(self._private("config")),
            "XDG_STATE_HOME": str(self._private("state")),
        }

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def plug_in(self, name: str, properties: dict[str, str], *, rate: int = 48_000) -> None:
        """Make a microphone of that name; returns once the server lists it.

        ``properties`` hold no colons inside their values: PipeWire's tool takes them for keys.
        """
        told = {
            "factory.name": "support.null-audio-sink",
            "media.class": "Audio/Source/Virtual",
            "node.name": name,
            "audio.rate": str(rate),
            "audio.position": "[ MONO ]",
            "object.linger": "true",
            **properties,
        }
        # A list stays a list; everything else is a string, also where it looks like a number.
        said = " ".join(
            f"{key} = {value}" if value.startswith("[") else f'{key} = "{value}"'
            for key, value in told.items()
        )
        self._tool("pw-cli", "create-node", "adapter", f"{{ {said} }}")
        self._until(lambda: name in self.sources(), f"{name} was not made")

    def unplug(self, name: str) -> None:
        """Take the microphone away."""
        self._tool("pw-cli", "destroy", name)
        self._until(lambda: name not in self.sources(), f"{name} stayed")

    def sources(self) -> list[str]:
        """Names of all sources, as the PulseAudio door lists them."""
        told = self._tool("pactl", "list", "short", "sources").splitlines()
        return [line.split("\t")[1] for line in told if "\t" in line]

    def _private(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(mode=0o700)
        return path

    def _start(self) -> None:
        runtime = Path(self.environment["XDG_RUNTIME_DIR"])
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self._spawn("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}")
        self._until((runtime / "bus").exists, "dbus-daemon did not start")
        self._spawn("pipewire")
        self._until((runtime / "pipewire-0").exists, "pipewire did not start")
        self._spawn("wireplumber")
        self._spawn("pipewire-pulse")
        self._until(self._answers, "pipewire-pulse does not answer")

    def _answers(self) -> bool:
        told = subprocess.run(
            [tool("pactl"), "info"], env=self._env(), capture_output=True, check=False, timeout=10
        )
        return told.returncode == 0 and b"PipeWire" in told.stdout

    def _until(self, happened: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + START_LIMIT_S
        while not happened():
            ended = [process.args for process in self._running if process.poll() is not None]
            if ended or time.monotonic() > end:
                log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"{otherwise}; ended: {ended}; {log[-2000:]}")
            time.sleep(STEP_S)

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "LC_ALL": "C"}

    def _tool(self, name: str, *words: str) -> str:
        done = subprocess.run(
            [tool(name), *words],
            env=self._env(),
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
            timeout=10,
        )
        return done.stdout

    def _spawn(self, name: str, *words: str) -> None:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [tool(name), *words],
                env=self._env(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._running.append(process)

    def _end(self) -> None:
        for process in reversed(self._running):
            if process.poll() is None:
                process.kill()
            process.wait(timeout=5)
        shutil.rmtree(self.folder, ignore_errors=True)
