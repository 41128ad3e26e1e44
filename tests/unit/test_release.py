"""What builds the release: what goes in, what stays out, what is told, what is checked."""

from __future__ import annotations

import configparser
import plistlib
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from readiness import __version__
from readiness.handed_file import KINDS
from readiness.locale import languages
from tests.release_code import HERE, ROOT, release_script

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


steps, frozen, folder, libraries, licences, trial, mac_app, room = map(
    release_script,
    ("steps", "frozen", "folder", "libraries", "licences", "trial", "mac_app", "room"),
)


# --- what goes in and what stays out --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "file", "kept"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", "/env/PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "/env/PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("libQt6Network.so.6", "/env/PySide6/Qt/lib/libQt6Network.so.6", False),
        ("libQt6Gui.so.6", "/env/PySide6/Qt/lib/libQt6Gui.so.6", True),
        ("PySide6/Qt/lib/libicudata.so.73", "/env/PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/QtWidgets.abi3.so", "/env/PySide6/QtWidgets.abi3.so", True),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/env/libcups.so", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/env/libqxcb.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/env/libqgtk3.so", False),
        (
            "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
            "/env/k.so",
            False,
        ),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", "/env/libqjpeg.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "/env/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", "/env/qtbase_fr.qm", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", "/env/qmldir", False),
        ("babel/locale-data/de_AT.dat", "/env/babel/locale-data/de_AT.dat", True),
        ("babel/locale-data/root.dat", "/env/babel/locale-data/root.dat", True),
        ("babel/locale-data/fr.dat", "/env/babel/locale-data/fr.dat", False),
        ("libgtk-3.so.0", "/usr/lib/x86_64-linux-gnu/libgtk-3.so.0", False),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so", True),
        ("numpy.libs/libscipy_openblas64_.so", "/env/numpy.libs/libscipy_openblas64_.so", True),
        ("numpy/_core/_simd.cpython-311-x86_64-linux-gnu.so", "/env/_simd.so", False),
        ("numpy/_core/_umath_tests.cpython-311-x86_64-linux-gnu.so", "/env/t.so", False),
        ("scipy/ndimage/_cytest.cpython-311-x86_64-linux-gnu.so", "/env/_cytest.so", False),
        ("scipy/ndimage/_nd_image.cpython-311-x86_64-linux-gnu.so", "/env/_nd.so", True),
    ],
)
def test_of_others_only_what_the_product_uses_is_packaged(
    name: str,
    file: str,
    kept: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert bool(frozen.wanted([(name, file, "BINARY")])) is kept


def test_a_link_stays_with_what_it_leads_to() -> None:
    links = [
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", frozen.LINK),
        ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", frozen.LINK),
    ]

    assert [name for name, *_ in frozen.wanted(links)] == ["libQt6Core.so.6"]


def test_of_a_programming_language_s_colours_nothing_is_packaged() -> None:
    names = ["pygments.lexers", "pygments.lexers._mapping", "pygments.lexers.ada", "rich.text"]
    names += ["pygments.styles.default", "pygments.styles.vim"]

    found = frozen.modules_wanted([(name, "", "PYMODULE") for name in names])

    kept = {"pygments.lexers", "pygments.lexers._mapping", "pygments.styles.default", "rich.text"}
    assert {name for name, *_ in found} == kept


def test_what_lies_beside_the_packer_is_not_packaged() -> None:
    """Its licence would be missing."""
    files = [
        "/env/tools/chardet/__init__.py",
        "/env/tools/PyInstaller/fake-modules/_pyi_rth_utils/__init__.py",
        "/env/runtime/click/core.py",
    ]

    found = frozen.without_tools([("", file, "PYMODULE") for file in files], Path("/env/tools"))

    assert [file for _, file, _ in found] == files[1:]


@pytest.mark.parametrize(
    ("place", "stays"),
    [
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("shiboken6/Shiboken.abi3.so", True),
        ("_soundfile_data/libsndfile_x86_64.so", True),
        ("libQt6Core.so.6", True),
        ("libicudata.so.73", True),
        ("libquadmath-96973f99-934c22de.so.0.0.0", True),
        ("libscipy_openblas-6cdc3b4a.so", True),
        ("libscipy_openblas64_-32a4b2a6.so", True),
        ("typst/_typst.abi3.so", False),
        ("libpython3.11.so.1.0", False),
    ],
)
def test_what_is_under_the_lgpl_is_given_out_as_it_was_built(
    place: str,
    stays: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """The notice says that these are unchanged."""
    assert folder.stays_as_built(Path(place)) is stays


def test_every_module_and_every_file_of_data_goes_in() -> None:
    modules = frozen.modules(ROOT)
    probes = {path.stem for path in (ROOT / "readiness" / "probes").glob("[a-z]*.py")}
    data = {Path(file).relative_to(ROOT).as_posix() for file, _ in frozen.datas(ROOT)}

    assert {f"readiness.probes.{name}" for name in probes} <= set(modules)
    assert {"ui.guide.welcome", "readiness", "readiness.cli.check"} <= set(modules)
    assert {"resources/profiles/typical-voice.toml", "resources/icons/readiness.svg"} <= data
    assert "readiness/desk_archive/migrations/versions/first_form.py" in data


def _imported() -> set[str]:
    """What the product imports, also inside functions."""
    used = set()
    for path in (*ROOT.glob("readiness/**/*.py"), *ROOT.glob("ui/**/*.py")):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE))
    return used


