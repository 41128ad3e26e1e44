"""Windows: whether the connection is metered, by ``INetworkCostManager`` (``netlistmgr.h``)."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CLSID_NETWORK_LIST_MANAGER = "{DCB00C01-570F-4A9B-8D69-199FDBA5723B}"
IID_NETWORK_COST_MANAGER = "{DCB00008-570F-4A9B-8D69-199FDBA5723B}"
UNRESTRICTED, FIXED, VARIABLE = 1, 2, 4
OVER_LIMIT, ROAMING = 0x10000, 0x40000
ADDRESS_SIZE = 128
"""``NLM_SOCKADDR``."""


def metered(cost: int) -> bool | None:
    """``NLM_CONNECTION_COST`` -> yes, no, or none for an unknown cost."""
    if cost & (FIXED | VARIABLE | OVER_LIMIT | ROAMING):
        return True
    return False if cost & UNRESTRICTED else None


def facts(address: bytes) -> dict[str, object]:
    """``metered`` of the connection towards ``address``, a ``sockaddr``; empty if not told."""
    found: dict[str, object] = {}
    if sys.platform == "win32":
        cost = _cost(address)
        said = None if cost is None else metered(cost)
        if said is not None:
            found = {"metered": said, "metered_how": "told"}
    return found


if sys.platform == "win32":

    @contextlib.contextmanager
    def _com() -> Iterator[None]:
        """COM for this thread. Every COM pointer must be gone at the end."""
        import comtypes

        comtypes.CoInitialize()
        try:
            yield
        finally:
            comtypes.CoUninitialize()

    def _cost(address: bytes) -> int | None:
        import comtypes

        with _com():
            try:
                return _ask(address)
            except comtypes.COMError:
                return None  # the service is off, or knows no way there: not told

    def _ask(address: bytes) -> int:
        import comtypes

        manager = comtypes.CoCreateInstance(
            comtypes.GUID(CLSID_NETWORK_LIST_MANAGER), _interface(), comtypes.CLSCTX_ALL
        )
        cost = ctypes.c_uint32()
        where = ctypes.create_string_buffer(address, ADDRESS_SIZE) if address else None
        manager.GetCost(ctypes.byref(cost), where)
        return cost.value

    @cache
    def _interface() -> type:
        """``INetworkCostManager``, as far as it is used; made once, as ctypes keeps every type."""
        import comtypes

        class NetworkCostManager(comtypes.IUnknown):  # type: ignore[misc]  # comtypes has no types
            _iid_ = comtypes.GUID(IID_NETWORK_COST_MANAGER)
            _methods_ = (
                comtypes.STDMETHOD(
                    ctypes.HRESULT,
                    "GetCost",
                    [ctypes.POINTER(ctypes.c_uint32), ctypes.c_void_p],
                ),
            )

        return NetworkCostManager
