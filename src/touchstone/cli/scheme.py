"""`touchstone scheme`: check a pack, show what it asks, tell two apart."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.speaking import (
    Json,
    counted,
    fault_documents,
    misuse,
    pack,
    say,
    say_json,
    say_table,
    the_scheme,
)
from touchstone.core.scheme.checking import inspect
from touchstone.core.scheme.difference import Change, differences, rule_set_differences
from touchstone.core.scheme.folders import names
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Indicator, Level, Measure, QualityIndicator, Scheme
from touchstone.core.scheme.naming import nearest, suggestion
from touchstone.core.scheme.translation import ENGLISH
from touchstone.core.scheme.wording import reach

app = typer.Typer(no_args_is_help=True, help="Check a scheme pack, show an indicator, or compare.")


@app.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(metavar="[PACK]", help="Folder or name of a pack.")] = None,
    json: Json = False,
) -> int:
    """Validate a scheme pack: each fault with its file and place.

    Example: touchstone scheme check schemes/ecei
    """
    place = pack(folder)
    if not place.is_dir():
        raise misuse(str(place), "there is no such folder.", "Name the folder that holds scheme.toml.")
    found = inspect(place)
    if json:
        say_json({**asdict(found), "faults": fault_documents(found.faults)})
    else:
        for fault in found.faults:
            say(str(fault))
        say(
            f"{found.indicators} indicators, {found.quality_indicators} quality indicators, "
            f"{counted(len(found.faults), 'fault')}"
        )
    return 1 if found.faults else 0


@app.command("show")
def show(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Of an indicator or a measure.")] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the texts: en, lt, pl, de.")] = ENGLISH,
    folder: Annotated[Path | None, typer.Option("--pack", help="Folder or name of a pack.")] = None,
    json: Json = False,
) -> None:
    """Print an indicator with its question, measures, evidence, thresholds and sources.

    Example: touchstone scheme show A6 --lang lt
    """
    scheme = the_scheme() if folder is None and lang == ENGLISH else load(pack(folder), lang)
    if id is None:
        _contents(scheme, json)
        return
    known = {word.casefold(): word for word in (*scheme.indicators, *scheme.measures, *scheme.quality)}
    found = known.get(id.casefold())
    if found is None:
        close = nearest(id, known.values())
        remedy = f"Did you mean {close}?" if close else "See the list: touchstone scheme show"
        raise misuse(id, "the scheme has no indicator, measure or quality indicator of this name.", remedy)
    if found in scheme.quality:
        _quality(scheme.quality[found], scheme, json)
    else:
        measure = scheme.measures.get(found)
        _indicator(scheme.indicators[measure.indicator if measure else found], scheme, json)


@app.command("diff")
def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A pack, or a rule set of the shipped one.")],
    other: Annotated[str, typer.Argument(metavar="B", help="What to compare with it.")],
    json: Json = False,
) -> None:
    """Say in words how two packs, or two rule sets of the shipped pack, differ.

    Example: touchstone scheme diff 2020 2022
    """
    rule_sets = the_scheme().rule_sets
    told = _rule_sets_apart if one in rule_sets and other in rule_sets else _packs_apart
    changes = told(one, other)
    if json:
        say_json({"one": one, "other": other, "changes": [asdict(change) for change in changes]})
        return
    for change in changes:
        say(change.text if one in rule_sets else str(change))
    if not changes:
        say("No difference.")


def _rule_sets_apart(one: str, other: str) -> tuple[Change, ...]:
    scheme = the_scheme()
    return rule_set_differences(scheme.rule_sets[one], scheme.rule_sets[other], criteria=scheme.criteria)


def _packs_apart(one: str, other: str) -> tuple[Change, ...]:
    rule_sets = the_scheme().rule_sets
    for word in (one, other):
        if word not in rule_sets and not pack(Path(word)).is_dir():
            known = (*rule_sets, *names())
            raise misuse(word, "there is no pack and no rule set of this name.", suggestion(word, known))
    mixed = next((word for word in (one, other) if word in rule_sets), None)
    if mixed is not None:
        raise misuse(mixed, "this is a rule set, the other a pack.", "Name two of the same kind.")
    return differences(load(pack(Path(one))), load(pack(Path(other))))


def _contents(scheme: Scheme, json: bool) -> None:
    items = [(i.id, i.name, scheme.areas[i.area].name) for i in scheme.indicators.values()]
    quality = [(q.id, q.name, scheme.dimensions[q.dimension].name) for q in scheme.quality.values()]
    if json:
        say_json({"indicators": [i[0] for i in items], "quality_indicators": [q[0] for q in quality]})
        return
    say_table([*items, *quality])


def _indicator(indicator: Indicator, scheme: Scheme, json: bool) -> None:
    if json:
        say_json(_indicator_document(indicator, scheme))
        return
    say(f"{indicator.id}  {indicator.name}\n\n{indicator.question}\n\n{indicator.definition}\n")
    for title, text in (
        ("How to count", indicator.counting),
        ("Example", indicator.example),
        ("Common mistakes", indicator.mistakes),
        ("Why", indicator.why),
        ("Evidence", indicator.evidence),
    ):
        say(f"{title}: {text}")
    say("\nMeasures")
    say_table(
        ("  " + measure.id, measure.label, reach(measure), "derived" if measure.derived else "")
        for measure in indicator.measures
    )
    for id in indicator.quality:
        say(f"\nThresholds of {id}  {scheme.quality[id].name}")
        _levels(scheme.quality[id])
    _origin(indicator.origin.certainty.value, indicator.origin.sources, scheme)


def _indicator_document(indicator: Indicator, scheme: Scheme) -> dict[str, object]:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "area": indicator.area,
        "question": indicator.question,
        "definition": indicator.definition,
        "counting": indicator.counting,
        "example": indicator.example,
        "mistakes": indicator.mistakes,
        "why": indicator.why,
        "evidence": indicator.evidence,
        "direction": indicator.direction.value,
        "certainty": indicator.origin.certainty.value,
        "sources": _sources(indicator.origin.sources, scheme),
        "quality": list(indicator.quality),
        "measures": [_measure_document(measure) for measure in indicator.measures],
    }


def _measure_document(measure: Measure) -> dict[str, object]:
    return {
        "id": measure.id,
        "label": measure.label,
        "kind": measure.kind.value,
        "unit": measure.unit,
        "help": measure.help,
        "minimum": measure.minimum,
        "maximum": measure.maximum,
        "derived": measure.derived is not None,
        "options": [option.id for option in measure.options],
        "steps": [option.label for option in measure.options],
        "direction": measure.direction.value,
        "certainty": measure.origin.certainty.value,
    }


def _quality(quality: QualityIndicator, scheme: Scheme, json: bool) -> None:
    if json:
        say_json(
            {
                "id": quality.id,
                "name": quality.name,
                "dimension": quality.dimension,
                "judged": quality.judged,
                "evidence": quality.evidence,
                "gate": quality.gate,
                "silver": quality.silver,
                "measures": list(quality.measures),
                "certainty": quality.origin.certainty.value,
                "sources": _sources(quality.origin.sources, scheme),
                "levels": [_level_document(level) for level in quality.levels],
            }
        )
        return
    say(f"{quality.id}  {quality.name}\n\nJudged: {quality.judged}\nEvidence: {quality.evidence}\n")
    say("A gate: its lowest level stops the label." if quality.gate else "Not a gate.")
    _levels(quality)
    _origin(quality.origin.certainty.value, quality.origin.sources, scheme)


def _level_document(level: Level) -> dict[str, object]:
    conditions = [{"measure": c.measure, "test": c.test, "bound": c.bound} for c in level.when]
    return {"light": level.light.value, "points": level.points, "text": level.text, "when": conditions}


def _levels(quality: QualityIndicator) -> None:
    say_table([(f"  {level.points} points", level.light.value, level.text) for level in quality.levels])


def _origin(certainty: str, sources: tuple[str, ...], scheme: Scheme) -> None:
    say(f"\nCertainty: {certainty}")
    for source in _sources(sources, scheme):
        say(f"Source: {source['title']} {source['url']}".rstrip())


def _sources(ids: tuple[str, ...], scheme: Scheme) -> list[dict[str, str]]:
    return [{"id": id, "title": scheme.sources[id].title, "url": scheme.sources[id].url} for id in ids]
