"""Lays the file of a pack over the file of the same name of the pack that it extends."""

from collections.abc import Iterator, Mapping

from touchstone.core.faults import Fault
from touchstone.core.scheme.naming import suggestion
from touchstone.core.scheme.tables import Notes, Sourced, under

DROP = "drop"


def sourced(value: object, file: str) -> object:
    """The same value, whose tables know the file that they stand in."""
    if isinstance(value, dict):
        return Sourced({key: sourced(inner, file) for key, inner in value.items()}, file=file)
    return [sourced(entry, file) for entry in value] if isinstance(value, list) else value


def laid_over(
    base: Mapping[str, object], own: Mapping[str, object], *, file: str, notes: Notes, path: str = ""
) -> Sourced:
    """A table with the keys of another laid over its own.

    Tables are laid over tables, and items of a list over those with the same id; new ones come last, and
    `drop` takes items or keys away. Anything else is replaced. What is touched stands in `file`.
    """
    made = Sourced(base, file=file)
    for key, value in own.items():
        earlier = base.get(key)
        if isinstance(earlier, dict) and isinstance(value, dict):
            made[key] = laid_over(earlier, value, file=file, notes=notes, path=under(path, key))
        elif _identified(earlier) and isinstance(value, list):
            made[key] = _joined(earlier, value, file=file, notes=notes)
        elif key != DROP:
            made[key] = sourced(value, file)
    _drop(made, own.get(DROP, []), place=f"{file}: {under(path, DROP)}", notes=notes)
    return made


def _identified(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_id(entry) for entry in value)


def _id(entry: object) -> str:
    id = entry.get("id") if isinstance(entry, dict) else None
    return id if isinstance(id, str) else ""


def _joined(base: object, own: list[object], *, file: str, notes: Notes) -> list[object]:
    """The items of a base in their order, each with what is laid over it, then those that are new."""
    earlier: dict[str, Mapping[str, object]] = {_id(entry): entry for entry in _list(base)}
    # Of two with one id the first is laid over; the second stands there too, to be told of.
    changes = {_id(entry): entry for entry in reversed(own) if isinstance(entry, dict)}
    joined: list[object] = [
        laid_over(entry, changes[word], file=file, notes=notes, path=word) if word in changes else entry
        for word, entry in earlier.items()
    ]
    used = [id(changes[word]) for word in earlier if word in changes]
    return [*joined, *(sourced(entry, file) for entry in own if id(entry) not in used)]


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def _drop(made: Sourced, words: object, *, place: str, notes: Notes) -> None:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        notes.faults.append(Fault(place, "This is not a list of texts in quotes.", "List the ids."))
        return
    for word in words:
        taken = [*_taken(made, word)]
        for item in taken:
            notes.dropped.update(dict.fromkeys(_ids(item), f"{place} {word}"))
        if not taken:
            known = [*_ids(made), *(key for key in made if key != "id")]
            notes.faults.append(
                Fault(f"{place} {word}", "There is no such item or key.", suggestion(word, known))
            )


def _taken(made: Sourced, word: str) -> Iterator[object]:
    """Takes the items with an id, or the entry under a key, out of a table."""
    for key, value in made.items():
        if _identified(value) and isinstance(value, list):
            yield from (entry for entry in value if _id(entry) == word)
            made[key] = [entry for entry in value if _id(entry) != word]
    if word in made:
        del made[word]
        yield {"id": word}


def _ids(item: object) -> list[str]:
    """The ids of an item and of what stands in it."""
    inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    own = [_id(item)] if _id(item) else []
    return [*own, *(id for value in inner for id in _ids(value))]
