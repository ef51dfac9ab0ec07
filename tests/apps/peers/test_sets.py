from pathlib import Path

import pytest

from factories.sets import small_set
from touchstone.apps.peers import sets
from touchstone.core.faults import Unusable
from touchstone.core.scheme.folders import shipped


def kept() -> Path:
    return sets.keep(small_set(), pack=shipped())


def test_a_set_is_written_once_under_its_digest(touchstone_home: Path) -> None:
    path = kept()
    assert path == touchstone_home / "sets" / f"{small_set().digest}.zip"
    before = path.stat().st_mtime_ns
    assert kept().stat().st_mtime_ns == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_kept_set_brings_its_scheme_along() -> None:
    kept()
    frozen, scheme = sets.read(small_set().digest)
    assert (frozen.digest, frozen.name, scheme.id) == (small_set().digest, small_set().name, "ecei")


def test_a_damaged_set_is_neither_read_nor_trusted_nor_replaced() -> None:
    path = kept()
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Unusable, match="damaged"):
        sets.read(small_set().digest)
    with pytest.raises(Unusable, match="damaged"):
        kept()


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", ""])
def test_a_set_that_is_not_there_is_named(digest: str) -> None:
    with pytest.raises(Unusable, match=r"set is missing\. Restore it from a backup\."):
        sets.read(digest)


def test_a_set_under_the_name_of_another_is_refused() -> None:
    path = kept()
    path.rename(sets.path_of("0" * 64))
    with pytest.raises(Unusable, match=f"another set, of the digest {small_set().digest}"):
        sets.read("0" * 64)
