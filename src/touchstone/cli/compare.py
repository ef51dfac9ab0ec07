"""`touchstone compare`: the main job without a server."""

from pathlib import Path
from typing import Annotated, Final

import typer

from touchstone.cli.basis import Answers, Lang, On, Participants, Peers, Previous, basis
from touchstone.cli.logo import LogoFile, logo_of
from touchstone.cli.speaking import Json, misuse, say, say_json, tell
from touchstone.core.language.language import ENGLISH
from touchstone.core.report.report import Report
from touchstone.core.report.result import as_result
from touchstone.output.report import write_all

LONGEST_NAME: Final = 200  # characters


def compare(  # noqa: PLR0917  (each is an option with a name)
    answers: Answers,
    out: Annotated[Path, typer.Option(help="Folder for the report.")],
    population: Peers = None,
    participants: Participants = None,
    on: On = None,
    previous: Previous = None,
    expert: Annotated[str, typer.Option(help="Who held the interview, for the cover.")] = "",
    logo: LogoFile = None,
    lang: Lang = ENGLISH,
    json: Json = False,
) -> None:
    """Compare one organisation with its peers and write its report.

    Writes report.pdf, summary.pdf, report.html, report.xlsx and result.json.
    Needs no server, no database and no network.

    Example: touchstone compare answers.xlsx --participants members.csv --out report
    """
    picture = logo_of(logo)
    made = basis(
        answers,
        population=population,
        participants=participants,
        on=on,
        previous=previous,
        lang=lang,
        expert=_name(expert),
    )
    files = write_all(made.report, out, scheme=made.scheme, logo=picture)
    _say(made.report, files, json=json)


def _name(text: str) -> str:
    """The name of a person. Raises Unusable for what no cover has room for."""
    name = text.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        problem = f"this is no name of at most {LONGEST_NAME} characters on one line."
        raise misuse("--expert", problem, "Write the name as it is to stand on the cover.")
    return name


def _say(report: Report, files: tuple[Path, ...], *, json: bool) -> None:
    if json:
        say_json(as_result(report))
        return
    for note in report.comparison.notes:
        tell(note)
    for file in files:
        say(str(file))
