"""The package in a bare Debian: installed with what it names, tried off and on a screen, removed.

Needs root, debootstrap and the mirror that this system uses. The tree is made anew each time. Only
what installs may use the network; the program is tried without any.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from chroot import inside
from odd_places import ON_SCREEN, try_odd_places
from steps import HERE, NAME, Stop, run, say, tool
from trial import facts
from unlucky import try_bad_luck

DESKTOP = "xvfb libglib2.0-bin shared-mime-info desktop-file-utils"
"""A screen, and what a desktop tells the types of files with."""

HANDED = "srv"
"""Where the package lies in the tree."""

TAKEN_ALONG = ("apt/apt.conf.d", "resolv.conf", "hosts", "ssl/certs")
"""How this system reaches its mirror."""

OURS = f'find / -xdev -iname "*{NAME}*" -not -path "/{HANDED}/*" -not -path "/proc/*"'
"""Whatever is called like the product; what it keeps of a person lies in a folder so called."""

OF_PEOPLE = tuple(f"/{top}/" for top in ("root", "home"))


def try_package(deb: Path, work: Path) -> None:
    """Install, try, remove.

    Raises:
        Stop: This is no Debian where we are root, or a step fails.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Stop("the bare tree needs root on Debian")
    tree = work / "bare"
    shutil.rmtree(tree, ignore_errors=True)
    mirror, release = _mirror()
    say(f"Bare {release} …")
    run([tool("debootstrap", "debootstrap"), "--variant=minbase", release, tree, mirror])
    for name in TAKEN_ALONG:
        _take_along(Path("/etc") / name, tree / "etc" / name)
    shutil.copy(deb, tree / HANDED)
    path = f"/{HANDED}/{deb.name}"
    inside(tree, "apt-get update -qq", network=True)
    apt = "DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends"
    say("Install …")
    inside(tree, f"{apt} install {path}", network=True)
    facts(inside(tree, f"{NAME} --self-test --json"))
    inside(tree, f"{apt} install {DESKTOP}", network=True)
    seen = facts(inside(tree, f"{ON_SCREEN} {NAME} --self-test --on-screen --json"))
    say(f"On a screen: {seen['window']['platform']}")
    _try_file_types(tree)
    try_odd_places(tree)
    try_bad_luck(tree, path)
    _remove(tree, f"{apt} purge {NAME}")
    shutil.rmtree(tree)


def _try_file_types(tree: Path) -> None:
    """The desktop knows what an invitation and a report are, and who opens them.

    Raises:
        Stop: It does not.
    """
    said = (HERE / "linux" / f"{NAME}.desktop").read_text(encoding="utf-8")
    types = said.partition("MimeType=")[2].partition("\n")[0].strip(";").split(";")
    for kind, ending in zip(types, ("readiness-invitation", "readiness.json"), strict=True):
        ask = f"echo {{}} > /tmp/x.{ending}; gio info -a standard::content-type /tmp/x.{ending}"
        ask += f"; rm /tmp/x.{ending}; gio mime {kind}"
        told = inside(tree, ask)
        if kind not in told or f"{NAME}.desktop" not in told:
            raise Stop(f"*.{ending} is not ours: {told}")
    say("File types: known")


def _remove(tree: Path, command: str) -> None:
    """Remove the package; nothing is left but what a person keeps.

    Raises:
        Stop: There is.
    """
    say("Remove …")
    kept = set(_called_like_us(tree, of_people=True))
    inside(tree, command)
    left = list(_called_like_us(tree, of_people=False))
    if left:
        raise Stop(f"left after removing: {', '.join(left)}")
    if kept != set(_called_like_us(tree, of_people=True)):
        raise Stop("removing took something of a person's along")
    say(f"Nothing is left; kept in people's folders: {len(kept)} files and folders")


def _called_like_us(tree: Path, *, of_people: bool) -> list[str]:
    found = inside(tree, OURS).splitlines()
    return [path for path in found if path.startswith(OF_PEOPLE) is of_people]


def _mirror() -> tuple[str, str]:
    """Where this system gets its packages, and its release."""
    apt = tool("apt-get", "apt")
    told = run([apt, "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Identifier: Packages"])
    known = [line.split() for line in told.splitlines() if len(line.split()) == 2]  # noqa: PLR2004 - as asked for
    plain = [(uri, name) for uri, name in known if "-" not in name]
    if not plain:
        raise Stop("apt knows no mirror; run apt-get update first")
    return plain[0]


def _take_along(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
