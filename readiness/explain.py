"""Codes, methods and verdicts in words: the one place where a stored identifier becomes a sentence.

Everything here returns English source text; ``Reader.text`` puts it into the reader's language.
The texts of single failures and methods stand beside the probes that use them.
"""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from readiness.advice import computer, internet, places
from readiness.foreign import clean
from readiness.model.errors import FailureCode
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import WITHHELD, Cost, EvidenceKind
from readiness.model.requirement import Area, Grade, Level
from readiness.model.text import N_
from readiness.ports import Reason
from readiness.probes import all_metrics, all_probes, probe_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.locale import Reader
    from readiness.model.measurement import Failure, Scalar
    from readiness.steady_runs import Worse

DECLARED = "declared."
"""How the metrics begin that are answers of the person."""

VERDICTS: Mapping[Verdict, str] = {
    Verdict.PASS: N_("met"),
    Verdict.FAIL: N_("not met"),
    Verdict.BORDERLINE: N_("borderline"),
    Verdict.UNKNOWN: N_("open"),
    Verdict.NOT_APPLICABLE: N_("does not apply"),
}
SYMBOLS: Mapping[Verdict, str] = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✕",
    Verdict.BORDERLINE: "≈",
    Verdict.UNKNOWN: "?",
    Verdict.NOT_APPLICABLE: "–",  # noqa: RUF001 - an en dash is meant
}
OVERALLS: Mapping[Overall, str] = {
    Overall.READY: N_("ready"),
    Overall.NOT_READY: N_("not ready"),
    Overall.OPEN: N_("open"),
}
LEVELS: Mapping[Level, str] = {
    Level.MUST: N_("required"),
    Level.SHOULD: N_("recommended"),
    Level.INFO: N_("for information"),
}
AREAS: Mapping[Area, str] = {
    Area.COMPUTER: N_("Computer"),
    Area.LINE: N_("Internet line"),
    Area.HEADSET: N_("Headset"),
    Area.VOICE: N_("Voice"),
    Area.PHONE: N_("Telephone"),
    Area.ROOM: N_("Room"),
    # Translators: the person who applies, their skills and their answers.
    Area.PERSON: N_("Person"),
}
EVIDENCE: Mapping[EvidenceKind, str] = {
    EvidenceKind.MEASURED: N_("measured"),
    # Translators: the operating system states this value; nobody checked it.
    EvidenceKind.REPORTED: N_("the system says"),
    # Translators: the applicant answered a question. Read by the applicant and by others.
    EvidenceKind.DECLARED: N_("own answer"),
}
COSTS: Mapping[Cost, str] = {
    Cost.FREE: N_("Free"),
    Cost.CHEAP: N_("Cheap"),
    # Translators: this advice is to ask somebody, e.g. the employer or the provider.
    Cost.ASK: N_("Ask"),
}
GRADES: Mapping[Grade, str] = {
    Grade.A: N_("the publisher's own page"),
    Grade.B: N_("a partner's page or dated press"),
    Grade.C: N_("a secondary source, for direction only"),
    Grade.P: N_("our own proposal"),
}
SHORT_FAILURES: Mapping[FailureCode, str] = {
    FailureCode.NO_DEVICE: N_("no device found"),
    FailureCode.PERMISSION_DENIED: N_("not permitted"),
    FailureCode.UNSUPPORTED: N_("not readable here"),
    FailureCode.TIMED_OUT: N_("took too long"),
    FailureCode.UNREACHABLE: N_("not reachable"),
    FailureCode.CANCELLED: N_("stopped"),
    FailureCode.SKIPPED: N_("skipped"),
    FailureCode.CRASHED: N_("fault in this check"),
}
NOT_CHECKED = Reason(
    what=N_("This was not checked."),
    remedy=N_("Run the check for it."),
    cost=None,
)
NOT_ANSWERED = Reason(
    what=N_("This question has not been answered."),
    remedy=N_("Answer it; only you can know."),
    cost=None,
)
LEFT_OUT = Reason(
    # Translators: said in a report, of a value that the applicant did not want to share.
    what=N_("The applicant left this out of the report."),
    remedy=N_("Ask the applicant about it."),
    cost=Cost.ASK,
)
GENERIC: Mapping[FailureCode, Reason] = {
    FailureCode.NO_DEVICE: Reason(
        what=N_("The device that this check needs was not found."),
        remedy=N_("Plug it in, wait a few seconds, and try again."),
        tips=(computer.ANOTHER_SOCKET,),
    ),
    FailureCode.PERMISSION_DENIED: Reason(
        what=N_("The system did not permit this check."),
        remedy=N_("Allow it in the system's privacy settings, then try again."),
        tips=(computer.LOCKED,),
    ),
    FailureCode.UNSUPPORTED: Reason(
        what=N_("This computer does not tell, or has no way to measure it."),
        remedy=N_("Look it up in the system's settings and tell the employer."),
        where=places.ABOUT,
    ),
    FailureCode.TIMED_OUT: Reason(
        what=N_("The check took longer than it may and was ended."),
        remedy=N_("Close other programs and try again."),
        where=places.BUSY,
    ),
    FailureCode.UNREACHABLE: Reason(
        what=N_("The other end of the line did not answer."),
        remedy=N_("See whether the internet works, then try again."),
        where=places.WIFI,
        tips=(internet.VPN_OFF, internet.PROVIDER),
    ),
    FailureCode.CANCELLED: Reason(
        what=N_("The check was stopped before it had finished."),
        remedy=N_("Start it again when it suits you."),
        cost=None,
    ),
    FailureCode.SKIPPED: Reason(
        what=N_("This check was left out."),
        remedy=N_("Run it when it suits you."),
        cost=None,
    ),
    FailureCode.CRASHED: Reason(
        what=N_("The program made a mistake in this check. That is not your fault."),
        remedy=N_("Try again; if it happens again, send us the log."),
    ),
}
GENERIC_METHODS: Mapping[EvidenceKind, str] = {
    EvidenceKind.MEASURED: N_("Measured on this computer."),
    EvidenceKind.REPORTED: N_("Read from the operating system; nobody checked it."),
    EvidenceKind.DECLARED: N_("The applicant's own answer; nothing was measured."),
}


