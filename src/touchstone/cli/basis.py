"""What the commands that compare are handed: answers, a participant list, the peers, a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.comparison_set import is_set, peers_of
from touchstone.cli.speaking import day as read_day
from touchstone.cli.speaking import misuse, tell, today
from touchstone.core.assessment.model import Answer, AnswerState, Assessment
from touchstone.core.assessment.participants import Participant, summarise
from touchstone.core.assessment.placing import placed
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.faults import Severity, Unusable
from touchstone.core.language.language import ENGLISH, language, languages
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Scheme
from touchstone.intake.answers import read_answers
from touchstone.intake.gazetteer import places_of
from touchstone.intake.participants import read_participants
from touchstone.intake.population import read_population

Answers = Annotated[Path, typer.Argument(help="The answers: .xlsx or .json.")]
Peers = Annotated[
    Path | None,
    typer.Option(help="The peers: .csv, .parquet or a frozen .zip. Left out: the synthetic ones that ship."),
]
Participants = Annotated[Path | None, typer.Option(help="The participant list: .csv or .xlsx.")]
Previous = Annotated[
    Path | None, typer.Option(help="The answers of the assessment before: what has changed is compared too.")
]
On = Annotated[str | None, typer.Option(help="Peers as of this day; by default the interview's.")]
Lang = Annotated[str, typer.Option(help=f"Language of what is told: {', '.join(languages())}.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A report, and the scheme and the peers that it was made with."""

    scheme: Scheme
    peers: Prepared
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The peers, the day as of which they count (None: the interview's), and the rules that go with them."""

    scheme: Scheme
    rows: Population
    on: date | None


def basis(
    answers: Path,
    *,
    population: Path | None,
    participants: Path | None,
    on: str | None,
    previous: Path | None = None,
    lang: str = ENGLISH,
    expert: str = "",
) -> Basis:
    """Read what was handed in and compare. Raises Unusable where it cannot be used."""
    given = frame(population, on, lang=lang)
    assessment = read_answers(answers, given.scheme, today=today())
    rows: Sequence[Participant] = ()
    if participants is not None:
        rows = placed(read_participants(participants), places_of).participants
        assessment = with_participants(assessment, rows, list_file=participants, lang=lang)
    before = None if previous is None else read_answers(previous, given.scheme, today=today())
    peers = prepare(given.rows, given.scheme)
    report = make_report(
        assessment,
        scheme=given.scheme,
        population=peers,
        on=given.on,
        previous=before,
        participants=rows,
        expert=expert,
    )
    _refuse_contradictions(answers, report)
    return Basis(scheme=given.scheme, peers=peers, report=report)


def frame(population: Path | None, on: str | None, *, lang: str = ENGLISH) -> Frame:
    """A frozen set brings the rules of its day along; other peers are compared by those that ship."""
    if lang not in languages():
        raise misuse("--lang", f'there is no report in "{lang}".', f"There is: {', '.join(languages())}.")
    day = _as_of(on)
    if population is not None and is_set(population):
        frozen, scheme = peers_of(population, on=day, language=lang)
        return Frame(scheme=scheme, rows=frozen.population, on=frozen.on)
    scheme = load(shipped(), lang)
    rows = shipped_population(scheme) if population is None else read_population(population, scheme)
    return Frame(scheme=scheme, rows=rows, on=day)


def _refuse_contradictions(file: Path, report: Report) -> None:
    """Answers that contradict each other are not reckoned with; what is merely unlikely is told."""
    errors = [fault for fault in report.faults if fault.severity is Severity.ERROR]
    if errors:
        raise Unusable(str(file), *errors)
    for fault in report.faults:
        tell(f"{file}: {fault.severity.value}: {fault}")


def with_participants(
    assessment: Assessment, rows: Sequence[Participant], *, list_file: Path, lang: str = ENGLISH
) -> Assessment:
    """The assessment with what the participant list says; the list wins, and the note says so."""
    organisation, on = assessment.organisation, assessment.interviewed_on
    summary = summarise(rows, on=on, country=organisation.country, office=None)
    for note in summary.notes:
        tell(f"{list_file}: {note}")
    source = language(lang).say("answer.source", file=list_file.name)
    counted = {
        id: Answer(state=AnswerState.ANSWERED, declared=value, note=source)
        for id, value in summary.values.items()
    }
    return replace(assessment, answers={**assessment.answers, **counted})


def _as_of(text: str | None) -> date | None:
    on = read_day(text, option="--on")
    if on is not None and on > today():
        raise misuse("--on", f"{on} is in the future.", "Name today or an earlier day.")
    return on
