"""The app for macOS: what it tells the system of itself, its signature, its disk image.

NOT RUN: written and read against Apple's documentation, on no Mac so far (docs/delivery.md).
"""

from __future__ import annotations

import os
import platform
import shutil
from typing import TYPE_CHECKING

from steps import HERE, NAME, ROOT, TITLE, Stop, run, say, settled, tool, version
from trial import facts

if TYPE_CHECKING:
    from pathlib import Path

    from room import Room

IDENTIFIER = "org.readiness.Readiness"
OLDEST = "12.0"
"""What Qt for Python 6.9 asks for."""

INVITATION = "org.readiness.invitation"
JSON = "public.json"
"""Of a report, ``*.readiness.json``, macOS sees only ``json``, which is nobody's to take."""

LANGUAGES = ("en", "de", "es")
MICROPHONE = (
    "Readiness records a few sentences, after you agree, to measure your microphone and your room. "
    "The recording stays in memory and is dropped afterwards."
)
"""Shown by the system when it asks; other languages: ``macos/*.lproj/InfoPlist.strings``.

Without this text macOS ends the program when it opens the microphone; without the entitlement a
program with the hardened runtime gets noughts instead of sound."""

SIZES = (16, 32, 128, 256, 512)


def info(number: str) -> dict[str, object]:
    """What ``Info.plist`` says beside what PyInstaller writes."""
    return {
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": number,
        "CFBundleVersion": number,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": list(LANGUAGES),
        "LSMinimumSystemVersion": OLDEST,
        "LSApplicationCategoryType": "public.app-category.utilities",
        "NSHighResolutionCapable": True,
        "NSMicrophoneUsageDescription": MICROPHONE,
        "CFBundleDocumentTypes": [
            _document(INVITATION, "Invitation to a home office check", "Owner"),
            _document(JSON, "Report of a home office check", "Alternate"),
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": INVITATION,
                "UTTypeDescription": "Invitation to a home office check",
                "UTTypeConformsTo": [JSON],
                "UTTypeTagSpecification": {"public.filename-extension": ["readiness-invitation"]},
            },
        ],
    }


def _document(kind: str, name: str, rank: str) -> dict[str, object]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": rank,
        "LSItemContentTypes": [kind],
    }


def build_image(room: Room, out: Path) -> Path:
    """Build the app, let it test itself, sign it where there is a certificate, pack it.

    ``READINESS_SIGN_AS`` names a "Developer ID Application" certificate of the keychain, and
    ``READINESS_NOTARY`` a profile of ``notarytool store-credentials``. Without them the app carries
    an ad-hoc signature, and macOS will refuse to open it by a double click.

    Raises:
        Stop: This is no Mac, or a step fails.
    """
    if platform.system() != "Darwin":
        raise Stop("an app for macOS is built on macOS")
    from folder import build_folder

    sign_as, notary = (
        os.environ.get("READINESS_SIGN_AS", ""),
        os.environ.get("READINESS_NOTARY", ""),
    )
    app = build_folder(room, architecture=platform.machine(), sign_as=sign_as, icon=_icon(room))
    for language in LANGUAGES:
        source = HERE / "macos" / f"{language}.lproj"
        shutil.copytree(source, app / "Contents" / "Resources" / source.name)
    # Whatever was added after PyInstaller signed it breaks the seal: sign it again, last.
    _sign(app, sign_as)
    facts(run([app / "Contents" / "MacOS" / NAME, "--self-test", "--json"], cwd=room.work))
    path = out / f"{NAME}-{version()}-macos-{platform.machine()}.dmg"
    _image(app, path)
    if sign_as and notary:
        say("Notarising …")
        run(
            ["/usr/bin/xcrun", "notarytool", "submit", path, "--keychain-profile", notary, "--wait"]
        )
        run(["/usr/bin/xcrun", "stapler", "staple", path])
    return path


def _sign(app: Path, sign_as: str) -> None:
    """Sign the app itself; PyInstaller has signed every library in it, each by itself."""
    hardened = ["--options", "runtime", "--timestamp"] if sign_as else []
    entitled: list[str | Path] = ["--entitlements", HERE / "macos" / "entitlements.plist"]
    codesign: list[str | Path] = ["/usr/bin/codesign", "--force", "--sign", sign_as or "-"]
    run([*codesign, *hardened, *entitled, app])
    run(["/usr/bin/codesign", "--verify", "--deep", "--strict", app])


def _image(app: Path, path: Path) -> None:
    """A disk image with the app and a link to the folder of applications."""
    place = app.parent / "image"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copytree(app, place / app.name, symlinks=True)
    (place / "Applications").symlink_to("/Applications")
    path.unlink(missing_ok=True)
    run(
        [
            *(tool("hdiutil", "macOS"), "create", "-volname", TITLE, "-format", "ULFO"),
            *("-srcfolder", place, path),
        ],
        env=settled(),
    )


def _icon(room: Room) -> str:
    """The ``.icns`` file, drawn from the product's own picture."""
    iconutil = tool("iconutil", "macOS")
    folder = room.work / "readiness.iconset"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    picture = ROOT / "resources" / "icons" / "readiness.svg"
    for size in SIZES:
        for scale, mark in ((1, ""), (2, "@2x")):
            target = folder / f"icon_{size}x{size}{mark}.png"
            run([room.tools, HERE / "draw.py", picture, str(size * scale), target])
    made = room.work / "readiness.icns"
    run([iconutil, "-c", "icns", "-o", made, folder])
    return str(made)
