"""Call streams made by hand: every packet's fate is given, so every figure is known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.call import CallStream, Transport

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

OFFSET_S = 1234.5
"""How far the peer's clock is from ours: nothing may depend on it."""


def made_stream(
    count: int,
    *,
    lost_up: Collection[int] = (),
    lost_down: Collection[int] = (),
    up_ms: float = 20.0,
    down_ms: float = 20.0,
    extra_up: Mapping[int, float] | None = None,
    extra_down: Mapping[int, float] | None = None,
    order_there: Sequence[int] | None = None,
    order_back: Sequence[int] | None = None,
    told: bool = True,
    drift: float = 0.0,
    step_ms: float = 0.0,
    lay_ms: float = 0.1,
    interval_s: float = 0.02,
    transport: Transport = Transport.STAMP,
) -> CallStream:
    """A stream whose packets fare as told.

    Args:
        count: Packets.
        lost_up: Numbers that do not reach the peer.
        lost_down: Numbers whose answers do not come back.
        up_ms: Transit to the peer.
        down_ms: Transit back.
        extra_up: Packet -> further ms on the way there.
        extra_down: Packet -> further ms on the way back.
        order_there: Order of arrival there; none: in order of time.
        order_back: The same here.
        told: Whether the peer says what it received.
        drift: Of the peer's clock, seconds a second.
        step_ms: The peer's clock jumps by this in the middle.
        lay_ms: How long the peer keeps a packet.
        interval_s: Distance of two packets.
        transport: What carried it.
    """
    sent = tuple(index * interval_s for index in range(count))
    there: list[float | None] = []
    left: list[float | None] = []
    back: list[float | None] = []
    for index, out in enumerate(sent):
        arrives = out + (up_ms + (extra_up or {}).get(index, 0.0)) / 1000
        leaves = arrives + lay_ms / 1000
        returns = leaves + (down_ms + (extra_down or {}).get(index, 0.0)) / 1000
        arrived = index not in lost_up
        returned = arrived and index not in lost_down
        clock = OFFSET_S + (step_ms / 1000 if index >= count // 2 else 0.0)
        known = arrived and (told or returned)
        there.append(clock + arrives * (1 + drift) if known else None)
        left.append(clock + leaves * (1 + drift) if returned else None)
        back.append(returns if returned else None)
    came = [index for index in range(count) if index not in lost_up]
    came.sort(key=lambda index: sent[index] + (extra_up or {}).get(index, 0.0) / 1000)
    answered = [index for index in range(count) if back[index] is not None]
    answered.sort(key=lambda index: back[index] or 0.0)
    direct = transport is Transport.STAMP
    return CallStream(
        transport=transport,
        begin=0.0,
        interval_s=interval_s,
        payload=172,
        sent=sent,
        returned=tuple(back),
        arrived_there=tuple(there) if direct else (),
        left_there=tuple(left) if direct else (),
        order_back=tuple(answered if order_back is None else order_back),
        order_there=tuple(came if order_there is None else order_there) if told and direct else (),
        per_direction=told and direct,
    )
