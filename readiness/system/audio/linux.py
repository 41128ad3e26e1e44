"""Audio on Linux: PulseAudio and PipeWire through libpulse, or bare ALSA where neither runs."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import AudioDevice
from readiness.system.audio.bounded import bounded
from readiness.system.audio.capture import Target
from readiness.system.audio.udev import card_of, with_udev

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from readiness.cancel import Token

LIST_LIMIT_S = 3.0
WATCH_STEP_S = 0.1
STREAMS = {"source": "source_output", "sink": "sink_input"}
"""What PulseAudio calls a program's stream from a source and into a sink."""

PROC_ASOUND = Path("/proc/asound")

FACTS = (
    "device.bus",
    "device.api",
    "device.class",
    "device.form_factor",
    "bluetooth.protocol",
    "api.bluez5.profile",
    "api.bluez5.codec",
)
"""Properties that a link class may rest on; serial numbers, addresses and paths stay out."""


class LinuxAudio:
    """The sound system of a Linux desktop."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def devices(self) -> Sequence[AudioDevice]:
        """All inputs and outputs, without the monitors of outputs."""
        raw = bounded(read_pulse, token=self._token, timeout=LIST_LIMIT_S)
        if raw is not None:
            found = shape_pulse(raw)
            # A server on another computer numbers that computer's cards.
            here = raw["host"] == platform.node()
            return [with_udev(device) for device in found] if here else found
        found = [with_udev(device) for device in shape_alsa(read_alsa(PROC_ASOUND))]
        if not found:
            raise CannotMeasure(FailureCode.NO_DEVICE, "no-sound-system")
        return found

    def target(self, device: AudioDevice) -> Target:
        """How PortAudio reaches ``device``."""
        if device.facts.get("server") == "pulse":
            # ALSA's PulseAudio plugin shows no single devices; libpulse reads the variables.
            variable = "PULSE_SOURCE" if device.direction == "input" else "PULSE_SINK"
            return Target(name="pulse", environment={variable: device.id})
        return Target(name=f"({device.id})", part=True)

    @contextlib.contextmanager
    def watch(self, device: AudioDevice) -> Iterator[PulseWatch]:
        """Follow removal, mute and where our stream is while inside."""
        watch = PulseWatch(device)
        if device.facts.get("server") == "pulse":
            watch.start()
        try:
            yield watch
        finally:
            watch.end()


class PulseWatch(threading.Thread):
    """Listens to the sound server's events about one source or sink."""

    def __init__(self, device: AudioDevice) -> None:
        super().__init__(name="readiness-audio-watch", daemon=True)
        self._device = device.id
        self._kind = "source" if device.direction == "input" else "sink"
        self._end = threading.Event()
        self._placed = False
        self.removed = False
        self.muted = bool(device.muted)
        self.moved = False

    def run(self) -> None:
        """Listen until :meth:`end`."""
        import pulsectl

        try:
            with pulsectl.Pulse("readiness", connect=False) as pulse:
                pulse.connect(autospawn=False)
                self._listen(pulse)
        except (pulsectl.PulseError, pulsectl.PulseDisconnected):
            # The server itself went away, and the device with it.
            self.removed = not self._end.is_set()

    def _listen(self, pulse: Any) -> None:  # noqa: ANN401 - pulsectl has no types
        import pulsectl

        changed = threading.Event()

        def note(_event: object) -> None:
            changed.set()
            raise pulsectl.PulseLoopStop

        pulse.event_mask_set(self._kind, STREAMS[self._kind])
        pulse.event_callback_set(note)
        changed.set()
        while not self._end.is_set():
            if changed.is_set():
                changed.clear()
                self._look(pulse)
            pulse.event_listen(timeout=WATCH_STEP_S)

    def _look(self, pulse: Any) -> None:  # noqa: ANN401 - pulsectl has no types
        known = pulse.source_list() if self._kind == "source" else pulse.sink_list()
        here = [device for device in known if device.name == self._device]
        if not here:
            self.removed = True
        else:
            self.muted = self.muted or bool(here[0].mute)
            self._look_for_stream(pulse, here[0].index)

    def _look_for_stream(self, pulse: Any, device: int) -> None:  # noqa: ANN401 - as above
        """PulseAudio takes a stream along when another device becomes the default."""
        recording = self._kind == "source"
        streams = pulse.source_output_list() if recording else pulse.sink_input_list()
        mine = [
            stream.source if recording else stream.sink
            for stream in streams
            if stream.proplist.get("application.process.id") == str(os.getpid())
        ]
        if device in mine:
            self._placed = True
        elif mine and self._placed:
            self.moved = True

    def end(self) -> None:
        """Stop listening; does not wait."""
        self._end.set()


