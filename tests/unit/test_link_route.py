"""Towards which address the line is looked up, and when a name may be."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.errors import Cancelled
from readiness.ports import Choices, Need
from readiness.system.link import link_facts, route, target_of
from readiness.system.machine import SystemMachine
from readiness.system.world import SystemWorld

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = list[tuple[object, ...]]


def _entry(address: str) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_DGRAM, 17, "", (address, 9))


class Resolver:
    """Answers one name, in turn with other addresses, and remembers being asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.asked: list[str] = []

    def __call__(self, host: str, *_rest: object, **_more: object) -> Answer:
        """The next address."""
        self.asked.append(host)
        if not self.addresses:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [_entry(self.addresses.pop(0))]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Resolver]:
    """Put a resolver in the system's place."""

    def use(*addresses: str) -> Resolver:
        made = Resolver(*addresses)
        monkeypatch.setattr(socket, "getaddrinfo", made)
        return made

    return use


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("http://203.0.113.9:8080", "203.0.113.9"),
        ("203.0.113.9", "203.0.113.9"),
        ("https://[2001:db8::9]/x", "2001:db8::9"),
        ("2001:db8::9", "2001:db8::9"),
        ("http://127.0.0.1:8080", ""),
        ("http://[::1]:8080", ""),
        ("0.0.0.0", ""),  # noqa: S104 - not bound to
        ("", ""),
        ("http://[broken", ""),
        ("http://300.1.1.1", ""),
    ],
)
def test_a_literal_address_needs_no_lookup(server: str, address: str) -> None:
    assert target_of(Token(), server) == address


def test_without_consent_no_name_is_looked_up(resolver: Callable[..., Resolver]) -> None:
    used = resolver("203.0.113.9")
    machine = SystemWorld().machine(Choices(server="https://measure.example"), Token())

    assert machine.facts("link")["route"] in ("default", "none")
    assert used.asked == []


def test_with_consent_the_name_is_looked_up_once_for_before_and_after(
    resolver: Callable[..., Resolver],
) -> None:
    used = resolver("203.0.113.9", "203.0.113.10")
    choices = Choices(server="https://measure.example", consent=frozenset({Need.NETWORK}))
    machine = SystemWorld().machine(choices, Token())

    machine.facts("link")
    machine.facts("link")

    assert used.asked == ["measure.example"]


def test_an_unknown_name_leaves_the_default_route(resolver: Callable[..., Resolver]) -> None:
    resolver()

    assert target_of(Token(), "https://nowhere.example", lookup=True) == ""


def test_a_name_that_was_not_found_is_not_asked_for_again(
    resolver: Callable[..., Resolver],
) -> None:
    """The signal is read every second; and "after" must mean the same way as "before"."""
    used = resolver()
    machine = SystemMachine(Token(), server="nowhere.example", network=True)

    assert {machine.facts("link")["route"] for _ in range(2)} <= {"default", "none"}
    assert used.asked == ["nowhere.example"]


def test_a_resolver_that_never_answers_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def hang(*_arguments: object, **_more: object) -> Answer:
        release.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    assert route.look_up(Token(), "measure.example", seconds=0.1) == ""
    release.set()


def test_a_lookup_obeys_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    release, token = threading.Event(), Token()

    def hang(*_arguments: object, **_more: object) -> Answer:
        token.cancel()
        release.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    with pytest.raises(Cancelled):
        route.look_up(token, "measure.example", seconds=30)
    release.set()


def test_facts_name_the_number_of_the_interface_and_no_address() -> None:
    facts = link_facts(Token())

    if facts["interface"] is not None:
        assert facts["index"] in {index for index, _name in socket.if_nameindex()}


def test_an_interface_that_is_gone_has_no_number() -> None:
    assert route.index_of("no-such-link0") is None
    assert route.index_of(None) is None


def test_an_address_that_two_interfaces_have_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unnumbered tunnel borrows the card's address."""
    import psutil

    entry = next(iter(psutil.net_if_addrs().values()))[0]._replace(address="192.0.2.7")
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {"eth0": [entry], "tun0": [entry]})

    assert route.interface_of("192.0.2.7") is None


def test_the_machine_can_be_asked_for_the_address_that_was_used() -> None:
    facts = SystemMachine(Token(), server="192.0.2.1").facts("link")

    assert facts["route"] in ("server", "default", "none")
