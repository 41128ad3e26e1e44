"""Whatever is changed, swapped or repeated: it is told, or it changes nothing that is read."""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from readiness.model.errors import InputError
from readiness.report.codec import as_written, encode_report
from readiness.report.strict_json import strict_tree
from readiness.trust.answering import Answers, Known
from readiness.trust.code import to_code
from readiness.trust.invitation import open_invitation
from readiness.trust.keys import new_keys
from readiness.trust.ledger import Answered, Book, Issued
from readiness.trust.origin import Origin, origin_of
from readiness.trust.sealing import open_sealed, seal_to
from tests.fakes import reports as made
from tests.fakes.trust import BEGUN, answer, invitation

GOOD, OTHER = invitation(), invitation()
ANSWER = answer(GOOD)
CODE = to_code(GOOD.envelope).encode()
KEYS = new_keys()
SEALED = seal_to(KEYS.public.sealing, b"an answer")
CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
PLAIN = encode_report(made.report())
TOKENS = [
    found.span() for found in re.finditer(rb'"[^"]*"|-?[0-9][0-9.eE+-]*|[a-z]+|[][{},:]', PLAIN)
]
"""Where each text, number, word and sign of a report stands."""

NASTY = (
    *(b"1e15", b"1e16", b"-1e16", b"1000000000000001", b"-0", b"-0.0", b"1E3", b"1.50", b"1e-400"),
    *(b"9" * 26, b"0." + b"1" * 30, b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b""),
    *(b'"\\ud800"', b'"\xed\xa0\x80"', b'"%b"' % (b"x" * 501), b'"\\u0041"', b'"\\/"', b'"\0"'),
    *(b"[%b1]" % (b"1," * 1000), b"[" * 17, b'{"a":1,"a":1}', b'"a":1,"a":1', b" ", b",,", b"//"),
)
PLACES = some.integers(min_value=0, max_value=1 << 20)
BYTES = some.integers(min_value=0, max_value=255)


def changed(data: bytes, place: int, byte: int) -> bytes:
    place %= len(data)
    return data[:place] + bytes([byte]) + data[place + 1 :]


def about(data: bytes, book: Book | None = None) -> Origin:
    now = BEGUN + timedelta(hours=1)
    return origin_of(data, Known(now=now, invitation=None if book else GOOD, book=book))


@CALM
@given(place=PLACES, byte=BYTES)
@example(place=20, byte=0)
def test_any_changed_byte_of_an_invitation_is_told(place: int, byte: int) -> None:
    try:
        found = open_invitation(changed(GOOD.envelope, place, byte), now=BEGUN)
    except InputError:
        return
    assert (found.terms, found.issuer) == (GOOD.terms, GOOD.issuer)


@CALM
@given(place=PLACES, byte=BYTES)
def test_any_changed_letter_of_a_code_is_told(place: int, byte: int) -> None:
    try:
        found = open_invitation(changed(CODE, place, byte), now=BEGUN)
    except InputError:
        return
    assert (found.terms, found.issuer) == (GOOD.terms, GOOD.issuer)


@CALM
@given(place=PLACES, byte=BYTES)
def test_any_changed_byte_of_an_answer_is_told(place: int, byte: int) -> None:
    try:
        found = about(changed(ANSWER, place, byte))
    except InputError:
        return
    if found.unchanged:
        assert found.code == about(ANSWER).code
        assert found.answers is Answers.YES
    else:
        assert found.report is None


@CALM
@given(place=PLACES, byte=BYTES)
def test_any_changed_byte_of_a_sealed_answer_is_told(place: int, byte: int) -> None:
    try:
        found = open_sealed(changed(SEALED, place, byte), KEYS)
    except InputError:
        return
    assert found == b"an answer"


@CALM
@given(data=some.binary(max_size=2000))
def test_no_bytes_bring_the_program_down(data: bytes) -> None:
    for read in (lambda: open_invitation(data, now=BEGUN), lambda: about(data)):
        with contextlib.suppress(InputError):
            read()


@CALM
@given(text=some.text(max_size=300))
def test_no_text_after_the_mark_of_a_code_brings_the_program_down(text: str) -> None:
    code = f"readiness-invitation:{text}.".encode("utf-8", "replace")
    with contextlib.suppress(InputError):
        open_invitation(code, now=BEGUN)


@CALM
@given(nonce=some.binary(min_size=16, max_size=16))
def test_a_swapped_nonce_is_told(nonce: bytes) -> None:
    """Signed again with the right key: the applicant has it."""

    def swap(tree: dict[str, dict[str, dict[str, str]]]) -> None:
        tree["session"]["invitation"]["nonce"] = nonce.hex()

    assert about(answer(GOOD, change=swap)).answers is Answers.NO


@CALM
@given(digits=some.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_only_the_first_of_all_answers_is_the_answer(digits: str) -> None:
    first = Answered(nonce=GOOD.terms.nonce, report=digits, at=BEGUN)
    issued = {one.terms.nonce: Issued.of(one) for one in (GOOD, OTHER)}

    found = about(ANSWER, Book(issued=issued, answered={GOOD.terms.nonce: first}))

    assert found.answers is Answers.USED


@settings(CALM, max_examples=400)
@given(place=PLACES, token=some.sampled_from(NASTY), more=some.booleans())
def test_the_short_way_into_a_report_takes_nothing_that_the_careful_one_refuses(
    place: int, token: bytes, *, more: bool
) -> None:
    start, end = TOKENS[place % len(TOKENS)]
    data = PLAIN[:start] + token + PLAIN[start if more else end :]

    if as_written(data) is not None:
        strict_tree(data)
