"""Core Audio as Windows' headset adapter sees it: endpoints that can be muted, pulled, or fail."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTIVE, UNPLUGGED = 1, 8


class ComError(Exception):
    """What comtypes raises: a failed call with its code."""

    def __init__(self, hresult: int) -> None:
        super().__init__(hresult)
        self.hresult = hresult


@dataclass
class Endpoint:
    """One endpoint; it is its own volume control."""

    id: str
    properties: dict[str, object]
    state: int = ACTIVE
    mute: bool = False
    scalar: float = 1.0

    def GetId(self) -> str:  # noqa: N802 - the interface's spelling
        """Its id."""
        return self.id

    def GetState(self) -> int:  # noqa: N802 - the interface's spelling
        """Whether it is there."""
        return self.state

    def Activate(self, _interface: object, _context: int, _parameters: None) -> Endpoint:  # noqa: N802 - the interface's spelling
        """Its volume control, unless it is gone."""
        if self.state != ACTIVE:
            raise ComError(-2004287484)  # AUDCLNT_E_DEVICE_INVALIDATED
        return self

    def QueryInterface(self, _interface: object) -> Endpoint:  # noqa: N802 - the interface's spelling
        """Every interface."""
        return self

    def GetMute(self) -> int:  # noqa: N802 - the interface's spelling
        """1 if muted."""
        return int(self.mute)

    def GetMasterVolumeLevelScalar(self) -> float:  # noqa: N802 - the interface's spelling
        """0 to 1."""
        return self.scalar


@dataclass
class CoreAudio:
    """The enumerator. ``flows`` holds the endpoints of outputs (0) and inputs (1)."""

    flows: dict[int, list[Endpoint]] = field(default_factory=lambda: {0: [], 1: []})
    fault: ComError | None = None
    initialised: int = 0

    def EnumAudioEndpoints(self, flow: int, _state: int) -> SimpleNamespace:  # noqa: N802 - the interface's spelling
        """Those that are active."""
        if self.fault is not None:
            raise self.fault
        found = [endpoint for endpoint in self.flows[flow] if endpoint.state == ACTIVE]
        return SimpleNamespace(GetCount=lambda: len(found), Item=found.__getitem__)

    def GetDefaultAudioEndpoint(self, flow: int, _role: int) -> Endpoint:  # noqa: N802 - the interface's spelling
        """The first."""
        if not self.flows[flow]:
            raise ComError(-2147023728)  # E_NOTFOUND
        return self.flows[flow][0]

    def GetDevice(self, wanted: str) -> Endpoint:  # noqa: N802 - the interface's spelling
        """By id."""
        return next(e for flow in self.flows.values() for e in flow if e.id == wanted)

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Stand in for comtypes and pycaw while inside."""
        parts: dict[str, dict[str, object]] = {
            "comtypes": {
                "COMError": ComError,
                "CLSCTX_INPROC_SERVER": 1,
                "CLSCTX_ALL": 23,
                "CoInitialize": lambda: self._count(1),
                "CoUninitialize": lambda: self._count(-1),
                "CoCreateInstance": lambda *_: self,
            },
            "pycaw": {},
            "pycaw.api": {},
            "pycaw.api.mmdeviceapi": {"IMMDeviceEnumerator": object},
            "pycaw.api.endpointvolume": {"IAudioEndpointVolume": SimpleNamespace(_iid_="iid")},
            "pycaw.constants": {"CLSID_MMDeviceEnumerator": "clsid"},
            "pycaw.utils": {"AudioUtilities": SimpleNamespace(CreateDevice=lambda it: it)},
        }
        before = {name: sys.modules.get(name) for name in parts}
        for name, content in parts.items():
            module = ModuleType(name)
            vars(module).update(content)
            sys.modules[name] = module
        try:
            yield
        finally:
            for name, former in before.items():
                if former is None:
                    del sys.modules[name]
                else:
                    sys.modules[name] = former

    def _count(self, step: int) -> None:
        self.initialised += step
