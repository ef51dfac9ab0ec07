"""`touchstone freeze`: comparison sets that never change, and comparing with them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.speaking import Json, counted, day, misuse, say, say_json, the_scheme, today
from touchstone.core.benchmark.frozen import FrozenSet, freeze
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.model import Scheme
from touchstone.intake.comparison_set import read_set
from touchstone.intake.population import read_population
from touchstone.output.comparison_set import write_set

ENDING = ".zip"


def freeze_set(
    out: Annotated[Path, typer.Option(help="File to write: .zip.")],
    name: Annotated[str, typer.Option(help="What the set is cited as.")],
    population: Annotated[
        Path | None,
        typer.Argument(
            metavar="[POPULATION]",
            help="The assessments: .csv or .parquet. Left out: the synthetic ones that ship.",
        ),
    ] = None,
    on: Annotated[str | None, typer.Option(help="Peers as of this day; by default today.")] = None,
    json: Json = False,
) -> None:
    """Freeze a comparison set: the peers of a day with the rules of then, named and hashed.

    The file serves as --population of compare. A report made again from it, years later, is the same.

    Example: touchstone freeze peers.csv --name "2026, autumn" --on 2026-10-12 --out autumn.zip
    """
    if not is_set(out):
        raise misuse("--out", f"{out} does not end in {ENDING}.", f"Name it with {ENDING}.")
    as_of = day(on, option="--on") or today()
    if as_of > today():
        raise misuse("--on", f"{as_of} is in the future.", "Name today or an earlier day.")
    scheme = the_scheme()
    rows = shipped_population(scheme) if population is None else read_population(population, scheme)
    frozen = freeze(rows, scheme=scheme, on=as_of, name=name)
    write_set(frozen, out, pack=shipped())
    read_set(out)  # what cannot be read back is no set to rely on
    _say(out, frozen, json=json)


def is_set(file: Path) -> bool:
    """Whether a file is named as a frozen set is."""
    return file.suffix.lower() == ENDING


def peers_of(file: Path, *, on: date | None = None, language: str = "en") -> tuple[FrozenSet, Scheme]:
    """The set to compare with and the scheme as it was then, its texts in a language.

    Raises Unusable where the file cannot be used, or another day is asked for than that of the set.
    """
    frozen, scheme = read_set(file, language=language)
    if on is not None and on != frozen.on:
        problem = f'the set "{frozen.name}" holds the peers of {frozen.on}, not of {on}.'
        raise misuse("--on", problem, "Leave --on out, or take another set.")
    return frozen, scheme


def _say(out: Path, frozen: FrozenSet, *, json: bool) -> None:
    if not json:
        say(f"{out}: {counted(len(frozen), 'peer')} as of {frozen.on}, digest {frozen.digest}")
        return
    say_json(
        {
            "file": str(out),
            "name": frozen.name,
            "on": frozen.on,
            "scheme": frozen.scheme,
            "scheme_digest": frozen.scheme_digest,
            "synthetic": frozen.population.synthetic,
            "rows": len(frozen),
            "digest": frozen.digest,
        }
    )
