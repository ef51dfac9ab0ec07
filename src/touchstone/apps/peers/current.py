"""The peers that reports and statistics are drawn from: the newest release, else the synthetic ones."""

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from touchstone.apps import pack
from touchstone.apps.peers import rows, sets, store
from touchstone.apps.peers.store import Kept
from touchstone.core.benchmark.frozen import FrozenSet, freeze
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.releases import Release
from touchstone.core.benchmark.rows import only
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.scheme.folders import shipped
from touchstone.core.scheme.model import Scheme

SYNTHETIC: Final = "Synthetic peers"


@dataclass(frozen=True, kw_only=True, eq=False)
class Peers:
    """Assessments to compare with. `release` says which of them may be told of; the synthetic have none.

    `number` is that of the release, from 1.
    """

    name: str
    ready: Prepared
    release: Release | None = None
    number: int | None = None

    @property
    def synthetic(self) -> bool:
        """Whether they are made up."""
        return self.ready.population.synthetic

    def as_of(self, interview: date) -> date:
        """The day as of which a report compares: the release's, where there is one, else the interview's."""
        return self.release.on if self.release else interview

    def frozen(self, scheme: Scheme, *, on: date) -> FrozenSet:
        """What a comparison on a day uses, kept for good under its digest. Raises Unusable, and OSError."""
        made = freeze(self.ready, scheme=scheme, on=on, name=self.name)
        sets.keep(made, pack=shipped(scheme.id))
        return made


def peers(name: str = pack.DEFAULT) -> Peers:
    """The peers of today for the pack of that id.

    Raises Unusable where the newest release cannot be read: nothing else may stand in for it.
    """
    found = store.files()
    if not found:
        return _synthetic(name)
    stamp = found[-1].stat()
    return _released(found[-1], stamp.st_mtime_ns, stamp.st_size, name)


def of_release(kept: Kept, scheme: Scheme) -> Peers:
    """The peers of a release under a pack: the rows of its set, and those that groups are held over with.

    Raises Unusable where the set cannot be read.
    """
    frozen, then = sets.read(kept.set)
    held = _read_held(kept, then)
    population = rows.joined(held, frozen.population) if held else frozen.population
    release = kept.release if _measures(then) == _measures(scheme) else _carried_over(kept, then, scheme)
    return Peers(name=kept.name, ready=prepare(population, scheme), release=release, number=kept.number)


def held_rows(release: Release, ready: Prepared, frozen: FrozenSet, scheme: Scheme) -> str:
    """CSV of the assessments that a release needs and its frozen set does not have; empty for none."""
    from touchstone.output.comparison_set import peers_csv

    needed = only(ready.population, rows.in_force(release, ready))
    in_set = prepare(frozen.population, scheme).row_digests
    held = rows.without(prepare(needed, scheme), in_set)
    return peers_csv(held, scheme).decode() if len(held) else ""


@lru_cache(maxsize=2)
def _synthetic(name: str) -> Peers:
    scheme = pack.scheme(name)
    return Peers(name=SYNTHETIC, ready=prepare(shipped_population(scheme), scheme))


@lru_cache(maxsize=2)
def _released(path: Path, _changed: int, _size: int, name: str) -> Peers:
    """Read once for each state of the file."""
    return of_release(store.read(path), pack.scheme(name))


def _read_held(kept: Kept, scheme: Scheme) -> Population | None:
    if not kept.held:
        return None
    from touchstone.intake.population import read_population

    with tempfile.TemporaryDirectory(prefix="touchstone-") as folder:
        path = Path(folder) / "held.csv"
        path.write_text(kept.held, encoding="utf-8", newline="")
        return read_population(path, scheme)


def _carried_over(kept: Kept, then: Scheme, now: Scheme) -> Release:
    """The release under a pack with other measures, which gives each assessment another digest.

    Without this every assessment would look new, and sets that differ by one organisation far apart.
    """
    names: dict[str, str] = {}
    for path in store.files()[: kept.number]:
        one = store.read(path)
        frozen, scheme = sets.read(one.set)
        held = _read_held(one, scheme)
        for population in (frozen.population, held) if held else (frozen.population,):
            old, new = prepare(population, then).row_digests, prepare(population, now).row_digests
            names |= {was.hex(): now_is.hex() for was, now_is in zip(old, new, strict=True)}
    return rows.renamed(kept.release, names)


def _measures(scheme: Scheme) -> dict[str, bool]:
    """What the digests of assessments depend on: the ids of measures, and which of them are numbers."""
    return {id: measure.kind.numeric for id, measure in scheme.measures.items()}
