"""Which organisations a typed text means: by words, by words with one typing error, by key or whole name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a search text means, as a condition on the organisation that a row is of, in two forms.

    Whoever goes through rows in some order tries each: `tried`. Whoever wants matches in no order begins at
    the organisations that have the rarest word: `sought`. Databases cannot tell which of both is quick.
    """

    tried: Q
    sought: Q

    @classmethod
    def same(cls, condition: Q) -> Self:
        return cls(condition, condition)

    def __or__(self, other: "Meaning") -> "Meaning":
        return Meaning(self.tried | other.tried, self.sought | other.sought)


def meaning(text: str) -> Meaning:
    """What a search text means; where it is blank, everything."""
    if not text.strip():
        return Meaning.same(Q())
    words = words_of(text)
    terms = [_Term.of(_beginning(word)) for word in words]
    found = _with_all(terms) if terms else None
    return found or _mistyped(words, terms) or Meaning.same(_key(text))


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


@dataclass(frozen=True, slots=True)
class _Term:
    """A word that is looked for: its rows in the index, and its organisations where they are few."""

    rows: QuerySet[RegisterWord]
    few: frozenset[int] | None

    @classmethod
    def of(cls, rows: QuerySet[RegisterWord]) -> Self:
        if rows[: FEW + 1].count() > FEW:  # counting is much quicker than reading what is then not needed
            return cls(rows, None)
        return cls(rows, frozenset(rows.values_list("first_entry", flat=True)))


def _with_all(terms: Iterable[_Term]) -> Meaning | None:
    """Having all the words; None where nobody has. Needs a word."""
    few = [term.few for term in terms if term.few is not None]
    many = _rarest_first([term.rows for term in terms if term.few is None])
    both = frozenset.intersection(*few) if few else _of_all(many)
    if both is None:
        tried = [Exists(rows.filter(first_entry=OuterRef("first_entry"))) for rows in many]
        sought = Q(first_entry__in=many[0].values("first_entry"))
        return Meaning(reduce(and_, map(Q, tried)), reduce(and_, map(Q, tried[1:]), sought))
    for rows in many if few else ():
        both = frozenset(rows.filter(first_entry__in=sorted(both)).values_list("first_entry", flat=True))
    return Meaning.same(Q(first_entry__in=sorted(both))) if both else None


def _rarest_first(many: Sequence[QuerySet[RegisterWord]]) -> Sequence[QuerySet[RegisterWord]]:
    return sorted(many, key=lambda rows: rows[:MANY].count()) if len(many) > 1 else many


def _of_all(many: Sequence[QuerySet[RegisterWord]]) -> frozenset[int] | None:
    """The organisations that have all of some common words, the rarest first, where they are few."""
    if len(many) == 1:
        return None
    rarest, *others = many
    for rows in others:
        rarest = rarest.filter(Exists(rows.filter(first_entry=OuterRef("first_entry"))))
    both = frozenset(rarest.values_list("first_entry", flat=True)[: FEW + 1])
    return both if len(both) <= FEW else None


def _mistyped(words: Sequence[str], terms: Sequence[_Term]) -> Meaning | None:
    """Having all the words once one of them is mended; None where that helps nobody."""
    missing = [place for place, term in enumerate(terms) if term.few == frozenset()]
    places = missing or range(len(words))
    found = list(_mended(words, terms, places)) if len(missing) <= 1 else []
    return reduce(or_, found) if found else None


def _mended(words: Sequence[str], terms: Sequence[_Term], places: Iterable[int]) -> Iterator[Meaning]:
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
