"""Statistics of groups, narrowed or not, for people who may see no single organisation.

Two rules hold together. `core.benchmark.filters` decides of all sets that can be asked for at one time which
of them may be shown; the release decides which of them are apart from all that was shown before. A figure is
shown where both allow it. The synthetic peers have no release: they are always the same, and are nobody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from touchstone.apps import pack
from touchstone.apps.peers.current import Peers, peers
from touchstone.core.benchmark.disclosure import readable
from touchstone.core.benchmark.filters import Filters, prepare_filters
from touchstone.core.benchmark.model import Figure, Indices
from touchstone.core.benchmark.prepared import Prepared
from touchstone.core.benchmark.releases import Release
from touchstone.core.benchmark.rows import day_of
from touchstone.core.scheme.model import Scheme

HELD_BACK: Final = Figure(n=0, shown="none")
RELATED: Final = "related:"


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What may be told of the groups of some peers, as of a day."""

    peers: Peers
    on: date
    filters: Filters
    rows: Mapping[str, Indices]  # of the groups in force, where there is a release

    @property
    def groups(self) -> tuple[str, ...]:
        """The ids of the groups that can be asked for and narrowed."""
        return tuple(self.filters.groups)

    def figures(self, id: str, measures: Sequence[str]) -> dict[str, Figure]:
        """Measure id → what may be shown of it in a group, narrowed or not; nothing where it may not.

        Where nothing is shown, not even the number of organisations is told. Raises Unusable for a group,
        a classing or a class that there is not.
        """
        found = self.filters.figures(id, measures=measures)
        return {
            one: figure if self._may_show(id, one, figure) else HELD_BACK for one, figure in found.items()
        }

    def since(self, id: str) -> date | None:
        """The day as of which the organisations of a group are taken; None where it is in no release."""
        standing = self.peers.release.standing.get(id) if self.peers.release else None
        return standing.since if standing else None

    def _may_show(self, id: str, measure: str, figure: Figure) -> bool:
        return figure.shown != "none" and (self.peers.release is None or self._published(id, measure))

    def _published(self, id: str, measure: str) -> bool:
        """Whether the release has just this set in force for a measure.

        A narrowed group that was held over has other rows than the filter gives today.
        """
        release = self.peers.release
        if release is None or id not in self.rows:
            return False
        same = np.array_equal(self.rows[id], self.filters.members(id))
        return same and measure not in release.standing[id].withheld


def statistics() -> Statistics:
    """Those of the installation's peers, made once for each release.

    Raises Unusable where the release cannot be read.
    """
    return _statistics(peers())


def filters_of(release: Release, ready: Prepared, scheme: Scheme) -> Filters:
    """All that can be asked for of a release's groups. Widened portfolios are not narrowed."""
    groups = {id: rows for id, rows in release.rows_in(ready).items() if ";" not in id}
    return Filters(
        ready=ready,
        scheme=scheme,
        groups={id: rows for id, rows in groups.items() if not id.startswith(RELATED)},
        beside=[rows for id, rows in groups.items() if id.startswith(RELATED)],
    )


def narrowed(filters: Filters, scheme: Scheme) -> dict[str, Indices]:
    """The narrowed groups that are large enough to be shown at all, id → rows."""
    setting = readable(scheme.disclosure)
    if setting is None:
        return {}
    large = np.count_nonzero(filters.sets, axis=1) >= setting.median_from
    ids = (id for id, enough in zip(filters.ids, large.tolist(), strict=True) if enough and ";" in id)
    return {id: filters.members(id) for id in ids}


@lru_cache(maxsize=2)
def _statistics(found: Peers) -> Statistics:
    scheme = pack.scheme()
    if found.release is None:
        on = max(day_of(found.ready.population, row) for row in range(len(found.ready.population)))
        made, rows = prepare_filters(found.ready, scheme=scheme, on=on), {}
    else:
        on, rows = found.release.on, found.release.rows_in(found.ready)
        made = filters_of(found.release, found.ready, scheme)
    return Statistics(peers=found, on=on, filters=made, rows=rows)
