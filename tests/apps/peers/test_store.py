import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factories.peers import AT, FIRST
from touchstone.apps.peers import store
from touchstone.apps.peers.store import Kept
from touchstone.core.benchmark.releases import Release, Row
from touchstone.core.faults import Unusable


def one(number: int = 1, **changes: Any) -> Kept:
    kept = Kept(
        number=number, name="Autumn, “näher”", added_at=AT, synthetic=False, peers=7, set="0" * 64,
        held="organisation\nA\n",
        release=Release(scheme="ecei", on=FIRST, rows=(Row(digest="aa", owner="bb"),), memberships=(1,)),
    )  # fmt: skip
    return replace(kept, **changes)


def written(number: int = 1) -> Path:
    with store.alone():
        return store.write(one(number))


def test_a_release_comes_back_as_it_was_kept(touchstone_home: Path) -> None:
    path = written()
    assert path == touchstone_home / "releases" / "0001.json"
    assert store.read(path) == one()
    assert (one().on, store.newest()) == (FIRST, one())


def test_without_releases_there_is_no_newest() -> None:
    assert (store.files(), store.newest()) == ([], None)


def test_releases_are_counted_and_not_sorted_as_texts(touchstone_home: Path) -> None:
    for number in (1, 2, 3):
        written(number)
    (touchstone_home / "releases" / "notes.txt").write_text("not ours")
    assert [path.name for path in store.files()] == ["0001.json", "0002.json", "0003.json"]
    assert store.newest() == one(3)


def test_a_missing_release_is_named(touchstone_home: Path) -> None:
    for number in (1, 2, 3):
        written(number)
    store.path_of(2).unlink()
    with pytest.raises(Unusable) as told:
        store.newest()
    assert str(told.value) == (
        f"{touchstone_home / 'releases' / '0002.json'}: This release is missing. "
        "Restore it from a backup: until then no peers are shown."
    )


def spoil(path: Path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Spring"}, {"digest": "0" * 64}, {"digest": None}, {"held": ""}, {"release": {}},
        {"number": 2}, {"format": "touchstone kept release 9"}, {"set": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_was_changed_is_not_read(changes: dict[str, object]) -> None:
    path = written()
    spoil(path, **changes)
    with pytest.raises(Unusable, match="cannot be read"):
        store.read(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_release_is_not_read(content: bytes) -> None:
    path = written()
    path.write_bytes(content)
    with pytest.raises(Unusable, match="cannot be read"):
        store.newest()


def test_a_whole_release_under_another_number_is_not_read() -> None:
    path = written(1)
    path.rename(store.path_of(2))
    with pytest.raises(Unusable, match="cannot be read"):
        store.read(store.path_of(2))
