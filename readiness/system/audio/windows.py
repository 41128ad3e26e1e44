"""Audio on Windows: endpoints and their property store through the Core Audio interfaces."""

from __future__ import annotations

import contextlib
import re
import threading
import warnings
from typing import TYPE_CHECKING, Any

from readiness.audio_name import clean_name
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import AudioDevice
from readiness.system.audio.bounded import bounded
from readiness.system.audio.capture import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from readiness.cancel import Token

LIST_LIMIT_S = 5.0
WATCH_STEP_S = 0.3

_DEVICE = "{A45C254E-DF1C-4EFD-8020-67D146A850E0}"
FRIENDLY_NAME = f"{_DEVICE} 14"  # PKEY_Device_FriendlyName, functiondiscoverykeys_devpkey.h
ENUMERATOR = f"{_DEVICE} 24"  # PKEY_Device_EnumeratorName, the same
ADAPTER = "{026E516E-B814-414B-83CD-856D6FEF4822} 2"  # PKEY_DeviceInterface_FriendlyName
_ENDPOINT = "{1DA5D803-D492-4EDD-8C23-E0C0FFEE7F0E}"
FORM_FACTOR = f"{_ENDPOINT} 0"  # PKEY_AudioEndpoint_FormFactor, mmdeviceapi.h
JACK_SUBTYPE = f"{_ENDPOINT} 8"  # PKEY_AudioEndpoint_JackSubType, the same
INSTANCE = "{B3F8FA53-0004-438E-9003-51A46E139BFC} 2"  # undocumented: the device's instance path
WANTED = (FRIENDLY_NAME, ENUMERATOR, ADAPTER, FORM_FACTOR, JACK_SUBTYPE, INSTANCE)

ARRAYS = (
    "{DFF21BE5-F70F-11D0-B917-00A0C9223196}",  # KSNODETYPE_MICROPHONE_ARRAY, ksmedia.h
    "{DFF21BE6-F70F-11D0-B917-00A0C9223196}",  # KSNODETYPE_PROCESSING_MICROPHONE_ARRAY
)
DSP_LINKS = ((r"\\FUNC_01&", "codec"), ("&LINKTYPE_02&", "microphones"), ("&LINKTYPE_06&", "usb"))
"""What hangs on Intel's sound processor, by its device's instance path as seen on computers."""

_ACTIVE = 1  # DEVICE_STATE_ACTIVE, mmdeviceapi.h
_FLOWS = {"output": 0, "input": 1}  # eRender, eCapture
_COMMUNICATIONS = 2  # eCommunications: what calls use


class WindowsAudio:
    """The sound system of Windows."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def devices(self) -> Sequence[AudioDevice]:
        """All active inputs and outputs."""
        return shape_windows(bounded(read_windows, token=self._token, timeout=LIST_LIMIT_S))

    def target(self, device: AudioDevice) -> Target:
        """PortAudio names WASAPI devices by the endpoint's friendly name."""
        return Target(name=str(device.facts["friendly_name"]), host_api="Windows WASAPI")

    @contextlib.contextmanager
    def watch(self, device: AudioDevice) -> Iterator[EndpointWatch]:
        """Follow removal and mute while inside."""
        watch = EndpointWatch(device)
        watch.start()
        try:
            yield watch
        finally:
            watch.end()


class EndpointWatch(threading.Thread):
    """Looks at one endpoint's state and mute switch three times a second."""

    def __init__(self, device: AudioDevice) -> None:
        super().__init__(name="readiness-audio-watch", daemon=True)
        self._id = device.id
        self._end = threading.Event()
        self.removed = False
        self.muted = bool(device.muted)
        self.moved = False  # WASAPI binds a stream to its endpoint

    def run(self) -> None:
        """Look until :meth:`end`."""
        import comtypes

        with _com():
            try:
                self._look()
            except comtypes.COMError:
                # AUDCLNT_E_DEVICE_INVALIDATED and its kin: the endpoint is gone.
                self.removed = not self._end.is_set()

    def _look(self) -> None:
        endpoint = _enumerator().GetDevice(self._id)
        volume = _volume(endpoint)
        while not self._end.wait(WATCH_STEP_S):
            self.removed = self.removed or endpoint.GetState() != _ACTIVE
            self.muted = self.muted or bool(volume.GetMute())

    def end(self) -> None:
        """Stop looking; does not wait."""
        self._end.set()


