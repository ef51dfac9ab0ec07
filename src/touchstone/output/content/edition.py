"""One edition of a report: the report, its scheme, its language and the group it speaks of first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Figure, Group
from touchstone.core.language.language import Language
from touchstone.core.quality.model import Judgement
from touchstone.core.quality.wording import figure, in_words, number
from touchstone.core.report.headlines import headline
from touchstone.core.report.report import NOTHING, Report
from touchstone.core.report.standing import reference_group
from touchstone.core.report.withholding import Held, held_back
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.output.content.model import Light
from touchstone.output.content.words import group_name, words
from touchstone.output.pictures.spread import Spread
from touchstone.output.printable import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What all parts of the content are made from. `group` is None where no peers may be shown."""

    report: Report
    scheme: Scheme
    words: Language
    group: Group | None
    judgements: Mapping[str, Judgement]  # by the id of the quality indicator
    compared: tuple[tuple[Group, str], ...]  # the groups that show something, with their names
    held: tuple[Held, ...]  # what each group of the comparison shows and holds back
    headlines: Mapping[str, Measure | None]  # by the id of the indicator

    @classmethod
    def of(cls, report: Report, scheme: Scheme) -> "Edition":
        """The edition in the report's own language."""
        comparison, spoken = report.comparison, words(report.language)
        group = reference_group(comparison)
        held = held_back(comparison)
        shown = [one.group for one in held if one.most != "none"]
        ordered = sorted(shown, key=lambda one: one is not group)
        return cls(
            report=report,
            scheme=scheme,
            words=spoken,
            group=group,
            judgements={one.quality: one for one in report.appraisal.judgements},
            held=held,
            headlines={id: headline(one, scheme) for id, one in scheme.indicators.items()},
            compared=tuple((one, group_name(one, scheme, spoken)) for one in ordered),
        )

    @property
    def group_name(self) -> str:
        """The name of the reference group; empty where there is none."""
        return group_name(self.group, self.scheme, self.words) if self.group else ""

    @property
    def peers_on(self) -> str:
        """The day as of which the peers are taken, as text has it."""
        return self.words.day(self.report.on)

    def own(self, measure: str) -> float | None:
        """The own number of a measure."""
        return self.report.comparison.own.get(measure)

    def figure(self, measure: str) -> Figure:
        """What may be shown of a measure in the reference group."""
        return self.report.figure(measure, self.group.id) if self.group else NOTHING

    def figures(self, measures: Iterable[str]) -> Sequence[Figure]:
        """The same for several measures."""
        return [self.figure(id) for id in measures]

    def spreads(self, measure: Measure) -> list[Spread]:
        """The rows of a picture: the groups that show something of anything, the reference group first."""
        return [
            Spread(name=name, figure=self.report.figure(measure.id, group.id))
            for group, name in self.compared
        ]

    def light(self, light: str) -> Light:
        """A traffic light with its word."""
        return Light(light=light, word=self.words.say(f"light.{light}"))

    def written(self, value: float, measure: Measure) -> str:
        """A number of a measure; shares with their sign, other units stand elsewhere."""
        return _written(value, measure.kind, measure.unit == "%", self.words.code)

    def told(self, value: Value, measure: Measure) -> str:
        """An answer as a sentence wants it: with its unit, a step of a scale by its place."""
        if measure.kind is Kind.SCALE and measure.maximum is not None and not isinstance(value, str):
            step, most = (number(float(one), measure, self.words) for one in (value, measure.maximum))
            return self.words.say("indicator.own_scale", step=step, most=most)
        return self.in_words(value, measure)

    def in_words(self, value: Value, measure: Measure) -> str:
        """An answer with its unit or the wording of its option."""
        return plain(in_words(value, measure, self.words))

    def day(self, on: date) -> str:
        """A day as text has it."""
        return self.words.day(on)


# Most figures stand in a picture, its words, its table and a row, and again in the next report.
@lru_cache(maxsize=1 << 14)
def _written(value: float, kind: Kind, share: bool, language: str) -> str:
    said = words(language)
    return said.share(figure(value, kind, said)) if share else figure(value, kind, said)


def labelled(measure: Measure, words: Language) -> str:
    """The label with the unit, where neither the label nor the figure says already what is counted."""
    told = measure.kind in {Kind.COUNT, Kind.SCALE} or measure.ranged or measure.unit == "%"
    if told or not measure.unit:
        return plain(measure.label)
    return words.say("indicator.measure", label=plain(measure.label), unit=plain(measure.unit))
