"""`touchstone ledger`: the proof of what labels are, checked here, in a copy, or at an address."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from touchstone.cli.database import ready
from touchstone.cli.label import found
from touchstone.cli.speaking import Json, counted, misuse, say, say_json, say_table
from touchstone.core.labels.model import Entry, Head

app = typer.Typer(no_args_is_help=True, help="Check the ledger, copy it, or print an organisation's history.")

Document = dict[str, Any]  # what --json prints

FROM_THE_FILE = (
    "The keys came with the ledger itself: this shows that it is whole, and not whose it is.",
    "To know that, get the keys from somewhere you trust and name them: --keys FILE",
)


@app.command("verify")
def verify(
    source: Annotated[
        str | None, typer.Argument(help="A ledger's file or address; by default this installation's own.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="An older copy, or its heads: is all of that still there?")
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="Public keys that you trust, as /ledger/keys.json gives them.")
    ] = None,
    json: Json = False,
) -> int:
    """Check chain, signatures and daily heads of a ledger. Exit 0 where it is intact, 1 where not.

    Example: touchstone ledger verify https://register.example --since ledger-2025.jsonl
    """
    if source is None and keys:
        raise misuse("--keys", "is for a file or an address.", "An installation knows its own keys.")
    document = _own(since) if source is None else _copy(source, since, keys)
    if json:
        say_json(document)
    else:
        _say(document)
    return 0 if document["intact"] else 1


def _own(since: Path | None) -> Document:
    ready()
    from touchstone.apps.register import copies, services
    from touchstone.apps.register.copy_check import first_lost

    result = services.verify()
    lost = first_lost(since, copies.newer()) if since and result.intact else None
    newest = services.heads()[-1] if result.intact and result.heads else None
    return _document(
        entries=result.entries, heads=result.heads, fault=result.first_fault or lost, keys="own",
        newest=newest, since=since,
    )  # fmt: skip


def _copy(source: str, since: Path | None, keys: Path | None) -> Document:
    from touchstone.apps.register.copy_check import check_copy, first_lost, newer
    from touchstone.intake.ledger_file import read_keys

    signers = read_keys(keys) if keys else None
    with _at_hand(source) as file:
        result = check_copy(file, name=source, signers=signers)
        lost = None
        if since and not result.first_fault:
            with newer(file, name=source) as there:
                lost = first_lost(since, there)
    return _document(
        entries=result.entries, heads=result.heads, fault=result.first_fault or lost,
        keys="given" if keys else "file", newest=result.newest, since=since,
    )  # fmt: skip


def _document(
    *, entries: int, heads: int, fault: str | None, keys: str, newest: Head | None, since: Path | None
) -> Document:
    return {
        "entries": entries,
        "intact": fault is None,
        "first_fault": fault,
        "heads": heads,
        "newest_head": {"day": newest.day, "number": newest.number, "hash": newest.hash} if newest else None,
        "keys": keys,
        "since": str(since) if since else None,
    }


def _say(document: Document) -> None:
    if not document["intact"]:
        say(f"{document['entries']} entries; first fault: {document['first_fault']}")
        return
    say(f"{document['entries']} entries, chain and signatures intact")
    if newest := document["newest_head"]:
        say(
            f"{counted(document['heads'], 'head')}; the newest, of {newest['day']}, names entry "
            f"{newest['number']}: {newest['hash']}"
        )
    if document["since"]:
        say(f"All of {document['since']} is there as it was, and nothing was dated back behind its heads.")
    if document["keys"] == "file":
        for line in FROM_THE_FILE:
            say(line)


@contextmanager
def _at_hand(source: str) -> Iterator[Path]:
    """The file that is meant; what stands at an address is fetched for as long as it is needed."""
    from touchstone.intake.ledger_address import fetch, is_address, ledger_address
    from touchstone.intake.ledger_file import check_ledger_file

    if not is_address(source):
        check_ledger_file(Path(source))
        yield Path(source)
        return
    with tempfile.NamedTemporaryFile(prefix="ledger-", suffix=".jsonl") as copy:
        fetch(ledger_address(source), copy.file)
        copy.flush()
        yield Path(copy.name)


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the copy, such as ledger.jsonl.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Write the whole ledger with its heads and public keys to a file that anyone can check.

    Example: touchstone ledger export ledger.jsonl
    """
    if file.exists() and not force:
        raise misuse(str(file), "is there already.", "Name another file, or add --force.")
    ready()
    from touchstone.apps.register.copies import ledger_lines
    from touchstone.output.writing import write_pieces

    write_pieces(file, ledger_lines())
    say(f"{file} written")
    return 0


@app.command("show")
def show(
    organisation: Annotated[str, typer.Argument(help="Name or key of an organisation.")],
    json: Json = False,
) -> int:
    """Print the history of an organisation's labels.

    Example: touchstone ledger show "Aviation Valley"
    """
    ready()
    from touchstone.apps.register import services

    row = found(organisation)
    history = services.history(row.organisation) if row else ()
    if json:
        say_json([services.entry_document(entry) for entry in history])
    elif row:
        say(f"{row.name} ({row.organisation})")
        say_table(map(_history_line, history))
    return 0 if row else 1


def _history_line(entry: Entry) -> tuple[str, ...]:
    act = entry.act
    period = f"{act.valid_from} to {act.valid_until}" if act.valid_until else ""
    level = act.level.value if act.level else ""
    derived = f"derived: {', '.join(act.derived)}" if act.derived else ""
    return (f"  {entry.number}", act.effective.isoformat(), act.kind.value, level, period, derived)
