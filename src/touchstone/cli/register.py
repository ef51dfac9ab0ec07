"""`touchstone register`: read old pages, look up, rebuild from the ledger."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.compare_all import Jobs
from touchstone.cli.database import ready
from touchstone.cli.speaking import (
    Json,
    counted,
    misuse,
    progress_bar,
    say,
    say_json,
    say_table,
    the_scheme,
    today,
)
from touchstone.core.assessment.countries import country_code
from touchstone.core.workers import processors
from touchstone.intake.old_register import read_page_file

if TYPE_CHECKING:
    from touchstone.apps.old_pages.services import Reading

REVIEW = "Let rows wait for a person whose organisation looks like one that is known."

MOST_SAID = 20  # faults of an export: of a great one there may be thousands
app = typer.Typer(no_args_is_help=True, help="Read pages of the old register, look up labels, rebuild.")


@app.command("import")
def import_page(
    file: Annotated[Path, typer.Argument(help="A page of the old register, as plain text.")],
    country: Annotated[str, typer.Option(help="The page's country, such as PL: no page names its own.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only; enter nothing.")] = False,
    review: Annotated[bool, typer.Option("--review", help=REVIEW)] = False,
    json: Json = False,
) -> int:
    """Enter a page of the old register into the ledger. What cannot be read is kept and listed.

    Doubtful rows wait on the secretariat's pages, under Old pages.

    Example: touchstone register import poland.txt --country PL --dry-run
    """
    code = country_code(country)
    if code is None:
        raise misuse("--country", f'"{country}" is no country code.', "Write two letters, such as PL.")
    page = read_page_file(file, the_scheme(), today=today())
    ready()
    from touchstone.apps.old_pages import services

    reading = services.take_in(
        page=page,
        name=file.name,
        country=code,
        by="command line",
        at=datetime.now(UTC),
        hold=review,
        trial=dry_run,
    )
    if json:
        say_json(reading.as_document())
    else:
        _say_import(file, reading, dry_run=dry_run)
    return 1 if page.doubtful or page.unread else 0


def _say_import(file: Path, reading: "Reading", *, dry_run: bool) -> None:
    page = reading.page
    for row in page.duplicates:
        say(f"{file}: line {row.line}: the same as line {row.same_as}: {row.text}")
    for kept in (*page.doubtful, *page.unread):
        say(f"{file}: line {kept.line}: not entered, {kept.reason}: {kept.text}")
    say(f"{counted(page.rows_read, 'row')} read, {len(page.rows)} accepted")
    say(f"{counted(reading.entered, 'label')} {'would be entered' if dry_run else 'entered'}")
    if reading.waiting:
        say(f"{counted(reading.waiting, 'row')} for a person to settle: /secretariat/old-pages/")


@app.command("search")
def search(
    text: Annotated[
        str,
        typer.Argument(help="Words of a name, now or before; accents do not matter."),
    ],
    json: Json = False,
) -> int:
    """Look up organisations in the register.

    Example: touchstone register search "klaster ict"
    """
    if len(text) > 200:
        raise misuse("TEXT", "the search is longer than 200 characters.", "Search for part of a name.")
    ready()
    from touchstone.apps.register.models import RegisterSpan

    rows = list(RegisterSpan.objects.on(today()).search(text))
    if json:
        say_json([row.as_document() for row in rows])
    else:
        say_table((row.organisation, row.name, row.country, row.level, row.valid_until) for row in rows)
        if not rows:
            say(f'No organisation of the register matches "{text}".')
            say("It may never have held a label, or have held it under another name.")
    return 0 if rows else 1


@app.command("rebuild")
def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Compare only; change nothing.")] = False,
    json: Json = False,
) -> int:
    """Rebuild the register from the ledger, or compare the two.

    Example: touchstone register rebuild --check
    """
    ready()
    from touchstone.apps.register import services

    if not check:
        rows = services.rebuild()
        if json:
            say_json({"rows": rows})
        else:
            say(f"The register is made anew from the ledger: {counted(rows, 'row')}.")
        return 0
    differences = services.rebuild_check()
    if json:
        say_json({"equal": not differences, "differences": differences})
    else:
        for difference in differences:
            say(difference)
        say(_compared(len(differences)))
    return 1 if differences else 0


def _compared(differences: int) -> str:
    if not differences:
        return "The register equals the ledger."
    return f"{counted(differences, 'difference')}. Mend them: touchstone register rebuild"


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Folder for the files: empty, or of an earlier export.")],
    live: Annotated[str, typer.Option(help="Where the application itself answers, to link to.")] = "",
    jobs: Jobs = None,
    anew: Annotated[bool, typer.Option("--anew", help="Make every file, also what has not changed.")] = False,
    json: Json = False,
) -> int:
    """Write the whole public register as static files, for any web server. Safe to stop and to repeat.

    Pages, badges, credentials, status lists, open data, answers for programs, and a search that works in the
    browser. Another call to the same folder makes what has changed. Exit 1 where something would be missing;
    then the last export stays as it is.

    Example: touchstone register export public --jobs 4
    """
    if live and not live.startswith(("https://", "http://")):
        raise misuse("--live", f'"{live}" is no address.', "Write it as https://labels.example.org.")
    ready()
    from touchstone.cli.exporting.export import Export
    from touchstone.cli.exporting.folder import being_made

    processes = jobs or processors()
    with being_made(folder) as place, progress_bar() as show:
        work = Export(place, live.rstrip("/"), jobs=processes, anew=anew)
        work.make(show)
    if json:
        say_json({"folder": str(folder), **work.as_document()})
    else:
        for fault in work.faults[:MOST_SAID]:
            say(fault)
        files = f"{counted(work.new, 'new file')}, {work.same} as before"
        kept = f"; {work.kept} of {counted(work.kept + work.made, 'organisation')} unchanged"
        missing = f"{counted(len(work.faults), 'fault')}; what lay there is as it was"
        say(f"{folder}: {missing if work.faults else files + kept}")
    return 1 if work.faults else 0
