"""Stands where a part of a package was left out that is imported and never used.

scipy imports its solver of linear programmes (HiGHS) together with the filters that measure a
voice; nothing of the product solves any, and it takes 8 MB.
"""

from __future__ import annotations

from typing import NoReturn

WHY = "this part of the package is left out of the program"


class LeftOut:
    """Whatever is taken out of it: it can be named, and not used."""

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotImplementedError(WHY)

    def __call__(self, *_: object, **__: object) -> NoReturn:
        """Fail."""
        raise NotImplementedError(WHY)


def __getattr__(name: str) -> LeftOut:
    if name.startswith("__"):
        raise AttributeError(name)
    return LeftOut()
