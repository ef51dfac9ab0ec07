"""The pages on status and ledger say what the code does."""

import json
import re
from dataclasses import fields
from pathlib import Path

from touchstone.core.labels import status
from touchstone.core.labels.documents import head_from_document
from touchstone.core.labels.heads import verify
from touchstone.core.labels.ledger import Breach, entry_from_document
from touchstone.core.labels.model import Act, Entry, EntryKind, Head
from touchstone.output.keys import check_signature, id_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
STATUS = (DOCS / "explanation" / "status.md").read_text(encoding="utf-8")
LEDGER = (DOCS / "reference" / "ledger.md").read_text(encoding="utf-8")


def numbered_rows(text: str) -> list[list[str]]:
    rows = re.findall(r"^\| \d .*\|$", text, re.MULTILINE)
    return [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows]


def test_the_table_of_states_is_that_of_the_code() -> None:
    assert numbered_rows(STATUS) == numbered_rows(status.__doc__ or "")
    assert len(numbered_rows(STATUS)) == 6


def test_the_entry_and_the_head_on_the_page_are_intact() -> None:
    entry, head = map(json.loads, re.findall(r"```json\n(.*?)```", LEDGER, re.DOTALL))
    key = re.search(r"public key is `([0-9a-f]{64})`", LEDGER)
    assert key is not None
    public = bytes.fromhex(key[1])
    check = check_signature({id_of(public): public})
    assert verify([entry_from_document(entry)], [head_from_document(head)], check_signature=check) is None


def test_every_field_kind_and_breach_is_named() -> None:
    named = set(re.findall(r"`([a-z_]+)`", LEDGER))
    wanted = {field.name for made in (Entry, Act, Head) for field in fields(made)} | {*EntryKind} | {*Breach}
    assert wanted - named == set()
