"""The operating system: which, how old, still supported, and whether it runs on a real computer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from readiness import machine_facts as told
from readiness.advice import computer, places
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Shape, Side, Tip
from readiness.model.text import N_
from readiness.os_support import support
from readiness.ports import Context, Probe, Reason, failed, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Facts, Result

_OTHER = (computer.OTHER_AT_HOME, computer.USED, computer.OTHER_COMPUTER)

NAME = Metric(
    id="machine.os_name",
    title=N_("Operating system"),
    shape=Shape.CHOICE,
    labels={
        "windows": "Windows",
        "macos": "macOS",
        "linux": "Linux",
        "chromeos": "ChromeOS",
        # Translators: another operating system.
        "other": N_("another one"),
    },
    causes=(
        Cause(N_("The employer's programs run on another system than the one of this computer.")),
    ),
    advice=_OTHER,
)
EDITION = Metric(
    id="machine.os_edition",
    title=N_("Operating system edition"),
    shape=Shape.TEXT,
    causes=(Cause(N_("Another edition of the system is installed than is asked.")),),
    advice=(computer.LOOK_UP, computer.ACCEPTED),
)
VERSION = Metric(
    id="machine.os_version",
    title=N_("Operating system version"),
    resolution=0.01,
    causes=(
        Cause(
            N_(
                "The system was not brought up to the version that is asked, or the computer is too"
                " old for it. The system's update page says which."
            ),
            when=(Side.BELOW,),
        ),
        Cause(
            N_("Your version is newer than those that the list names."),
            when=(Side.ABOVE,),
        ),
    ),
    advice=(
        msgspec.structs.replace(computer.UPDATE, when=(Side.BELOW,)),
        Tip(
            Cost.FREE,
            N_("Tell the employer your version; lists like theirs are often some years old."),
            when=(Side.ABOVE,),
        ),
        msgspec.structs.replace(computer.USED, when=(Side.BELOW,)),
        computer.OTHER_COMPUTER,
    ),
)
SUPPORTED = Metric(
    id="machine.os_supported",
    title=N_("Operating system still receives updates"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "The maker has stopped repairing security holes of this version, so it is no longer"
                " safe for work with customers' data."
            )
        ),
    ),
    advice=(
        computer.UPDATE,
        Tip(Cost.FREE, N_("Change to a version that still receives updates, if it can run it.")),
        computer.USED,
        computer.OTHER_COMPUTER,
    ),
)
BITS = Metric(
    id="machine.os_bits",
    title=N_("Operating system width"),
    unit="bit",
    resolution=1,
    causes=(
        Cause(
            N_(
                "A 32-bit system is installed. Most computers can run one with 64 bits; the"
                " system's own page about the computer names the kind of processor."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_(
                "If the processor has 64 bits, have the 64-bit version of the system installed;"
                " save your files first."
            ),
            where=places.ABOUT,
        ),
        computer.USED,
        computer.OTHER_COMPUTER,
    ),
)
ARCHITECTURE = Metric(
    id="machine.architecture",
    title=N_("Processor architecture"),
    shape=Shape.CHOICE,
    labels={
        "x86-64": N_("64-bit Intel or AMD (x86-64)"),
        "arm64": N_("64-bit ARM (arm64)"),
        "x86": N_("32-bit Intel or AMD (x86)"),
        "other": N_("another one"),
    },
    causes=(Cause(N_("The processor is of another kind than the employer's programs expect.")),),
    advice=(computer.LOOK_UP, *_OTHER),
)
VIRTUAL = Metric(
    id="machine.virtual",
    title=N_("Runs inside another computer"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "The check ran in a virtual machine or on a computer far away, and saw that one"
                " instead of yours."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Start this check on the computer itself.")),
        Tip(Cost.ASK, N_("Ask the employer whether work in a virtual machine is allowed.")),
    ),
)

NOT_IN_TABLE = "not-in-table"
TABLE_TOO_OLD = "table-too-old"
NO_VERSION = "no-version"

_ARCHITECTURES = {
    "x86_64": "x86-64",
    "amd64": "x86-64",
    "arm64": "arm64",
    "aarch64": "arm64",
    "i386": "x86",
    "i486": "x86",
    "i586": "x86",
    "i686": "x86",
    "x86": "x86",
}


def run(ctx: Context) -> Iterator[Result]:
    """Tell what runs here; whether it is supported comes from the shipped table."""
    facts = ctx.machine.facts("system")
    system = told.text(facts, "system")
    if system is None:
        yield told.not_usable(ctx, NAME, facts, "system")
    else:
        known = system if system in NAME.labels else "other"
        yield reported(ctx, NAME, known, method="system-by-system")
    edition = told.text(facts, "edition")
    if edition is None:
        yield told.not_usable(ctx, EDITION, facts, "edition")
    else:
        yield reported(ctx, EDITION, edition, method="system-by-system")
    yield _version(ctx, facts)
    yield _supported(ctx, facts)
    bits = told.number(facts, "bits", low=16, high=128)
    if bits is None:
        yield told.not_usable(ctx, BITS, facts, "bits")
    else:
        yield reported(ctx, BITS, int(bits), method="system-by-system")
    yield _architecture(ctx, facts)
    ctx.checkpoint()
    yield _virtual(ctx, ctx.machine.facts("virtual"))


def _version(ctx: Context, facts: Facts) -> Result:
    text = told.text(facts, "version") or ""
    found = re.fullmatch(r"(\d{1,4})(?:\.(\d{1,3}))?(?:\..*)?", text)
    if not found:
        return failed(ctx, VERSION, FailureCode.UNSUPPORTED, NO_VERSION)
    major, minor = found.group(1), found.group(2) or "0"
    if major == "10" and facts.get("system") == "macos":
        minor = minor.zfill(2)  # 10.9 came before 10.15
    return reported(ctx, VERSION, float(f"{major}.{minor}"), method="system-by-system", text=text)


def _supported(ctx: Context, facts: Facts) -> Result:
    build = told.count(facts, "build", high=10**6)
    answer = support(
        system=told.text(facts, "distribution") or told.text(facts, "system") or "",
        version=told.text(facts, "version") or "",
        build=build,
        edition=told.text(facts, "edition_id") or "",
        today=ctx.clock.now().date(),
    )
    if answer is None:
        return failed(ctx, SUPPORTED, FailureCode.UNSUPPORTED, NOT_IN_TABLE)
    if answer.supported is None:
        return failed(ctx, SUPPORTED, FailureCode.UNSUPPORTED, TABLE_TOO_OLD)
    notes = {"note": answer.release.note} if answer.release.note else {}
    return reported(
        ctx,
        SUPPORTED,
        answer.supported,
        method="support-table",
        until=answer.release.end.isoformat(),
        basis=answer.release.basis,
        **notes,
    )


def _architecture(ctx: Context, facts: Facts) -> Result:
    name = told.text(facts, "architecture")
    if name is None:
        return told.not_usable(ctx, ARCHITECTURE, facts, "architecture")
    known = _ARCHITECTURES.get(name.lower(), "other")
    return reported(ctx, ARCHITECTURE, known, method="system-by-system", name=name)


def _virtual(ctx: Context, facts: Facts) -> Result:
    virtual = told.truth(facts, "virtual")
    if virtual is None:
        return told.not_usable(ctx, VIRTUAL, facts, "virtual")
    which = told.text(facts, "virtual_kind")
    return reported(
        ctx, VIRTUAL, virtual, method="virtual-by-system", **({"kind": which} if which else {})
    )


PROBE = Probe(
    id="system",
    version=1,
    title=N_("Operating system"),
    metrics=(NAME, EDITION, VERSION, SUPPORTED, BITS, ARCHITECTURE, VIRTUAL),
    run=run,
    seconds=0.1,
    limit=10,
    methods={
        "system-by-system": N_("The operating system states it."),
        "support-table": N_("Compared with the makers' published dates that this program carries."),
        "virtual-by-system": N_("Judged from what the system and the firmware call the computer."),
    },
    reasons={
        **told.REASONS,
        NOT_IN_TABLE: Reason(
            what=N_("This program does not know how long this version receives updates."),
            remedy=N_("Look it up at the maker's, or get a newer version of this program."),
            where=places.ABOUT,
        ),
        TABLE_TOO_OLD: Reason(
            what=N_("The maker publishes no date, and what this program knows is too old."),
            remedy=N_("Get a newer version of this program."),
        ),
        NO_VERSION: Reason(
            what=N_("This system has no version number that can be compared."),
            remedy=N_("Tell the employer which system you use and when it was last updated."),
            where=places.ABOUT,
        ),
    },
)
