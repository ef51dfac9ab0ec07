"""`touchstone compare`: the main job without a server."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.speaking import Json, day, misuse, say, say_json, tell, the_scheme, today
from touchstone.core.assessment.model import Answer, AnswerState, Assessment
from touchstone.core.assessment.participants import summarise
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.faults import Severity, Unusable
from touchstone.core.report.report import Report, as_result, make_report
from touchstone.core.scheme.model import Scheme
from touchstone.intake.answers import read_answers
from touchstone.intake.participants import read_participants
from touchstone.intake.population import read_population
from touchstone.output.report import write_all

LANGUAGES = ("en",)


PEERS = "The peers: .csv or .parquet. Left out: the synthetic ones that ship."
ON = "Peers as of this day; by default the interview's."


def compare(  # noqa: PLR0917  (each is an option with a name)
    answers: Annotated[Path, typer.Argument(help="The answers: .xlsx or .json.")],
    out: Annotated[Path, typer.Option(help="Folder for the report.")],
    population: Annotated[Path | None, typer.Option(help=PEERS)] = None,
    participants: Annotated[Path | None, typer.Option(help="The participant list: .csv or .xlsx.")] = None,
    on: Annotated[str | None, typer.Option(help=ON)] = None,
    lang: Annotated[str, typer.Option(help="Language of the report.")] = "en",
    json: Json = False,
) -> None:
    """Compare one organisation with its peers and write its report.

    Writes report.pdf, summary.pdf, report.html, report.xlsx and result.json.
    Needs no server, no database and no network.

    Example: touchstone compare answers.xlsx --participants members.csv --out report
    """
    _check_language(lang)
    scheme = the_scheme()
    assessment = read_answers(answers, scheme, today=today())
    if participants is not None:
        assessment = with_participants(assessment, participants)
    report = make_report(assessment, scheme=scheme, population=_peers(population, scheme), on=_as_of(on))
    _refuse_contradictions(answers, report)
    files = write_all(report, out, scheme=scheme)
    _say(report, files, json=json)


def with_participants(assessment: Assessment, list_file: Path) -> Assessment:
    """The assessment with what the participant list says; the list wins, and the note says so."""
    organisation, on = assessment.organisation, assessment.interviewed_on
    summary = summarise(read_participants(list_file), on=on, country=organisation.country, office=None)
    for note in summary.notes:
        tell(f"{list_file}: {note}")
    counted = {
        id: Answer(state=AnswerState.ANSWERED, declared=value, note=f"from {list_file.name}")
        for id, value in summary.values.items()
    }
    return replace(assessment, answers={**assessment.answers, **counted})


def _check_language(lang: str) -> None:
    if lang not in LANGUAGES:
        remedy = f"There is: {', '.join(LANGUAGES)}."
        raise misuse("--lang", f'a report in "{lang}" cannot be made yet.', remedy)


def _as_of(text: str | None) -> date | None:
    on = day(text, option="--on")
    if on is not None and on > today():
        raise misuse("--on", f"{on} is in the future.", "Name today or an earlier day.")
    return on


def _peers(file: Path | None, scheme: Scheme) -> Population:
    return shipped_population(scheme) if file is None else read_population(file, scheme)


def _refuse_contradictions(file: Path, report: Report) -> None:
    """Answers that contradict each other give no report; warnings stand in the report itself."""
    errors = [fault for fault in report.faults if fault.severity is Severity.ERROR]
    if errors:
        raise Unusable(str(file), *errors)
    for fault in report.faults:
        tell(f"{file}: {fault.severity.value}: {fault}")


def _say(report: Report, files: tuple[Path, ...], *, json: bool) -> None:
    if json:
        say_json(as_result(report))
        return
    for note in report.comparison.notes:
        tell(note)
    for file in files:
        say(str(file))
