"""Puts what macOS tells into facts. Pure, so that recorded answers can be tried anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.ports import Facts

_TRANSPORTS = {
    "USB": "usb",
    "Bluetooth": "bluetooth",
    "BluetoothLowEnergy": "bluetooth",
    "Bluetooth Low Energy": "bluetooth",
    "SPI": "internal",
    "FIFO": "internal",
    "I2C": "internal",
    "Virtual": "virtual",
}


def processor_shape(
    *, model: str | None, base_hz: int | None, max_hz: int | None, counts: Facts
) -> Facts:
    """Facts of ``processor``; Apple's own processors tell no clock at all."""
    return {
        "model": model,
        **counts,
        "base_mhz": base_hz / 1_000_000 if base_hz else None,  # Hz => MHz
        "max_mhz": max_hz / 1_000_000 if max_hz else None,  # Hz => MHz
    }


def system_shape(*, version: str, machine: str, arm64: bool) -> Facts:
    """Facts of ``system``.

    Args:
        version: ``kern.osproductversion``, e.g. ``14.5``.
        machine: What this process runs as; ``x86_64`` under Rosetta.
        arm64: ``hw.optional.arm64``, true also under Rosetta.
    """
    architecture = "arm64" if arm64 else machine
    return {
        "system": "macos",
        "version": version,
        "edition": f"macOS {version}" if version else "",
        "bits": 64 if "64" in architecture else 32,
        "architecture": architecture,
    }


def virtual_shape(hypervisor: int | None) -> Facts:
    """Facts of ``virtual`` out of ``kern.hv_vmm_present``; none where it does not exist."""
    return {"virtual": None if hypervisor is None else hypervisor != 0}


def power_shape(*, battery: bool, percent: float | None, plugged: bool | None) -> Facts:
    """Facts of ``power``."""
    return {"battery": battery, "mains": plugged if battery else True, "percent": percent}


def input_shape(devices: Iterable[tuple[str, str, bool, int, int]]) -> Facts:
    """Facts of ``input_devices``.

    Args:
        devices: Kind, ``Transport``, ``Built-In``, vendor and product of each; several interfaces
            of one device count once.
    """
    found = {
        (
            kind,
            "internal" if built_in else _TRANSPORTS.get(transport, "unknown"),
            vendor,
            product,
        )
        for kind, transport, built_in, vendor, product in devices
    }
    return {"devices": [{"kind": kind, "bus": bus} for kind, bus, _, _ in sorted(found)]}
