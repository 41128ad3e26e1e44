"""A private PulseAudio server that plays microphones: what a rig plays, a check must report.

Each microphone is a null sink (the air in front of it) and a source made from the sink's monitor
that carries the properties of a real device. No sound card, no session and no rights are needed.
Room tone keeps playing, because a null sink with nothing to play works in blocks of two seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

CORDED = (
    "device.description=Rig_USB device.bus=usb device.api=alsa device.class=sound"
    " device.form_factor=headset device.vendor.id=0b0e device.product.id=0301"
)
RECEIVER = (
    "device.description=Rig_Link device.bus=usb device.api=alsa device.class=sound"
    " device.form_factor=headset device.vendor.id=0x0b0e device.product.id=0x245e"
)
BLUETOOTH = (
    "device.description=Rig_BT device.bus=bluetooth device.api=bluez device.class=sound"
    " device.form_factor=headset bluetooth.protocol=handsfree_head_unit"
)
PHONES = (
    "device.description=Rig_Phones device.bus=usb device.api=alsa device.class=sound"
    " device.form_factor=headset device.vendor.id=0b0e device.product.id=0301"
)
RATE = 48_000
ROOM_DBOV = -60.0
START_LIMIT_S = 10.0
FIRST_BLOCK_S = 2.2
"""A new null sink begins with a block of two seconds, whoever listens to it."""


@dataclass(frozen=True)
class Microphone:
    """A microphone of the rig: ``source`` is its id, ``air`` the sink that it hears."""

    source: str
    air: str
    module: str


class SoundServer:
    """Starts on entering, ends everything that it started on leaving.

    Attributes:
        environment: What a program needs to find this server; nothing else is set.
        microphone: The first microphone: a corded USB headset that hears the room.
    """

    def __init__(self, room_dbov: float = ROOM_DBOV) -> None:
        self._room_dbov = room_dbov
        self._running: list[subprocess.Popen[bytes]] = []
        self.folder = Path(tempfile.mkdtemp(prefix="rig-sound-"))
        socket = self.folder / "native"
        self.environment = {
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(self._private("pulse")),
            "PULSE_STATE_PATH": str(self._private("state")),
            "XDG_RUNTIME_DIR": str(self._private("xdg")),
            "ALSA_CONFIG_PATH": str(self.folder / "asound.conf"),
        }
        (self.folder / "asound.conf").write_text(
            "pcm.!default { type pulse }\nctl.!default { type pulse }\npcm.pulse { type pulse }\n",
            encoding="utf-8",
        )
        (self.folder / "rig.pa").write_text(
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={socket}\n"
            "load-module module-always-sink\n",
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        try:
            self._start_server()
            self.microphone = self.add_microphone("alsa_input.usb-rig", CORDED)
            self._pactl("set-default-source", self.microphone.source)
            # Chosen by hand: else the next sink becomes the default, and what plays here moves.
            self._pactl("set-default-sink", self.microphone.air)
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

    def add_microphone(
        self, source: str, properties: str, *, rate: int = RATE, room: bool = True
    ) -> Microphone:
        """Plug in a microphone; ``properties`` hold no spaces inside their values."""
        air = f"air_{source}"
        self._pactl(
            "load-module",
            "module-null-sink",
            f"sink_name={air}",
            "format=float32le",
            f"rate={rate}",
            "channels=1",
            "channel_map=mono",
        )
        module = self._source(source, air, properties)
        microphone = Microphone(source=source, air=air, module=module)
        if room:
            self.play(self._room_tone(), microphone)
        return microphone

    def _source(self, source: str, air: str, properties: str) -> str:
        return self._pactl(
            "load-module",
            "module-remap-source",
            f"source_name={source}",
            f"master={air}.monitor",
            "channels=1",
            "channel_map=mono",
            "master_channel_map=mono",
            "remix=no",
            f'source_properties="{properties}"',
        )

    def add_phones(
        self, name: str, *, left_db: float | None = None, right_db: float | None = None
    ) -> str:
        """Plug in earphones; returns the sink's name, to be chosen as the output.

        Args:
            name: Of the sink.
            left_db: By how much weaker the first microphone hears the left one; none: not at all.
            right_db: The same of the right one.
        """
        self._phones = self._pactl(
            "load-module",
            "module-null-sink",
            f"sink_name={name}",
            "format=float32le",
            f"rate={RATE}",
            "channels=2",
            "channel_map=front-left,front-right",
            f'sink_properties="{PHONES}"',
        )
        for side, loss in (("front-left", left_db), ("front-right", right_db)):
            self._leak(name, side, loss)
        time.sleep(FIRST_BLOCK_S)
        return name

    def _leak(self, phones: str, side: str, loss_db: float | None) -> None:
        """Let the first microphone hear one side of the earphones.

        A side that it does not hear is muted on the way: a sink that nobody listens to works in
        blocks of two seconds, as no earphones do.
        """
        ear = f"{phones}-{side}"
        self._pactl(
            "load-module",
            "module-remap-source",
            f"source_name={ear}",
            f"master={phones}.monitor",
            "channels=1",
            "channel_map=mono",
            f"master_channel_map={side}",
            "remix=no",
            'source_properties="device.class=monitor"',
        )
        before = self._playing()
        self._pactl(
            "load-module",
            "module-loopback",
            f"source={ear}",
            f"sink={self.microphone.air}",
            "latency_msec=60",
            "adjust_time=0",
        )
        (new,) = self._playing() - before
        if loss_db is None:
            self._pactl("set-sink-input-mute", new, "1")
        else:
            self._pactl("set-sink-input-volume", new, f"{-loss_db}dB")

    def _playing(self) -> set[str]:
        """What plays, by number."""
        listed = self._pactl("list", "short", "sink-inputs").splitlines()
        return {line.split()[0] for line in listed}

    def listeners(self) -> int:
        """How many programs are listening to a microphone; the rig's own wires do not count."""
        listed = self._pactl("list", "short", "source-outputs").splitlines()
        return sum(line.split("\t")[2] != "-" for line in listed)

    def unplug_phones(self) -> None:
        """Pull the plug of the earphones."""
        self._pactl("unload-module", self._phones)

    def mute_phones(self, phones: str) -> None:
        """Switch their sound off."""
        self._pactl("set-sink-mute", phones, "1")

    def plug_in(self, microphone: Microphone, properties: str) -> Microphone:
        """Push the plug of a microphone that was pulled back in."""
        module = self._source(microphone.source, microphone.air, properties)
        return Microphone(source=microphone.source, air=microphone.air, module=module)

    def play(self, wav: Path, microphone: Microphone | None = None) -> subprocess.Popen[bytes]:
        """Play a file into the air in front of ``microphone``; does not wait for its end."""
        air = (microphone or self.microphone).air
        # Ahead by so much that a busy computer does not tear holes into what is played.
        return self._spawn("paplay", f"--device={air}", "--latency-msec=400", str(wav))

    def say(self, words: str, *, dbov: float | None = None, voice: str = "en-gb") -> Path:
        """Speak ``words`` into a file; scaled to ``dbov`` by its RMS over the whole if given."""
        path = self.folder / f"say-{abs(hash((words, dbov, voice)))}.wav"
        subprocess.run(
            [tool("espeak-ng"), "-v", voice, "-s", "150", "-w", str(path), words],
            check=True,
            timeout=30,
        )
        if dbov is not None:
            samples, rate = read_wav(path)
            gain = 10 ** (dbov / 20) / float(np.sqrt(np.mean(samples**2)))
            write_wav(path, samples * gain, rate)
        return path

    def unplug(self, microphone: Microphone | None = None) -> None:
        """Pull the plug."""
        self._pactl("unload-module", (microphone or self.microphone).module)

    def mute(self, microphone: Microphone | None = None, *, on: bool = True) -> None:
        """Press the mute switch."""
        source = (microphone or self.microphone).source
        self._pactl("set-source-mute", source, "1" if on else "0")

    def set_volume(self, percent: int, microphone: Microphone | None = None) -> None:
        """Turn the input volume; 50 % is -18 dB, because PulseAudio's scale is cubic."""
        source = (microphone or self.microphone).source
        self._pactl("set-source-volume", source, f"{percent}%")

    def prefer(self, microphone: Microphone) -> None:
        """Make it the system's default, as a newly plugged headset may become."""
        self._pactl("set-default-source", microphone.source)

    def record_elsewhere(self) -> subprocess.Popen[bytes]:
        """Another program that listens to the same microphone."""
        return self._spawn("parecord", "--raw", f"--device={self.microphone.source}", "/dev/null")

    def stop_server(self) -> None:
        """End the server, as a crash would."""
        self._running[0].kill()
        self._running[0].wait(timeout=5)

    def pause_server(self, *, on: bool = True) -> None:
        """Let the server hang, or go on."""
        import signal

        self._running[0].send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def _private(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(mode=0o700)
        return path

    def _start_server(self) -> None:
        server = self._spawn(
            "pulseaudio",
            "-n",
            "-F",
            str(self.folder / "rig.pa"),
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--disable-shm=yes",
            "--use-pid-file=no",
            "--realtime=no",
            "--high-priority=no",
            f"--log-target=file:{self.folder / 'server.log'}",
        )
        end = time.monotonic() + START_LIMIT_S
        while subprocess.run(
            [tool("pactl"), "info"], env=self._env(), capture_output=True, check=False, timeout=10
        ).returncode:
            if server.poll() is not None or time.monotonic() > end:
                log = self.folder / "server.log"
                said = log.read_text(encoding="utf-8") if log.exists() else ""
                raise RuntimeError(f"pulseaudio did not start: {said}")
            time.sleep(0.05)

    def _room_tone(self) -> Path:
        path = self.folder / "room.wav"
        if not path.exists():
            noise = np.random.default_rng(7).standard_normal(120 * RATE)
            write_wav(path, noise * 10 ** (self._room_dbov / 20), RATE)
        return path

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "LC_ALL": "C"}

    def _pactl(self, *words: str) -> str:
        done = subprocess.run(
            [tool("pactl"), *words],
            env=self._env(),
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
            timeout=10,
        )
        return done.stdout.strip()

    def _spawn(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [tool(name), *words],
            env=self._env(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._running.append(process)
        return process

    def _end(self) -> None:
        for process in reversed(self._running):
            if process.poll() is None:
                process.kill()
            process.wait(timeout=5)
        shutil.rmtree(self.folder, ignore_errors=True)


def tool(name: str) -> str:
    """Where a program of the system lies."""
    path = shutil.which(name)
    if path is None:
        raise RuntimeError(f"the rig needs {name}; see CONTRIBUTING.md for the packages")
    return path


def write_wav(path: Path, samples: NDArray[np.floating], rate: int) -> None:
    """Write one channel of 16 bits (dithered by one step, so that no noise turns to zeros)."""
    steps = np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(steps.tobytes())


def read_wav(path: Path) -> tuple[NDArray[np.float64], int]:
    """Read one channel of 16 bits, full scale 1.0."""
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return data.astype(np.float64) / 32768, file.getframerate()
