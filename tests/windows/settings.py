"""Values of the registry for the time of a test."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Self

assert sys.platform == "win32"

import winreg

if TYPE_CHECKING:
    from types import TracebackType

PERSON, COMPUTER = winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE
_KINDS = {int: winreg.REG_DWORD, str: winreg.REG_SZ, bytes: winreg.REG_BINARY}


class Settings:
    """Writes values; on leaving they are as they were."""

    def __init__(self) -> None:
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._undo.close()

    def set(self, root: int, key: str, **values: int | str | bytes) -> None:
        """Write values below a key, which is made if it is missing."""
        for name, value in values.items():
            with winreg.CreateKeyEx(root, key, 0, winreg.KEY_READ | winreg.KEY_WRITE) as opened:
                try:
                    before = winreg.QueryValueEx(opened, name)
                except FileNotFoundError:
                    self._undo.callback(_remove, root, key, name)
                else:
                    self._undo.callback(_write, root, key, name, *before)
                winreg.SetValueEx(opened, name, 0, _KINDS[type(value)], value)


def _write(root: int, key: str, name: str, value: int | str, kind: int) -> None:
    with winreg.OpenKey(root, key, 0, winreg.KEY_WRITE) as opened:
        winreg.SetValueEx(opened, name, 0, kind, value)


def _remove(root: int, key: str, name: str) -> None:
    with winreg.OpenKey(root, key, 0, winreg.KEY_WRITE) as opened:
        winreg.DeleteValue(opened, name)
