"""Windows: how strong the access point's signal is, by the Native Wifi API (``wlanapi.h``).

The RSSI is asked first. Only where the driver does not tell it, the connection's quality in percent
is: that answer holds the network's name, which is why Windows 11 since 24H2 refuses it to programs
that may not know the location. What ``netsh`` prints is in the user's language and is not read.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Any, Self

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Callable

    Query = Callable[[int], tuple[int, bytes]]

CLIENT_VERSION = 2  # Windows Vista and later
CURRENT_CONNECTION, RSSI = 7, 0x10000102
"""Of ``WLAN_INTF_OPCODE``."""

ACCESS_DENIED, SERVICE_NOT_ACTIVE, INVALID_STATE = 5, 1062, 5023
WEAKEST, STRONGEST = -120, 0


class ConnectionAttributes(ctypes.Structure):
    """``WLAN_CONNECTION_ATTRIBUTES``; 604 bytes."""

    _fields_ = (
        ("state", ctypes.c_uint32),
        ("mode", ctypes.c_uint32),
        ("profile_name", ctypes.c_uint16 * 256),
        # WLAN_ASSOCIATION_ATTRIBUTES
        ("ssid_length", ctypes.c_uint32),
        ("ssid", ctypes.c_uint8 * 32),
        ("bss_type", ctypes.c_uint32),
        ("bssid", ctypes.c_uint8 * 6),
        ("phy_type", ctypes.c_uint32),
        ("phy_index", ctypes.c_uint32),
        ("signal_quality", ctypes.c_uint32),
        ("receive_rate", ctypes.c_uint32),
        ("transmit_rate", ctypes.c_uint32),
        # WLAN_SECURITY_ATTRIBUTES
        ("security", ctypes.c_uint32 * 4),
    )


def signal(guid: bytes) -> dict[str, object]:
    """Signal of the card with this interface GUID (16 octets as in memory).

    Raises:
        CannotMeasure: ``signal-denied``, ``signal-not-told``.
    """
    with _Client() as client:
        return level(lambda opcode: client.query(guid, opcode))


def level(query: Query) -> dict[str, object]:
    """Ask for the RSSI, then for the quality; ``query(opcode)`` gives (status, data)."""
    status, data = query(RSSI)
    if status == 0 and len(data) >= ctypes.sizeof(ctypes.c_int32):
        found = ctypes.c_int32.from_buffer_copy(data).value
        if WEAKEST <= found < STRONGEST:
            return {"signal_dbm": found, "source": "rssi", "cheap": True}
    denied = status == ACCESS_DENIED
    status, data = query(CURRENT_CONNECTION)
    if status == 0 and len(data) >= ctypes.sizeof(ConnectionAttributes):
        quality = ConnectionAttributes.from_buffer_copy(data).signal_quality
        if 0 < quality <= 100:  # noqa: PLR2004 - percent
            return {"signal_dbm": quality_level(quality), "source": "quality", "cheap": True}
    if denied or status == ACCESS_DENIED:
        raise CannotMeasure(FailureCode.PERMISSION_DENIED, "signal-denied")
    raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told", status=status)


def quality_level(percent: int) -> float:
    """Quality -> dBm: 0 is -100 dBm or less, 100 is -50 dBm or more, linear between."""
    return -100 + percent / 2


class _Client:
    """A handle of the WLAN service."""

    def __init__(self) -> None:
        self._handle = ctypes.c_void_p()
        self._library: Any = None  # a foreign library has no types

    def __enter__(self) -> Self:
        self._library = _library()
        version = ctypes.c_uint32()
        status = self._library.WlanOpenHandle(
            CLIENT_VERSION, None, ctypes.byref(version), ctypes.byref(self._handle)
        )
        if status:
            raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told", status=int(status))
        return self

    def __exit__(self, *_error: object) -> None:
        self._library.WlanCloseHandle(self._handle, None)

    def query(self, guid: bytes, opcode: int) -> tuple[int, bytes]:
        """``WlanQueryInterface``: status and a copy of the data."""
        place = ctypes.create_string_buffer(guid, len(guid))
        size, data = ctypes.c_uint32(), ctypes.c_void_p()
        status = self._library.WlanQueryInterface(
            self._handle, place, opcode, None, ctypes.byref(size), ctypes.byref(data), None
        )
        if status or not data.value:
            return int(status), b""
        try:
            return 0, ctypes.string_at(data.value, size.value)
        finally:
            self._library.WlanFreeMemory(data)


def _library() -> Any:  # noqa: ANN401 - a foreign library has no types
    if sys.platform == "win32":
        try:
            return ctypes.WinDLL("wlanapi.dll")
        except OSError as error:  # Windows Server without the feature
            raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told") from error
    raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told")
