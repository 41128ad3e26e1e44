"""Skills to practise: typing, arithmetic, grammar, and how one answers the telephone.

Nothing here is good or bad unless an employer's list says so. See ``docs/methods/skills.md``.
"""

from __future__ import annotations

from random import SystemRandom
from typing import TYPE_CHECKING

from readiness.audio_reasons import AUDIO_REASONS
from readiness.evidence_words import HIGH, LOW
from readiness.guided_take import still_here, unspoilt
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import (
    Context,
    Live,
    Need,
    Probe,
    Prompt,
    Reason,
    Result,
    failed,
    measured,
)
from readiness.skills.sets import draw_items, draw_passage, skill_set
from readiness.voice_metrics import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from readiness.model.measurement import Scalar
    from readiness.ports import Take
    from readiness.skills.sets import SkillSet

TYPING_S = 120.0
"""From the first key: time for most of a passage at 40 words a minute, the usual speed."""

SUMS, SENTENCES = 8, 10
"""Items of one round: some three minutes without hurry, out of pools that last for several."""

GREETING_S = 12.0
"""A greeting takes some six seconds; whoever speaks slowly is not cut off."""

TYPING, QUIZ = "typing-test", "right-answers"
AGAIN, GO_ON = "again", "go-on"

NO_PRACTICE = Cause(
    N_(
        "Typing is a matter of practice, and of the keyboard: if it goes better on another one, it"
        " was the keyboard."
    ),
)
NERVES = Cause(
    N_(
        "One round asks a few things only, and haste costs more than not knowing. If a second round"
        " comes out better, it was that."
    ),
)
KEYBOARD = Tip(Cost.CHEAP, N_("A full-size keyboard is easier to type on than that of a laptop."))
ASK_FIGURE = Tip(
    Cost.ASK, N_("Ask the employer how it is tested, and whether you may try again later.")
)

NET = Metric(
    id="skills.typing_net",
    # Translators: typing speed, less one word a minute for each error a minute.
    title=N_("Typing speed, errors deducted"),
    unit="words/min",
    resolution=1,
    causes=(NO_PRACTICE,),
    advice=(
        Tip(Cost.FREE, N_("Type a page a day, slowly and without looking at the keys.")),
        Tip(Cost.FREE, N_("Correct errors at once: each one that is left costs a word.")),
        KEYBOARD,
        ASK_FIGURE,
    ),
)
GROSS = Metric(
    id="skills.typing_gross",
    title=N_("Typing speed, errors not counted"),
    unit="words/min",
    resolution=1,
    causes=(NO_PRACTICE,),
    advice=(
        Tip(Cost.FREE, N_("Type a page a day; speed comes with practice.")),
        KEYBOARD,
        ASK_FIGURE,
    ),
)
ACCURACY = Metric(
    id="skills.typing_accuracy",
    # Translators: share of the typed characters that were right, in percent.
    title=N_("Typed correctly"),
    unit="%",
    resolution=0.1,
    causes=(NO_PRACTICE,),
    advice=(
        Tip(Cost.FREE, N_("Type more slowly than you can, and read each line once more.")),
        KEYBOARD,
        ASK_FIGURE,
    ),
)
ARITHMETIC = Metric(
    id="skills.arithmetic",
    # Translators: share of right answers, in percent.
    title=N_("Arithmetic, right answers"),
    unit="%",
    resolution=1,
    causes=(NERVES,),
    advice=(
        Tip(Cost.FREE, N_("Practise once more: the explanations show a short way each time.")),
        Tip(Cost.FREE, N_("Percentages go well in steps: first 10 %, then the rest.")),
        ASK_FIGURE,
    ),
)
GRAMMAR = Metric(
    id="skills.grammar",
    # Translators: share of right answers, in percent.
    title=N_("Grammar and spelling, right answers"),
    unit="%",
    resolution=1,
    causes=(NERVES,),
    advice=(
        Tip(Cost.FREE, N_("Practise once more: the explanations name the rule each time.")),
        Tip(Cost.FREE, N_("Read what you have written aloud before you send it.")),
        ASK_FIGURE,
    ),
)

# Translators: for each part that gave no figure, what was found and what to do.
SKILL_REASONS = {
    "part-skipped": Reason(
        what=N_("This part was skipped."),
        remedy=N_("Practise it whenever you like; nobody has to."),
    ),
    "too-little-typed": Reason(
        what=N_("Too little was typed to tell a speed."),
        remedy=N_("Type at least a line of the passage; there is no hurry."),
    ),
    "too-fast-to-be-typed": Reason(
        what=N_("The text came faster than anybody types."),
        remedy=N_("Type it key by key; pasted or dictated text does not count."),
    ),
}


def run(ctx: Context) -> Iterator[Result]:
    """Practise with what chance draws."""
    return practise(ctx, SystemRandom())


