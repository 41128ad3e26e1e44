"""Windows: what the IP Helper says about a network interface, and the user's proxy setting.

Structures after the Windows SDK's ``netioapi.h`` (``MIB_IF_ROW2``) and ``ipifcons.h``.
"""

from __future__ import annotations

import ctypes
import re
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any

from readiness.link_rules import WINDOWS_WORDS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.link import network_cost, wlan

if TYPE_CHECKING:
    from collections.abc import Iterator

IF_TYPE_WIFI = 71
OPER_UP = 1
IPV6_SIZE, IPV4_SIZE = 28, 16
AF_INET6_WINDOWS = 23
UNKNOWN_SPEED = 2**64 - 1


class IfRow2(ctypes.Structure):
    """``MIB_IF_ROW2``; 1,352 bytes."""

    _fields_ = (
        ("luid", ctypes.c_uint64),
        ("index", ctypes.c_uint32),
        ("guid", ctypes.c_uint8 * 16),
        ("alias", ctypes.c_uint16 * 257),
        ("description", ctypes.c_uint16 * 257),
        ("physical_address_length", ctypes.c_uint32),
        ("physical_address", ctypes.c_uint8 * 32),
        ("permanent_address", ctypes.c_uint8 * 32),
        ("mtu", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("tunnel_type", ctypes.c_uint32),
        ("media_type", ctypes.c_uint32),
        ("physical_medium", ctypes.c_uint32),
        ("access_type", ctypes.c_uint32),
        ("direction_type", ctypes.c_uint32),
        ("flags", ctypes.c_uint8),
        ("oper_status", ctypes.c_uint32),
        ("admin_status", ctypes.c_uint32),
        ("media_connect_state", ctypes.c_uint32),
        ("network_guid", ctypes.c_uint8 * 16),
        ("connection_type", ctypes.c_uint32),
        ("transmit_link_speed", ctypes.c_uint64),
        ("receive_link_speed", ctypes.c_uint64),
        ("counters", ctypes.c_uint64 * 18),
    )


class IfTable2(ctypes.Structure):
    """``MIB_IF_TABLE2``: a count and that many rows."""

    _fields_ = (("count", ctypes.c_uint32), ("rows", IfRow2 * 1))


def shape(row: IfRow2) -> dict[str, object]:
    """Facts of one interface without its name, description and addresses."""
    description = "".join(map(chr, row.description)).split("\0")[0].lower()
    speed = row.receive_link_speed
    return {
        "if_type": int(row.type),
        "tunnel_type": int(row.tunnel_type),
        "physical_medium": int(row.physical_medium),
        "hardware": bool(row.flags & 0x01),
        "filter": bool(row.flags & 0x02),
        "connector": bool(row.flags & 0x04),
        "words": [
            word for word in WINDOWS_WORDS if re.search(rf"\b{re.escape(word)}", description)
        ],
        "up": int(row.oper_status) == OPER_UP,
        "speed_mbit": None if speed in (0, UNKNOWN_SPEED) else speed / 1e6,  # bit/s => Mbit/s
    }


def socket_address(target: str) -> bytes:
    """``sockaddr_in`` or ``sockaddr_in6`` for ``GetBestInterfaceEx``."""
    if ":" in target:
        address = socket.inet_pton(socket.AF_INET6, target)
        return struct.pack("<HHI16sI", AF_INET6_WINDOWS, 0, 0, address, 0)
    return struct.pack("<HH4s8x", 2, 0, socket.inet_pton(socket.AF_INET, target))


def proxies(values: dict[str, object]) -> list[str]:
    """The user's Internet settings -> kinds of proxy that are switched on."""
    found = ["manual"] if values.get("ProxyEnable") and values.get("ProxyServer") else []
    return [*found, "automatic"] if values.get("AutoConfigURL") else found


def facts(target: str) -> dict[str, object]:
    """The interface towards ``target``, other hardware that is up, and the user's proxies.

    Raises:
        CannotMeasure: The IP Helper does not answer.
    """
    row, rows = look(target)
    return {
        **shapes(row, rows),
        "index": None if row is None else int(row.index),
        "proxy_system": proxies(_internet_settings()),
        "proxy_asked": ["system"],
        **network_cost.facts(socket_address(target) if target else b""),
    }


def look(target: str) -> tuple[IfRow2 | None, list[IfRow2]]:
    """The row of the interface towards ``target``, and those of other hardware that is up.

    Raises:
        CannotMeasure: The IP Helper does not answer.
    """
    row = _best_row(target) if target else None
    return row, [
        other
        for other in _rows()
        if other.flags & 0x01
        and not other.flags & 0x02
        and other.oper_status == OPER_UP
        and (row is None or other.index != row.index)
    ]


def shapes(row: IfRow2 | None, rows: list[IfRow2]) -> dict[str, object]:
    """The part of the facts that tells the kind of connection."""
    return {
        "interface": None if row is None else shape(row),
        "others": [shape(other) for other in rows],
    }


def signal(row: IfRow2 | None, rows: list[IfRow2]) -> dict[str, object]:
    """Signal of the Wi-Fi card that carries the connection, itself or under a tunnel.

    Raises:
        CannotMeasure: Several cards could be meant, or the system refuses or does not tell.
    """
    radios = [one for one in (row, *rows) if one is not None and one.type == IF_TYPE_WIFI]
    carrying = [one for one in radios if row is not None and one.index == row.index]
    found = carrying or radios
    if len(found) != 1:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "wifi-unclear")
    return wlan.signal(bytes(found[0].guid))


def _helper() -> Any:  # noqa: ANN401 - a foreign library has no types
    if sys.platform == "win32":
        return ctypes.WinDLL("iphlpapi.dll")
    raise CannotMeasure(FailureCode.UNSUPPORTED, "not-told")


def _best_row(target: str) -> IfRow2 | None:
    helper = _helper()
    index = ctypes.c_uint32()
    address = ctypes.create_string_buffer(socket_address(target), IPV6_SIZE)
    if helper.GetBestInterfaceEx(address, ctypes.byref(index)) != 0:
        return None
    row = IfRow2()
    row.index = index.value
    status = helper.GetIfEntry2(ctypes.byref(row))
    if status != 0:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "not-told", status=int(status))
    return row


def _rows() -> Iterator[IfRow2]:
    """Copies of all rows of the interface table."""
    helper = _helper()
    table = ctypes.POINTER(IfTable2)()
    status = helper.GetIfTable2(ctypes.byref(table))
    if status != 0:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "not-told", status=int(status))
    try:
        count = table.contents.count
        first = ctypes.addressof(table.contents) + IfTable2.rows.offset
        rows = (IfRow2 * count).from_address(first)
        yield from [IfRow2.from_buffer_copy(bytes(row)) for row in rows]
    finally:
        helper.FreeMibTable(table)


def _internet_settings() -> dict[str, object]:
    """The values of the user's Internet settings that concern proxies."""
    found: dict[str, object] = {}
    if sys.platform == "win32":
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                for name in ("ProxyEnable", "ProxyServer", "AutoConfigURL"):
                    try:
                        found[name] = winreg.QueryValueEx(key, name)[0]
                    except FileNotFoundError:
                        continue  # not set
        except FileNotFoundError:
            return found  # no settings: no proxy
    return found
