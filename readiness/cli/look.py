"""Looking around: ``probes``, ``devices``, ``profile``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from readiness.audio_devices import usb_id
from readiness.audio_link_words import BASES
from readiness.cli.console import key_values, out, print_json
from readiness.cli.root import (
    Exit,
    cli,
    explain_error,
    make_engine,
    with_json,
    with_language,
)
from readiness.endpoint_outcomes import endpoint_key
from readiness.locale import Reader
from readiness.model.text import N_
from readiness.probes import all_probes
from readiness.profiles import check_profile

if TYPE_CHECKING:
    from readiness.model.errors import InputError
    from readiness.model.requirement import Profile
    from readiness.ports import Probe


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


@cli.command(epilog="Example: readiness probes --json")
@with_json
@with_language
def probes(*, as_json: bool, language: str) -> Exit:
    """List what can be measured: metrics with unit and resolution, seconds, needs."""
    if as_json:
        print_json({"probes": [_probe_document(probe) for probe in all_probes().values()]})
        return Exit.READY
    reader = Reader(language)
    table = _table(
        reader.text(N_("Probe")),
        reader.text(N_("Metric")),
        reader.text(N_("Unit")),
        reader.text(N_("Steps of")),
        reader.text(N_("Seconds")),
        reader.text(N_("Needs")),
    )
    for probe in all_probes().values():
        needs = ", ".join([*sorted(probe.needs), *(f"({need})" for need in sorted(probe.wishes))])
        for index, metric in enumerate(probe.metrics):
            first = index == 0
            table.add_row(
                probe.id if first else "",
                metric.id,
                metric.unit,
                f"{metric.resolution:g}" if metric.resolution else "-",
                f"{probe.seconds:g}" if first else "",
                needs if first else "",
            )
    out().print(table)
    return Exit.READY


def _probe_document(probe: Probe) -> dict[str, object]:
    return {
        "id": probe.id,
        "version": probe.version,
        "title": probe.title,
        "seconds": probe.seconds,
        "seconds_thorough": probe.lasts(thorough=True),
        "limit": probe.limit,
        "needs": sorted(probe.needs),
        "wishes": sorted(probe.wishes),
        "megabytes": probe.megabytes,
        "metrics": [
            {
                "id": metric.id,
                "title": metric.title,
                "unit": metric.unit,
                "resolution": metric.resolution,
                "shape": metric.shape,
                "values": list(metric.labels),
            }
            for metric in probe.metrics
        ],
    }


@cli.command(epilog="Example: readiness devices --json")
@with_json
@with_language
def devices(*, as_json: bool, language: str) -> Exit:
    """List the audio devices with how each is connected, how sure that is, and on what evidence."""
    found = make_engine().devices()
    if as_json:
        print_json(
            {
                "devices": [
                    {
                        "id": device.id,
                        "name": device.name,
                        "direction": device.direction,
                        "default": device.default,
                        "link": link.value,
                        "how_sure": link.how_sure,
                        "evidence": link.basis,
                        "why": link.why,
                        "product": link.product,
                        "usb": usb_id(
                            device.facts.get("vendor_id"), device.facts.get("product_id")
                        ),
                    }
                    for device, link in found
                ]
            }
        )
        return Exit.READY
    reader = Reader(language)
    table = _table(
        reader.text(N_("Device")),
        reader.text(N_("Direction")),
        reader.text(N_("Connection")),
        reader.text(N_("How sure")),
        reader.text(N_("Evidence")),
        reader.text(N_("Why")),
    )
    for device, link in found:
        table.add_row(
            Text(device.name),
            device.direction,
            link.value,
            link.how_sure,
            reader.text(BASES[link.basis]),
            reader.text(link.text),
        )
    out().print(table)
    return Exit.READY


@cli.group()
def profile() -> None:
    """Look at requirement profiles and check your own."""


@profile.command("list", epilog="Example: readiness profile list --lang de")
@with_json
@with_language
def profile_list(*, as_json: bool, language: str) -> Exit:
    """List the shipped profiles."""
    shipped = make_engine().profiles()
    if as_json:
        print_json({"profiles": [_profile_line(one) for one in shipped]})
        return Exit.READY
    reader = Reader(language)
    table = _table(reader.text(N_("Profile")), reader.text(N_("Title")), reader.text(N_("Asks")))
    for one in shipped:
        table.add_row(one.id, Text(reader.local(one.title)), Text(reader.local(one.summary)))
    out().print(table)
    return Exit.READY


def _profile_line(one: Profile) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "summary": one.summary,
        "requirements": len(one.requirements),
        "digest": one.digest,
    }


@profile.command("show", epilog="Example: readiness profile show typical-voice")
@click.argument("reference", metavar="ID|FILE")
@with_json
@with_language
def profile_show(*, reference: str, as_json: bool, language: str) -> Exit:
    """Show what a profile asks, and on whose word."""
    one = make_engine().profile(reference)
    if as_json:
        print_json(one)
        return Exit.READY
    from readiness.report.asked import asked_rows

    reader = Reader(language)
    console = out()
    console.print(Text(reader.local(one.title), style="bold"))
    console.print(Text(reader.local(one.summary)))
    console.print(key_values([(reader.text(N_("Profile")), one.id), ("SHA-256", one.digest)]))
    table = _table(
        reader.text(N_("Requirement")),
        reader.text(N_("Asked")),
        reader.text(N_("Weight")),
        reader.text(N_("Source")),
    )
    for row in asked_rows(one, reader):
        table.add_row(Text(row.title), Text(row.asked), Text(row.level), Text(row.source))
    console.print(table)
    if one.endpoints:
        hosts = ", ".join(map(endpoint_key, one.endpoints))
        console.print(
            Text(reader.text(N_("Hosts that are tried after a yes: {hosts}"), hosts=hosts))
        )
    if one.devices:
        known = ", ".join(f"{device.name} ({device.usb}: {device.link})" for device in one.devices)
        # Translators: headsets that a profile lists, each with its USB id and kind.
        console.print(Text(reader.text(N_("Headsets that it knows: {devices}"), devices=known)))
    return Exit.READY


@profile.command("check", epilog="Example: readiness profile check mine.toml")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_json
@with_language
def profile_check(*, files: tuple[Path, ...], as_json: bool, language: str) -> Exit:
    """Check profile files: every fault with file, key and what to do."""
    reader = Reader(language)
    faults = {str(path): check_profile(path) for path in files}
    if as_json:
        print_json({"files": {name: _faults(found, reader) for name, found in faults.items()}})
    else:
        for name, found in faults.items():
            if not found:
                out().print(Text(reader.text(N_("{file}: can be used"), file=name)))
            for fault in found:
                out().print(Text(explain_error(fault, reader)), soft_wrap=True)
    return Exit.BAD_INPUT if any(faults.values()) else Exit.READY


def _faults(found: list[InputError], reader: Reader) -> list[dict[str, str]]:
    return [
        {
            "reference": fault.reference,
            "where": fault.where,
            "what": reader.text(fault.what, **fault.values),
            "hint": reader.text(fault.hint, **fault.values),
        }
        for fault in found
    ]
