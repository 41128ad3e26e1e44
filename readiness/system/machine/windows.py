"""The computer's facts on Windows, out of the registry and documented calls. Thin: only reads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.cancel import Token
    from readiness.ports import Facts

if sys.platform == "win32":
    import ctypes
    import os
    import winreg
    from ctypes import byref, wintypes

    from readiness.system.machine import portable, windows_shapes
    from readiness.system.machine.windows_input import input_devices
    from readiness.system.machine.windows_screens import screens

    _PROCESSOR = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
    _FIRMWARE = r"HARDWARE\DESCRIPTION\System\BIOS"
    _VERSION = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"

    class _PowerStatus(ctypes.Structure):
        """``SYSTEM_POWER_STATUS``."""

        _fields_ = (
            ("ACLineStatus", ctypes.c_ubyte),
            ("BatteryFlag", ctypes.c_ubyte),
            ("BatteryLifePercent", ctypes.c_ubyte),
            ("SystemStatusFlag", ctypes.c_ubyte),
            ("BatteryLifeTime", wintypes.DWORD),
            ("BatteryFullLifeTime", wintypes.DWORD),
        )

    def registry(key: str, *names: str) -> dict[str, str | int]:
        """The values ``names`` below HKLM that are there, in the 64-bit view."""
        found: dict[str, str | int] = {}
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, access) as opened:
                for name in names:
                    try:
                        value, kind = winreg.QueryValueEx(opened, name)
                    except FileNotFoundError:
                        continue
                    if kind in (winreg.REG_SZ, winreg.REG_EXPAND_SZ, winreg.REG_DWORD):
                        found[name] = value
        except FileNotFoundError:
            return found
        return found

    def processor_facts(token: Token) -> Facts:
        """Name and clock (MHz) as the registry holds them since the start of the system."""
        token.check()
        told = registry(_PROCESSOR, "ProcessorNameString", "~MHz")
        return {
            "model": told.get("ProcessorNameString"),
            **portable.counts(),
            "base_mhz": told.get("~MHz"),
        }

    def memory_facts(token: Token) -> Facts:
        """Usable memory, and what the firmware lists as built in, where it does."""
        token.check()
        usable = portable.usable_bytes()
        kibibytes = ctypes.c_ulonglong(0)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetPhysicallyInstalledSystemMemory.argtypes = (ctypes.POINTER(ctypes.c_ulonglong),)
        if not kernel.GetPhysicallyInstalledSystemMemory(byref(kibibytes)) or not kibibytes.value:
            return {"usable_bytes": usable}
        return {
            "usable_bytes": usable,
            "installed_bytes": kibibytes.value * 1024,  # KiB => bytes
            "installed_source": "firmware",
        }

    def system_facts(token: Token) -> Facts:
        """Version, edition and architecture."""
        token.check()
        version = sys.getwindowsversion()
        told = registry(_VERSION, "DisplayVersion", "ReleaseId", "EditionID")
        return windows_shapes.system_shape(
            (version.major, version.minor, version.build),
            product_type=version.product_type,
            registry=told,
            native_machine=_native_machine(),
            machine=_process_machine(),
        )

    def _process_machine() -> str:
        """What this process runs as. ``platform.machine`` asks WMI, which may take seconds."""
        emulated_on = os.environ.get("PROCESSOR_ARCHITEW6432", "")
        return emulated_on or os.environ.get("PROCESSOR_ARCHITECTURE", "")

    def virtual_facts(token: Token) -> Facts:
        """By the names that the firmware gives the computer."""
        token.check()
        return windows_shapes.virtual_shape(
            registry(_FIRMWARE, "SystemManufacturer", "SystemProductName")
        )

    def _native_machine() -> int | None:
        """The system's own architecture, also seen from an emulated process; Windows 10 1511 on."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not hasattr(kernel, "IsWow64Process2"):
            return None
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        ushort = ctypes.POINTER(wintypes.USHORT)
        kernel.IsWow64Process2.argtypes = (wintypes.HANDLE, ushort, ushort)
        process, native = wintypes.USHORT(0), wintypes.USHORT(0)
        told = kernel.IsWow64Process2(kernel.GetCurrentProcess(), byref(process), byref(native))
        return native.value if told else None

    def power_facts(token: Token) -> Facts:
        """Mains and battery by ``GetSystemPowerStatus``."""
        token.check()
        status = _PowerStatus()
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetSystemPowerStatus.argtypes = (ctypes.POINTER(_PowerStatus),)
        if not kernel.GetSystemPowerStatus(byref(status)):
            raise ctypes.WinError(ctypes.get_last_error())
        return windows_shapes.power_shape(
            line=status.ACLineStatus, flag=status.BatteryFlag, percent=status.BatteryLifePercent
        )

    def display_facts(token: Token) -> Facts:
        """The monitors of the desktop."""
        token.check()
        return {"screens": screens(), "source": "system"}

    def input_facts(token: Token) -> Facts:
        """Keyboards and pointers with their bus."""
        token.check()
        return windows_shapes.input_shape(input_devices())

    READERS: Mapping[str, Callable[[Token], Facts]] = {
        "processor": processor_facts,
        "load": portable.load_facts,
        "memory": memory_facts,
        "disk": portable.disk_facts,
        "system": system_facts,
        "virtual": virtual_facts,
        "display": display_facts,
        "power": power_facts,
        "input_devices": input_facts,
    }
