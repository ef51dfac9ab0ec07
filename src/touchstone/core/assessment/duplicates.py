"""Rows of a participant list that probably name one organisation: suggested to a person, never merged.

`participants.summarise` counts rows of the very same name once; here are those that only look alike. Names
are compared in pieces that many names cannot share, so that the cost grows with the list and not with
its square.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from touchstone.core.assessment.participants import OFFICE, Participant, folded
from touchstone.core.assessment.spelling import one_error_apart, one_letter_less, plain

# Legal forms as `plain` writes them, initials put together: S.p.A. is "spa", Sp. z o.o. is "sp z oo".
_FORMS = """
    gmbh, mbh, ggmbh, ag, kg, ohg, ug, ev, eg, gbr, kgaa, se, gesmbh, gmbh co kg, gmbh und co kg, gmbh and
    co kg, co kg, ek, uab, ab, mb, vsi, ii, all, sp z oo, spzoo, sp zoo, spolka zoo, spolka z oo, sa,
    spolka akcyjna, sp j, spj, sp k, spk, psa, spolka z ograniczona odpowiedzialnoscia, ltd, limited, plc,
    llp, llc, inc, cic, co, company, corp, corporation, sarl, sas, sasu, eurl, sci, snc, scop, srl, sr l,
    spa, sapa, scarl, scrl, sl, slu, sau, sal, coop, sia, as, ou, mtu, fie, oy, oyj, aps, a s, is, asa,
    hb, bv, nv, vof, bvba, cv, sprl, vzw, asbl, sro, spol sro, spol s ro, ks, vos, zs, kft, zrt, nyrt, bt,
    doo, dd, jdoo, ad, eood, ood, ead, lda, unipessoal lda, sgps, ae, epe, oe, ike, as tic, ltd sti, sti,
    san ve tic as, тов, ооо, ао, пп, прат, ат, еоод, оод, ад, αε
"""
SMALL_WORDS = frozenset(
    "and und et e y i ir of the for fur der die das de des du la le les di del della og och w z na".split()  # noqa: SIM905
)
_ABBREVIATED = frozenset("univ inst tech intl int natl nat dept res ctr assoc assn lab labs gov govt".split())  # noqa: SIM905
_INITIALS = re.compile(r"(?<!\w)(?:\w\. ?){1,4}\w(?!\w)\.?|(?<!\w)\w/\w(?!\w)")
_SIGNS = re.compile(r"\W")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")

SHORTEST_TYPED = 6  # letters: of shorter names, one letter is too much of the name
SHORTEST_PIECE = 3  # letters that an abbreviation keeps
ACRONYM = range(2, 8)  # letters

FORM = "the same name but for its legal form, signs or brackets"
ORDER = "the same words in another order"
TYPING = "one letter differs"
ABBREVIATION = "one abbreviates the other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two rows of a list that may be one organisation, and why, in words."""

    one: Participant
    other: Participant
    why: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as words without its legal form; `cut` are words that abbreviate, as a point shows."""

    at: int
    words: tuple[str, ...]
    cut: frozenset[str]


def likely_duplicates(participants: Iterable[Participant]) -> tuple[Pair, ...]:
    """Pairs of rows whose names differ only as one organisation's names do, in the order of the list.

    Rows of the very same name, of different countries and of the office are no pairs.
    """
    rows = tuple(_one_of_each(participants))
    names = [name for at, row in enumerate(rows) for name in _names(at, row.name)]
    found: dict[tuple[int, int], str] = {}
    for why, block in _BLOCKS:
        for one, other in block(names):
            found.setdefault((min(one, other), max(one, other)), why)
    return tuple(
        Pair(one=rows[one], other=rows[other], why=why)
        for (one, other), why in sorted(found.items())
        if _may_be_one(rows[one], rows[other])
    )


def _one_of_each(participants: Iterable[Participant]) -> Iterable[Participant]:
    """The first row of each name in each country: the others are counted once with it."""
    rows = (row for row in participants if row.type != OFFICE)
    first: dict[tuple[str, str], Participant] = {}
    for row in rows:
        first.setdefault((folded(row.name) or row.name, row.country), row)
    return first.values()


def readings(name: str) -> tuple[str, ...]:
    """A name whole, and where it has brackets also without them, and what stands in each."""
    return tuple(dict.fromkeys((name, _BRACKETS.sub(" ", name), *_BRACKETS.findall(name))))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without its legal form, plain: "Żółta Łódź Sp. z o.o." is ("zolta", "lodz")."""
    words = tuple(plain(_INITIALS.sub(_together, name)).split())
    return _without_form(words)