@contextlib.contextmanager
def _com() -> Iterator[None]:
    """COM for this thread. Every COM pointer must be gone at the end, also out of tracebacks."""
    import comtypes

    comtypes.CoInitialize()
    try:
        yield
    finally:
        comtypes.CoUninitialize()


def _enumerator() -> Any:  # noqa: ANN401 - comtypes has no types
    import comtypes
    from pycaw.api.mmdeviceapi import IMMDeviceEnumerator
    from pycaw.constants import CLSID_MMDeviceEnumerator

    return comtypes.CoCreateInstance(
        CLSID_MMDeviceEnumerator, IMMDeviceEnumerator, comtypes.CLSCTX_INPROC_SERVER
    )


def _volume(endpoint: Any) -> Any:  # noqa: ANN401 - comtypes has no types
    import comtypes
    from pycaw.api.endpointvolume import IAudioEndpointVolume

    activated = endpoint.Activate(IAudioEndpointVolume._iid_, comtypes.CLSCTX_ALL, None)
    return activated.QueryInterface(IAudioEndpointVolume)


def read_windows() -> list[dict[str, object]]:
    """Ask Core Audio for its endpoints.

    Raises:
        CannotMeasure: Core Audio does not answer (the Windows Audio service is off).
    """
    import comtypes

    with _com():
        try:
            return _read_flows(comtypes.COMError)
        except comtypes.COMError as fault:
            code = fault.hresult
    raise CannotMeasure(FailureCode.NO_DEVICE, "no-sound-system", hresult=code)


def _read_flows(com_error: type[Exception]) -> list[dict[str, object]]:
    enumerator = _enumerator()
    return [entry for flow in _FLOWS for entry in _read_flow(enumerator, flow, com_error)]


def _read_flow(enumerator: Any, flow: str, com_error: type[Exception]) -> list[dict[str, object]]:  # noqa: ANN401 - comtypes has no types
    from pycaw.utils import AudioUtilities

    default = ""
    with contextlib.suppress(com_error):  # E_NOTFOUND: there is no device of this direction
        default = enumerator.GetDefaultAudioEndpoint(_FLOWS[flow], _COMMUNICATIONS).GetId()
    collection = enumerator.EnumAudioEndpoints(_FLOWS[flow], _ACTIVE)
    found: list[dict[str, object]] = []
    for index in range(collection.GetCount()):
        endpoint = collection.Item(index)
        with warnings.catch_warnings():  # pycaw warns of properties that cannot be read
            warnings.simplefilter("ignore")
            properties = AudioUtilities.CreateDevice(endpoint).properties
        volume = _volume(endpoint)
        found.append(
            {
                "id": endpoint.GetId(),
                "flow": flow,
                "default": endpoint.GetId() == default,
                "muted": bool(volume.GetMute()),
                "volume": float(volume.GetMasterVolumeLevelScalar()),
                "properties": {key: properties[key] for key in WANTED if key in properties},
            }
        )
    return found


def shape_windows(raw: Sequence[Mapping[str, Any]]) -> list[AudioDevice]:
    """Turn endpoints into devices. Of the instance path only the USB ids are kept."""
    found = []
    for entry in raw:
        properties = entry["properties"]
        friendly = str(properties.get(FRIENDLY_NAME) or "")
        path = str(properties.get(INSTANCE) or "").upper()
        usb = re.search(r"VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", path)
        facts: dict[str, object] = {
            "system": "windows",
            "friendly_name": friendly,
            "enumerator": properties.get(ENUMERATOR, ""),
            "form_factor": properties.get(FORM_FACTOR, -1),
            "product": clean_name(str(properties.get(ADAPTER) or "")),
            "jack": "array" if str(properties.get(JACK_SUBTYPE)).upper() in ARRAYS else "",
            "dsp_link": next((link for sign, link in DSP_LINKS if re.search(sign, path)), ""),
        }
        if usb is not None:
            facts |= {"vendor_id": usb[1].lower(), "product_id": usb[2].lower()}
        found.append(
            AudioDevice(
                id=entry["id"],
                name=clean_name(friendly) or friendly,
                direction=entry["flow"],
                default=entry["default"],
                muted=entry["muted"],
                volume=round(100 * entry["volume"], 1),
                facts=facts,
            )
        )
    return found
