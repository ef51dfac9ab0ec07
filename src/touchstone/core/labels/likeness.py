"""Names that are probably one organisation's: suggested to a person, never merged.

Compared is what is left of a name once the words are dropped that most names have, such as cluster and
association, and its legal form. Words may come in any order, stand for those of another language, be one
typing error apart, or begin alike. Names of one organisation that share no word are not found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from touchstone.core.assessment.duplicates import ACRONYM, SMALL_WORDS, initials, name_words, readings
from touchstone.core.assessment.spelling import one_error_apart

# Of a hundred letters of both names, so many are in words that both have.
ALIKE: Final = 80
# Where all of the shorter name stands in the longer one, and a word of it that no trade is called by.
INSIDE: Final = 55
SHORTEST_TYPED: Final = 5  # letters: of shorter words, one letter is too much of the word
SHORTEST_BEGINNING: Final = 4
SHORTEST_OWN: Final = 4

_DROPPED: Final = SMALL_WORDS | frozenset(
    """
    cluster clusters klaster klastr klaszter klasteris klasteri klastri clusterinitiative grappe pole
    competitivite arena nce gce giz zwiazek stowarzyszenie association asociacion associacio agrupacion
    asociacija verein verband netzwerk network initiative initiativ fundacja foundation fundacion fondation
    stiftung empresarial company companies firm firmy przedsiebiorstw unternehmen enterprises w we na i
    do em en no
    """.split()  # noqa: SIM905
)
# Words of a trade or a direction, which many names have, and those of other languages that stand for them.
_TRADE: Final = {
    other: word
    for word, others in {
        "eastern": "east wschodni wschodnia ost est este rytu",
        "western": "west zachodni zachodnia ouest oeste vakaru",
        "northern": "north polnocny polnocna nord norte siaures",
        "southern": "south poludniowy poludniowa sud sur pietu",
        "polish": "polski polska polskie poland polnisch",
        "energy": "energii energia energie energetyczny energetika",
        "renewable": "odnawialnej odnawialne erneuerbare renovables renouvelables",
        "aviation": "lotniczy lotnicza luftfahrt aeronautico aeronautica aeronautique aerospace",
        "automotive": "motoryzacyjny automobile automobil automocion automotriz",
        "construction": "budowlany budowlana budownictwa bau construccion batiment statybos",
        "wood": "drzewny drzewna holz madera bois medienos",
        "furniture": "meblarski meblowy mobel mueble mobilier baldu",
        "metal": "metali metalu metalowy metall metaux",
        "food": "spozywczy spozywcza lebensmittel alimentario agroalimentaire maisto",
        "health": "zdrowia zdrowie gesundheit salud sante sveikatos",
        "medical": "medyczny medyczna medizin medico",
        "maritime": "morski morska maritim maritimo",
        "tourism": "turystyczny turystyki tourismus turismo tourisme turizmo",
        "water": "wodny wasser agua eau vandens",
        "chemistry": "chemiczny chemical chemie quimica chimie",
        "industrial": "przemyslowy przemyslowa industrie industry",
        "textile": "tekstylny textil fashion",
        "logistics": "logistyczny logistik logistica logistique",
    }.items()
    for other in others.split()
}
_PLACE: Final = {
    other: word
    for word, others in {
        "silesian": "slaski slaska silesia schlesien schlesisch",
        "pomeranian": "pomorski pomorska pomerania",
        "mazovian": "mazowiecki mazowiecka mazovia",
        "baltic": "baltycki baltycka baltijos",
        "catalan": "catalonia catala catalana cataluna catalunya",
    }.items()
    for other in others.split()
}
_SAME: Final = _TRADE | _PLACE
_TRADES: Final = (
    frozenset(_TRADE)
    | frozenset(_TRADE.values())
    | frozenset(
        """
    ict it bio biotech biotechnology digital software media creative design innovation innovations technology
    technologies tech engineering production transport green eco environment sustainable space photonics
    optics packaging plastics rail agro life science sciences materials mechatronics electronics machinery
    services
    """.split()  # noqa: SIM905
    )
)


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    letters: frozenset[str]  # of all its words in a row, the first ones: ACS


def likely_same(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of those names that are probably the same organisation's, the most alike first.

    `known` holds names by key; of equals, those given first come first. Linear in their number.
    """
    own = _read(name)
    scored = ((_likeness(own, _read(other)), key) for key, other in known.items())
    found = [(score, key) for score, key in scored if score]
    return tuple(key for _, key in sorted(found, key=lambda pair: -pair[0]))


@lru_cache(maxsize=20_000)
def _read(name: str) -> tuple[_Name, ...]:
    """The readings of a name that hold a word to compare by."""
    return tuple(reading for text in readings(name) if (reading := _words(text)).words)


def _words(text: str) -> _Name:
    words = name_words(text)
    kept = dict.fromkeys(word for word in words if not _is_dropped(word))
    return _Name(tuple(kept), frozenset(initials(words)))


def _is_dropped(word: str) -> bool:
    """Whether most names have a word, also with a typing error in it."""
    if word in _DROPPED or len(word) <= SHORTEST_TYPED:
        return word in _DROPPED
    return any(len(other) > SHORTEST_TYPED and one_error_apart(word, other) for other in _DROPPED)


def _likeness(one: tuple[_Name, ...], other: tuple[_Name, ...]) -> int:
    """The likeness of the two readings that are most alike, in per cent; 0 where none is likely the same."""
    return max((_compared(mine, its) for mine in one for its in other), default=0)


def _compared(one: _Name, other: _Name) -> int:
    if _run_together(one, other) or _abbreviates(one, other) or _abbreviates(other, one):
        return 100
    shared = list(_shared(one.words, other.words))
    letters, others = sum(map(len, one.words)), sum(map(len, other.words))
    likeness = 100 * sum(len(mine) + len(its) for mine, its in shared) // (letters + others)
    whole = len(shared) == min(len(one.words), len(other.words))
    own = any(len(mine) >= SHORTEST_OWN and mine not in _TRADES for mine, _ in shared)
    likely = likeness >= ALIKE or (likeness >= INSIDE and whole and own)
    return likeness if likely else 0


def _shared(words: tuple[str, ...], others: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of words that stand for each other, each word in one pair at most: first the very same ones."""
    left = [other for other in others if other not in words]
    yield from ((word, word) for word in words if word in others)
    for word in (word for word in words if word not in others):
        found = next((other for other in left if _alike(word, other)), None)
        if found is not None:
            left.remove(found)
            yield word, found


def _alike(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    if _SAME.get(word, word) == _SAME.get(other, other):
        return True
    if len(shorter) >= SHORTEST_TYPED and one_error_apart(word, other):
        return True
    return len(shorter) >= SHORTEST_BEGINNING and longer.startswith(shorter)


def _run_together(one: _Name, other: _Name) -> bool:
    """Whether the names are the same but for spaces, and perhaps a letter: EcoEnergy and Eco-Energy."""
    letters, others = "".join(one.words), "".join(other.words)
    long = min(len(letters), len(others)) > SHORTEST_TYPED
    return letters == others or (long and one_error_apart(letters, others))


def _abbreviates(short: _Name, name: _Name) -> bool:
    """Whether a name of one word is made of the first letters of the other's."""
    return len(short.words) == 1 and len(short.words[0]) in ACRONYM and short.words[0] in name.letters