def failure_reason(failure: Failure | None, metric: str = "") -> Reason:
    """Why there is no value and what to do, both English source text.

    Args:
        failure: What happened; none if ``metric`` was never tried.
        metric: What was to be found, to tell an open question from a check that was not run.
    """
    if failure is None:
        return NOT_ANSWERED if metric.startswith(DECLARED) else NOT_CHECKED
    if failure.detail == WITHHELD:
        return LEFT_OUT
    own = all_probes().get(probe_of(failure.metric) or "")
    if failure.detail:
        if own is not None and failure.detail in own.reasons:
            return own.reasons[failure.detail]
        known = detail_reason(failure.detail)
        if known is not None:
            return known
    if failure.metric.startswith(DECLARED) and failure.failure is FailureCode.SKIPPED:
        return NOT_ANSWERED
    return GENERIC[failure.failure]


def short_failure(failure: Failure) -> str:
    """Why there is no value, in a few words; English source text."""
    if failure.detail == WITHHELD:
        # Translators: the applicant did not want to share this value. Read by others.
        return N_("withheld by the applicant")
    return SHORT_FAILURES[failure.failure]


def detail_reason(detail: str) -> Reason | None:
    """The words of a detail, whichever probe uses it; none if none does."""
    return _reasons().get(detail)


def choice_source(metric_id: str, value: str) -> str:
    """What a value of a metric with choices means; the value itself if nobody knows it."""
    metric = all_metrics().get(metric_id)
    return value if metric is None else metric.labels.get(value, value)


def failure_words(failure: Failure | None, reader: Reader, metric: str = "") -> tuple[str, str]:
    """What happened and what to do about it, in the reader's language."""
    reason = failure_reason(failure, metric)
    summary = {} if failure is None else failure.summary
    return fill(reason.what, summary, reader), fill(reason.remedy, summary, reader)


def evening_words(worse: Worse, reader: Reader) -> str:
    """Say what is clearly worse in the evening, in the reader's language."""
    metric = all_metrics()[worse.metric]
    evening, others = (
        reader.quantity(float(found.value), metric.unit, metric.resolution)
        for found in (worse.evening, worse.others)
    )
    return reader.text(
        # Translators: {title} is a figure such as "Lost packets over a long time".
        N_(
            "Evening congestion: {title} is clearly worse in the evening ({evening}) than at other "
            "times ({others})."
        ),
        title=reader.text(metric.title),
        evening=evening,
        others=others,
    )


def method_source(metric_id: str, method: str, kind: EvidenceKind) -> str:
    """How a value came about: the probe's own sentence, else one for the kind of evidence."""
    own = all_probes().get(probe_of(metric_id) or "")
    if own is not None and method in own.methods:
        return own.methods[method]
    return _methods().get(method, GENERIC_METHODS[kind])


def fill(source: str, values: Mapping[str, Scalar], reader: Reader) -> str:
    """Translate and fill; a placeholder that an older report has no value for shows as ``?``."""
    wanted = {name for _, name, _, _ in Formatter().parse(source) if name}
    return reader.text(source, **{name: clean(str(values.get(name, "?"))) for name in wanted})


@cache
def _reasons() -> Mapping[str, Reason]:
    """Every failure detail that some probe uses; of several probes, the first one's words."""
    found: dict[str, Reason] = {}
    for probe in all_probes().values():
        for detail, reason in probe.reasons.items():
            found.setdefault(detail, reason)
    return found


@cache
def _methods() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for probe in all_probes().values():
        for method, text in probe.methods.items():
            found.setdefault(method, text)
    return found
