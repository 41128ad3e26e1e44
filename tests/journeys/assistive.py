"""Acts on a window as assistive technology does: over AT-SPI, knowing only roles and names.

Run by the system's Python, which has ``gi``. Reads one JSON command a line from standard input and
answers with one JSON line: ``{"ok": true, ...}`` or ``{"ok": false, "tree": [...]}``.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - the version is chosen first

PATIENCE_S = 60.0
APPLICATION = "Readiness"


def showing(node: Any) -> bool:  # noqa: ANN401 - gi objects have no types
    """Whether it is on the screen."""
    return bool(node.get_state_set().contains(Atspi.StateType.SHOWING))


def walk(node: Any, depth: int = 0) -> Any:  # noqa: ANN401 - gi objects have no types
    """Yield everything below ``node`` that is showing."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is None:
            continue
        yield child
        if depth < 40:
            yield from walk(child, depth + 1)


def application() -> Any:  # noqa: ANN401 - gi objects have no types
    """The program under test on the accessibility bus; none if it is not there yet."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(index)
        if found is not None and found.get_name().lower() == APPLICATION.lower():
            return found
    return None


def find(name: str, role: str = "") -> Any:  # noqa: ANN401 - gi objects have no types
    """What is on the screen by that name and role; else the first whose name contains it."""
    program = application()
    containing = None
    for node in walk(program) if program is not None else ():
        said = node.get_name() or ""
        if name not in said or role not in ("", node.get_role_name()) or not showing(node):
            continue
        if said == name:
            return node
        containing = containing or node
    return containing


def await_one(name: str, role: str, patience: float) -> Any:  # noqa: ANN401 - gi objects
    """Like :func:`find`, waiting until it is there; none when patience is over."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        Atspi.get_desktop(0).clear_cache()
        try:
            node = find(name, role)
        except gi.repository.GLib.Error:  # the page changed while it was read
            node = None
        if node is not None:
            return node
        time.sleep(0.1)
    return None


def tree() -> list[str]:
    """Role and name of everything on the screen, for messages."""
    program = application()
    if program is None:
        return ["no application on the bus"]
    try:
        return [f"{n.get_role_name()}: {n.get_name()}" for n in walk(program) if showing(n)]
    except gi.repository.GLib.Error as error:  # the page changed while it was read
        return [f"unreadable: {error.message}"]


def press(node: Any, patience: float) -> bool:  # noqa: ANN401 - gi objects have no types
    """Press it as soon as it can be pressed; false if that never comes."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        count = Atspi.Action.get_n_actions(node)
        actions = [Atspi.Action.get_action_name(node, i).lower() for i in range(count)]
        wanted = [a for a in ("press", "toggle", "check") if a in actions]
        if wanted:
            return bool(Atspi.Action.do_action(node, actions.index(wanted[0])))
        time.sleep(0.1)
        node.clear_cache()
    return False


def act(command: dict[str, Any]) -> dict[str, Any]:
    """Carry out one command: ``wait``, ``press``, ``type`` or ``tree``."""
    if "tree" in command:
        return {"ok": True, "tree": tree()}
    verb = next(key for key in ("wait", "press", "type") if key in command)
    node = await_one(command[verb], command.get("role", ""), command.get("patience", PATIENCE_S))
    if node is None:
        return {"ok": False, "tree": tree()}
    said = {"ok": True, "name": node.get_name(), "role": node.get_role_name()}  # it may go at once
    if verb == "press" and not press(node, command.get("patience", PATIENCE_S)):
        return {"ok": False, "tree": ["it offers no action", *tree()]}
    if verb == "type":
        Atspi.EditableText.set_text_contents(node, command["text"])
    return said


def main() -> None:
    """Answer commands until standard input ends."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(act(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
