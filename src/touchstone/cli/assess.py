"""`touchstone assess`: an empty questionnaire, and a check of a filled one."""

import json as json_module
from pathlib import Path
from typing import Annotated

import typer

from touchstone.cli.speaking import Json, counted, fault_documents, say, say_json, the_scheme, today
from touchstone.core.assessment.model import Assessment
from touchstone.core.assessment.plausibility import check as check_plausibility
from touchstone.core.faults import Fault, Severity, Unusable
from touchstone.core.scheme.model import Scheme
from touchstone.intake.answers import read_answers
from touchstone.output.questionnaire import empty_document, empty_workbook
from touchstone.output.writing import write_whole

app = typer.Typer(no_args_is_help=True, help="Make an empty questionnaire, or check a filled one.")


@app.command("new")
def new(
    out: Annotated[Path, typer.Option(help="File to write: .xlsx or .json.")],
    json: Json = False,
) -> None:
    """Write an empty questionnaire with every measure that is asked.

    Example: touchstone assess new --out questionnaire.xlsx
    """
    scheme = the_scheme()
    write_whole(out, _empty(out, scheme))
    asked = sum(measure.derived is None for measure in scheme.measures.values())
    if json:
        say_json({"file": str(out), "measures": asked})
    else:
        say(f"{out}: {asked} measures to answer")


def _empty(out: Path, scheme: Scheme) -> bytes:
    if out.suffix.lower() == ".xlsx":
        return empty_workbook(scheme)
    if out.suffix.lower() == ".json":
        return (json_module.dumps(empty_document(scheme), ensure_ascii=False, indent=2) + "\n").encode()
    remedy = "Name the file with .xlsx (a workbook) or .json."
    raise Unusable(str(out), Fault("--out", f'"{out.suffix}" is not a kind of questionnaire.', remedy))


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A filled questionnaire: .xlsx or .json.")],
    json: Json = False,
) -> int:
    """Check a filled questionnaire: each fault with its place and remedy.

    Example: touchstone assess check questionnaire.xlsx
    """
    scheme = the_scheme()
    assessment, faults = _read(file, scheme)
    answered = len(assessment.values()) if assessment else 0
    asked = sum(measure.derived is None for measure in scheme.measures.values())
    if json:
        say_json({"file": str(file), "answered": answered, "asked": asked, "faults": fault_documents(faults)})
    else:
        for fault in faults:
            say(f"{file}: {fault.severity.value}: {fault}")
        say(f"{file}: {answered} of {asked} measures answered, {counted(len(faults), 'fault')}")
    return _code(faults)


def _read(file: Path, scheme: Scheme) -> tuple[Assessment | None, tuple[Fault, ...]]:
    """The assessment and its faults; a file that cannot be read as answers at all has only faults."""
    try:
        assessment = read_answers(file, scheme, today=today())
    except Unusable as unusable:
        return None, unusable.faults
    day = assessment.interviewed_on
    return assessment, check_plausibility(assessment.values(), scheme, interviewed_on=day)


def _code(faults: tuple[Fault, ...]) -> int:
    severities = {fault.severity for fault in faults}
    if Severity.ERROR in severities:
        return 2
    return 1 if Severity.WARNING in severities else 0
