"""A profile while it is written: changed field by field in its own text, each fault named at once.

The text stays the person's: comments, order, spaces and line ends are kept, and a change touches
the lines of what is changed and no others. After each change the text is read anew and compared
with what was meant, so nothing else can have changed. See ``docs/profile-format.md``, "The editor".
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from readiness.model.errors import InputError
from readiness.model.requirement import Operator
from readiness.model.text import N_
from readiness.profiles.document import read_whole, tomorrow
from readiness.profiles.draft import splices
from readiness.profiles.draft.layout import Place, read_layout
from readiness.profiles.draft.values import plain, same, without_empty
from readiness.profiles.faults import Faults
from readiness.profiles.table import PLAIN_LANGUAGE
from readiness.profiles.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.model.requirement import Profile
    from readiness.profiles.draft.layout import Layout

__all__ = ["Place", "ProfileDraft", "read_draft", "said_place"]


@dataclass(frozen=True, kw_only=True)
class ProfileDraft:
    """A profile's text at one moment; a change gives another draft, so an old one can be kept.

    Attributes:
        name: The file's name as the person gave it.
        data: The text: what is written when it is saved.
        tree: The same as tables and values.
        faults: All that is wrong with it, at most 100; what ``profile check`` says of the file.
        profile: What it asks; none while it has faults.
        saved: What the file held when it was opened or saved; none: there is no file yet.
    """

    name: str
    data: bytes
    tree: Mapping[str, Any] = field(compare=False, repr=False)
    faults: tuple[InputError, ...] = field(compare=False)
    profile: Profile | None = field(compare=False, repr=False)
    saved: bytes | None = field(default=None, compare=False, repr=False)

    @property
    def changed(self) -> bool:
        """Whether it differs from the file."""
        return self.data != self.saved

    def value(self, place: Place) -> Any:  # noqa: ANN401 - whatever stands there
        """A copy of what stands at a place; none if nothing does."""
        return copy.deepcopy(self._found(place))

    def seen(self, place: Place) -> Any:  # noqa: ANN401 - the same
        """What stands at a place, to be looked at and not changed: a copy takes its time."""
        return self._found(place)

    def faults_at(self, place: Place) -> tuple[InputError, ...]:
        """What is wrong with a place or with anything in it; with no place: everything."""
        if not place:
            return self.faults
        said = said_place(place)
        below = (f"{said}.", f"{said}[")
        found = ((one, one.where.removeprefix(f"{self.name}: ")) for one in self.faults)
        return tuple(one for one, at in found if at == said or at.startswith(below))

    def put(self, place: Place, value: object) -> ProfileDraft:
        """Set a value; tables that are missing above it are made.

        Args:
            place: Where.
            value: True or false, a number, a text, a day, a list or a table of such.

        Raises:
            InputError: ``profile-place``: the text is written in a way in which that place can
                only be changed by hand; or the file would be too large.
            TypeError: Such a value has no form in TOML.
        """
        meant, found = plain(value), self._found(place)
        if same(plain(found), meant):
            return self
        if isinstance(found, dict) and isinstance(meant, dict):
            return self._refilled(place, found, meant)
        place, meant = self._with_tables(place, meant)
        tree = copy.deepcopy(dict(self.tree))
        around = self._around(tree, place)
        if isinstance(around, list) and not self._has(place):
            raise _no_place(self.name, place)
        around[place[-1]] = meant
        return self._spliced(place, tree, lambda layout: splices.put(layout, place, meant))

    def drop(self, place: Place) -> ProfileDraft:
        """Remove a value, a table or an entry of a list.

        Raises:
            InputError: ``profile-place``: there is none, or it can only be changed by hand.
        """
        tree = copy.deepcopy(dict(self.tree))
        around = self._around(tree, place)
        if not self._has(place):
            raise _no_place(self.name, place)
        del around[place[-1]]
        return self._spliced(place, tree, lambda layout: splices.drop(layout, place))

    def add(self, place: Place, entry: Mapping[str, object], at: int | None = None) -> ProfileDraft:
        """Put an entry into a list of tables, by default at its end; the list may be missing.

        Raises:
            InputError: ``profile-place``: it can only be changed by hand; or too large.
        """
        meant = plain(dict(entry))
        listed = self._found(place)
        if listed is None and len(place) > 1:
            return self.put(place, [meant])
        tree = copy.deepcopy(dict(self.tree))
        around = self._around(tree, place)
        entries = around.setdefault(place[-1], []) if isinstance(around, dict) else None
        if not isinstance(entries, list):
            raise _no_place(self.name, place)
        number = len(entries) if at is None else min(max(at, 0), len(entries))
        entries.insert(number, meant)
        return self._spliced(place, tree, lambda layout: splices.add(layout, place, meant, number))

    def move(self, place: Place, to: int) -> ProfileDraft:
        """Give an entry of a list another place in it.

        Raises:
            InputError: ``profile-place``: there is none, or it can only be changed by hand.
        """
        *above, number = place
        home, listed = tuple(above), self._found(tuple(above))
        if not self._has(place) or not isinstance(listed, list) or not isinstance(number, int):
            raise _no_place(self.name, place)
        order = [other for other in range(len(listed)) if other != number]
        order.insert(max(to, 0), number)
        tree = copy.deepcopy(dict(self.tree))
        self._around(tree, home)[home[-1]] = [copy.deepcopy(listed[other]) for other in order]
        return self._spliced(place, tree, lambda layout: splices.reorder(layout, home, order))

    def compare(self, place: Place, operator: Operator, threshold: object) -> ProfileDraft:
        """Let the criterion at ``place`` compare in this way and in no other. Raises as ``put``."""
        draft = self.put((*place, operator.value), threshold)
        for other in Operator:
            if other is not operator and draft._has((*place, other.value)):  # noqa: SLF001 - own
                draft = draft.drop((*place, other.value))
        return draft

    def _found(self, place: Place) -> Any:  # noqa: ANN401 - the same
        found: Any = self.tree
        for key in place:
            if isinstance(found, list) and isinstance(key, int):
                found = found[key] if 0 <= key < len(found) else None
            else:
                found = found.get(key) if isinstance(found, dict) else None
        return found

    def _has(self, place: Place) -> bool:
        return bool(place) and self._found(place) is not None

    def _around(self, tree: dict[str, Any], place: Place) -> Any:  # noqa: ANN401 - table or list
        """What ``place`` stands in, in ``tree``. Raises ``InputError``: it is no table or list."""
        found: Any = tree
        for key in place[:-1]:
            inside = isinstance(found, dict) and key in found
            entry = isinstance(found, list) and isinstance(key, int) and 0 <= key < len(found)
            if not inside and not entry:
                raise _no_place(self.name, place)
            found = found[key]
        if not place or not isinstance(found, dict | list):
            raise _no_place(self.name, place)
        return found

    def _with_tables(self, place: Place, value: object) -> tuple[Place, Any]:
        """The place that is there, and what it must hold so that ``place`` holds ``value``."""
        while len(place) > 1 and isinstance(place[-1], str):
            around = self._found(place[:-1])
            if isinstance(around, str):  # a plain text counts as English
                return place[:-1], {PLAIN_LANGUAGE: around, place[-1]: value}
            if around is not None:
                break
            place, value = place[:-1], {place[-1]: value}
        return place, value

    def _refilled(self, place: Place, found: dict[str, Any], meant: dict[str, Any]) -> ProfileDraft:
        """Change only the keys of a table that differ, so that the others keep their lines."""
        draft = self
        for key, value in meant.items():
            draft = draft.put((*place, key), value)
        for key in found:
            if key not in meant:
                draft = draft.drop((*place, key))
        return draft

    def _spliced(
        self, place: Place, tree: Mapping[str, Any], splice: Callable[[Layout], str]
    ) -> ProfileDraft:
        """The draft after a change of the text, which must mean ``tree`` and nothing else."""
        try:
            data = splice(read_layout(self.data.decode())).encode()
        except splices.NoPlaceError as error:
            raise _no_place(self.name, place) from error
        except UnicodeEncodeError as error:
            raise InputError(
                "profile-half-character",
                N_("The text holds half of a character."),
                where=f"{self.name}: {said_place(place)}",
                hint=N_("Type the text anew instead of copying it."),
            ) from error
        draft = read_draft(data, self.name)
        if not same(without_empty(draft.tree), without_empty(tree)):
            raise _no_place(self.name, place)
        return replace(draft, saved=self.saved)


def read_draft(data: bytes, name: str) -> ProfileDraft:
    """A draft of a profile's bytes; it may have faults, but it must be TOML.

    Raises:
        InputError: It is no TOML, too large or too deep; nothing in it can be shown.
    """
    faults = Faults(name)
    tree = read_tree(data, faults)
    if tree is None:
        raise faults.found[0]
    profile = read_whole(tree, data, faults, today=tomorrow())
    return ProfileDraft(
        name=name,
        data=data,
        tree=tree,
        faults=tuple(faults.found),
        profile=None if faults.found else profile,
    )


def said_place(place: Place) -> str:
    """A place as faults name it: ``requirement[2].any_of[0].unit``."""
    said = ""
    for key in place:
        said += f"[{key}]" if isinstance(key, int) else f".{key}" if said else key
    return said


def _no_place(name: str, place: Place) -> InputError:
    return InputError(
        "profile-place",
        N_("This place of the file cannot be changed here."),
        where=f"{name}: {said_place(place)}",
        hint=N_("Change it with a text editor, then open the file again."),
    )
