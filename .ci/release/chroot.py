"""A command in a bare tree, with nothing of this system's environment."""

from __future__ import annotations

from pathlib import Path

from steps import run, tool

BEGIN = """
tree=$1
mount -t proc proc "$tree/proc" && mount -t tmpfs own "$tree/tmp" || exit
{before} || exit
exec chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    /bin/sh -c "$2"
"""


def inside(tree: Path, command: str, *, before: str = ":", network: bool = False) -> str:
    """Run a shell command in the tree, as root; returns its standard output.

    What is mounted for it is gone afterwards, so is every process that it left behind, and its
    ``/tmp``, in which the screen of an earlier command would else seem to be alive.

    Args:
        tree: The folder.
        command: For the tree's shell.
        before: What is done first, outside of the tree, which is called ``$tree`` there.
        network: Whether it may use this system's; else it is in one that not even has a loopback.

    Raises:
        Stop: It failed.
    """
    apart = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    if not network:
        apart.append("--net")
    begin = ["/bin/sh", "-c", BEGIN.format(before=before), "sh", str(tree), command]
    return run([tool("unshare", "util-linux"), *apart, *begin], cwd=Path("/"))
