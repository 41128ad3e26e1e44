"""Pieces of the call's sender: its beat, and when a peer's account of the packets is believed."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.model.call import Transport
from readiness.system.line import stun
from readiness.system.line.call_pace import beats
from readiness.system.line.call_report import believe, infer
from readiness.system.line.call_session import Answer, Seen, Session
from readiness.system.line.messages import CallJob

if TYPE_CHECKING:
    from collections.abc import Iterator

calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy computer is no fault."""

FATES = st.lists(st.sampled_from(["ok", "ok", "up", "down"]), min_size=1, max_size=60)


class _Time:
    """A clock that only moves when somebody sleeps, or is held up."""

    def __init__(self, held_up: dict[int, float]) -> None:
        self.now = 100.0
        self._held_up = held_up

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def moments(self, count: int) -> Iterator[float]:
        for index in beats(count, lambda: 0.02, clock=lambda: self.now, sleep=self.sleep):
            yield round(self.now - 100.0, 6)
            self.now += self._held_up.get(index, 0.001)


def test_moments_are_planned_from_the_first() -> None:
    assert list(_Time({}).moments(5)) == pytest.approx([0, 0.02, 0.04, 0.06, 0.08])


def test_a_short_hold_up_shifts_nothing_after_it() -> None:
    assert list(_Time({1: 0.03}).moments(5)) == pytest.approx([0, 0.02, 0.05, 0.06, 0.08])


def test_after_a_long_hold_up_no_heap_of_packets_is_sent() -> None:
    found = list(_Time({1: 3.0}).moments(6))

    assert all(after - before >= 0.0199 for before, after in pairwise(found))


class _Reflector:
    """Sends every packet back at once."""

    def __init__(self) -> None:
        self.answer = b""

    def send(self, data: bytes) -> bool:
        sent = bytes(data)
        session = struct.unpack_from("!H", sent, 14)[0]
        head = struct.pack("!IQHHQ", 0, 1 << 40, 1, session, 1 << 40)
        self.answer = head + sent[:14] + bytes(2) + b"\xff" + bytes(3) + sent[44:]
        return True


class _Watched(list[int]):
    """Looks at the newest answer in the very moment in which its number is noted."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.looked: list[float | None] = []

    def append(self, index: int) -> None:
        super().append(index)
        self.looked.append(self._session._latest())


def test_an_answer_is_whole_before_the_sending_thread_can_see_it() -> None:
    peer = _Reflector()
    session = Session(peer, CallJob(transport=Transport.STAMP, address=""))  # type: ignore[arg-type]  # it behaves like one
    watched = session.seen.order = _Watched(session)
    session._one()
    session._note(peer.answer, session.seen.sent[0] + 0.025)

    assert watched.looked == [pytest.approx(25)]


def _seen(fates: list[str], *, stateless: bool = False) -> Seen:
    """What a sender sees whose packets fare so; the last fate is that of a closer that returns."""
    whole = [*fates, "ok"]
    seen = Seen(token=bytes(16), count=len(fates))
    number = 0
    for index, fate in enumerate(whole):
        seen.sent.append(index * 0.02)
        seen.stamped.append(index)
        if fate == "ok":
            seen.answers[index] = Answer(
                returned=index * 0.02 + 0.04,
                received_ns=index * 20_000_000 + 5_000,
                left_ns=index * 20_000_000 + 6_000,
                number=index if stateless else number,
            )
        number += fate != "up"
    return seen


@calmly
@given(FATES)
def test_what_numbers_tell_is_true_or_nothing(fates: list[str]) -> None:
    told = infer(_seen(fates))
    truth = tuple(index for index, fate in enumerate([*fates, "ok"]) if fate != "up")

    assert told.order in (None, truth)


@calmly
@given(FATES)
def test_loss_in_one_direction_alone_is_always_told(fates: list[str]) -> None:
    """Only where the way there lost something do the numbers show that it is counted at all."""
    only_up = ["up" if fate == "down" else fate for fate in fates]
    told = infer(_seen(only_up))

    assert told.how == "sequence-numbers"


@calmly
@given(FATES)
def test_copied_numbers_tell_nothing_unless_all_came_back(fates: list[str]) -> None:
    told = infer(_seen(fates, stateless=True))

    assert (told.order is None) == any(fate != "ok" for fate in fates)


@calmly
@given(FATES)
def test_a_true_report_is_believed_and_its_times_put_on_the_answers_clock(fates: list[str]) -> None:
    seen = _seen(fates)
    arrived = [index for index, fate in enumerate([*fates, "ok"]) if fate != "up"]
    told = believe([(index, (index - arrived[0]) * 20_000) for index in arrived], seen)

    assert (told.how, told.order) == ("report", tuple(arrived))
    assert told.times == {index: index * 20_000_000 + 5_000 for index in arrived}


@pytest.mark.parametrize(
    "received",
    [
        [(0, 0), (1, 20_000), (9, 40_000)],
        [(0, 0), (1, 20_000)],
        [(0, 20_000), (1, 0), (2, 40_000), (3, 60_000)],
        [(0, -5), (1, 20_000), (2, 40_000), (3, 60_000)],
        [(0, 0), (1, 20_000), (2, 40_000), (3, 10**9)],
        [(0, 0), (1, 1), (2, 2), (3, 3)] * 9,
        [],
    ],
)
def test_a_report_that_cannot_be_true_is_not_believed(received: list[tuple[int, int]]) -> None:
    told = believe(received, _seen(["ok", "ok", "ok"]))

    assert (told.how, told.order) == ("report-wrong", None)


def test_times_that_do_not_go_with_the_answers_are_not_mixed_with_them() -> None:
    """The report's clock runs twice as fast: only the answers' own times are kept."""
    seen = _seen(["ok", "down", "ok", "ok"])
    told = believe([(index, index * 40_000) for index in range(5)], seen)

    assert told.how == "report"
    assert set(told.times) == {0, 2, 3, 4}


def test_a_binding_request_is_that_of_rfc_5769() -> None:
    """RFC 5769, section 2.1: type, cookie and transaction id of its sample request's header."""
    transaction = bytes.fromhex("b7e7a701bc34d686fa87dfae")

    assert stun.request(transaction) == bytes.fromhex("00010000 2112a442 b7e7a701bc34d686fa87dfae")


def test_the_sample_answer_of_rfc_5769_is_read() -> None:
    """Section 2.2, IPv4 response: SOFTWARE, XOR-MAPPED-ADDRESS, MESSAGE-INTEGRITY, FINGERPRINT."""
    sample = bytes.fromhex(
        "0101003c2112a442b7e7a701bc34d686fa87dfae"
        "8022000b7465737420766563746f7220"
        "002000080001a147e112a643"
        "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
        "80280004c07d4c96"
    )

    assert stun.answer(sample) == (stun.SUCCESS, bytes.fromhex("b7e7a701bc34d686fa87dfae"))


@calmly
@given(st.binary(max_size=120))
def test_no_octets_break_the_reader(data: bytes) -> None:
    head = struct.pack("!HHI12s", 0x0101, len(data), 0x2112A442, bytes(12))

    for tried in (data, head + data):
        found = stun.answer(tried)
        assert found is None or found[0] in (stun.SUCCESS, stun.REFUSAL)
