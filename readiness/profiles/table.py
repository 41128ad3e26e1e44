"""One TOML table while it is read: typed values out, every fault noted.

A getter that finds a fault notes it and returns something harmless of the right type, so that the
reading goes on and finds the other faults too. What was built from it is thrown away at the end.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from readiness.model.measurement import MAX_TEXT
from readiness.model.text import N_
from readiness.profiles.faults import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.text import LocalText
    from readiness.profiles.faults import Faults

Word = TypeVar("Word", bound=StrEnum)

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_ID = 64
PLAIN_LANGUAGE = "en"

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that make a text read otherwise than it is written."""


def is_profile_id(text: str) -> bool:
    """Whether it can be the id of a list of requirements."""
    return len(text) <= LONGEST_ID and KEBAB.fullmatch(text) is not None


class Table:
    """A table and where it stands.

    Args:
        tree: Keys and values as the TOML parser gave them.
        path: Its place, e.g. ``requirement[2]``; empty for the whole file.
        faults: Where faults are noted.
    """

    def __init__(self, tree: Mapping[str, Any], path: str, faults: Faults) -> None:
        self.tree = tree
        self.path = path
        self.faults = faults

    def __contains__(self, key: str) -> bool:
        return key in self.tree

    def at(self, key: str) -> str:
        """The place of ``key``."""
        return f"{self.path}.{key}" if self.path else key

    def fault(self, reference: str, what: str, key: str, hint: str, **values: object) -> None:
        """Note a fault at ``key``."""
        self.faults.add(reference, what, self.at(key) if key else self.path, hint, **values)

    def only(self, *known: str) -> None:
        """Note every key that is not in ``known``."""
        for key in self.tree:
            if key in known:
                continue
            near = nearest(key, known)
            self.fault(
                "profile-unknown-key",
                N_("{name} is not known here."),
                shown(key),
                N_("Did you mean {near}?") if near else N_("Known are: {known}."),
                name=shown(key),
                near=near,
                known=", ".join(known),
            )

    def missing(self, key: str, example: str) -> None:
        """Note that ``key`` is missing; ``example`` is a line that could be written."""
        self.fault(
            "profile-missing-key",
            N_("{name} is missing."),
            key,
            N_("Write, for instance: {example}"),
            name=key,
            example=example,
        )

    def wrong(self, key: str, example: str) -> None:
        """Note that the value of ``key`` is of the wrong kind."""
        self.fault(
            "profile-wrong-type",
            N_("The value of {name} is of the wrong kind."),
            key,
            N_("Write, for instance: {example}"),
            name=key,
            example=example,
        )

    def string(self, key: str, example: str, *, required: bool = True) -> str:
        """A line of text; empty if it is missing or faulty."""
        if key not in self.tree:
            if required:
                self.missing(key, f'{key} = "{example}"')
            return ""
        value = self.tree[key]
        if not isinstance(value, str):
            self.wrong(key, f'{key} = "{example}"')
            return ""
        return value if self._readable(key, value) else ""

    def word(self, key: str, words: type[Word]) -> Word:
        """One of a closed list of words."""
        first = next(iter(words))
        found = self.string(key, first)
        if found in {word.value for word in words}:
            return words(found)
        if key in self.tree and isinstance(self.tree[key], str):
            self.fault(
                "profile-unknown-word",
                N_("{value} is not known here."),
                key,
                N_("Write one of: {allowed}."),
                value=shown(self.tree[key]),
                allowed=", ".join(word.value for word in words),
            )
        return first

    def name(self, key: str, form: re.Pattern[str], example: str) -> str:
        """An id in the given form."""
        found = self.string(key, example)
        if found and (len(found) > LONGEST_ID or not form.fullmatch(found)):
            self.fault(
                "profile-id",
                N_("{value} cannot be an id."),
                key,
                N_("Use small letters, digits and one kind of dash, like this: {example}"),
                value=shown(found),
                example=example,
            )
            return ""
        return found

    def local(self, key: str, *, required: bool = True) -> LocalText:
        """Text by language. A plain string counts as English and is shown to every reader."""
        example = f'{key} = {{ en = "...", de = "..." }}'
        if key not in self.tree:
            if required:
                self.missing(key, example)
            return {}
        value = self.tree[key]
        if isinstance(value, str):
            value = {PLAIN_LANGUAGE: value}
        if not isinstance(value, dict) or not value:
            self.wrong(key, example)
            return {}
        return {tag: text for tag, text in value.items() if self._spoken(key, tag, text)}

    def tables(self, key: str, limit: int) -> list[Table]:
        """A list of tables; empty if there is none."""
        value = self.tree.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(key, f"[[{self.at(key)}]]")
            return []
        if len(value) > limit:
            self.fault(
                "profile-too-many",
                N_("More than {limit} entries stand here."),
                key,
                N_("Leave some out."),
                limit=limit,
            )
            return []
        return [Table(one, f"{self.at(key)}[{n}]", self.faults) for n, one in enumerate(value)]

    def table(self, key: str, example: str) -> Table | None:
        """A table; none if it is missing or something else, which is noted only for the latter."""
        value = self.tree.get(key)
        if isinstance(value, dict):
            return Table(value, self.at(key), self.faults)
        if value is not None:
            self.wrong(key, example)
        return None

    def _spoken(self, key: str, tag: str, text: object) -> bool:
        if not _LANGUAGE.fullmatch(tag):
            self.fault(
                "profile-language",
                N_("{tag} is not a language tag."),
                f"{key}.{shown(tag)}",
                N_("Write en, de, es and the like."),
                tag=shown(tag),
            )
            return False
        if not isinstance(text, str):
            self.wrong(f"{key}.{tag}", f'{tag} = "..."')
            return False
        return self._readable(f"{key}.{tag}", text)

    def _readable(self, key: str, text: str) -> bool:
        if not text.strip():
            self.fault("profile-empty-text", N_("The text is empty."), key, N_("Write some words."))
        elif len(text) > MAX_TEXT:
            self.fault(
                "profile-text-too-long",
                N_("The text is longer than {limit} characters."),
                key,
                N_("Shorten it; what does not fit can stand on a web page."),
                limit=MAX_TEXT,
            )
        elif _CONTROL.search(text):
            self.fault(
                "profile-control-character",
                N_("The text holds a line break or another control character."),
                key,
                N_("Write it on one line, without tabs."),
            )
        elif _REORDERING.search(text):
            self.fault(
                "profile-reordering-character",
                N_("The text holds an invisible character that changes the order of reading."),
                key,
                N_("Type the text anew instead of copying it."),
            )
        else:
            return True
        return False
