"""Shares that make one whole, as stacked bars: the own ones beside the medians of the peers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from touchstone.core.report.shares import centre, shares
from touchstone.core.scheme.model import Composition
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Chart
from touchstone.output.content.words import begun
from touchstone.output.pictures.stacked import Stack, stacked
from touchstone.output.printable import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A composition with its shares in per cent; None where they may not be shown or are not complete."""

    composition: Composition
    own: tuple[float, ...] | None
    peers: tuple[float, ...] | None


def composition_charts(area: str, edition: Edition) -> Iterator[Chart]:
    """A picture of each composition of an area; those of one indicator with the same parts share one."""
    together: dict[tuple[str, tuple[str, ...]], list[Composition]] = {}
    measures, indicators = edition.scheme.measures, edition.scheme.indicators
    for one in edition.scheme.compositions.values():
        indicator = measures[one.parts[0]].indicator
        if indicators[indicator].area == area:
            together.setdefault((indicator, _named(one, edition)), []).append(one)
    for (_, parts), found in together.items():
        compared = [_compared(one, edition) for one in found]
        if any(one.own or one.peers for one in compared):
            yield _chart(parts, compared, edition)


def short_names(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels without the words that all of them begin or end with; each keeps one word at least."""
    split = [label.split(" ") for label in labels]
    first = _common(split)
    last = _common([words[first:][::-1] for words in split])
    return tuple(begun(" ".join(words[first : len(words) - last])) for words in split)


def _common(split: Sequence[Sequence[str]]) -> int:
    """How many words all have in common at the beginning, the last word of each left out."""
    most = min(len(words) for words in split) - 1
    return next((n for n in range(most) if len({words[n] for words in split}) > 1), max(most, 0))


def _named(composition: Composition, edition: Edition) -> tuple[str, ...]:
    return short_names([plain(edition.scheme.measures[id].label) for id in composition.parts])


def _compared(composition: Composition, edition: Edition) -> Compared:
    return Compared(
        composition=composition,
        own=shares([edition.own(id) for id in composition.parts]),
        peers=centre(edition.figures(composition.parts)),
    )


def _chart(parts: tuple[str, ...], compared: Sequence[Compared], edition: Edition) -> Chart:
    first = compared[0].composition
    indicator = edition.scheme.indicators[edition.scheme.measures[first.parts[0]].indicator]
    picture = stacked(
        id=f"shares-{first.id}",
        title=plain(indicator.name if len(compared) > 1 else first.name),
        parts=parts,
        rows=list(_rows(compared, edition)),
        words=edition.words,
    )
    return Chart(picture=picture, caption=_caption(compared, edition))


def _rows(compared: Sequence[Compared], edition: Edition) -> Iterator[Stack]:
    words = edition.words
    for one in compared:
        own = plain(one.composition.name) if len(compared) > 1 else words.say("composition.own")
        if one.own:
            yield Stack(name=own, parts=one.own)
        if one.peers:
            yield Stack(name=words.say("composition.peers"), parts=one.peers)


def _caption(compared: Sequence[Compared], edition: Edition) -> str:
    """Whose answers, how many peers at least, and the source."""
    words = edition.words
    shown = [id for one in compared if one.peers for id in one.composition.parts]
    source = words.say("composition.source", day=edition.peers_on)
    if not shown:
        return f"{words.say('composition.alone')} {source}"
    least = min(edition.figure(id).n for id in shown)
    return f"{words.counted('composition.medians', least, group=edition.group_name)} {source}"
