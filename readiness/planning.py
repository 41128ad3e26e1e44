"""What one check will do, planned from what the profiles ask for: less time, less intrusion."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness import profiles
from readiness.audio_devices import listed_by
from readiness.model.invited import Invited
from readiness.ports import Choices, Need
from readiness.probes import all_probes, probe_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.model.measurement import Session
    from readiness.model.requirement import Profile, Question
    from readiness.ports import Probe


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one check will do. Only what the profiles mention is measured.

    Attributes:
        references: How the profiles were named, for the journal.
        probes: In running order.
        questions: Each once, in the profiles' order.
        seconds: About how long the probes take together.
        megabytes: The most data that they may move.
        needs: Everything that consent is asked for, also what a probe could do without.
    """

    profiles: tuple[Profile, ...]
    references: tuple[str, ...]
    probes: tuple[Probe, ...]
    questions: tuple[Question, ...]
    choices: Choices

    @property
    def seconds(self) -> float:
        """About how long the probes take together."""
        return sum(probe.lasts(thorough=self.choices.thorough) for probe in self.probes)

    @property
    def has_thorough(self) -> bool:
        """Whether some probe takes longer where the person chose to measure longer."""
        return any(probe.seconds_thorough is not None for probe in self.probes)

    @property
    def megabytes(self) -> int:
        """The most data that the probes may move, kept under the person's budget."""
        asked = sum(probe.megabytes for probe in self.probes)
        return min(asked, self.choices.budget_mb)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of the profiles that will be contacted, each once."""
        if not any(probe.hosts for probe in self.probes):
            return ()
        named = (one.host for profile in self.profiles for one in profile.endpoints)
        return tuple(dict.fromkeys(named))

    @property
    def hosts_only(self) -> bool:
        """Whether the network is used for the profiles' hosts alone: no measuring server then."""
        network = [probe for probe in self.probes if Need.NETWORK in probe.needs]
        return bool(self.hosts) and all(probe.hosts for probe in network)

    @property
    def needs(self) -> frozenset[Need]:
        """Everything that consent is asked for, also what a probe could do without."""
        return frozenset(need for probe in self.probes for need in probe.needs | probe.wishes)


def plan_of(
    chosen: Sequence[Profile],
    *,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    choices: Choices | None = None,
    references: Sequence[str] = (),
) -> Plan:
    """Plan what the profiles need.

    Args:
        chosen: At least one profile.
        only: If given, these probes and no others, whether a profile asks for them or not.
        skip: Not these.
        choices: What the person decided.
        references: How the profiles were named (file paths), for resuming.

    Raises:
        KeyError: No probe of that name.
    """
    known = all_probes()
    for name in (*only, *skip):
        known[name]
    asked = {probe_of(metric) for profile in chosen for metric in profile.metrics()}
    optional = {name for name, probe in known.items() if probe.optional}
    picked = set(only) or asked - optional
    questions = {question.id: question for profile in chosen for question in profile.questions}
    return Plan(
        profiles=tuple(chosen),
        references=tuple(map(_lasting, references or [profile.id for profile in chosen])),
        probes=tuple(
            _lasting_as_chosen(probe, choices or Choices())
            for name, probe in known.items()
            if name in picked and name not in skip
        ),
        questions=tuple(questions.values()),
        choices=choices or Choices(),
    )


def extended(plan: Plan, extras: Sequence[str]) -> Plan:
    """The plan with just these of its optional probes beside what the profiles ask for.

    Raises:
        KeyError: No probe of that name.
    """
    known = all_probes()
    asked = {probe.id: probe for probe in plan.probes if not probe.optional}
    more = {name: _lasting_as_chosen(known[name], plan.choices) for name in extras}
    wanted = {**asked, **more}
    return replace(plan, probes=tuple(wanted[name] for name in known if name in wanted))


def left_of(plan: Plan, planned: Sequence[str], session: Session) -> Plan:
    """The plan with those of the ``planned`` probes that the session still lacks."""
    done = {run.probe for run in session.runs if not run.stopped}
    known = all_probes()
    left = tuple(known[name] for name in planned if name in known and name not in done)
    return replace(plan, probes=left)


def informed(plan: Plan, session: Session) -> Choices:
    """The person's choices, with what the profiles ask of a line that may end, and their lists."""
    invited = session.invitation
    targets: dict[str, set[float]] = {}
    for profile in plan.profiles:
        for requirement in profile.requirements:
            for criterion in requirement.any_of:
                numbers = {
                    float(value)
                    for value in criterion.threshold
                    if isinstance(value, int | float) and not isinstance(value, bool)
                }
                targets.setdefault(criterion.metric, set()).update(numbers)
    endpoints = dict.fromkeys(one for profile in plan.profiles for one in profile.endpoints)
    return replace(
        plan.choices,
        targets={name: tuple(sorted(values)) for name, values in targets.items() if values},
        endpoints=tuple(endpoints),
        devices=listed_by(plan.profiles),
        nonce=invited.nonce if isinstance(invited, Invited) else "",
    )


def _lasting_as_chosen(probe: Probe, choices: Choices) -> Probe:
    """An optional long run takes as long as the person decided."""
    return replace(probe, seconds=choices.minutes * 60) if probe.by_minutes else probe


def _lasting(reference: str) -> str:
    """A reference that still leads to its profile when another folder is the present one."""
    return reference if reference in profiles.shipped() else os.path.abspath(reference)  # noqa: PTH100 - it may lead nowhere
