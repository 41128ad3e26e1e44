"""What a profile's text becomes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli import main
from readiness.model.requirement import Condition, Operator
from readiness.profiles import (
    DEFAULT,
    all_questions,
    check_profile,
    load_profile,
    parse_profile,
    shipped,
)

if TYPE_CHECKING:
    import pytest

GOOD = (Path(__file__).parents[1] / "fixtures" / "profiles" / "good.toml").read_text(
    encoding="utf-8"
)
HEAD = GOOD.partition("[[requirement]]")[0]


def _only(requirement: str) -> bytes:
    return (
        f'{HEAD}[[requirement]]\nid = "it"\nlevel = "must"\narea = "room"\n{requirement}'.encode()
    )


def test_digest_is_the_sha_256_of_the_bytes() -> None:
    data = GOOD.encode()

    assert hashlib.sha256(data).hexdigest() == parse_profile(data, "x").digest


def test_script_in_a_text_stays_text() -> None:
    text = "<script>alert(1)</script>"
    data = GOOD.replace('en = "Example"', f'en = "{text}"').encode()

    assert {"en": text} == parse_profile(data, "x").title


def test_plain_text_counts_as_english() -> None:
    data = GOOD.replace('{ en = "Example" }', '"Example"').encode()

    assert {"en": "Example"} == parse_profile(data, "x").title


def test_windows_line_ends_are_read() -> None:
    data = GOOD.replace("\n", "\r\n").encode()

    assert parse_profile(data, "x").requirements == parse_profile(GOOD.encode(), "x").requirements


def test_question_becomes_a_criterion_on_the_declared_answer() -> None:
    profile = parse_profile(_only('question = "quiet_room"\naccept = "yes"\nsource = "own"'), "x")

    (criterion,) = profile.requirements[0].any_of
    assert (criterion.metric, criterion.operator) == ("declared.quiet_room", Operator.EQUALS)
    assert criterion.threshold == (True,)
    assert [question.id for question in profile.questions] == ["quiet_room"]


def test_several_accepted_answers_become_one_of() -> None:
    text = 'question = "door"\naccept = ["closes", "none-alone"]\nsource = "own"'

    (criterion,) = parse_profile(_only(text), "x").requirements[0].any_of
    assert criterion.operator is Operator.ONE_OF
    assert criterion.threshold == ("closes", "none-alone")


def test_questions_of_conditions_are_asked_too() -> None:
    text = (
        'applies_to = { metric = "declared.place", one_of = ["us"] }\n'
        'any_of = [{ metric = "link.vpn", equals = false, source = "own", '
        'when = { metric = "declared.webcam", one_of = [true] } }]\n'
    )

    profile = parse_profile(_only(text), "x")

    assert {question.id for question in profile.questions} == {"place", "webcam"}
    assert profile.requirements[0].applies_to == Condition(metric="declared.place", one_of=("us",))
    assert profile.metrics() == {"link.vpn", "declared.place", "declared.webcam"}


def test_profile_may_ask_a_question_of_its_own() -> None:
    text = (
        'question = "pets"\naccept = "none"\nsource = "own"\n\n[[question]]\nid = "pets"\n'
        'kind = "choice"\ntext = "Which animals live with you?"\ntitle = "Animals"\n'
        'choices = { none = "none", dog = "a dog" }\n'
    )

    (question,) = parse_profile(_only(text), "x").questions

    assert question.choices == {"none": {"en": "none"}, "dog": {"en": "a dog"}}
    assert question.metric == "declared.pets"


def test_question_of_one_s_own_can_be_answered_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        'question = "pets"\naccept = false\nsource = "own"\n\n[[question]]\nid = "pets"\n'
        'kind = "yes_no"\ntext = "Do animals live with you?"\ntitle = "Animals"\n'
    )
    (tmp_path / "mine.toml").write_bytes(_only(text))
    (tmp_path / "answers.toml").write_text('[answers]\npets = "no"\n', encoding="utf-8")
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    options = ["--profile", "mine.toml", "--answers", "answers.toml", "--format", "json", "--json"]
    status = main(["check", "--only", "memory", *options])

    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (status, finding["verdict"], finding["rests_on"]) == (0, "pass", "declared")


def test_advice_of_the_profile_is_kept() -> None:
    text = (
        'any_of = [{ metric = "link.vpn", equals = false, source = "own" }]\n'
        'advice = [{ cost = "free", text = { en = "Switch it off." } }]\n'
    )

    (advice,) = parse_profile(_only(text), "x").requirements[0].advice
    assert advice.text == {"en": "Switch it off."}


def test_profile_is_found_by_id_and_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")

    assert load_profile(DEFAULT).id == DEFAULT
    assert load_profile(str(path)).id == "example"


def test_shipped_profile_is_read_once() -> None:
    assert shipped()[DEFAULT] is shipped()[DEFAULT]


def test_questions_that_no_shipped_profile_asks_are_known_all_the_same() -> None:
    asked = {question.id for profile in shipped().values() for question in profile.questions}

    assert asked < set(all_questions())
    assert "us_state" in all_questions()


def test_example_in_the_documentation_has_no_fault(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "profile-format.md"
    example = page.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "example.toml"
    path.write_text(example, encoding="utf-8")

    assert check_profile(path) == []


def test_endpoints_are_read_with_their_names_in_small_letters() -> None:
    text = """any_of = [{ metric = "endpoints.reachable", equals = true, source = "own" }]
[[endpoint]]
host = "Agents.Platform.Example"
port = 443
protocol = "tls"
public = true
[[endpoint]]
host = "2001:DB8:0::7"
port = 3478
protocol = "udp"
[[endpoint]]
host = "10.0.0.1"
port = 5061
protocol = "tcp"
[[endpoint]]
host = "xn--bse-0na.example"
port = 65535
protocol = "tcp"
"""
    profile = parse_profile(_only(text), "x")

    assert [(e.host, e.port, e.protocol.value, e.public) for e in profile.endpoints] == [
        ("agents.platform.example", 443, "tls", True),
        ("2001:db8::7", 3478, "udp", False),
        ("10.0.0.1", 5061, "tcp", False),
        ("xn--bse-0na.example", 65535, "tcp", False),
    ]


def test_shifts_become_one_text_of_minutes() -> None:
    asked = (
        'any_of = [{ metric = "declared.work_hours", '
        'covers = ["sat 10-14", "fri 22-30"], source = "own" }]'
    )
    (criterion,) = parse_profile(_only(asked), "x").requirements[0].any_of

    assert criterion.operator is Operator.COVERS
    assert criterion.threshold == ("fri 22:00-24:00; sat 00:00-06:00,10:00-14:00",)


def test_hours_may_count_within_times_of_the_week() -> None:
    asked = (
        'any_of = [{ metric = "declared.work_hours", hours_at_least = 7.5, '
        'within = ["sat-sun 0-24"], source = "own" }]'
    )
    (criterion,) = parse_profile(_only(asked), "x").requirements[0].any_of

    assert (criterion.operator, criterion.threshold) == (Operator.HOURS_AT_LEAST, (7.5,))
    assert criterion.within == "sat 00:00-24:00; sun 00:00-24:00"
