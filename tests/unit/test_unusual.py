"""Signs of job scams in a list of requirements: found in three languages, and no false alarm."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from readiness.model.requirement import (
    AnswerKind,
    Area,
    Grade,
    Level,
    Operator,
    Profile,
    ProfileKind,
    Question,
    Requirement,
    Source,
)
from readiness.profiles import shipped
from readiness.profiles.unusual import WORDS, Sign, signs
from tests.fakes import reports as made

PAGE = Source(title="Page", address="https://a.example", seen=date(2026, 11, 1), grade=Grade.A)


def _saying(text: str, language: str = "en") -> Profile:
    return msgspec.structs.replace(made.profile(), summary={language: text}, questions=())


@pytest.mark.parametrize("name", list(shipped()))
def test_no_shipped_list_is_unusual(name: str) -> None:
    assert signs(shipped()[name]) == ()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("There is a registration fee of 49 dollars.", Sign.MONEY),
        ("A refundable security deposit secures your place.", Sign.MONEY),
        ("No experience needed, pay us first.", Sign.MONEY),
        ("Please pay us first and start on Monday.", Sign.MONEY),
        ("You pay for your training kit.", Sign.MONEY),
        ("Buy three gift cards and send us the codes.", Sign.MONEY),
        ("GIFT CARDS are accepted.", Sign.MONEY),
        ("Wages come by cryptocurrency wallet.", Sign.MONEY),
        ("Send your bank details with the application.", Sign.MONEY),
        ("Send us the money by Western Union.", Sign.MONEY),
        ("Vor Beginn wird eine Bearbeitungsgebühr fällig.", Sign.MONEY),
        ("Die Kaution für das Headset beträgt 80 Euro.", Sign.MONEY),
        ("Überweisen Sie 50 Euro, um Ihren Platz zu sichern.", Sign.MONEY),
        ("Nennen Sie uns Ihre Kontodaten.", Sign.MONEY),
        ("Kaufen Sie Gutscheinkarten.", Sign.MONEY),
        ("Debe abonar la cuota de inscripción.", Sign.MONEY),
        ("Pague 30 euros por el curso.", Sign.MONEY),
        ("Envíe sus datos bancarios.", Sign.MONEY),
        ("Compre tarjetas regalo.", Sign.MONEY),
        ("Install AnyDesk so that we can set you up.", Sign.REMOTE),
        ("Installieren Sie TeamViewer.", Sign.REMOTE),
        ("Eine Fernwartungssoftware ist nötig.", Sign.REMOTE),
        ("Instale un programa de control remoto.", Sign.REMOTE),
        ("Send a photo of your passport to apply.", Sign.PAPERS),
        ("We need your Social Security number now.", Sign.PAPERS),
        ("Schicken Sie eine Kopie des Personalausweises.", Sign.PAPERS),
        ("Mande una foto del DNI por WhatsApp.", Sign.PAPERS),
    ],
)
def test_a_sign_is_found_wherever_it_is_written(text: str, sign: Sign) -> None:
    """The lists come from FTC, Verbraucherzentrale and INCIBE; plain strings count as English."""
    assert signs(_saying(text)) == (sign,)
    asked = Question(id="q", kind=AnswerKind.YES_NO, text={"es": text}, title={"en": "Question"})
    assert signs(msgspec.structs.replace(_saying("Calls."), questions=(asked,))) == (sign,)


@pytest.mark.parametrize(
    "text",
    [
        "We never ask you for money, fees or gift cards.",
        "There is no fee and no deposit.",
        "You do not pay for training or equipment.",
        "We pay you every two weeks.",
        "Paid training, paid holidays, paid breaks.",
        "Some employers send the calls to a landline instead of the computer.",
        "Feedback is given in the first week.",
        "Coffee is free.",
        "You owe us nothing: no fees, deposits, or gift cards.",
        "Es fallen keine Gebühren an.",
        "Wir verlangen nie eine Kaution.",
        "Das Gehalt wird monatlich gezahlt.",
        "No hay que pagar ninguna cuota.",
        "Nunca pedimos datos bancarios.",
        "El sueldo se paga cada mes.",
        "TeamViewer is set up after you are hired.",
        "Nach Vertragsabschluss prüfen wir Ihren Personalausweis.",
        "Tras la firma del contrato se pide el DNI.",
        "Your computer must not run remote control software.",
        "Transfers of calls, and a second screen.",
        "A passport photo is not needed.",
    ],
)
def test_honest_lists_are_left_in_peace(text: str) -> None:
    assert signs(_saying(text)) == ()


def _asking(*sources: Source, metric: str, kind: ProfileKind) -> Profile:
    operator, value = (
        (Operator.EQUALS, True) if metric.startswith("declared.") else (Operator.AT_LEAST, 10)
    )
    requirements = tuple(
        Requirement(
            id=f"r{number}",
            level=Level.MUST,
            area=Area.LINE,
            any_of=(made.criterion(metric, operator, value, source=source),),
        )
        for number, source in enumerate(sources)
    )
    return msgspec.structs.replace(
        made.profile(), kind=kind, requirements=requirements, questions=()
    )


EMPLOYER, TYPE = ProfileKind.EMPLOYER, ProfileKind.TYPE


@pytest.mark.parametrize(
    ("metric", "sources", "kind", "expected"),
    [
        ("declared.quiet_room", (made.OWN,), EMPLOYER, (Sign.VAGUE, Sign.NO_SOURCE)),
        ("declared.quiet_room", (made.OWN,), TYPE, (Sign.VAGUE,)),
        ("declared.quiet_room", (PAGE,), EMPLOYER, ()),
        ("line.download", (made.OWN,), EMPLOYER, (Sign.NO_SOURCE,)),
        ("line.download", (made.OWN,), TYPE, ()),
        ("line.download", (made.OWN, PAGE), EMPLOYER, ()),
    ],
)
def test_a_list_without_figures_or_pages_is_vague(
    metric: str, sources: tuple[Source, ...], kind: ProfileKind, expected: tuple[Sign, ...]
) -> None:
    assert signs(_asking(*sources, metric=metric, kind=kind)) == expected


def test_letters_that_look_alike_to_a_reader_are_read_alike() -> None:
    """Full-width letters (U+FF41 is "a") are the same word to a person."""
    wide = "".join(chr(ord(char) + 0xFEE0) for char in "giftcards")
    assert signs(_saying(f"{wide} please")) == (Sign.MONEY,)


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    """At most 500 characters a text are let in; nothing here may blow up on them."""
    assert signs(_saying("pay for " + "a " * 240)) == ()
    assert signs(_saying("(" * 500)) == ()


def test_no_sign_is_a_verdict() -> None:
    assert WORDS.keys() == set(Sign)
    for words in WORDS.values():
        assert "scam" not in words.lower()
        assert "fraud" not in words.lower()
