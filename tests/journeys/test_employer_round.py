"""An employer's whole round, with real files, real keys and a real measuring server.

Three are invited. Ada answers honestly; Ben alters a value; Cleo answers twice; Dan, whom nobody
invited, uses Ada's invitation.
"""

from __future__ import annotations

import base64
import csv
import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.employer import COMPUTER, LEDGER, altered, measured_by_the_server

if TYPE_CHECKING:
    from tests.journeys.employer import Round


def test_the_recruiter_is_told_who_answered_and_who_did_not(acme: Round) -> None:
    ada, ben, cleo = (acme.invitations[name] for name in ("Ada", "Ben", "Cleo"))

    honest = measured_by_the_server(acme, ada)
    status, found = acme.verify(honest)
    assert (status, found["unchanged"], found["answers"]) == (0, True, "yes")
    marks = {check["requirement"]: check["mark"] for check in found["checks"]}
    assert marks["download"] == marks["upload"] == "observed-by-your-server"
    assert found["does_not_fit"] == found["disagree"] == []

    changed = altered(acme.at_home("ben", "--invitation", str(ben), *COMPUTER))
    status, found = acme.verify(changed)
    assert (status, found["unchanged"], found["answers"]) == (1, False, "no")

    first = acme.at_home("cleo", "--invitation", str(cleo), *COMPUTER)
    second = acme.at_home("cleo-again", "--invitation", str(cleo), *COMPUTER)
    assert acme.verify(first)[1]["answers"] == "yes"
    status, found = acme.verify(second)
    assert (status, found["unchanged"], found["answers"]) == (1, True, "already-used")
    assert acme.verify(first)[1]["answers"] == "yes"

    stranger = acme.at_home("dan", "--invitation", str(ada), *COMPUTER)
    status, found = acme.verify(stranger)
    assert (status, found["unchanged"], found["answers"]) == (1, True, "already-used")
    status, found = acme.verify(stranger, "--invitation", str(ben), "--json")
    assert (status, found["answers"]) == (1, "no")


def test_the_applicant_is_told_who_invites_before_anything_is_measured(acme: Round) -> None:
    status, out, _ = acme.run("invite", "--show", str(acme.invitations["Ada"]), home="ada")

    assert status == 0
    fingerprint = acme.run("keys", "show", "acme.readiness-public", "--json")[1]
    assert json.loads(fingerprint)["fingerprint"] in out
    assert "Acme Ltd" in out
    assert "Ada" not in out


def test_being_invited_is_no_consent_to_measure_the_line(acme: Round) -> None:
    path = acme.at_home("ada", "--invitation", str(acme.invitations["Ada"]))

    payload = json.loads(base64.b64decode(json.loads(path.read_text())["payload"]))
    failures = {
        failure["metric"]: failure["detail"]
        for run in payload["session"]["runs"]
        for failure in run["failures"]
    }
    assert failures["line.download"] == "no-consent"


def test_a_sealed_answer_is_read_with_the_employer_s_keys_alone(acme: Round) -> None:
    acme.at_home("ada", "--invitation", str(acme.invitations["Ada"]), "--only", "memory")
    sealed = next((acme.folder / "ada").glob("*.readiness-sealed"))
    asked = ("--ledger", LEDGER, "--profile", "acme.toml", "--json")

    assert acme.run("verify", str(sealed), *asked)[0] == 3
    keys = ("--keys", "acme.readiness-keys", "--passphrase-file", "secret.txt")
    assert acme.verify(sealed, *asked, *keys)[1]["answers"] == "yes"
    assert acme.run("keys", "open", str(sealed), *keys, "--out", "opened")[0] == 0
    assert acme.run("judge", *_opened(acme), "--profile", "acme.toml")[0] in (0, 1, 2)


def _opened(acme: Round) -> list[str]:
    return [str(path) for path in (acme.folder / "opened").iterdir()]


def test_the_index_says_whose_each_invitation_is(acme: Round) -> None:
    index = next((acme.folder / "sent").glob("invitations-*.csv"))
    rows = list(csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines()))

    assert [row["reference"] for row in rows] == ["Ada", "Ben", "Cleo"]
    assert {row["nonce"] for row in rows} == {
        json.loads(line)["nonce"] for line in (acme.folder / LEDGER).read_text().splitlines()
    }


@pytest.mark.parametrize(
    ("arguments", "reference"),
    [
        (
            ("invite", "--keys", "acme.readiness-keys", "--profile", "acme.toml"),
            "passphrase-missing",
        ),
        (("invite", "--show", "acme.toml"), "invitation-not-one"),
        (("keys", "new", "acme", "--passphrase-file", "secret.txt"), "file-exists"),
        (("keys", "show", "acme.toml"), "keys-invalid"),
        (("verify", "acme.toml"), "report-not-json"),
        (("verify", "gone.json"), "cannot-read"),
        (("verify", "acme.toml", "--ledger", "acme.toml"), "ledger-invalid"),
    ],
)
def test_what_cannot_be_used_is_named_with_status_three(
    acme: Round, arguments: tuple[str, ...], reference: str
) -> None:
    status, _, err = acme.run(*arguments)

    assert status == 3
    assert f"[{reference}]" in err


def test_the_terminal_says_three_things_and_never_that_it_is_genuine(acme: Round) -> None:
    path = acme.at_home("ada", "--invitation", str(acme.invitations["Ada"]), "--only", "memory")

    _, out, _ = acme.run("verify", str(path), "--ledger", LEDGER, "--profile", "acme.toml")

    assert "Unchanged since export: yes" in out
    assert "Answers your invitation: yes" in out
    assert "Measured on the applicant's own computer: cannot be proven." in out
    assert not any(word in out.lower() for word in ("authentic", "genuine", "verified", "trusted"))
