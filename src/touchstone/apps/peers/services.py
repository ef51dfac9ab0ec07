"""Adding peers of the installation's own: each time a new release, controlled against all before."""

from datetime import date, datetime
from pathlib import Path

from touchstone.apps import pack
from touchstone.apps.peers import current, rows, store
from touchstone.apps.peers.current import Peers
from touchstone.apps.peers.statistics import filters_of, narrowed
from touchstone.apps.peers.store import Kept
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.releases import Release, Standing, renew
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Scheme


def add(file: Path, *, name: str, on: date, at: datetime) -> Kept:
    """Make the assessments in a file the installation's peers as of a day.

    The file holds the assessments of all organisations that are to be peers. A new release takes up of each
    group what may be taken up after all that was published before.

    Raises Unusable where the file cannot be read, the name is taken or is none, nobody can be a peer on the
    day, the last release is of a later day, or any release cannot be read; OSError where nothing could be
    written.
    """
    from touchstone.intake.population import read_population

    scheme = pack.scheme()
    population = read_population(file, scheme)
    with store.alone():
        _check_name(name)
        kept = _renewed(population, store.newest(), scheme, name=name, on=on, at=at)
        store.write(kept)
    return kept


def kept_releases() -> list[Kept]:
    """All releases, the oldest first. Raises Unusable as `store.read`."""
    return [store.read(path) for path in store.files()]


def groups_of(release: Release) -> dict[str, Standing]:
    """The groups that are in force, without the narrowed ones."""
    return {id: one for id, one in release.standing.items() if ";" not in id}


def _check_name(name: str) -> None:
    if name in (kept.name for kept in kept_releases()):
        raise Unusable(
            "", Fault("name", f'There is a release "{name}" already.', "Give this one another name.")
        )


def _renewed(
    population: Population, before: Kept | None, scheme: Scheme, *, name: str, on: date, at: datetime
) -> Kept:
    ready = prepare(population, scheme)
    previous = None
    if before is not None:
        former = current.of_release(before, scheme)
        previous = former.release
        # The rows of before come first: of two on one day the later in the order is an organisation's last.
        ready = prepare(rows.joined(rows.superseded(former.ready, ready), population), scheme)
    release = _release(previous, ready, scheme, on)
    frozen = Peers(name=name, ready=ready, release=release).frozen(scheme, on=on)
    return Kept(
        number=before.number + 1 if before else 1,
        name=name,
        added_at=at,
        synthetic=frozen.population.synthetic,
        peers=len(frozen),
        set=frozen.digest,
        held=current.held_rows(release, ready, frozen, scheme),
        release=release,
    )


def _release(previous: Release | None, ready: Prepared, scheme: Scheme, on: date) -> Release:
    """The release of a day. The narrowed groups are those of the groups that it has in force.

    They can be told only once that is known, so it is made twice: the groups that come first are the same.
    """
    groups = renew(previous, ready, scheme=scheme, on=on)
    further = narrowed(filters_of(groups, ready, scheme), scheme)
    return renew(previous, ready, scheme=scheme, on=on, further=further)