def practise(ctx: Context, draw: Random) -> Iterator[Result]:
    """Type, calculate, choose, and greet; ``draw`` decides what is given."""
    skills = skill_set(ctx.language)
    done: list[Result] = []

    def part(results: Iterable[Result], through: float) -> Iterator[Result]:
        """What a person has done is on disk before the next part begins."""
        done.extend(results)
        ctx.keep_part(done)
        ctx.progress(through)
        yield from results

    yield from part([*_typing(ctx, skills, draw)], 0.35)
    yield from part([_quiz(ctx, skills, ARITHMETIC, draw)], 0.65)
    yield from part([_quiz(ctx, skills, GRAMMAR, draw)], 0.85)
    if Need.MICROPHONE in ctx.agreed:
        _greet(ctx, skills)
    ctx.progress(1.0)


def _typing(ctx: Context, skills: SkillSet, draw: Random) -> Iterator[Result]:
    from readiness.skills.scores import FASTEST, FEWEST, plain, typing_score

    metrics = (NET, ACCURACY, GROSS)
    passage = draw_passage(skills, draw)
    typed = ctx.person.type_text(passage, seconds=TYPING_S)
    if typed is None:
        yield from (_skipped(ctx, metric) for metric in metrics)
        return
    if len(plain(typed.text)) < FEWEST or typed.seconds <= 0:
        yield from (_skipped(ctx, metric, "too-little-typed") for metric in metrics)
        return
    score = typing_score(passage.text, typed)
    if score.gross > FASTEST:
        why = FailureCode.UNSUPPORTED, "too-fast-to-be-typed"
        yield from (failed(ctx, metric, *why) for metric in metrics)
        return
    summary: dict[str, Scalar] = {
        "practised_in": skills.language,
        "passage": passage.id,
        "typed_characters": score.characters,
        "typed_errors": score.errors,
        "typed_s": round(typed.seconds, 1),
        "typing_ended": "by-person" if typed.ended else "time-over",
    }
    values = (score.net, score.accuracy, score.gross)
    for metric, value in zip(metrics, values, strict=True):
        yield measured(
            ctx,
            metric,
            round(value, 1),
            method=TYPING,
            samples=1,
            summary=summary,
        )


def _quiz(ctx: Context, skills: SkillSet, metric: Metric, draw: Random) -> Result:
    from readiness.dsp.interval import wilson
    from readiness.skills.scores import right_share

    prompt, pool, count = Prompt.GRAMMAR, skills.grammar, SENTENCES
    if metric is ARITHMETIC:
        prompt, pool, count = Prompt.ARITHMETIC, skills.arithmetic, SUMS
    items = draw_items(pool, count, skills.gap, draw)
    answers = ctx.person.quiz(prompt, items)
    if answers is None:
        return _skipped(ctx, metric)
    right = sum(one.right == answer for one, answer in zip(items, answers, strict=True))
    share, half_width = right_share(right, len(items))
    low, high = wilson(right, len(items))
    return measured(
        ctx,
        metric,
        round(share, 1),
        method=QUIZ,
        uncertainty=round(half_width, 1),
        samples=len(items),
        summary={
            "practised_in": skills.language,
            "right_answers": right,
            LOW: round(100 * low, 1),
            HIGH: round(100 * high, 1),
        },
    )


def _skipped(ctx: Context, metric: Metric, detail: str = "part-skipped") -> Result:
    return failed(ctx, metric, FailureCode.SKIPPED, detail)


def _greet(ctx: Context, skills: SkillSet) -> None:
    """Record a greeting as often as the person likes, to be heard; nothing is measured of it.

    What goes wrong is told to the person at once: there is no metric that could carry it.
    """
    sheet = "\n".join((*skills.greeting.points, skills.greeting.example))
    values = {"sheet": sheet}
    while ctx.person.ready(Prompt.GREETING, seconds=GREETING_S, values=values):
        try:
            take = _record(ctx)
        except CannotMeasure as fault:
            if not ctx.person.again(Prompt.GREETING, why=fault.detail, values=values):
                return
            continue
        ctx.hand_over(take)
        said = ctx.person.choose(Prompt.GREETING, options=(AGAIN, GO_ON), values=values)
        if said != AGAIN:
            return


def _record(ctx: Context) -> Take:
    """Raises ``CannotMeasure``: no microphone, muted, pulled out, or what the system says."""

    def show(fraction: float, dbov: float) -> None:
        live = Live(metric=LEVEL.id, value=dbov, unit=LEVEL.unit, through=min(1.0, fraction))
        ctx.progress(0.85 + 0.15 * fraction, live)

    device = still_here(ctx, ctx.audio.chosen("input"))
    return unspoilt(ctx.audio.record(device, GREETING_S, show))


PROBE = Probe(
    id="skills",
    version=1,
    title=N_("Skills to practise"),
    metrics=(NET, ACCURACY, GROSS, ARITHMETIC, GRAMMAR),
    run=run,
    seconds=360,
    limit=7200,
    wishes=frozenset({Need.MICROPHONE}),
    methods={
        TYPING: N_("A passage was copied by typing; five characters count as one word."),
        QUIZ: N_("Items drawn by chance were answered one by one, without a time limit."),
    },
    reasons={**AUDIO_REASONS, **SKILL_REASONS},
    optional=True,
)
