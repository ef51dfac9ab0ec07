"""The names of an exported register, for the script that searches them in the reader's browser."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from django.utils.translation import gettext_lazy as _

from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.names import fold
from touchstone.web import countries, words

ROWS_A_SHARD: Final = 5_000
INDEX: Final = "search/index.json"
# Blocks of letters that a reader may type and a folded name does not hold: Latin with marks, Greek, Cyrillic.
_WORDS: Final = {
    "label": _("Name of the organisation"),
    "search": _("Search the register"),
    "none": _("No organisation matches. Try one word of the name."),
    "many": _("The first 50 are shown. Write more of the name."),
    "failed": _("The names could not be loaded. Try again later."),
}
_LETTERS: Final = (*range(0x00AA, 0x0250), *range(0x0370, 0x0530), *range(0x1E00, 0x2000))


def search_files(today: date) -> Iterator[tuple[str, bytes]]:
    """The files of the index: its shards, and what tells where they are and how a text is folded."""
    spans = RegisterSpan.objects.on(today).headlines().order_by("folded", "organisation").iterator()
    shards: list[str] = []
    while some := list(islice(spans, ROWS_A_SHARD)):
        name = f"search/{len(shards) + 1}.json"
        shards.append(f"/{name}")
        yield name, _as_json([_row(span) for span in some])
    yield INDEX, _as_json(_index(shards, today))


def _row(span: RegisterSpan) -> list[str]:
    """Key, name, country, level, standing, last day, and the words of all its names."""
    names = " ".join(dict.fromkeys(fold(" ".join((span.name, *span.former_names))).split()))
    return [
        span.organisation, span.name, span.country, span.level, span.standing, span.valid_until.isoformat(),
        names,
    ]  # fmt: skip


def _index(shards: list[str], today: date) -> dict[str, object]:
    codes = RegisterSpan.objects.on(today).order_by().values_list("country", flat=True).distinct()
    return {
        "shards": shards,
        "countries": {code: countries.name(code) for code in sorted(codes)},
        "levels": {level: str(name) for level, name in words.LEVELS.items()},
        "standings": {standing: str(name) for standing, name in words.STANDINGS.items()},
        "folded": {letter: plain for letter in map(chr, _LETTERS) if (plain := fold(letter)) != letter},
        "says": {name: str(text) for name, text in _WORDS.items()},
    }


def _as_json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
