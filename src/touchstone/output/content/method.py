"""Method, groups, what was held back, sources, terms and notes."""

from collections import Counter
from collections.abc import Iterator, Mapping

from touchstone.core.benchmark.disclosure import readable
from touchstone.core.language.language import DASH, Language
from touchstone.core.report.shares import total
from touchstone.core.scheme.model import Certainty, Disclosure, Scheme
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import CertaintyRow, Fact, GroupRow, Paragraph, SourceRow
from touchstone.output.content.words import group_name
from touchstone.output.printable import plain

# A sum of shares this near to 100 is one that was rounded.
ROUNDING = 0.5


def paragraphs(part: str, edition: Edition) -> tuple[Paragraph, ...]:
    """The paragraphs of a table of sentences, with the scheme's sizes filled in."""
    sizes = readable(edition.scheme.disclosure)
    fill = _sizes(sizes, edition) if sizes else None
    return tuple(
        Paragraph(title=one["title"], text=_filled(one["text"], fill, edition.words))
        for one in edition.words.at(part).values()
    )


def table_caption(edition: Edition) -> str:
    """With whom the tables of measures compare."""
    words = edition.words
    if edition.group is None:
        return words.say("table.caption_none")
    return words.say("table.caption", group=edition.group_name)


def groups(edition: Edition) -> tuple[GroupRow, ...]:
    """The reference groups, with what was withheld and why."""
    words = edition.words
    return tuple(
        GroupRow(
            name=group_name(one.group, edition.scheme, words),
            kind=words.say(f"group.{one.group.id.partition(':')[0]}"),
            n=words.number(one.group.n),
            shown=words.say(f"group.{one.most}"),
            withheld=plain(one.group.withheld) or DASH,
        )
        for one in edition.held
    )


def withheld(edition: Edition) -> tuple[str, ...]:
    """Fall-backs and what was held back, with the reasons."""
    sizes = readable(edition.scheme.disclosure)
    compared = [_named(note, edition) for note in edition.report.notes]
    return (*compared, *_counted(sizes, edition)) if sizes else tuple(compared)


def _counted(sizes: Disclosure, edition: Edition) -> Iterator[str]:
    """Of each group that shows something, how many figures show nothing or less."""
    least = {"median": sizes.median_from, "quartiles": sizes.quartiles_from, "full": sizes.full_from}
    for held in edition.held:
        name = group_name(held.group, edition.scheme, edition.words)
        if held.nothing:
            yield edition.words.counted("withheld.few", held.nothing, group=name, least=sizes.median_from)
        if held.less:
            yield edition.words.counted("withheld.part", held.less, group=name, least=least[held.most])


def _named(note: str, edition: Edition) -> str:
    """A note of the comparison with the names of groups in place of their ids."""
    for group in edition.report.comparison.groups:
        name = group_name(group, edition.scheme, edition.words)
        note = note.replace(f'"{group.id}"', edition.words.named(name))
    return plain(note)


def certainties(edition: Edition) -> tuple[CertaintyRow, ...]:
    """How many indicators are published, reconstructed, or a default."""
    counted = Counter(one.origin.certainty for one in edition.scheme.indicators.values())
    return tuple(
        CertaintyRow(
            word=edition.words.say(f"certainty_word.{one.value}"),
            meaning=edition.words.say(f"certainty.{one.value}"),
            count=str(counted[one]),
        )
        for one in Certainty
    )


def sources(scheme: Scheme) -> tuple[SourceRow, ...]:
    """All sources that the pack cites."""
    return tuple(SourceRow(title=plain(one.title), url=plain(one.url)) for one in scheme.sources.values())


def glossary(words: Language) -> tuple[Fact, ...]:
    """The terms of the report, each explained in a line."""
    return tuple(Fact(label=one["name"], value=one["text"]) for one in words.at("term").values())


def notes(edition: Edition) -> tuple[str, ...]:
    """What is implausible among the answers, and shares that had to be scaled for a picture."""
    words = edition.words
    faults = [
        plain(words.say("notes.fault", place=one.place, problem=one.problem, remedy=one.remedy)).strip()
        for one in edition.report.faults
    ]
    return (*faults, *_scaled(edition))


def _scaled(edition: Edition) -> Iterator[str]:
    for composition in edition.scheme.compositions.values():
        added = total([edition.own(id) for id in composition.parts])
        if added is not None and abs(added - 100) > ROUNDING:
            share = edition.words.share(edition.words.number(added, 1))
            yield edition.words.say("notes.closed", composition=plain(composition.name), total=share)


def _sizes(sizes: Disclosure, edition: Edition) -> Mapping[str, object]:
    return {
        "median_from": sizes.median_from,
        "quartiles_from": sizes.quartiles_from,
        "full_from": sizes.full_from,
        "difference": sizes.difference,
        "oldest_years": sizes.oldest_years,
        "on": edition.peers_on,
    }


def _filled(text: str, fill: Mapping[str, object] | None, words: Language) -> str:
    if fill is None:
        # Nothing may be shown without the sizes, so a sentence about them has to say so.
        return words.say("withheld.unreadable") if "{" in text else text
    return text.format(**fill)
