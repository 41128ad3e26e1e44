"""Asks M-Lab's Locate service, version 2, which of its ndt7 servers are near. Runs in the child."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

import readiness
from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.bodies import short_body
from readiness.system.line.messages import Site
from readiness.system.line.peer import Answer, Link, check_status, look_up, parse_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.system.line.messages import Ndt7Job

NEAREST = "/v2/nearest/ndt/ndt7"
NO_CAPACITY = 204
MOST = 256 * 1024
MOST_SITES = 4
DOWNLOAD, UPLOAD = "/ndt/v7/download", "/ndt/v7/upload"


class _Result(msgspec.Struct):
    urls: dict[str, str]


class _Results(msgspec.Struct):
    results: list[_Result]


_READER = json_reader(_Results)


def locate(job: Ndt7Job) -> tuple[Site, ...]:
    """The servers that the service at ``job.address`` names, nearest first.

    Raises:
        CannotMeasure: ``server-busy`` if none is free, ``garbage-answer`` if what answered names
            none or one outside ``job.zones``; and what a connection can meet.
    """
    failure = CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    for peer in look_up(parse_address(job.address)):
        try:
            link = Link(peer, connect_s=job.connect_s, patience=job.stall_s)
        except CannotMeasure as error:
            failure = error
            continue
        try:
            query = f"client_name=readiness&client_version={readiness.__version__}"
            link.ask("GET", f"{peer.base}{NEAREST}?{query}", fields=("Accept: application/json",))
            answer = link.answer()
            return _sites(answer, link, job.zones, scheme="wss" if peer.tls else "ws")
        finally:
            link.close()
    raise failure


def _sites(answer: Answer, link: Link, zones: Sequence[str], *, scheme: str) -> tuple[Site, ...]:
    if answer.status == NO_CAPACITY:
        raise CannotMeasure(FailureCode.UNREACHABLE, "server-busy", status=NO_CAPACITY)
    check_status(answer)
    if "html" in answer.fields.get("content-type", "").lower():
        raise CannotMeasure(FailureCode.UNREACHABLE, "captive-portal", status=answer.status)
    try:
        said = _READER.decode(short_body(link, answer, most=MOST))
        sites = tuple(
            Site(
                download=result.urls[f"{scheme}://{DOWNLOAD}"],
                upload=result.urls[f"{scheme}://{UPLOAD}"],
            )
            for result in said.results[:MOST_SITES]
        )
        hosts = [urlsplit(url).hostname or "" for s in sites for url in (s.download, s.upload)]
    except (msgspec.DecodeError, KeyError, ValueError) as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error
    if not sites or not all(_within(host, zones) for host in hosts):
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    return sites


def _within(host: str, zones: Sequence[str]) -> bool:
    return any(host == zone or host.endswith(f".{zone}") for zone in zones)
