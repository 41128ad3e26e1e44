"""What Wine 10's C library lacks: functions of complex numbers that numpy and scipy link.

Windows' ``ucrtbase.dll`` has them; Wine's names them and ends the program when one is called, which
importing numpy does. For the room alone, and never given out: a ``ucrtbase.dll`` that takes these
from mingw-w64's library and hands everything else on to Wine's, under another name.
"""

from __future__ import annotations

import shutil
import struct
from typing import TYPE_CHECKING

from given import Stop

if TYPE_CHECKING:
    from wine_room import Room

DLLS = "usr/lib/x86_64-linux-gnu/wine/x86_64-windows"
NAME = "ucrtbase"
OTHER = "wineucrt"
COMPLEX = (
    "cabs cacos carg casin catan ccos ccosh cexp cimag clog clog10 conj cproj creal"
    " csin csinh csqrt"
)
"""Not ``cpow``, ``ctan`` and ``ctanh``: these need a compiler's own library too, and nothing here
calls them; whatever does is ended by Wine."""

START = """\
.text
.globl DllMainCRTStartup
DllMainCRTStartup:
  mov $1, %eax
  ret
.globl _fltused
_fltused:
"""

LINK = """
set -e
p=x86_64-w64-mingw32
$p-as start.s -o start.o
$p-dlltool -d {other}.def -l lib{other}.a
$p-dlltool -d {name}.def -e {name}.exp -D {name}.dll
$p-ld -shared --entry DllMainCRTStartup -o {name}.dll start.o {name}.exp {wanted} \
    /usr/x86_64-w64-mingw32/lib/libmingwex.a lib{other}.a
"""


def complete(room: Room) -> None:
    """Give the room's Windows the library.

    Raises:
        Stop: It cannot be made.
    """
    wines = room.tree / DLLS / f"{NAME}.dll"
    system = room.drive / "windows" / "system32"
    names = exports(wines.read_bytes())
    place = room.state / NAME
    place.mkdir(exist_ok=True)
    (place / f"{OTHER}.def").write_text(handed_on(names), encoding="ascii")
    (place / f"{NAME}.def").write_text(offered(names), encoding="ascii")
    (place / "start.s").write_text(START, encoding="ascii")
    wanted = " ".join(f"-u {name}" for name in sorted(set(own(names).values())))
    script = LINK.format(name=NAME, other=OTHER, wanted=wanted)
    room.run(["/bin/sh", "-c", script], cwd=f"/w/{NAME}", limit_s=60)
    # Wine takes what it knows as its own only from beside its others. Another room that shares the
    # tree may run on it already: written anew it would end whatever runs there.
    beside = wines.with_name(f"{OTHER}.dll")
    if not beside.exists():
        shutil.copyfile(wines, beside)
    shutil.copyfile(wines, system / f"{OTHER}.dll")
    shutil.copyfile(place / f"{NAME}.dll", system / f"{NAME}.dll")


def own(names: list[str]) -> dict[str, str]:
    """Which of the names are ours, and as what mingw-w64's library has them.

    What is ``long double`` to Windows is ``double`` there too.
    """
    forms = {
        f"{one}{ending}": f"{one}{ending.strip('l')}"
        for one in COMPLEX.split()
        for ending in ("", "f", "l")
    }
    return {name: forms[name] for name in names if name in forms}


def handed_on(names: list[str]) -> str:
    """The definition of what Wine's library still does."""
    ours = own(names)
    kept = (f'"{name}"\n' for name in names if name not in ours)
    return f"LIBRARY {OTHER}.dll\nEXPORTS\n{''.join(kept)}"


def offered(names: list[str]) -> str:
    """The definition of the library: ours, and everything else from Wine's."""
    ours = own(names)
    lines = (f'"{name}" = "{ours.get(name, f"{OTHER}.{name}")}"\n' for name in names)
    return f"LIBRARY {NAME}.dll\nEXPORTS\n{''.join(lines)}"


def exports(library: bytes) -> list[str]:
    """The names that a 64-bit library for Windows offers.

    Raises:
        Stop: It is none.
    """
    (header,) = struct.unpack_from("<I", library, 0x3C)
    if library[header : header + 4] != b"PE\0\0":
        raise Stop("this is no library for Windows")
    (count,) = struct.unpack_from("<H", library, header + 6)
    (length,) = struct.unpack_from("<H", library, header + 20)
    optional = header + 24
    sections = [
        struct.unpack_from("<IIII", library, optional + length + 40 * i + 8) for i in range(count)
    ]

    def found(address: int) -> int:
        for virtual, begins, raw, offset in sections:
            if begins <= address < begins + max(virtual, raw):
                return int(address - begins + offset)
        raise Stop("the library's table of names points nowhere")

    (table,) = struct.unpack_from("<I", library, optional + 112)
    (many,) = struct.unpack_from("<I", library, found(table) + 24)
    (first,) = struct.unpack_from("<I", library, found(table) + 32)
    starts = struct.unpack_from(f"<{many}I", library, found(first))
    return [_text(library, found(start)) for start in starts]


def _text(library: bytes, start: int) -> str:
    return library[start : library.index(b"\0", start)].decode("ascii")
