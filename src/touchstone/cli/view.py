"""`touchstone view`: the same answers as another published method sees them."""

from collections.abc import Iterator
from typing import Annotated

import typer

from touchstone.cli.basis import Answers, Basis, On, Participants, Peers, basis
from touchstone.cli.speaking import Json, misuse, say, say_json, say_table, tell
from touchstone.core.benchmark.model import Group
from touchstone.core.methods.definition import methods_for
from touchstone.core.methods.min_max import Index, Variant, View, view
from touchstone.core.report.standing import reference_group
from touchstone.core.scheme.naming import suggestion

INDENT = "  "


def show(  # noqa: PLR0917  (each is an option with a name)
    method: Annotated[str, typer.Argument(help="Id of the method, such as polish-benchmark.")],
    answers: Answers,
    population: Peers = None,
    participants: Participants = None,
    on: On = None,
    variant: Annotated[
        str, typer.Option(help="robust (P5 to P95) or classic (least to greatest).")
    ] = "robust",
    json: Json = False,
) -> None:
    """See an organisation as another published method would, on its own answers.

    Example: touchstone view polish-benchmark answers.xlsx
    """
    taken = _variant(variant)
    made = basis(answers, population=population, participants=participants, on=on)
    methods = methods_for(made.scheme)
    if method not in methods:
        raise misuse(method, "the scheme has no such method.", suggestion(method, methods))
    found = view(
        methods[method],
        comparison=made.report.comparison,
        group=_group(made),
        peers=made.peers,
        scheme=made.scheme,
        variant=taken,
    )
    for note in found.notes:
        tell(note)
    if json:
        say_json(as_document(found))
    else:
        _say(found)


def _variant(text: str) -> Variant:
    if text == "robust":
        return "robust"
    if text == "classic":
        return "classic"
    raise misuse("--variant", f'there is no variant "{text}".', "Name robust or classic.")


def _group(made: Basis) -> Group:
    """The group that the report speaks of first where it is large enough for P5 and P95, else all."""
    setting, first = made.scheme.disclosure, reference_group(made.report.comparison)
    if setting is not None and first is not None and first.n >= setting.full_from:
        return first
    return next(group for group in made.report.comparison.groups if group.kind == "all")


def as_document(found: View) -> dict[str, object]:
    """The view as a JSON document."""
    return {
        "method": found.method,
        "variant": found.variant,
        "group": found.group,
        "whole": _index(found.whole),
        "left_out": list(found.left_out),
        "notes": list(found.notes),
    }


def _index(index: Index) -> dict[str, object]:
    return {
        "id": index.id,
        "name": index.name,
        "own": index.own,
        "used": index.used,
        "of": index.of,
        "n": index.n,
        "shown": index.shown,
        "median": index.median,
        "best": index.best,
        "gap_to_best": index.gap_to_best,
        "gap_to_median": index.gap_to_median,
        "parts": [_index(part) for part in index.parts],
    }


def _say(found: View) -> None:
    say(f"{found.whole.name}, {found.variant}, among the peers of {found.group}; 0 to 10\n")
    head = ("", "own", "median", "best", "peers")
    say_table([head, *_rows(found.whole, "")])
    if found.left_out:
        tell(f"Left out, as the peers give no bounds: {', '.join(found.left_out)}.")


def _rows(index: Index, indent: str) -> Iterator[tuple[str, ...]]:
    figures = (_figure(index.own), _figure(index.median), _figure(index.best), str(index.n))
    yield (f"{indent}{index.name}", *figures)
    for part in index.parts:
        yield from _rows(part, indent + INDENT)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
