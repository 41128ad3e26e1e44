"""Every named attack is refused, or told, under its own name."""

from __future__ import annotations

import json
import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from readiness.model.errors import InputError
from readiness.report.seal import MAX_ENVELOPE
from readiness.trust.answering import Known
from readiness.trust.invitation import Invitation, open_invitation, read_invitation
from readiness.trust.keys import new_keys
from readiness.trust.origin import Origin, origin_of
from tests.fakes.trust import BEGUN, answer, invitation
from tests.hostile.attacks import GOOD, ON_ANSWERS, ON_INVITATIONS

NOW = BEGUN


def about(data: bytes, invited: Invitation = GOOD) -> Origin:
    known = Known(now=BEGUN + timedelta(hours=1), invitation=invited)
    return origin_of(data, known)


def test_the_good_one_that_they_are_made_of_is_opened() -> None:
    assert open_invitation(GOOD.envelope, now=NOW).terms == GOOD.terms
    assert not about(answer(GOOD)).oddities


@pytest.mark.parametrize("name", ON_INVITATIONS)
def test_an_invitation_is_refused(name: str) -> None:
    make, reference = ON_INVITATIONS[name]

    with pytest.raises(InputError) as caught:
        open_invitation(make(), now=NOW)

    assert caught.value.reference.startswith(reference)


@pytest.mark.parametrize("name", ON_ANSWERS)
def test_an_answer_signed_again_after_a_change_is_told(name: str) -> None:
    """Not proof against a careful cheat: against one who alters one thing and not all the rest."""
    found = about(answer(GOOD, change=ON_ANSWERS[name]))

    assert found.oddities or found.disagree


@pytest.mark.parametrize("name", ON_ANSWERS)
def test_an_answer_that_was_not_signed_again_is_changed(name: str) -> None:
    """The signature of the honest answer over the altered one."""
    honest, altered = (
        json.loads(answer(GOOD)),
        json.loads(answer(GOOD, change=ON_ANSWERS[name])),
    )
    honest["payload"] = altered["payload"]

    assert not about(json.dumps(honest).encode()).unchanged


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.readiness-invitation"
    real.write_bytes(GOOD.envelope)
    link = tmp_path / "link.readiness-invitation"
    link.symlink_to(real)

    assert read_invitation(real, now=NOW).terms == GOOD.terms
    with pytest.raises(InputError, match="not-a-file"):
        read_invitation(link, now=NOW)


def test_a_pipe_that_nobody_fills_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.readiness-invitation"
    os.mkfifo(path)

    with pytest.raises(InputError, match="not-a-file"):
        read_invitation(path, now=NOW)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom"])
def test_a_device_without_end_is_not_read(device: str) -> None:
    with pytest.raises(InputError, match="not-a-file"):
        read_invitation(Path(device), now=NOW)


def test_a_folder_and_a_socket_are_no_invitations(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        for path in (tmp_path, tmp_path / "s"):
            with pytest.raises(InputError, match=r"not-a-file|cannot-read"):
                read_invitation(path, now=NOW)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.readiness-invitation"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a sparse TiB: reading it would take hours

    with pytest.raises(InputError, match="too-large") as caught:
        read_invitation(path, now=NOW)
    assert caught.value.values["limit"] == MAX_ENVELOPE // 1024


def test_another_employer_s_invitation_has_another_fingerprint() -> None:
    """Who copies all words of an invitation still cannot copy whose key signed it."""
    copy = invitation(new_keys(), employer=GOOD.terms.employer)

    assert copy.fingerprint != GOOD.fingerprint
