"""The computer's facts on macOS, out of sysctl and documented frameworks. Thin: only reads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.cancel import Token
    from readiness.ports import Facts

if sys.platform == "darwin":
    import ctypes
    import platform

    from readiness.system.machine import darwin_shapes, portable
    from readiness.system.machine.darwin_input import input_devices
    from readiness.system.machine.darwin_screens import screens

    def _sysctl(name: str) -> bytes | None:
        """The value of a sysctl; none if this Mac does not have it."""
        library = ctypes.CDLL(None)
        call = library.sysctlbyname
        call.argtypes = (
            ctypes.c_char_p,
            ctypes.c_void_p,
            ctypes.POINTER(ctypes.c_size_t),
            ctypes.c_void_p,
            ctypes.c_size_t,
        )
        size = ctypes.c_size_t(0)
        if call(name.encode(), None, ctypes.byref(size), None, 0) or not size.value:
            return None
        value = ctypes.create_string_buffer(size.value)
        if call(name.encode(), value, ctypes.byref(size), None, 0):
            return None
        return value.raw[: size.value]

    def _text(name: str) -> str | None:
        value = _sysctl(name)
        return None if value is None else value.rstrip(b"\0").decode("utf-8", errors="replace")

    def _number(name: str) -> int | None:
        value = _sysctl(name)
        return None if value is None else int.from_bytes(value, sys.byteorder)

    def processor_facts(token: Token) -> Facts:
        """Name, counts, and the clock where there is one (Intel)."""
        token.check()
        return darwin_shapes.processor_shape(
            model=_text("machdep.cpu.brand_string"),
            base_hz=_number("hw.cpufrequency"),
            max_hz=_number("hw.cpufrequency_max"),
            counts=portable.counts(),
        )

    def memory_facts(token: Token) -> Facts:
        """Memory built in, and what the kernel may use of it (macOS 12 and later)."""
        token.check()
        installed = _number("hw.memsize")
        usable = _number("hw.memsize_usable") or portable.usable_bytes()
        return {
            "usable_bytes": usable,
            "installed_bytes": installed,
            "installed_source": "system",
        }

    def system_facts(token: Token) -> Facts:
        """Version and architecture."""
        token.check()
        return darwin_shapes.system_shape(
            version=_text("kern.osproductversion") or platform.mac_ver()[0],
            machine=platform.machine(),
            arm64=_number("hw.optional.arm64") == 1,
        )

    def virtual_facts(token: Token) -> Facts:
        """Whether a hypervisor is below."""
        token.check()
        return darwin_shapes.virtual_shape(_number("kern.hv_vmm_present"))

    def power_facts(token: Token) -> Facts:
        """Mains and battery, which psutil reads out of the power sources of IOKit."""
        import psutil

        token.check()
        battery = psutil.sensors_battery()
        if battery is None:
            return darwin_shapes.power_shape(battery=False, percent=None, plugged=None)
        return darwin_shapes.power_shape(
            battery=True, percent=battery.percent, plugged=battery.power_plugged
        )

    def display_facts(token: Token) -> Facts:
        """The active displays."""
        token.check()
        return {"screens": screens(), "source": "system"}

    def input_facts(token: Token) -> Facts:
        """Keyboards and pointers with their transport."""
        token.check()
        return darwin_shapes.input_shape(input_devices())

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
