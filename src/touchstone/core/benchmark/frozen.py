"""Comparison sets that never change: who could be a peer on a day, named, dated and hashed.

A report that is made again from its frozen set, years later, says what it said at first: the set keeps
the rows that count on its day and the digest of the rules that they are read by.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from touchstone.core.benchmark.disclosure import readable
from touchstone.core.benchmark.model import Indices, Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.rows import only
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Scheme

FORMAT: Final = "touchstone set 1"  # changes when the canonical text below does
LONGEST_NAME: Final = 100
# The file form is an archive: what the set says of itself, its peers, and the packs with their files. The
# scheme's own pack is called so, those that it extends go by their names.
FILE_FORMAT: Final = 1
ABOUT, PEERS, PACK = "set.json", "peers.csv", "pack"
PACK_FILE: Final = re.compile(
    r"[a-z0-9][a-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*(/[A-Za-z0-9][A-Za-z0-9_.-]*\.toml)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSet:
    """The assessments that can be peers on a day, one an organisation, ordered by its id.

    `digest` is the SHA-256 of all that the set says: its name, its day, the scheme's id and digest,
    and the canonical bytes of its rows.
    """

    name: str
    on: date
    scheme: str
    scheme_digest: str
    population: Population
    digest: str

    def __len__(self) -> int:
        return len(self.population)


def freeze(population: Population | Prepared, *, scheme: Scheme, on: date, name: str) -> FrozenSet:
    """Keep of a population what a comparison on a day can use.

    These are the latest assessment of each organisation, not after the day and not older than the scheme
    allows; any organisation may be compared with them, also one of their own, which is then left out.
    Frozen again on the same day, a set stays what it is.

    Raises Unusable for a name that is empty, long or not printable, and where nobody can be a peer.
    """
    _check_name(name)
    ready = population if isinstance(population, Prepared) else prepare(population, scheme)
    rows = _rows(ready, scheme, on)
    in_order = rows[np.argsort(ready.population.organisation[rows], kind="stable")]
    return FrozenSet(
        name=name,
        on=on,
        scheme=scheme.id,
        scheme_digest=scheme.digest,
        population=only(ready.population, in_order),
        digest=_digest(ready, in_order, scheme=scheme, on=on, name=name),
    )


def _check_name(name: str) -> None:
    if name.strip() and name.isprintable() and len(name) <= LONGEST_NAME:
        return
    problem = f"A comparison set needs a name of printable letters, {LONGEST_NAME} at most."
    raise Unusable("", Fault("name", problem, 'Call it as you would cite it, such as "2026, autumn".'))


def _rows(ready: Prepared, scheme: Scheme, on: date) -> Indices:
    setting = readable(scheme.disclosure)
    if setting is None:
        problem = "The scheme has no readable disclosure setting, so nobody can be a peer."
        raise Unusable("", Fault("disclosure", problem, "Mend the table [disclosure] of scheme.toml."))
    rows = ready.latest(on=on, oldest_years=setting.oldest_years)
    if not len(rows):
        problem = f"No assessment is in the {setting.oldest_years} years up to {on.isoformat()}."
        raise Unusable("", Fault("on", problem, "Take another day or another population."))
    return rows


def _digest(ready: Prepared, rows: Indices, *, scheme: Scheme, on: date, name: str) -> str:
    """SHA-256 (hex) of the canonical JSON (sorted keys, no spaces, ASCII) of what the set says."""
    canonical = {
        "format": FORMAT,
        "name": name,
        "on": on.isoformat(),
        "scheme": scheme.id,
        "scheme_digest": scheme.digest,
        "synthetic": ready.population.synthetic,
        "rows": ready.digest(rows),
    }
    text = json.dumps(canonical, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
