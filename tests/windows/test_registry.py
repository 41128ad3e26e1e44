"""Facts that Windows keeps in the registry, written there and read by the program's own reader."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.system.link import link_facts
from readiness.system.machine import SystemMachine

assert sys.platform == "win32"

from tests.windows.settings import COMPUTER, PERSON

if TYPE_CHECKING:
    from tests.windows.settings import Settings

pytestmark = pytest.mark.windows

VERSION = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
FIRMWARE = r"HARDWARE\DESCRIPTION\System\BIOS"
PROCESSOR = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
INTERNET = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"


def test_edition_and_release_are_those_that_the_settings_show(settings: Settings) -> None:
    settings.set(COMPUTER, VERSION, EditionID="Core", DisplayVersion="24H2")

    facts = SystemMachine(Token()).facts("system")

    assert str(facts["edition"]).startswith("Windows 1")
    assert " Home 24H2 (build " in str(facts["edition"])


@pytest.mark.parametrize(
    ("maker", "product", "virtual"),
    [
        ("LENOVO", "20XW00A0GE", False),
        ("VMware, Inc.", "VMware7,1", True),
        ("QEMU", "Standard PC (Q35 + ICH9, 2009)", True),
    ],
)
def test_a_virtual_machine_is_told_by_its_firmware(
    settings: Settings, maker: str, product: str, *, virtual: bool
) -> None:
    settings.set(COMPUTER, FIRMWARE, SystemManufacturer=maker, SystemProductName=product)

    assert SystemMachine(Token()).facts("virtual")["virtual"] is virtual


def test_the_processor_is_named_as_its_maker_does(settings: Settings) -> None:
    name = "11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz"
    settings.set(COMPUTER, PROCESSOR, ProcessorNameString=name, **{"~MHz": 2419})

    facts = SystemMachine(Token()).facts("processor")

    assert (facts["model"], facts["base_mhz"]) == (name, 2419)


def _proxies() -> object:
    proxy = link_facts(Token())["proxy"]
    assert isinstance(proxy, dict)
    return proxy["system"]


def test_a_proxy_of_the_account_is_found(settings: Settings) -> None:
    settings.set(PERSON, INTERNET, ProxyEnable=1, ProxyServer="proxy.example:8080")

    assert _proxies() == ["manual"]


def test_a_proxy_that_is_switched_off_is_none(settings: Settings) -> None:
    settings.set(PERSON, INTERNET, ProxyEnable=0, ProxyServer="proxy.example:8080")

    assert _proxies() == []


def test_a_script_that_chooses_proxies_is_found(settings: Settings) -> None:
    settings.set(PERSON, INTERNET, ProxyEnable=0, AutoConfigURL="http://proxy.example/proxy.pac")

    assert _proxies() == ["automatic"]
