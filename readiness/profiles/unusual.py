"""What is unusual in a list of requirements: signs that people are warned of who look for work.

Pure: a profile in, signs out. A sign is a reason to look twice and proves nothing; nothing here
says that somebody is a cheat. What the authorities warn of: https://consumer.ftc.gov/articles/job-scams
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.model.requirement import Grade, ProfileKind
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from readiness.model.requirement import Profile
    from readiness.model.text import LocalText


class Sign(StrEnum):
    """One thing that is unusual in an honest list."""

    MONEY = "money"
    PAPERS = "papers"
    REMOTE = "remote"
    VAGUE = "vague"
    NO_SOURCE = "no-source"


WORDS: Mapping[Sign, str] = {
    Sign.MONEY: N_("It speaks of paying something, or of bank details, before the work begins."),
    Sign.PAPERS: N_("It asks for identity papers before there is a contract."),
    Sign.REMOTE: N_("It asks for software by which others can control this computer."),
    Sign.VAGUE: N_("It names no figure and no page; everything in it is only asked."),
    Sign.NO_SOURCE: N_("It is an employer's list, but it names no page where its figures stand."),
}
"""What is unusual, in a sentence."""

_SAID: Mapping[Sign, tuple[str, ...]] = {
    Sign.MONEY: (
        r"fees?",
        r"deposits?",
        r"pay (?:us|in advance|up ?front|first)",
        r"pay(?:ing)? for (?:\w+ ){0,2}(?:training|course|kit|software|licen[cs]e|check|equipment)",
        r"(?:send|transfer|wire) (?:\w+ ){0,3}(?:money|funds|amount|payment|dollars?|euros?)",
        r"(?:advance|up ?front) payments?",
        r"payments? (?:in advance|up ?front)",
        r"gift ?cards?",
        r"crypto\w*",
        r"bitcoins?|usdt|western union|moneygram|paysafe\w*",
        r"bank (?:details|account)|iban|credit card",
        r"\w*gebühr(?:en)?",
        r"kaution|vorkasse|vorauszahlung|anzahlung|überweis\w+",
        r"(?:gutschein|geschenk)karten?",
        r"krypto\w*|bankverbindung|kontodaten|bankdaten|kreditkart\w+",
        r"(?:pagar|pague|abonar|abone) (?:\w+ ){0,3}(?:curso|kit|material|formación|licencia)",
        r"(?:pagar|pague|abonar|abone|enviar|envíe) (?:\w+ ){0,3}(?:euros?|dinero|importe)",
        r"pagos? (?:por adelantado|inicial|previo)|fianza|depósito",
        r"(?:tasa|cuota) de (?:inscripción|alta|registro|gestión|formación)",
        r"tarjetas? (?:de )?regalo|criptomonedas?|transferencia(?: bancaria)?",
        r"datos bancarios|cuenta bancaria|tarjeta de crédito",
    ),
    Sign.PAPERS: (
        r"passports?|identity (?:card|papers?|documents?)|id cards?|driver'?s licen[cs]e",
        r"social security (?:number|card)|ssn",
        r"personalausweis\w*|reisepass|ausweiskopie|ausweisdokument\w*|sozialversicherungsnummer",
        r"führerschein",
        r"pasaporte|dni|documento de identidad|número de la seguridad social",
    ),
    Sign.REMOTE: (
        r"anydesk|teamviewer|rustdesk|ultraviewer|supremo|screenconnect|remotepc",
        r"remote (?:control|desktop|access) (?:software|program|app|tool)",
        r"fernwartung\w*|fernsteuerung\w*|fernzugriff\w*",
        r"(?:control|acceso|escritorio) remoto",
    ),
}
_PATTERNS = {sign: re.compile(rf"\b(?:{'|'.join(said)})\b") for sign, said in _SAID.items()}

_CLAUSE = re.compile(r"[.;:!?()\n]| but | aber | sondern | pero | sino ")
_NOT = re.compile(
    r"\b(?:no|not|never|none|nothing|without|don't|won't|we pay|"
    r"kein\w*|nie|niemals|nicht|nichts|ohne|wir zahlen|"
    r"nunca|sin|ningún|ninguna|jamás|nada)\b"
)
"""In a clause that says so, nothing is asked for: "we never ask for a deposit"."""

_GOES_ON = (
    r"\s*(?:(?:or|nor|and|oder|noch|und|o|ni|y) )?(?!pay|send|wire|transfer|überw|pag|abon|env)"
)
"""How an enumeration goes on after a comma: "no fees, deposits or gift cards"."""

_LATER = re.compile(
    r"\b(?:after|once|when) (?:you are |being |your |the |we )?"
    r"(?:hire\w*|contract|offer|sign\w*|accept\w*)"
    r"|\bnach (?:der |dem |ihrer |ihrem )?(?:einstellung|vertrag\w*|unterschrift|zusage)"
    r"|\b(?:tras|después de) (?:la |el |su )?(?:firma\w*|contrat\w+|contratación|oferta)"
)
"""Papers and software of the company after the contract are usual."""


def signs(profile: Profile) -> tuple[Sign, ...]:
    """What is unusual in a profile, each sign once; nothing for an honest and concrete one."""
    clauses = list(_clauses(profile))
    found = [sign for sign, pattern in _PATTERNS.items() if _asked(sign, pattern, clauses)]
    if not _names_page(profile):
        if not _names_figures(profile):
            found.append(Sign.VAGUE)
        if profile.kind is ProfileKind.EMPLOYER:
            found.append(Sign.NO_SOURCE)
    return tuple(found)


def _asked(sign: Sign, pattern: re.Pattern[str], clauses: list[str]) -> bool:
    return any(
        pattern.search(part) and not (sign is not Sign.MONEY and _LATER.search(part))
        for clause in clauses
        for part in _meant(clause, pattern)
    )


def _meant(clause: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """The parts between commas in which nothing is denied; a denial holds for its enumeration."""
    denied = False
    for part in clause.split(","):
        if denied:  # asked only then: it is a long pattern
            denied = re.match(_GOES_ON + pattern.pattern, part) is not None
        denied = denied or bool(_NOT.search(part))
        if not denied:
            yield part


def _names_figures(profile: Profile) -> bool:
    """Whether something is asked that can be measured."""
    asked = (criterion for req in profile.requirements for criterion in req.any_of)
    return any(not criterion.metric.startswith("declared.") for criterion in asked)


def _names_page(profile: Profile) -> bool:
    """Whether it says anywhere where somebody may read it."""
    sources = [criterion.source for req in profile.requirements for criterion in req.any_of]
    return any(source.grade is not Grade.P and source.address for source in sources)


def _clauses(profile: Profile) -> Iterator[str]:
    for text in _texts(profile):
        for said in text.values():
            plain = unicodedata.normalize("NFKC", said).casefold().replace("\u2019", "'")
            yield from (part for part in _CLAUSE.split(plain) if part.strip())


def _texts(profile: Profile) -> Iterator[LocalText]:
    """Everything that a person is to read in it."""
    yield from (profile.title, profile.summary)
    for requirement in profile.requirements:
        yield requirement.title
        yield from (tip.text for tip in requirement.advice)
        yield from ({"en": criterion.source.title} for criterion in requirement.any_of)
    for question in profile.questions:
        yield from (question.text, question.title, question.why, *question.choices.values())
