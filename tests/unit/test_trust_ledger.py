"""The ledger: every invitation once, the first answer stands, nothing half-written counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError
from readiness.trust.ledger import Ledger
from tests.fakes.trust import MADE, invitation

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = invitation(), invitation()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "deep" / "a.readiness-ledger")
    made.issue([ONE, TWO])
    return made


def test_what_was_issued_is_known_by_its_public_side_alone(ledger: Ledger) -> None:
    issued = ledger.read().issued

    assert issued[ONE.terms.nonce].answer_key == ONE.answer_keyid
    assert len(issued) == 2
    text = ledger.path.read_text()
    assert ONE.terms.answer_seed not in text
    assert ONE.answer_key.private_bytes_raw().hex() not in text


def test_the_first_answer_stands(ledger: Ledger) -> None:
    first = ledger.answer(ONE.terms.nonce, "a" * 64, MADE)
    second = ledger.answer(ONE.terms.nonce, "b" * 64, MADE + timedelta(days=1))

    assert first.report == second.report == "a" * 64
    assert second.at == MADE
    assert ledger.read().answered == {ONE.terms.nonce: first}


def test_a_line_that_was_cut_off_does_not_count_and_is_written_over(ledger: Ledger) -> None:
    with ledger.path.open("ab") as stream:
        stream.write(b'{"kind":"answered","nonce":"' + ONE.terms.nonce.encode())

    assert not ledger.read().answered
    ledger.answer(TWO.terms.nonce, "c" * 64, MADE)
    assert list(ledger.read().answered) == [TWO.terms.nonce]


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"",
        b"not json",
        b'{"kind":"forgiven","nonce":"x"}',
        b'{"kind":"answered","nonce":"x","report":"y","at":"2026-01-01T00:00:00Z","more":1}',
        b'{"kind":"answered","nonce":"' + b"x" * 3000 + b'"}',
        b'{"kind":"answered","nonce":"%b","report":"%b","at":"2026-01-01T00:00:00"}'
        % (b"0" * 32, b"0" * 64),
        b'{"kind":"answered","nonce":"..","report":"%b","at":"2026-01-01T00:00:00Z"}' % (b"0" * 64),
    ],
)
def test_a_line_of_something_else_is_named(ledger: Ledger, line: bytes) -> None:
    with ledger.path.open("ab") as stream:
        stream.write(line + b"\n")

    with pytest.raises(InputError, match="ledger-invalid") as caught:
        ledger.read()
    assert caught.value.values["line"] == 3


def test_one_nonce_with_two_keys_is_no_ledger(ledger: Ledger) -> None:
    line = ledger.path.read_text().splitlines()[0].replace(ONE.answer_keyid, TWO.answer_keyid)
    with ledger.path.open("a") as stream:
        stream.write(line + "\n")

    with pytest.raises(InputError, match="ledger-invalid"):
        ledger.read()


def test_invitations_are_not_added_to_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text("precious = true\n")

    with pytest.raises(InputError, match="ledger-invalid"):
        Ledger(path).issue([ONE])
    assert path.read_text() == "precious = true\n"


def test_of_many_recruiters_at_once_one_is_first(ledger: Ledger) -> None:
    reports = [f"{number:064x}" for number in range(6)]

    with ThreadPoolExecutor(len(reports)) as crowd:
        firsts = set(
            crowd.map(
                lambda report: Ledger(ledger.path).answer(ONE.terms.nonce, report, MADE), reports
            )
        )

    assert len(firsts) == 1
    assert ledger.path.read_text().count('"answered"') == 1
