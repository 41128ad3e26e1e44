"""The devices of ``tests/fixtures/audio``: facts as the three systems tell them, shaped by us.

A case holds its name, the class that its facts prove, what the facts are based on, the raw answer
of the system, and on Linux, where it matters, what the kernel says of the card.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.system.audio.darwin import shape_darwin
from readiness.system.audio.linux import shape_pulse
from readiness.system.audio.windows import shape_windows

if TYPE_CHECKING:
    from readiness.ports import AudioDevice

FIXTURES = Path(__file__).parent.parent / "fixtures" / "audio"
SYSTEMS = ("linux", "windows", "darwin")


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Every case with its system."""
    return [
        (system, case)
        for system in SYSTEMS
        for case in json.loads((FIXTURES / f"{system}.json").read_text(encoding="utf-8"))
    ]


def device_of(system: str, case: dict[str, Any]) -> AudioDevice:
    """The case's device, shaped as the adapter of its system does it."""
    raw = case["raw"]
    if system == "windows":
        return shape_windows([raw])[0]
    if system == "darwin":
        return shape_darwin(json.dumps(raw))[0]
    told = {"default_input": raw["name"], "default_output": "", "input": [raw], "output": []}
    device = shape_pulse(told)[0]
    return replace(device, facts={**device.facts, **case.get("udev", {})})