def test_nothing_that_the_product_imports_is_excluded() -> None:
    assert not _imported() & set(frozen.EXCLUDED)


REFUSED = """
import sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in {excluded!r}):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Refused())
{imports}
"""


def test_nothing_that_libraries_for_sound_import_is_excluded() -> None:
    """SciPy loads all of NumPy when it is first used, f2py too: a name in a list, no import."""
    lines = set()
    for path in (ROOT / "readiness" / "dsp").rglob("*.py"):
        found = re.findall(
            r"^\s*(from scipy[\w.]* import .*)$", path.read_text("utf-8"), re.MULTILINE
        )
        lines |= set(found)
    code = REFUSED.format(excluded=frozen.EXCLUDED, imports="\n".join(sorted(lines)))

    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT
    )

    assert lines
    assert done.stderr == ""


def test_the_library_of_every_qt_module_that_the_product_imports_goes_in() -> None:
    found = {name.removeprefix("PySide6.Qt") for name in _imported() if "PySide6.Qt" in name}

    assert found <= set(frozen.QT_LIBRARIES)


def test_the_languages_are_the_product_s() -> None:
    assert set(frozen.LANGUAGES) == set(mac_app.LANGUAGES) == set(languages())


def test_the_version_is_read_without_importing() -> None:
    assert steps.version() == __version__


def test_everything_that_the_product_needs_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert room.dependencies() == project["dependencies"]


# --- the system's libraries -----------------------------------------------------------------------

DYNAMIC = """
Dynamic section at offset 0x2d58 contains 3 entries:
  Tag        Type                         Name/Value
 0x0000000000000001 (NEEDED)             Shared library: [libxcb-cursor.so.0]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x000000000000001d (RUNPATH)            Library runpath: [$ORIGIN]
"""
VERSIONS = """
  0x0010:   Name: GLIBC_2.2.5  Flags: none  Version: 4
  0x0020:   Name: GLIBC_2.34  Flags: none  Version: 3
  0x0030:   Name: GLIBCXX_3.4.29  Flags: none  Version: 2
"""


def test_what_a_library_needs_is_read_from_it() -> None:
    assert libraries.needed(DYNAMIC) == {"libxcb-cursor.so.0", "libc.so.6"}
    assert max(libraries.glibc_versions(VERSIONS)) == (2, 34)


def test_the_package_names_what_is_loaded_by_name_under_both_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brought = {"libz.so.1": "zlib1g", "libglib-2.0.so.0": "libglib2.0-0t64"}
    monkeypatch.setattr(libraries, "_cache", lambda: {name: name for name in brought})
    monkeypatch.setattr(libraries, "_package", brought.__getitem__)

    named = libraries.packages(libraries.Needs(libraries=tuple(brought), glibc=(2, 34)))

    assert named[0] == "libc6 (>= 2.34)"
    assert {"zlib1g", "libportaudio2", "libpulse0", "libglib2.0-0t64 | libglib2.0-0"} <= set(named)
    assert not {"xvfb", "libglib2.0-0"} & set(named)


def test_all_that_the_building_system_lacks_is_told_at_once_with_debians_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libraries, "_cache", dict)
    lacking = ("libwayland-cursor.so.0", "libxkbcommon-x11.so.0", "libz.so.1")

    with pytest.raises(steps.Stop) as stop:
        libraries.packages(libraries.Needs(libraries=lacking, glibc=(2, 34)))

    assert all(name in str(stop.value) for name in lacking)
    assert "are called: libwayland-cursor0 libxkbcommon-x11-0 libz1" in str(stop.value)


# --- licences -------------------------------------------------------------------------------------


