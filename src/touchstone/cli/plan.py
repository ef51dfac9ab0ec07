"""`touchstone plan`: what would lift an organisation most."""

from collections.abc import Iterator
from typing import Annotated

import typer

from touchstone.cli.basis import Answers, Lang, On, Participants, Peers, basis
from touchstone.cli.speaking import Json, say, say_json
from touchstone.core.language.language import ENGLISH, Language, language
from touchstone.core.quality.model import Score
from touchstone.core.quality.planning import STEPS, Change, Improvement, Plan, plan
from touchstone.core.quality.wording import in_words, number
from touchstone.core.scheme.model import Scheme

Steps = Annotated[int, typer.Option(min=1, max=31, help="How many improvements to name.")]


def show(  # noqa: PLR0917  (each is an option with a name)
    answers: Answers,
    population: Peers = None,
    participants: Participants = None,
    on: On = None,
    steps: Steps = STEPS,
    lang: Lang = ENGLISH,
    json: Json = False,
) -> None:
    """Name the improvements that would lift an organisation most, reckoned on its own answers.

    Each raises one quality indicator to its next light; what it changes elsewhere is counted in.

    Example: touchstone plan answers.xlsx --steps 3
    """
    made = basis(answers, population=population, participants=participants, on=on, lang=lang)
    found = plan(
        made.report.values,
        scheme=made.scheme,
        rule_set=made.report.rule_set,
        comparison=made.report.comparison,
        interviewed_on=made.report.interviewed_on,
        steps=steps,
    )
    if json:
        say_json(as_document(found))
        return
    for line in _lines(found, made.scheme, language(lang)):
        say(line)


def as_document(found: Plan) -> dict[str, object]:
    """The plan as a JSON document."""
    return {
        "now": _score(found.now),
        "after": _score(found.after),
        "chosen": [_improvement(one) for one in found.chosen],
        "improvements": [_improvement(one) for one in found.improvements],
        "in_the_way": list(found.in_the_way),
        "unanswered": {id: list(measures) for id, measures in found.unanswered.items()},
    }


def _score(score: Score) -> dict[str, object]:
    return {"points": score.points, "max": score.max, "share": score.share, "passed": score.passed}


def _improvement(one: Improvement) -> dict[str, object]:
    return {
        "quality": one.quality,
        "light": one.light.value,
        "then": one.then.value,
        "gain": one.gain,
        "opens_gate": one.opens_gate,
        "changes": [_change(change) for change in one.changes],
        "elsewhere": dict(one.elsewhere),
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "measure": change.measure,
        "own": change.own,
        "needed": change.needed,
        "asked": change.asked,
        "median": change.median,
        "n": change.n,
        "distance": change.distance,
    }


def _lines(found: Plan, scheme: Scheme, words: Language) -> Iterator[str]:
    yield _score_in_words("plan.now", found.now, words)
    if not found.chosen:
        yield words.say("plan.none")
    for place, one in enumerate(found.chosen, start=1):
        yield ""
        yield from _step(place, one, scheme, words)
    if found.chosen:
        yield ""
        yield _score_in_words("plan.after", found.after, words)
    if found.in_the_way:
        yield words.say("plan.in_the_way", ids=", ".join(found.in_the_way))
    for id, measures in found.unanswered.items():
        yield words.say("plan.unanswered", id=id, measures=", ".join(measures))


def _score_in_words(path: str, score: Score, words: Language) -> str:
    share = words.share(words.fixed(score.share, 1))
    return words.say(path, points=score.points, max=score.max, share=share)


def _step(place: int, one: Improvement, scheme: Scheme, words: Language) -> Iterator[str]:
    quality = scheme.quality[one.quality]
    now, then = (words.say(f"light.{light.value}") for light in (one.light, one.then))
    opens = words.say("plan.opens") if one.opens_gate else ""
    yield words.say("plan.step", place=place, id=quality.id, name=quality.name, light=now, then=then)
    yield f"   {words.counted('plan.gain', one.gain)}{opens}"
    yield from (f"   {_change_in_words(change, scheme, words)}" for change in one.changes)
    for id, points in one.elsewhere:
        yield f"   {words.say('plan.elsewhere', id=id, points=f'{points:+d}')}"


def _change_in_words(change: Change, scheme: Scheme, words: Language) -> str:
    measure = scheme.measures[change.measure]
    own = words.say("answer.none") if change.own is None else in_words(change.own, measure, words)
    told = words.say("plan.change", measure=measure.label, own=own, asked=change.asked)
    if change.median is None:
        return told
    return told + words.counted("plan.median", change.n, median=number(change.median, measure, words))
