"""The plan page's choice of where the line is measured to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QRadioButton

from readiness.model.line_method import PUBLIC_METHODS, SERVER_METHODS
from readiness.ports import Choices, Need
from tests.ui.reached import after

if TYPE_CHECKING:
    from tests.ui.conftest import Guide

NETWORK = frozenset({Need.NETWORK})


def _plan(guide: Guide, choices: Choices) -> None:
    guide.to_plan()
    guide.journey.choices = choices
    guide.again()


def _box(guide: Guide, name: str) -> QCheckBox:
    box = guide.window.findChild(QCheckBox, f"public-{name}")
    assert box is not None
    return box


def _chosen(guide: Guide) -> tuple[str, str, tuple[str, ...]]:
    choices = guide.journey.choices
    assert choices is not None
    return choices.server, choices.method, choices.fallbacks


def test_nothing_public_is_chosen_before_it_is_asked_for(guide: Guide) -> None:
    _plan(guide, Choices(consent=NETWORK))

    assert _chosen(guide) == ("", "", ())
    assert guide.window.findChild(QCheckBox, "public-cloudflare") is None


def test_m_lab_which_publishes_is_off_until_it_is_ticked(guide: Guide) -> None:
    _plan(guide, Choices(consent=NETWORK))
    guide.press("public-servers")
    assert not _box(guide, "ndt7").isChecked()
    guide.press("public-ndt7")

    assert _chosen(guide) == ("", "cloudflare", ("ndt7", "speedtest-cli"))


def test_only_what_is_ticked_is_agreed_to(guide: Guide) -> None:
    _plan(guide, Choices(consent=NETWORK, method="cloudflare", fallbacks=("speedtest-cli",)))
    guide.press("public-cloudflare")

    assert _chosen(guide) == ("", "speedtest-cli", ())


def test_of_none_ticked_nothing_is_begun(guide: Guide) -> None:
    _plan(guide, Choices(consent=NETWORK, method="cloudflare"))
    guide.press("public-cloudflare")
    guide.press("start")

    assert guide.window.name == "plan"


def test_tab_leads_from_the_public_way_to_its_servers(guide: Guide) -> None:
    _plan(guide, Choices(consent=NETWORK))
    guide.press("public-servers")
    radio = guide.window.findChild(QRadioButton, "public-servers")
    assert radio is not None
    boxes = [_box(guide, method.id) for method in PUBLIC_METHODS]

    assert [after(one) for one in (radio, *boxes[:-1])] == boxes


@pytest.mark.parametrize("method", [method.id for method in PUBLIC_METHODS])
def test_each_public_server_says_what_it_learns_and_publishes(guide: Guide, method: str) -> None:
    _plan(guide, Choices(consent=NETWORK))
    guide.press("public-servers")
    known = next(one for one in PUBLIC_METHODS if one.id == method)
    said = _box(guide, method).accessibleDescription()

    assert all(part in said for part in (known.who, known.learns, known.publishes))


@pytest.mark.parametrize(
    ("kind", "address", "method"),
    [
        ("serve", "http://192.0.2.7:8080", ""),
        ("librespeed", "https://speed.example", "librespeed"),
        ("ndt7", "wss://ndt.example", "ndt7"),
        ("iperf3", "speed.example:5202", "iperf3"),
    ],
)
def test_a_server_of_each_kind_can_be_named(
    guide: Guide, kind: str, address: str, method: str
) -> None:
    _name(guide, kind, address)
    guide.press("start")
    guide.wait("run")

    assert guide.journey.plan is not None
    choices = guide.journey.plan.choices
    assert (choices.server, choices.method, choices.fallbacks) == (address, method, ())


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("serve", "192.0.2.7"),
        ("serve", "wss://ndt.example"),
        ("iperf3", ""),
        ("iperf3", "http://speed.example"),
        ("iperf3", "speed.example:70000"),
    ],
)
def test_an_address_that_does_not_fit_its_kind_is_asked_again(
    guide: Guide, kind: str, address: str
) -> None:
    _name(guide, kind, address)
    guide.press("start")

    assert guide.window.name == "plan"


def _name(guide: Guide, kind: str, address: str) -> None:
    _plan(guide, Choices(consent=NETWORK))
    field = guide.window.findChild(QLineEdit, "server")
    kinds = guide.window.findChild(QComboBox, "server-kind")
    assert field is not None
    assert kinds is not None
    kinds.setCurrentIndex([method.id for method in SERVER_METHODS].index(kind))
    field.setText(address)
    field.textEdited.emit(address)


def test_what_was_chosen_is_there_again(guide: Guide) -> None:
    before = Choices(consent=NETWORK, method="ndt7", server="wss://ndt.example")
    _plan(guide, before)

    assert _chosen(guide) == ("wss://ndt.example", "ndt7", ())
