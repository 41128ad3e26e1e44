"""A command in a bare tree, with nothing of this system's environment."""

from __future__ import annotations

from pathlib import Path

from steps import run, tool


def inside(tree: Path, command: str, *, before: str = "true") -> str:
    """Run a shell command in the tree, as root; what is mounted for it is gone afterwards.

    Args:
        tree: The folder.
        command: Without single quotes.
        before: What is done first, outside of the tree.

    Raises:
        Stop: It failed.
    """
    begin = f"mount -t proc proc {tree}/proc && {before} && exec chroot {tree} /usr/bin/env -i "
    begin += "PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 /bin/sh -c "
    private = (tool("unshare", "util-linux"), "--mount", "--propagation", "private")
    return run([*private, "/bin/sh", "-c", f"{begin}'{command}'"], cwd=Path("/"))
