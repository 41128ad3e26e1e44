"""A check that answers an invitation: remembered, resumed, signed and sealed as it asks."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING

import pytest

from readiness.cli.guided import AbsentPerson
from readiness.model.invited import Invited
from readiness.report.files import read_sealed
from readiness.trust.sealing import open_sealed
from tests.fakes.engine import FakeEngine
from tests.fakes.trust import BEGUN, EMPLOYER, PROFILE, invitation

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.model.measurement import Session
    from readiness.ports import Choices, Context, Result

INVITATION = invitation(seal_to=EMPLOYER.public.sealing)


@pytest.fixture
def engine(tmp_path: Path) -> FakeEngine:
    made = FakeEngine(tmp_path / "home")
    made.moment = lambda: BEGUN
    return made


def checked(engine: FakeEngine) -> Session:
    """Accept and measure, without the line."""
    reference, session = engine.accept(INVITATION)
    plan = engine.plan([INVITATION.profile], references=[reference], only=["memory"])
    return engine.run(
        plan,
        person=AbsentPerson(),
        listener=_ignore,
        stop=threading.Event(),
        session=session,
    )


def _ignore(_event: object) -> None:
    """Nobody looks."""


def test_the_session_remembers_what_it_answers(engine: FakeEngine) -> None:
    expected = Invited(nonce=INVITATION.terms.nonce, profile_digest=INVITATION.profile.digest)

    assert checked(engine).invitation == expected


def test_a_check_that_was_cut_off_goes_on_with_the_invitation_s_own_list(
    engine: FakeEngine,
) -> None:
    checked(engine)

    unfinished = engine.unfinished()[0]
    plan = engine.resume_plan(unfinished)

    assert plan.profiles[0].digest == INVITATION.profile.digest
    assert unfinished.session.invitation == INVITATION.invited


def test_the_saved_answer_is_signed_with_the_one_time_key_and_sealed(
    engine: FakeEngine, tmp_path: Path
) -> None:
    report = engine.judge(checked(engine), INVITATION.profile)

    plain, sealed = engine.save(
        report, INVITATION.profile, tmp_path, formats=["json"], language="en"
    )

    _, opened = read_sealed(plain)
    assert opened is not None
    assert opened.keyids == (INVITATION.answer_keyid,)
    assert open_sealed(sealed.read_bytes(), EMPLOYER) == plain.read_bytes()


def test_a_draft_that_was_looked_at_is_signed_and_sealed_alike(
    engine: FakeEngine, tmp_path: Path
) -> None:
    report = engine.judge(checked(engine), INVITATION.profile)

    draft = engine.draft(report, INVITATION.profile, language="en")
    paths = engine.write(draft, tmp_path, formats=["json"])

    assert [path.suffix for path in paths] == [".json", ".readiness-sealed"]
    assert open_sealed(paths[1].read_bytes(), EMPLOYER) == paths[0].read_bytes()


def test_the_words_of_an_accepted_list_are_known_later(engine: FakeEngine) -> None:
    digest = INVITATION.profile.digest
    assert engine.known_profile("acme", digest) is None

    engine.accept(INVITATION)

    assert engine.known_profile("acme", digest) == INVITATION.profile
    assert INVITATION.terms.profile.encode() == PROFILE


def test_the_number_reaches_the_line_only_where_somebody_invited(engine: FakeEngine) -> None:
    heard: list[str] = []

    def run(context: Context) -> list[Result]:
        choices: Choices = context.choices  # type: ignore[attr-defined]  # what probes are not told
        heard.append(choices.nonce)
        return []

    reference, session = engine.accept(INVITATION)
    plan = engine.plan([INVITATION.profile], references=[reference], only=["memory"])
    probes = tuple(dataclasses.replace(probe, run=run) for probe in plan.probes)
    plan = dataclasses.replace(plan, probes=probes)
    for begun in (session, None):
        engine.run(
            plan,
            person=AbsentPerson(),
            listener=_ignore,
            stop=threading.Event(),
            session=begun,
        )

    assert heard == [INVITATION.terms.nonce, ""]
