"""`touchstone plan`: what would lift an organisation most."""

from collections.abc import Iterator
from typing import Annotated

import typer

from touchstone.cli.basis import Answers, On, Participants, Peers, basis
from touchstone.cli.speaking import Json, counted, say, say_json
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
    json: Json = False,
) -> None:
    """Name the improvements that would lift an organisation most, reckoned on its own answers.

    Each raises one quality indicator to its next light; what it changes elsewhere is counted in.

    Example: touchstone plan answers.xlsx --steps 3
    """
    made = basis(answers, population=population, participants=participants, on=on)
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
    for line in _lines(found, made.scheme):
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


def _lines(found: Plan, scheme: Scheme) -> Iterator[str]:
    now, after = found.now, found.after
    yield f"Now {now.points} of {now.max} points ({now.share:.1f} %)."
    if not found.chosen:
        yield "There is no light left to improve by work alone."
    for place, one in enumerate(found.chosen, start=1):
        quality = scheme.quality[one.quality]
        opens = ", and a gate opens" if one.opens_gate else ""
        yield ""
        yield f"{place}. {quality.id} {quality.name}: {one.light.value} to {one.then.value}"
        yield f"   {counted(one.gain, 'point')} more{opens}"
        yield from (f"   {_change_in_words(change, scheme)}" for change in one.changes)
        yield from (f"   {id} moves by {points:+d}" for id, points in one.elsewhere)
    if found.chosen:
        yield ""
        yield f"With these: {after.points} of {after.max} points ({after.share:.1f} %)."
    if found.in_the_way:
        yield f"In the way of Gold by themselves: {', '.join(found.in_the_way)}."
    for id, measures in found.unanswered.items():
        yield f"{id} could not be assessed: {', '.join(measures)} without an answer."


def _change_in_words(change: Change, scheme: Scheme) -> str:
    measure = scheme.measures[change.measure]
    own = "no answer" if change.own is None else in_words(change.own, measure)
    peers = ""
    if change.median is not None:
        peers = f"; median of {change.n} peers {number(change.median, measure)}"
    return f"{measure.label}: {own}, asked {change.asked}{peers}"
