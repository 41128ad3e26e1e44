"""The table of support dates against what the makers published."""

from __future__ import annotations

from datetime import date

import pytest

from readiness.os_support import Support, editions, releases, support


def _windows(build: int, edition: str, today: date) -> Support | None:
    return support(system="windows", version="", build=build, edition=edition, today=today)


def _other(system: str, version: str, today: date) -> bool | None:
    found = support(system=system, version=version, build=None, edition="", today=today)
    assert found is not None
    return found.supported


def test_the_last_day_is_still_supported_and_the_next_is_not() -> None:
    last = _windows(19045, "Core", date(2025, 10, 14))
    after = _windows(19045, "Core", date(2025, 10, 15))

    assert last is not None
    assert after is not None
    assert (last.supported, after.supported) == (True, False)


def test_enterprise_is_supported_for_longer_than_home() -> None:
    home = _windows(26100, "Core", date(2026, 11, 1))
    enterprise = _windows(26100, "Enterprise", date(2026, 11, 1))

    assert home is not None
    assert enterprise is not None
    assert (home.supported, enterprise.supported) == (False, True)


@pytest.mark.parametrize(
    ("edition", "group"),
    [
        ("Core", "consumer"),
        ("ProfessionalWorkstation", "consumer"),
        ("Education", "business"),
        ("EnterpriseS", "ltsc"),
        ("IoTEnterpriseS", "iot-ltsc"),
        ("IoTEnterprise", "business"),
        ("SomethingNew", ""),
    ],
)
def test_edition_groups(edition: str, group: str) -> None:
    assert editions(edition) == group


def test_an_unknown_build_or_edition_is_not_listed() -> None:
    assert _windows(31999, "Core", date(2026, 1, 31)) is None
    assert _windows(26200, "SomethingNew", date(2026, 1, 31)) is None


def test_a_published_end_decides() -> None:
    assert _other("macos", "13.7.8", date(2026, 1, 31)) is False
    assert _other("macos", "10.15.7", date(2026, 3, 1)) is False
    assert _other("ubuntu", "22.04", date(2026, 1, 31)) is True
    assert _other("ubuntu", "25.04", date(2026, 1, 31)) is False
    assert _other("debian", "12.5", date(2026, 1, 31)) is True
    assert _other("fedora", "41", date(2026, 1, 31)) is False


def test_where_no_end_is_published_an_old_table_says_unknown_not_no() -> None:
    assert _other("macos", "15.6", date(2026, 1, 31)) is True
    assert _other("macos", "15.6", date(2029, 1, 1)) is None


def test_no_two_rows_are_for_the_same_release() -> None:
    keys = [(r.system, r.version, r.build, r.editions) for r in releases()]

    assert len(keys) == len(set(keys))


def test_every_windows_row_names_build_and_editions() -> None:
    rows = [row for row in releases() if row.system == "windows"]

    assert rows
    assert all(row.build and row.editions for row in rows)
