"""Rows of the register as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.names import fold
from touchstone.web import countries, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row with its words. `formerly` is the old name by which a search found it."""

    row: RegisterSpan
    country: str
    portfolio: str
    formerly: str
    invented: bool


def lines(rows: Sequence[RegisterSpan], *, q: str = "") -> list[Line]:
    """The rows in words; one question to the database, however many they are."""
    made_up = invented(row.organisation for row in rows)
    return [
        Line(
            row=row,
            country=countries.name(row.country),
            portfolio=words.portfolio(row.portfolio),
            formerly=_formerly(row, q),
            invented=row.organisation in made_up,
        )
        for row in rows
    ]


def invented(keys: Iterable[str]) -> frozenset[str]:
    """Which of the organisations are of the demonstration."""
    made_up = Organisation.objects.filter(pk__in=list(keys), synthetic=True)
    return frozenset(made_up.values_list("pk", flat=True))


def is_corrected(rows: Sequence[RegisterSpan], q: str) -> bool:
    """Whether a search found these rows only by taking a word for a typing error."""
    return bool(q.strip() and rows) and not any(
        row.organisation == q.strip().lower() or _has(" ".join([row.name, *row.former_names]), q)
        for row in rows
    )


def _formerly(row: RegisterSpan, q: str) -> str:
    if not q or _has(row.name, q):
        return ""
    return next((name for name in row.former_names if _has(name, q)), "")


def _has(name: str, q: str) -> bool:
    """Whether each word of the search begins a word of the name."""
    known = fold(name).split()
    return all(any(one.startswith(word) for one in known) for word in fold(q).split())
