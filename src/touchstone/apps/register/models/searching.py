"""Which organisations a typed text means: by words, by words with one typing error, by key or whole name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.lookups import In

from touchstone.apps.register.models.index import (
    LONGEST_NAME,
    LONGEST_WORD,
    RegisterName,
    RegisterSpelling,
    RegisterWord,
)
from touchstone.core.assessment.spelling import one_error_apart, one_letter_less
from touchstone.core.labels.names import fold

NOTHING = Q(pk__in=[])
LONGEST_TEXT = 1_000  # letters: more than this no name has, also before it is folded
MOST_WORDS = 12  # of a text are compared: the longest, which tell most
SHORTEST_BEGINNING = 3  # letters: shorter words are compared as a whole
SHORTEST_MISTYPED = 4
FEW = 2_000  # organisations: as many are named one by one, of more the database is asked by their words
MANY = 20_000  # organisations: beyond, two words are equally common
HIGHEST = "\U0010ffff"


def matching(text: str) -> Q | None:
    """The condition that a search text sets. None where it is blank and sets none."""
    if not text.strip():
        return None
    words = words_of(text)
    terms = [_Term.of(_beginning(word)) for word in words]
    found = _with_all(terms) if terms else None
    return found or _mistyped(words, terms) or _key(text)


def named(text: str) -> Q:
    """The condition of having a key or, now or before, a name."""
    folded = fold(text[:LONGEST_TEXT])[:LONGEST_NAME]
    bearing = RegisterName.objects.filter(folded=folded).exclude(folded="")
    return Q(first_entry__in=list(bearing.values_list("first_entry", flat=True))) | _key(text)


def words_of(text: str) -> list[str]:
    """The words of a text that are compared, the longest first. Empty where it can be no name."""
    folded = fold(text) if len(text) <= LONGEST_TEXT else ""
    if len(folded) > LONGEST_NAME:
        return []
    words = dict.fromkeys(word[:LONGEST_WORD] for word in folded.split())
    return sorted(words, key=len, reverse=True)[:MOST_WORDS]


class _TriedInOrder(Func):
    """The number that tells organisations apart, where many are looked for.

    A page of theirs is soon found among all names in order, so SQLite is kept from looking up each of them;
    to count them, or so many of them in no order, it had better do that.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:  # as Django's
        paged = compiler.query.is_sliced and compiler.query.order_by
        template = "+%(expressions)s" if paged else self.template
        return super().as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True, slots=True)
class _Term:
    """A word that is looked for: its rows in the index, and its organisations where they are few."""

    rows: QuerySet[RegisterWord]
    few: frozenset[int] | None

    @classmethod
    def of(cls, rows: QuerySet[RegisterWord]) -> Self:
        found = frozenset(rows.values_list("first_entry", flat=True)[: FEW + 1])
        return cls(rows, found if len(found) <= FEW else None)


def _with_all(terms: Iterable[_Term]) -> Q | None:
    """The condition of having all the words; None where nobody has. Needs a word."""
    few = [term.few for term in terms if term.few is not None]
    many = [term.rows for term in terms if term.few is None]
    both = frozenset.intersection(*few) if few else _of_all(many)
    if both is None:
        organisation = _TriedInOrder(F("first_entry"))
        return reduce(and_, (Q(In(organisation, rows.values("first_entry"))) for rows in many))
    for rows in many:
        both = frozenset(rows.filter(first_entry__in=sorted(both)).values_list("first_entry", flat=True))
    return Q(first_entry__in=sorted(both)) if both else None


def _of_all(many: Sequence[QuerySet[RegisterWord]]) -> frozenset[int] | None:
    """The organisations that have all of some common words, where they are few."""
    if len(many) == 1:
        return None
    rarest, *others = sorted(many, key=lambda rows: rows[:MANY].count())
    for rows in others:
        rarest = rarest.filter(Exists(rows.filter(first_entry=OuterRef("first_entry"))))
    return _Term.of(rarest).few


def _mistyped(words: Sequence[str], terms: Sequence[_Term]) -> Q | None:
    """The condition of having all the words once one of them is mended; None where that helps nobody."""
    missing = [place for place, term in enumerate(terms) if term.few == frozenset()]
    places = missing or range(len(words))
    found = list(_mended(words, terms, places)) if len(missing) <= 1 else []
    return reduce(or_, found) if found else None


def _mended(words: Sequence[str], terms: Sequence[_Term], places: Iterable[int]) -> Iterator[Q]:
    for place in places:
        if meant := _meant(words[place]):
            instead = _Term.of(RegisterWord.objects.filter(word__in=meant))
            if found := _with_all([*terms[:place], instead, *terms[place + 1 :]]):
                yield found


def _beginning(word: str) -> QuerySet[RegisterWord]:
    if len(word) < SHORTEST_BEGINNING:
        return RegisterWord.objects.filter(word=word)
    return RegisterWord.objects.filter(word__gte=word, word__lt=word + HIGHEST)


def _meant(word: str) -> list[str]:
    """The words of the register that are one typing error away."""
    if len(word) < SHORTEST_MISTYPED:
        return []
    near = RegisterSpelling.objects.filter(variant__in=list(one_letter_less(word)))
    return sorted({known for known in near.values_list("word", flat=True) if one_error_apart(word, known)})


def _key(text: str) -> Q:
    """The condition of having a key. A text with unprintable letters is none, and no database takes it."""
    key = text.strip().lower()
    return Q(organisation=key) if key.isprintable() and len(key) <= LONGEST_NAME else NOTHING
