"""Which interface is which, by Windows' own tables."""

from __future__ import annotations

import sys

import psutil
import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure
from readiness.system.link import link_facts, wifi_facts, windows

assert sys.platform == "win32"

pytestmark = pytest.mark.windows

ETHERNET, LOOPBACK = 6, 24
"""``IF_TYPE_ETHERNET_CSMACD`` and ``IF_TYPE_SOFTWARE_LOOPBACK`` of ipifcons.h."""

AWAY = "192.0.2.9"
"""RFC 5737."""


def test_the_way_out_is_the_cable() -> None:
    row, _ = windows.look(AWAY)

    assert row is not None
    shape = windows.shape(row)
    assert (shape["if_type"], shape["up"], shape["hardware"]) == (ETHERNET, True, True)


def test_this_computer_itself_is_in_the_table_and_is_no_cable() -> None:
    _, cables = windows.look("")

    assert LOOPBACK in {row.type for row in windows._rows()}
    assert LOOPBACK not in {row.type for row in cables}


def test_the_row_has_the_layout_of_the_system_s_header() -> None:
    """A field out of place would give another length of packets than another program reads."""
    row, _ = windows.look(AWAY)

    assert row is not None
    name = "".join(map(chr, row.alias)).split("\0")[0]
    assert row.mtu == psutil.net_if_stats()[name].mtu


def test_no_radio_is_said_and_none_is_made_up() -> None:
    with pytest.raises(CannotMeasure, match=r"wifi-unclear|no-wifi"):
        wifi_facts(Token())


def test_the_network_tells_whether_it_costs_by_the_amount() -> None:
    assert link_facts(Token())["metered"] in {True, False, None}
