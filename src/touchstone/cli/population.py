"""`touchstone population`: synthetic comparison populations."""

from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.speaking import Json, counted, say, say_json, the_scheme
from touchstone.core.benchmark.synthetic import SHIPPED_SEED, SHIPPED_SIZE, make_population
from touchstone.output.population import write_population

app = typer.Typer(no_args_is_help=True, help="Make a synthetic comparison population.")


@app.callback()
def population() -> None:
    """Make a synthetic comparison population."""


@app.command("make")
def make(
    out: Annotated[Path, typer.Option(help="File to write: .csv or .parquet.")],
    size: Annotated[int, typer.Option(min=1, max=1_000_000, help="Number of assessments.")] = SHIPPED_SIZE,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = SHIPPED_SEED,
    json: Json = False,
) -> None:
    """Write a synthetic comparison population, fitted to published figures.

    Example: touchstone population make --size 1292 --seed 7 --out peers.csv
    """
    scheme = the_scheme()
    made = make_population(scheme, size=size, seed=seed)
    write_population(made, out, scheme)
    if json:
        say_json({"file": str(out), "size": len(made), "seed": seed, "synthetic": made.synthetic})
    else:
        say(f"{out}: {counted(len(made), 'synthetic assessment')} (seed {seed})")
