"""The answers file: what the person would say, written down beforehand.

TOML: ``[answers]`` with question id = answer, ``[prompts]`` with ``mode = "attended"`` or
``"unattended"``.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from readiness.model.week import parse_answer
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from readiness.model.measurement import Value
    from readiness.model.requirement import Question

MAX_BYTES = 64 * 1024
MODES = ("attended", "unattended")
_YES_NO: dict[object, bool] = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an answers file says. ``mode`` is empty where it says nothing about guided steps."""

    answers: dict[str, Value] = field(default_factory=dict)
    mode: str = ""


def read_answers(path: Path, questions: Mapping[str, Question]) -> Answers:
    """Read and check an answers file. ``questions``: every question that is known, by id.

    Raises:
        InputError: With file, key and remedy.
    """
    data = read_limited(path, MAX_BYTES)
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(
            "answers-encoding",
            N_("The file is not UTF-8 text."),
            where=str(path),
            hint=N_("Save it again as UTF-8."),
        ) from error
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise InputError(
            "answers-syntax",
            N_("The file is not valid TOML: {reason}"),
            where=str(path),
            hint=N_('Write lines such as: quiet_room = "yes"'),
            reason=str(error) or "nested too deeply",
        ) from error
    for key in document:
        if key not in ("answers", "prompts"):
            raise _unknown(path, key, ("answers", "prompts"))
    answers = _table(document, "answers", path)
    return Answers(
        answers={key: _answer(path, key, value, questions) for key, value in answers.items()},
        mode=_mode(_table(document, "prompts", path), path),
    )


def _table(document: Mapping[str, object], key: str, path: Path) -> dict[str, object]:
    table = document.get(key, {})
    if not isinstance(table, dict):
        raise InputError(
            "answers-not-a-table",
            N_("{key} is not a table."),
            where=f"{path}: {key}",
            hint=N_("Write [{key}] on a line of its own."),
            key=key,
        )
    return table


def _mode(prompts: Mapping[str, object], path: Path) -> str:
    for key in prompts:
        if key != "mode":
            raise _unknown(path, f"prompts.{key}", ("prompts.mode",))
    mode = prompts.get("mode", "")
    if "mode" in prompts and mode not in MODES:
        raise InputError(
            "answers-mode",
            N_("{mode} is no way of prompting."),
            where=f"{path}: prompts.mode",
            hint=N_("Write one of: {allowed}."),
            mode=mode,
            allowed=", ".join(MODES),
        )
    return str(mode)


def _answer(path: Path, key: str, value: object, questions: Mapping[str, Question]) -> Value:
    question = questions.get(key)
    if question is None:
        raise _unknown(path, f"answers.{key}", tuple(f"answers.{name}" for name in questions))
    if question.kind is AnswerKind.WEEK:
        return _week(f"{path}: answers.{key}", value)
    if question.kind is AnswerKind.YES_NO:
        allowed: tuple[str, ...] = ("yes", "no")
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in _YES_NO:
            return _YES_NO[value]
    else:
        allowed = tuple(question.choices)
        if isinstance(value, str) and value in allowed:
            return value
    raise InputError(
        "answers-value",
        N_("{value} is no answer to this question."),
        where=f"{path}: answers.{key}",
        hint=N_("Write one of: {allowed}."),
        value=str(value)[:60],
        allowed=", ".join(allowed),
    )


def _week(where: str, value: object) -> Value:
    try:
        return parse_answer(value if isinstance(value, str) else "").text()
    except InputError as error:
        raise InputError(
            f"answers-{error.reference}",
            error.what,
            where=where,
            hint=error.hint,
            **error.values,
        ) from error


def _unknown(path: Path, key: str, known: tuple[str, ...]) -> InputError:
    near = difflib.get_close_matches(key, known, n=1)
    hint = N_("Did you mean {near}?") if near else N_("Known are: {known}.")
    return InputError(
        "answers-unknown-key",
        N_("{key} is not known here."),
        where=f"{path}: {key}",
        hint=hint,
        key=key,
        near=near[0] if near else "",
        known=", ".join(known[:40]),
    )
