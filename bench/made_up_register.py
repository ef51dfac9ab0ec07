"""A made-up ledger as large as one likes: organisations with names of many tongues, and what befell them.

Chained and signed like a true one, with a key of the home it is made in; the same seed gives the same acts.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from touchstone.core.labels import ledger, validity
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel
from touchstone.core.labels.names import key_of
from touchstone.core.scheme.model import Scheme

BEFALLS = {EntryKind.RENAME: 10, EntryKind.HOST: 6, EntryKind.SUSPENSION: 3, EntryKind.MERGER: 1}  # how often
LAST = date(2026, 11, 1)
COUNTRIES = "PL DE FR ES IT LT LV EE CZ SK HU RO BG GR PT SE FI DK NL BE AT SI HR IE NO IS UA TR".split()  # noqa: SIM905
KINDS = (
    "{0} Cluster", "{0} {1} Cluster", "Klaster {1} {0}", "{0} e.V.", "Cluster {1} {0}", "{1} Valley {0}",
    "Pôle {1} {0}", "{1}cluster {0}", "Asociación Clúster {1} de {0}", "{0} {1} Netzwerk", "Klastr {1} {0}",
    "Związek {1} {0}", "{0} Association of {1} Companies", "{1} Straße {0} GmbH", "Polo {1} {0}",
)  # fmt: skip
FIELDS = (
    "ICT", "Automotive", "Aviation", "Biotech", "Energy", "Energii", "Budowlany", "Maritime", "Photonics",
    "Textile", "Obróbki Metali", "Medical", "Health", "Logistics", "Food", "Lebensmittel", "Mechatronics",
    "Construction", "Creative", "Numérique", "Wasser", "Agro", "Wood", "Plastics", "Space", "Cybersecurity",
    "Microelectronics", "Tourism", "Packaging", "Rail", "Cosmetics", "Chemistry", "Robotics", "Furniture",
)  # fmt: skip
SYLLABLES = (  # noqa: SIM905  (one word a syllable)
    "ba be bi bo bra bru ca ce da do dor el en fal fe ga ge gor gra ha hel in ja ka kle kra la le lin lo lu "
    "ma mar me mi mo na ne no or pa pe pla po ra re ri ro sa se si sla so sta stra ta te tri tu va ve vi wa "
    "we wil ża łó ść ör ün ås ço ñe zna zo"
).split()


def acts(organisations: int, scheme: Scheme, *, seed: int = 5) -> list[Act]:
    """The acts of so many organisations in the order of their record, about three each."""
    made = [act for number in range(organisations) for act in _lived(number, organisations, scheme, seed)]
    return sorted(made, key=lambda act: (act.recorded, act.organisation))


def chained(acts: list[Act], *, key: str, sign: ledger.Sign) -> Iterator[Entry]:
    """The acts as entries of a ledger."""
    last: Entry | None = None
    for act in acts:
        last = ledger.append(last, act, key_id=key, sign=sign)
        yield last


def name_of(number: int, seed: int = 5) -> str:
    """The name of an organisation: a kind, a field, and a place that few share."""
    chance = random.Random(f"{seed} name {number}")
    place = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))).capitalize()
    return chance.choice(KINDS).format(place, chance.choice(FIELDS))


def made_key(number: int, seed: int = 5) -> str:
    """The key of an organisation in the register."""
    return f"{key_of(name_of(number, seed), COUNTRIES[number % len(COUNTRIES)])[:90]}-{number}"


def _lived(number: int, organisations: int, scheme: Scheme, seed: int) -> Iterator[Act]:
    """The life of an organisation: an award, mostly renewals, and now and then something else."""
    chance = random.Random(f"{seed} life {number}")
    common = {
        "organisation": made_key(number, seed), "name": name_of(number, seed), "actor": "EUCLES",
        "country": COUNTRIES[number % len(COUNTRIES)], "portfolio": chance.choice(list(scheme.portfolios)),
        "website": f"https://cluster-{number}.example",
    }  # fmt: skip
    day = date(2010, 3, 1) + timedelta(days=chance.randrange(5_700))
    level, end = LabelLevel.BRONZE, None
    for turn in range(chance.choice((1, 2, 2, 3, 3, 4, 5))):
        if day > LAST:
            return
        rules = scheme.rule_set_on(day)
        period = validity.period(rules.validity, interviewed_on=day, previous_end=end)
        level = chance.choice(list(LabelLevel)) if turn == 2 else level
        kind = EntryKind.RENEWAL if period.renewal else EntryKind.AWARD
        given = {"valid_from": period.valid_from, "valid_until": period.valid_until, "level": level}
        yield _act(kind, day, rules.id, common, renewable_until=period.renewable_until, **given)
        end, day = period.valid_until, period.valid_until + timedelta(days=chance.randrange(-60, 500))
    if chance.random() < 0.9 and (befallen := _befallen(number, organisations, common, chance, seed)):
        yield befallen


def _befallen(
    number: int, organisations: int, common: dict[str, str], chance: random.Random, seed: int
) -> Act | None:
    day = date(2018, 1, 1) + timedelta(days=chance.randrange(3_200))
    (kind,) = chance.choices(list(BEFALLS), list(BEFALLS.values()))
    given: dict[str, object] = {"reason": "made up"}
    if kind is EntryKind.RENAME:
        given |= {"name": name_of(number + organisations, seed)}
    elif kind is EntryKind.HOST:
        given |= {"host": f"Foundation {number}"}
    elif kind is EntryKind.MERGER:
        given |= {"others": (made_key(chance.randrange(organisations), seed),)}
    return _act(kind, day, "2022", common, **given) if day <= LAST else None


def _act(kind: EntryKind, day: date, rule_set: str, common: dict[str, str], **given: object) -> Act:
    recorded = datetime.combine(day, time(12), tzinfo=UTC) + timedelta(days=20)
    fields = {"kind": kind, "effective": day, "recorded": recorded, "rule_set": rule_set, **common, **given}
    return Act(**fields)  # type: ignore[arg-type]  # made up from fields of many types
