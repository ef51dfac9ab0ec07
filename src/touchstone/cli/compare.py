"""`touchstone compare`: the main job without a server."""

from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.basis import Answers, On, Participants, Peers, Previous, basis
from touchstone.cli.speaking import Json, misuse, say, say_json, tell
from touchstone.core.report.report import Report
from touchstone.core.report.result import as_result
from touchstone.output.report import write_all

LANGUAGES = ("en",)


def compare(  # noqa: PLR0917  (each is an option with a name)
    answers: Answers,
    out: Annotated[Path, typer.Option(help="Folder for the report.")],
    population: Peers = None,
    participants: Participants = None,
    on: On = None,
    previous: Previous = None,
    lang: Annotated[str, typer.Option(help="Language of the report.")] = "en",
    json: Json = False,
) -> None:
    """Compare one organisation with its peers and write its report.

    Writes report.pdf, summary.pdf, report.html, report.xlsx and result.json.
    Needs no server, no database and no network.

    Example: touchstone compare answers.xlsx --participants members.csv --out report
    """
    _check_language(lang)
    made = basis(answers, population=population, participants=participants, on=on, previous=previous)
    files = write_all(made.report, out, scheme=made.scheme)
    _say(made.report, files, json=json)


def _check_language(lang: str) -> None:
    if lang not in LANGUAGES:
        remedy = f"There is: {', '.join(LANGUAGES)}."
        raise misuse("--lang", f'a report in "{lang}" cannot be made yet.', remedy)


def _say(report: Report, files: tuple[Path, ...], *, json: bool) -> None:
    if json:
        say_json(as_result(report))
        return
    for note in report.comparison.notes:
        tell(note)
    for file in files:
        say(str(file))
