"""Lists keyboards and pointers on Windows by raw input, and asks what they hang on."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import POINTER, byref, sizeof, wintypes

    _DEVICE_NAME = 0x20000007  # RIDI_DEVICENAME
    _FAILED = 0xFFFFFFFF
    _LONGEST = 512

    class _RawDevice(ctypes.Structure):
        """``RAWINPUTDEVICELIST``."""

        _fields_ = (("hDevice", wintypes.HANDLE), ("dwType", wintypes.DWORD))

    def input_devices() -> list[tuple[int, str, str]]:
        """Type, interface path and the parent's enumerator (empty if not told) of each device.

        Raises:
            OSError: The list cannot be had.
        """
        user = ctypes.WinDLL("user32", use_last_error=True)
        user.GetRawInputDeviceList.argtypes = (
            POINTER(_RawDevice),
            POINTER(wintypes.UINT),
            wintypes.UINT,
        )
        user.GetRawInputDeviceList.restype = wintypes.UINT
        user.GetRawInputDeviceInfoW.argtypes = (
            wintypes.HANDLE,
            wintypes.UINT,
            ctypes.c_void_p,
            POINTER(wintypes.UINT),
        )
        user.GetRawInputDeviceInfoW.restype = wintypes.UINT
        count = wintypes.UINT(0)
        user.GetRawInputDeviceList(None, byref(count), sizeof(_RawDevice))
        # room for devices that are plugged in between the two calls
        count = wintypes.UINT(count.value + 16)
        listed = (_RawDevice * count.value)()
        number = user.GetRawInputDeviceList(listed, byref(count), sizeof(_RawDevice))
        if number == _FAILED:
            raise ctypes.WinError(ctypes.get_last_error())
        found = []
        for device in listed[:number]:
            size = wintypes.UINT(_LONGEST)
            name = ctypes.create_unicode_buffer(_LONGEST)
            told = user.GetRawInputDeviceInfoW(device.hDevice, _DEVICE_NAME, name, byref(size))
            path = "" if told in (0, _FAILED) else name.value
            found.append((int(device.dwType), path, _parent(path)))
        return found

    def _parent(path: str) -> str:
        """The enumerator (``USB``, ``BTHENUM``, ``ACPI``) of what the device hangs on."""
        parts = path.removeprefix("\\\\?\\").split("#")
        if len(parts) < 3:  # noqa: PLR2004 - enumerator, hardware, instance
            return ""
        config = ctypes.WinDLL("cfgmgr32")
        node, parent = wintypes.DWORD(0), wintypes.DWORD(0)
        identity = ctypes.create_unicode_buffer("\\".join(parts[:3]))
        if config.CM_Locate_DevNodeW(byref(node), identity, 0):
            return ""
        if config.CM_Get_Parent(byref(parent), node, 0):
            return ""
        name = ctypes.create_unicode_buffer(_LONGEST)
        if config.CM_Get_Device_IDW(parent, name, _LONGEST, 0):
            return ""
        return name.value.split("\\", maxsplit=1)[0]