def _package(site: Path, name: str, **files: str) -> Distribution:
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nLicense-Expression: MIT\n"
    record = [f"{info.name}/METADATA,,", f"{info.name}/RECORD,,"]
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    for place, text in files.items():
        path = info / place.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        record.append(f"{path.relative_to(site).as_posix()},,")
    (info / "RECORD").write_text("\n".join(record), encoding="utf-8")
    return Distribution.at(info)


def test_the_texts_are_those_that_a_package_brings(tmp_path: Path) -> None:
    found = _package(tmp_path, "thing", licenses__LICENSE="the text", COPYING="more", notes="x")

    assert dict(licences.texts_of(found)) == {"LICENSE": b"the text", "COPYING": b"more"}
    assert licences.licence_of(found) == "MIT"


def test_a_package_without_a_text_stops_the_release(tmp_path: Path) -> None:
    _package(tmp_path / "site", "thing")

    with pytest.raises(steps.Stop, match=r"thing 1\.0 carries no licence text"):
        licences.write_licences(tmp_path / "out", tmp_path / "site")


def test_the_notice_meets_what_qt_s_licence_asks() -> None:
    """LGPL-3, section 4: notice, texts, replaceable libraries; and where the source is."""
    notice = (HERE / "notice.txt").read_text(encoding="utf-8")

    assert set(re.findall(r"(?<!\{)\{(\w+)\}", notice)) == {"version", "qt", "packages"}
    for said in ("LGPL-3.txt", "GPL-3.txt", "Replace them", "download.qt.io", "take it apart"):
        assert said in notice
    assert {"LGPL-3", "GPL-3"} <= set(licences.GNU)
    assert all(f"_internal/{name}" in notice for name in frozen.REPLACEABLE)


def test_every_package_under_the_lgpl_can_be_replaced() -> None:
    """Compiled ones are shared libraries; one in Python must not be in the program's archive."""
    of_the_lgpl = {
        found.name.casefold()
        for name in room.dependencies()
        for found in distributions(name=re.split(r"[^\w-]", name)[0])
        if re.search(
            "LGPL|Lesser", f"{licences.licence_of(found)} {found.metadata.get_all('License')}"
        )
    }

    libraries_of_their_own = {"pyside6_essentials", "scipy"}  # scipy: libquadmath, beside it
    assert of_the_lgpl - libraries_of_their_own == set(frozen.REPLACEABLE)


def test_a_self_test_that_finds_a_fault_stops_the_release() -> None:
    told = '{"whole": false, "steps": [{"id": "window", "fault": "no fonts", "facts": {}}]}'

    with pytest.raises(steps.Stop, match="window: no fonts"):
        trial.facts(told)


# --- what systems read ----------------------------------------------------------------------------


def _mime() -> ET.Element:
    path = HERE / "linux" / "readiness-mime.xml"
    return ET.parse(path).getroot()  # noqa: S314 - our own file


def _desktop() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are told apart by case
    parser.read(HERE / "linux" / "readiness.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_menu_speaks_every_language_and_opens_our_files() -> None:
    entry = _desktop()
    types = _mime().findall(f"{MIME}mime-type")

    for key in ("GenericName", "Comment", "Keywords"):
        said = {name for name in entry if name.partition("[")[0] == key}
        assert said == {key, *(f"{key}[{tag}]" for tag in languages() if tag != "en")}
    assert entry["Exec"] == "readiness %f"
    assert entry["MimeType"].strip(";").split(";") == [one.get("type") for one in types]
    for one in types:
        tags = {
            comment.get("{http://www.w3.org/XML/1998/namespace}lang", "en")
            for comment in one.findall(f"{MIME}comment")
        }
        assert tags == set(languages())


def test_the_file_types_are_those_that_the_program_opens() -> None:
    globs = [glob.get("pattern", "") for glob in _mime().iter(f"{MIME}glob")]

    assert globs == ["*.readiness-invitation", "*.readiness.json"]
    assert all(any(pattern.endswith(ending) for ending in KINDS) for pattern in globs)


def test_a_mac_is_told_why_the_microphone_is_used_in_every_language() -> None:
    """Without the text the system ends the program; without the entitlement it hears noughts."""
    info: dict[str, Any] = mac_app.info(__version__)
    with (HERE / "macos" / "entitlements.plist").open("rb") as stream:
        allowed = plistlib.load(stream)
    said = {
        path.parent.name.removesuffix(".lproj"): path.read_text(encoding="utf-8")
        for path in HERE.glob("macos/*.lproj/InfoPlist.strings")
    }

    assert allowed["com.apple.security.device.audio-input"] is True
    assert set(said) == set(languages())
    assert all(text.startswith("NSMicrophoneUsageDescription = ") for text in said.values())
    assert info["NSMicrophoneUsageDescription"] in said["en"]
    plistlib.dumps(info)
