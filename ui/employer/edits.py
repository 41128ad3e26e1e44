"""Changes of a list of requirements that touch more than one place: pure, from draft to draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readiness.model.requirement import Area, Grade, Level, Operator

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import Place, ProfileDraft

OWN = "own"
"""The source of what nobody else asks, as a new list has it."""
OF_A_QUESTION = frozenset({"id", "kind", "text", "title", "why", "choices"})
"""What of a question of one's own has a field in the window."""
REACHABLE = "endpoints.reachable"
HOST = {"host": "agents.example", "port": 443, "protocol": "tls"}
"""What a new host begins with: a name that leads nowhere (RFC 2606)."""


def entries(draft: ProfileDraft, name: str) -> list[Any]:
    """The tables of a list, such as ``requirement``; to be looked at and not changed."""
    found = draft.seen((name,))
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def source_of(draft: ProfileDraft) -> str:
    """The source that a new requirement rests on: an own one, else the first."""
    found = draft.value(("source",))
    names = list(found) if isinstance(found, dict) else []
    return OWN if OWN in names or not names else str(names[0])


def add_source(draft: ProfileDraft, title: str, day: date) -> ProfileDraft:
    """With one more source, as a proposal of one's own until somebody names its page."""
    found = draft.value(("source",))
    name = next_source(found if isinstance(found, dict) else {})
    return draft.put(("source", name), {"title": title, "seen": day, "grade": Grade.P})


def next_source(names: Collection[str]) -> str:
    """What one more source is called in the file."""
    number = len(names) + 1
    while f"source-{number}" in names:
        number += 1
    return f"source-{number}"


def add_rule(
    draft: ProfileDraft, askable: Askable, level: Level, at: int | None = None
) -> ProfileDraft:
    """With a requirement about something, with the usual limit."""
    taken = [str(one.get("id", "")) for one in entries(draft, "requirement")]
    entry = askable.requirement(level, source_of(draft), taken)
    return draft.add(("requirement",), entry, at)


def add_question(draft: ProfileDraft, words: str, language: str) -> ProfileDraft:
    """With a question of one's own that is to be answered with yes."""
    taken = {str(one.get("id", "")) for one in entries(draft, "question")}
    ids = {str(one.get("id", "")) for one in entries(draft, "requirement")}
    number = 1
    while f"own_question_{number}" in taken or f"own-question-{number}" in ids:
        number += 1
    name = f"own_question_{number}"
    text = {language: words}
    asked = {"id": name, "kind": "yes_no", "text": text, "title": text}
    rule = {
        "id": f"own-question-{number}",
        "level": Level.MUST,
        "area": Area.PERSON,
        "question": name,
        "accept": True,
        "source": source_of(draft),
    }
    return draft.add(("question",), asked).add(("requirement",), rule)


def drop_rule(draft: ProfileDraft, number: int) -> ProfileDraft:
    """Without a requirement, and without the own question or the hosts that nothing asks then."""
    listed = entries(draft, "requirement")
    gone = listed[number].get("question") if 0 <= number < len(listed) else None
    after = draft.drop(("requirement", number))
    left = entries(after, "requirement")
    if gone is not None and not any(one.get("question") == gone for one in left):
        for place, one in enumerate(entries(after, "question")):
            if one.get("id") == gone:
                return after.drop(("question", place))
    return after


def add_host(draft: ProfileDraft, askable: Askable) -> ProfileDraft:
    """With one more host to reach, and with the requirement that it is reached."""
    after = draft.add(("endpoint",), dict(HOST))
    asked = any(
        str(criterion.get("metric", "")).startswith("endpoints.")
        for one in entries(after, "requirement")
        for criterion in criteria(one)
    )
    if asked:
        return after
    place: Place = ("requirement", len(entries(after, "requirement")), "any_of", 0)
    return add_rule(after, askable, Level.MUST).compare(place, Operator.EQUALS, threshold=True)


def by_hand(draft: ProfileDraft) -> bool:
    """Whether a list has parts that have no field in the window."""
    rules = entries(draft, "requirement")
    compared = [one for rule in rules for one in criteria(rule)]
    advised = [
        advice
        for one in (*rules, *entries(draft, "question"))
        if isinstance(one.get("advice"), list)
        for advice in one["advice"]
        if isinstance(advice, dict)
    ]
    return (
        bool(entries(draft, "devices"))
        or any("applies_to" in one for one in rules)
        or any("when" in one or "unclear" in one for one in compared)
        or any("when" in one or "systems" in one for one in advised)
        or any(set(one) - OF_A_QUESTION for one in entries(draft, "question"))
    )


def criteria(rule: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The comparisons of a requirement."""
    found = rule.get("any_of")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def operator_of(criterion: Mapping[str, Any]) -> Operator | None:
    """How it compares; none if it does not say, or says it twice."""
    found = [one for one in Operator if one.value in criterion]
    return found[0] if len(found) == 1 else None


def recommended(draft: ProfileDraft, number: int) -> Place | None:
    """Where the recommended limit beside a required one stands, if there is one."""
    listed = entries(draft, "requirement")
    if not 0 <= number < len(listed):
        return None
    own = criteria(listed[number])
    operator = operator_of(own[0]) if len(own) == 1 else None
    if operator is None:
        return None
    for place, one in enumerate(listed):
        other = criteria(one)
        if (
            place != number
            and one.get("level") == Level.SHOULD
            and len(other) == 1
            and other[0].get("metric") == own[0].get("metric")
            and operator_of(other[0]) is operator
        ):
            return ("requirement", place, "any_of", 0, operator.value)
    return None


def recommend(draft: ProfileDraft, number: int, limit: object) -> ProfileDraft:
    """With a recommended limit beside the required one; none: without it."""
    place = recommended(draft, number)
    if place is not None:
        return draft.drop(place[:2]) if limit is None else draft.put(place, limit)
    if limit is None:
        return draft
    rule = entries(draft, "requirement")[number]
    own = criteria(rule)[0]
    operator = operator_of(own)
    if operator is None:
        return draft
    taken = {str(one.get("id", "")) for one in entries(draft, "requirement")}
    name = f"{rule.get('id', '')}-recommended"
    while name in taken:
        name += "-2"
    more = {**rule, "id": name, "level": Level.SHOULD, "any_of": [{**own, operator.value: limit}]}
    return draft.add(("requirement",), more, number + 1)


def compare(draft: ProfileDraft, place: Place, operator: Operator) -> ProfileDraft:
    """With another comparison at ``place``, its limit as far as it makes sense there."""
    criterion = draft.value(place) or {}
    before = operator_of(criterion)
    limit = criterion[before.value] if before is not None else None
    within = (*place, "within")
    if operator is not Operator.HOURS_AT_LEAST and draft.value(within) is not None:
        draft = draft.drop(within)
    return draft.compare(place, operator, _carried(limit, operator))


def _carried(limit: object, operator: Operator) -> object:
    """A limit as another comparison takes it."""
    one = limit[0] if isinstance(limit, list) and limit else limit
    if operator is Operator.BETWEEN:
        return [one if one is not None else 0, one if one is not None else 0]
    if operator is Operator.ONE_OF:
        return limit if isinstance(limit, list) else [] if one is None else [one]
    if operator is Operator.COVERS:
        return ["mon-fri 09:00-17:00"]
    if operator is Operator.HOURS_AT_LEAST:
        return 20
    return one if one is not None and not isinstance(one, list) else 0
