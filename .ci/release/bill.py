"""The bill of materials (CycloneDX), by cyclonedx-py; what is no package of Python is added."""

from __future__ import annotations

import json
import platform
import sys
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any

from licences import licence_of
from steps import NAME, ROOT, run, say, version

if TYPE_CHECKING:
    from pathlib import Path

    from room import Room

SPECIFICATION = "1.6"
PACKER = "pyinstaller"


def write_bill(room: Room, path: Path) -> Path:
    """Write what the product is made of, as CycloneDX in JSON.

    Raises:
        Stop: The tool fails, or finds its own document wrong.
    """
    say(f"{path.name} …")
    run(
        [
            *(room.tools, "-m", "cyclonedx_py", "environment"),
            *("--spec-version", SPECIFICATION, "--output-format", "JSON", "--validate"),
            *("--mc-type", "application", "--pyproject", ROOT / "pyproject.toml"),
            "--output-reproducible",
            *("--output-file", path, room.runtime),
        ]
    )
    bill = json.loads(path.read_text(encoding="utf-8"))
    _complete(bill, platform.python_version())
    if sys.platform in ("linux", "darwin"):
        bill["components"].append(_loader(room))
    return _write(bill, path)


def write_bill_of_folder(room: Room, packages: Path, python: str, path: Path) -> Path:
    """The same for a folder of packages that belongs to no Python of this system.

    Args:
        room: Whose tools are used.
        packages: The folder.
        python: The version of the Python that goes with it.
        path: The document.

    Raises:
        Stop: The tool fails, or finds its own document wrong.
    """
    say(f"{path.name} …")
    found = {one.name: one for one in distributions(path=[str(packages)])}
    listed = room.work / "packages.txt"
    lines = sorted(f"{one.name}=={one.version}\n" for one in found.values())
    listed.write_text("".join(lines), encoding="utf-8")
    run(
        [
            *(room.tools, "-m", "cyclonedx_py", "requirements"),
            *("--spec-version", SPECIFICATION, "--output-format", "JSON", "--validate"),
            *("--mc-type", "application", "--pyproject", ROOT / "pyproject.toml"),
            "--output-reproducible",
            *("--output-file", path, listed),
        ]
    )
    bill = json.loads(path.read_text(encoding="utf-8"))
    for component in bill["components"]:
        stated = licence_of(found[component["name"]])
        component["licenses"] = [{"license": {"name": stated}}]
    _complete(bill, python)
    return _write(bill, path)


def _complete(bill: dict[str, Any], python: str) -> None:
    """Add what is no package of Python: Qt, and Python itself."""
    bill["metadata"]["component"]["version"] = version()
    qt = _version_in(bill, "pyside6")
    bill["components"] += [
        _component("qt", qt, "LGPL-3.0-only", f"pkg:generic/qt@{qt}"),
        _component("cpython", python, "PSF-2.0", f"pkg:generic/python@{python}"),
    ]


def _loader(room: Room) -> dict[str, object]:
    """What PyInstaller puts in front of the program."""
    ask = f"from importlib.metadata import version; print(version('{PACKER}'))"
    number = run([room.tools, "-c", ask]).strip()
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    return _component(f"{PACKER}-bootloader", number, licence, f"pkg:pypi/{PACKER}@{number}")


def _write(bill: dict[str, Any], path: Path) -> Path:
    text = json.dumps(bill, indent=2, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return path


def _component(name: str, number: str, licence: str, purl: str) -> dict[str, object]:
    return {
        "type": "library",
        "bom-ref": f"{NAME}-{name}",
        "name": name,
        "version": number,
        "licenses": [{"expression": licence}],
        "purl": purl,
    }


def _version_in(bill: dict[str, Any], begin: str) -> str:
    """The version of the component whose name begins so."""
    named = ((str(one["name"]), str(one["version"])) for one in bill["components"])
    return next(number for name, number in named if name.casefold().startswith(begin))
