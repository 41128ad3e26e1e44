"""The package in a bare Debian: installed with what it names, tried off and on a screen, removed.

Needs root, debootstrap and the mirror that this system uses. The tree is made anew each time.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from chroot import inside
from steps import NAME, Stop, run, say, tool
from trial import facts
from unlucky import try_bad_luck

SCREEN = "xvfb"
HANDED = "srv"
"""Where the package lies in the tree."""

TAKEN_ALONG = ("apt/apt.conf.d", "resolv.conf", "hosts", "ssl/certs")
"""How this system reaches its mirror."""


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
    inside(tree, "apt-get update -qq")
    apt = "DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends"
    inside(tree, f"{apt} install /{HANDED}/{deb.name}")
    facts(inside(tree, f"{NAME} --self-test --json"))
    inside(tree, f"{apt} install {SCREEN}")
    seen = facts(inside(tree, f"xvfb-run -a {NAME} --self-test --on-screen --json"))
    say(f"On a screen: {seen['window']['platform']}")
    try_bad_luck(tree, f"/{HANDED}/{deb.name}")
    inside(tree, f"{apt} remove {NAME}")
    left = [path for path in _places(tree) if path.exists()]
    if left:
        raise Stop(f"left after removing: {', '.join(map(str, left))}")
    shutil.rmtree(tree)


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


def _places(tree: Path) -> list[Path]:
    return [
        tree / "usr/lib" / NAME,
        tree / "usr/bin" / NAME,
        tree / "usr/share/applications/readiness.desktop",
        tree / "usr/share/mime/packages/readiness.xml",
        tree / "usr/share/doc" / NAME,
    ]