def _together(initials: re.Match[str]) -> str:
    return f" {_SIGNS.sub('', initials.group())} "


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if words[-size:] in _LEGAL:
            return _without_form(words[:-size])
        if words[:size] in _LEGAL:
            return _without_form(words[size:])
    return words


def _names(at: int, name: str) -> Iterator[_Name]:
    """A name, and where it has brackets also without them and what stands in them."""
    cut = frozenset(plain(word) for word in name.split() if word.endswith(".")) | _ABBREVIATED
    for reading in readings(name):
        if words := name_words(reading):
            yield _Name(at, words, cut)


Block = Callable[[Sequence[_Name]], Iterator[tuple[int, int]]]


def _same_words(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    return _alike(names, lambda name: [("".join(name.words),)])


def _same_order(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    return _alike(names, lambda name: [tuple(sorted(name.words))])


def _typed(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    """Names that are one typing error apart; a number that differs is no error."""
    long = [name for name in names if len("".join(name.words)) >= SHORTEST_TYPED]
    blocks = _blocks(long, lambda name: [(part,) for part in one_letter_less("".join(name.words))])
    for one, other in _pairs(blocks):
        letters, other_letters = "".join(one.words), "".join(other.words)
        if one_error_apart(letters, other_letters) and _digits(letters) == _digits(other_letters):
            yield one.at, other.at


def _abbreviated(names: Sequence[_Name]) -> Iterator[tuple[int, int]]:
    """Names of which one cuts words of the other short, or is made of the other's first letters."""
    blocks = _blocks(names, lambda name: [tuple(word[:SHORTEST_PIECE] for word in name.words)])
    for group in blocks.values():
        for cut in (name for name in group if name.cut.intersection(name.words)):
            yield from ((cut.at, name.at) for name in group if cut is not name and _cuts(cut, name))
    spelt = _blocks(names, lambda name: [(letters,) for letters in initials(name.words)])
    for name in names:
        if len(name.words) == 1 and len(name.words[0]) in ACRONYM:
            yield from ((name.at, other.at) for other in spelt.get(name.words, ()))


def initials(words: Sequence[str]) -> Iterator[str]:
    """The first letters of a name of several words, with and without the small ones."""
    for counted in (words, [word for word in words if word not in SMALL_WORDS]):
        if len(counted) in ACRONYM:
            yield "".join(word[0] for word in counted)


def _cuts(cut: _Name, name: _Name) -> bool:
    return all(
        word == whole or (word in cut.cut and whole.startswith(word) and len(word) >= SHORTEST_PIECE)
        for word, whole in zip(cut.words, name.words, strict=True)
    )


def _alike(
    names: Sequence[_Name], keys: Callable[[_Name], list[tuple[str, ...]]]
) -> Iterator[tuple[int, int]]:
    return ((one.at, other.at) for one, other in _pairs(_blocks(names, keys)))


def _blocks(
    names: Iterable[_Name], keys: Callable[[_Name], Iterable[tuple[str, ...]]]
) -> dict[tuple[str, ...], list[_Name]]:
    blocks: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in names:
        for key in dict.fromkeys(keys(name)):
            blocks[key].append(name)
    return blocks


def _pairs(blocks: dict[tuple[str, ...], list[_Name]]) -> Iterator[tuple[_Name, _Name]]:
    """The pairs inside each block."""
    for group in blocks.values():
        yield from combinations(group, 2)


def _may_be_one(one: Participant, other: Participant) -> bool:
    """Whether two rows can be of one organisation that is not counted once anyway."""
    same_country = not one.country or not other.country or one.country == other.country
    return same_country and folded(one.name) != folded(other.name)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


_LEGAL = frozenset(tuple(form.split()) for form in _FORMS.split(","))
_LONGEST_FORM = max(map(len, _LEGAL))
_BLOCKS: tuple[tuple[str, Block], ...] = (
    (FORM, _same_words),
    (ORDER, _same_order),
    (TYPING, _typed),
    (ABBREVIATION, _abbreviated),
)
