"""How to read, how it was reckoned, where it comes from, and what is to be noted."""

from collections import Counter
from collections.abc import Mapping

from touchstone.core.benchmark.disclosure import readable
from touchstone.core.report.report import Report
from touchstone.core.scheme.model import Certainty, Disclosure, Scheme
from touchstone.output.content.model import CertaintyRow, Paragraph, SourceRow
from touchstone.output.content.words import day, say, with_group_names, words
from touchstone.output.printable import plain


def paragraphs(part: str, report: Report, scheme: Scheme) -> tuple[Paragraph, ...]:
    """The paragraphs of `words.toml` under a name, with the scheme's sizes filled in."""
    sizes = readable(scheme.disclosure)
    fill = _sizes(sizes, report) if sizes else None
    return tuple(Paragraph(title=one["title"], text=_filled(one["text"], fill)) for one in words()[part])


def certainties(scheme: Scheme) -> tuple[CertaintyRow, ...]:
    """How many indicators are published, reconstructed, or a default."""
    counted = Counter(indicator.origin.certainty for indicator in scheme.indicators.values())
    return tuple(
        CertaintyRow(word=one.value, meaning=say(f"certainty.{one.value}"), count=str(counted[one]))
        for one in Certainty
    )


def sources(scheme: Scheme) -> tuple[SourceRow, ...]:
    """All sources that the pack cites."""
    return tuple(SourceRow(title=plain(one.title), url=plain(one.url)) for one in scheme.sources.values())


def notes(report: Report, scheme: Scheme) -> tuple[str, ...]:
    """Fall-backs and withheld groups, then what is implausible among the answers."""
    compared = [plain(with_group_names(note, report.comparison, scheme)) for note in report.notes]
    faults = [
        plain(say("notes.fault", place=one.place, problem=one.problem, remedy=one.remedy)).strip()
        for one in report.faults
    ]
    return tuple(compared + faults)


def _sizes(sizes: Disclosure, report: Report) -> Mapping[str, object]:
    return {
        "median_from": sizes.median_from,
        "quartiles_from": sizes.quartiles_from,
        "full_from": sizes.full_from,
        "difference": sizes.difference,
        "oldest_years": sizes.oldest_years,
        "on": day(report.on),
    }


def _filled(text: str, fill: Mapping[str, object] | None) -> str:
    if fill is None:
        # Nothing may be shown without the sizes, so a sentence about them has to say so.
        return say("disclosure.unreadable") if "{" in text else text
    return text.format(**fill)
