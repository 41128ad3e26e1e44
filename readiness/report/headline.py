"""The headline of a report: what is so, in one line, and the counts in a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import Cost
from readiness.model.requirement import Level
from readiness.model.text import N_
from readiness.report.rows import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.model.finding import Finding
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

_SMALL = (
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)


def headline(report: Report, profile: Profile | None, reader: Reader) -> tuple[str, str]:
    """What is so, in one line, and a second line with the counts."""
    musts = [finding for finding in report.findings if finding.level is Level.MUST]
    first = _first_line(report, musts, profile, reader)
    return first, _second_line(report, musts, profile, reader)


def profile_title(report: Report, profile: Profile | None, reader: Reader) -> str:
    """The profile's title, or its id where it is not known here."""
    if profile is None:
        return clean(report.profile)
    return clean(reader.local(profile.title))


def count_word(n: int, reader: Reader) -> str:
    """A small number as a word, a larger one in figures; ``n`` is at least two."""
    if 2 <= n <= len(_SMALL) + 1:  # noqa: PLR2004 - the list begins with two
        return reader.text(_SMALL[n - 2])
    return reader.number(n)


def _first_line(
    report: Report, musts: Sequence[Finding], profile: Profile | None, reader: Reader
) -> str:
    failed = sum(f.verdict is Verdict.FAIL for f in musts)
    undecided = sum(f.verdict in (Verdict.UNKNOWN, Verdict.BORDERLINE) for f in musts)
    if report.overall is Overall.READY:
        if profile is None:
            return reader.text(N_("Ready: everything that is required is met"))
        return reader.text(N_("Ready for {profile}"), profile=clean(reader.local(profile.title)))
    if report.overall is Overall.NOT_READY:
        # Translators: {count} is a small number as a word, e.g. "two".
        return reader.plural(
            "Not ready yet: one thing to put right",
            "Not ready yet: {count} things to put right",
            max(1, failed),
            count=count_word(failed, reader),
        )
    if undecided * 2 > len(musts):
        return reader.plural(
            "Not decided yet: one thing is still open",
            "Not decided yet: {count} things are still open",
            undecided,
            count=count_word(undecided, reader),
        )
    # Translators: shown when nothing is wrong but something could not be measured or decided.
    return reader.plural(
        "Almost: one thing is still open",
        "Almost: {count} things are still open",
        max(1, undecided),
        count=count_word(undecided, reader),
    )


def _second_line(
    report: Report, musts: Sequence[Finding], profile: Profile | None, reader: Reader
) -> str:
    failed = [f for f in musts if f.verdict is Verdict.FAIL]
    applicable = [f for f in musts if f.verdict is not Verdict.NOT_APPLICABLE]
    met = sum(f.verdict is Verdict.PASS for f in applicable)
    said = [
        reader.plural(
            "{met} of {n} requirement is met.",
            "{met} of {n} requirements are met.",
            len(applicable),
            met=reader.number(met),
        )
    ]
    unmeasured = sum(f.verdict is Verdict.UNKNOWN for f in applicable)
    if unmeasured:
        said.append(
            reader.plural(
                "One could not be decided.",
                "{count} could not be decided.",
                unmeasured,
                count=_capital(count_word(unmeasured, reader)),
            )
        )
    close = sum(f.verdict is Verdict.BORDERLINE for f in applicable)
    if close:
        said.append(
            reader.plural(
                "One is too close to its limit to call.",
                "{count} are too close to their limits to call.",
                close,
                count=_capital(count_word(close, reader)),
            )
        )
    said.extend(_recommended(report, reader))
    if failed and _all_have_free_advice(failed, report, profile, reader):
        said.append(
            reader.plural(
                "There is something free to try first.",
                "For each of these things there is something free to try first.",
                len(failed),
            )
        )
    return " ".join(said)


def _recommended(report: Report, reader: Reader) -> list[str]:
    missed = [f for f in report.findings if f.level is Level.SHOULD and f.verdict is Verdict.FAIL]
    if not missed:
        return []
    return [
        reader.plural(
            "One recommendation is not met.",
            "{count} recommendations are not met.",
            len(missed),
            count=_capital(count_word(len(missed), reader)),
        )
    ]


def _all_have_free_advice(
    failed: Sequence[Finding], report: Report, profile: Profile | None, reader: Reader
) -> bool:
    writer = Writer(profile, reader, report.session)
    return all(any(cost is Cost.FREE for cost, _ in writer.rungs(f)) for f in failed)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