def read_pulse() -> Mapping[str, object] | None:
    """Ask the sound server; none where there is none. Blocks if the server is stalled."""
    try:
        import pulsectl
    except OSError:  # libpulse is not installed, so nothing that speaks its protocol is either
        return None
    # WORKAROUND: pulsectl 24.12 keeps a pointer to the sample format that libpulse has freed by
    # the time the list is read; this hook runs while it is still there.
    pulsectl.PulseSourceInfo._init_from_struct = _keep_rate  # noqa: SLF001 - see above
    pulsectl.PulseSinkInfo._init_from_struct = _keep_rate  # noqa: SLF001 - see above
    try:
        with pulsectl.Pulse("readiness", connect=False) as pulse:
            pulse.connect(autospawn=False)
            server = pulse.server_info()
            return {
                "host": server.host_name,
                "default_input": server.default_source_name,
                "default_output": server.default_sink_name,
                "input": [_raw(source) for source in pulse.source_list()],
                "output": [_raw(sink) for sink in pulse.sink_list()],
            }
    except (pulsectl.PulseError, pulsectl.PulseDisconnected):
        return None


def _keep_rate(info: Any, struct: Any) -> None:  # noqa: ANN401 - pulsectl has no types
    info.readiness_rate = int(struct.sample_spec.rate)


def _raw(thing: Any) -> dict[str, object]:  # noqa: ANN401 - pulsectl has no types
    port = thing.port_active
    return {
        "name": thing.name,
        "description": thing.description,
        "mute": bool(thing.mute),
        "volume": float(thing.volume.value_flat),
        "rate": thing.readiness_rate,
        "port": f"{port.name} {port.description}" if port is not None else "",
        "proplist": dict(thing.proplist),
    }


def shape_pulse(raw: Mapping[str, Any]) -> list[AudioDevice]:
    """Turn the server's answer into devices."""
    return [
        _pulse_device(entry, direction, default=entry["name"] == raw[f"default_{direction}"])
        for direction in ("input", "output")
        for entry in raw[direction]
        if entry["proplist"].get("device.class") != "monitor"
    ]


def _pulse_device(entry: Mapping[str, Any], direction: str, *, default: bool) -> AudioDevice:
    properties = entry["proplist"]
    facts: dict[str, object] = {"system": "linux", "server": "pulse", "port": entry["port"]}
    facts |= {key: properties[key] for key in FACTS if key in properties}
    facts["vendor_id"] = properties.get("device.vendor.id", "")
    facts["product_id"] = properties.get("device.product.id", "")
    facts["product"] = properties.get("device.product.name", "")
    facts["profile"] = properties.get("device.profile.name", "")
    facts["card"] = card_of(properties)
    return AudioDevice(
        id=entry["name"],
        name=entry["description"] or entry["name"],
        direction=direction,
        default=default,
        muted=entry["mute"],
        volume=round(100 * entry["volume"], 1),
        rate=entry["rate"],
        facts=facts,
    )


def read_alsa(root: Path) -> Mapping[str, object]:
    """Read the kernel's list of sound cards and their PCM devices."""
    try:
        cards = (root / "cards").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {"cards": "", "pcms": [], "usb": {}}
    usb: dict[str, str] = {}
    for path in root.glob("card*/usbid"):
        with contextlib.suppress(OSError):  # pulled between listing and reading
            usb[path.parent.name.removeprefix("card")] = path.read_text(encoding="ascii").strip()
    pcms = [f"{path.parent.name}/{path.name}" for path in sorted(root.glob("card*/pcm*"))]
    return {"cards": cards, "pcms": pcms, "usb": usb}


def shape_alsa(raw: Mapping[str, Any]) -> list[AudioDevice]:
    """Turn the kernel's list into devices. ALSA alone tells neither mute, volume nor rate."""
    cards = {
        match[1]: (match[2].strip(), match[3].strip())
        for match in re.finditer(r"^ *(\d+) \[.*?\]: (.*?) - (.*)$", raw["cards"], re.MULTILINE)
    }
    found: list[AudioDevice] = []
    for pcm in raw["pcms"]:
        match = re.fullmatch(r"card(\d+)/pcm(\d+)([cp])", pcm)
        if match is None or match[1] not in cards:
            continue
        driver, name = cards[match[1]]
        vendor, _, product = raw["usb"].get(match[1], "").partition(":")
        bus = "usb" if vendor or driver == "USB-Audio" else "pci" if "HDA" in driver else ""
        direction = "input" if match[3] == "c" else "output"
        facts = {"system": "linux", "server": "alsa", "device.bus": bus, "device.api": "alsa"}
        facts |= {"vendor_id": vendor, "product_id": product, "card": match[1]}
        first = not any(device.direction == direction for device in found)
        found.append(
            AudioDevice(
                id=f"hw:{match[1]},{match[2]}",
                name=name,
                direction=direction,
                default=first,
                facts=facts,
            )
        )
    return found
