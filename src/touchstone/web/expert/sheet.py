"""One area of the interview as a page shows it: indicators, fields, running sums, what follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import fsum

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from touchstone.core.assessment.explaining import Explained
from touchstone.core.assessment.model import Answer, AnswerState, Value
from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.model import Indicator, Kind, Measure, Option, Plausibility, Scheme
from touchstone.web.expert.typed import Typed, text_of

# Kinds whose fields bring up a keyboard of digits.
_WHOLE = (Kind.COUNT, Kind.YEAR)
MOST_NAMED = 3  # missing answers that are named; of more only their number is told

# What a running sum says. The page's own script fills in the same sentences while somebody types.
SUMS: dict[str, Promise] = {
    "none": gettext_lazy("Shares must add up to %(whole)s %%."),
    "whole": gettext_lazy("Shares add up to %(sum)s %%."),
    "under": gettext_lazy(
        "Shares add up to %(sum)s %%. They must add up to %(whole)s %%; %(missing)s %% are missing."
    ),
    "over": gettext_lazy(
        "Shares add up to %(sum)s %%. They must add up to %(whole)s %%; %(missing)s %% are too much."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The fields of one measure."""

    measure: Measure
    typed: Typed
    fault: str
    revision: int
    help: str  # empty where the measure before says the same
    helped_by: str  # the id of the element that holds the help
    last: str = ""  # what was said last time, where it is asked anew
    carried_from: date | None = None  # the day when a carried answer was true
    waiting: bool = False  # nobody has said yet that a carried answer is still true
    total: "RunningSum | None" = None  # shown below the last part of a composition

    @property
    def control(self) -> str:
        """Which kind of field: select, yes_no, text or number."""
        if self.measure.kind is Kind.YES_NO:
            return "yes_no"
        if self.measure.kind in (Kind.SCALE, Kind.CHOICE) and self.measure.options:
            return "select"
        return "text" if self.measure.kind is Kind.TEXT else "number"

    @property
    def keyboard(self) -> str:
        return "numeric" if self.measure.kind in _WHOLE else "decimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSum:
    """The parts of a whole, and how much they add up to now."""

    rule: str
    parts: tuple[str, ...]
    total: float
    tolerance: float
    sum: float
    answered: int

    @property
    def message(self) -> str:
        """What the sum is, and what to do where it is not whole."""
        return sum_message(self.sum, self.total, self.tolerance, answered=self.answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A measure that follows from the answers: its value, and how it came about.

    `formula` and `figures` are those of `core.assessment.explaining`; `waits` says what is missing.
    """

    measure: Measure
    value: str
    formula: str
    figures: str
    waits: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One indicator on the page."""

    indicator: Indicator
    entries: tuple[Entry, ...]
    derived: tuple[Derived, ...]

    @property
    def waiting(self) -> tuple[str, ...]:
        """The measures whose carried answers are to be confirmed."""
        return tuple(entry.measure.id for entry in self.entries if entry.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an area is."""

    area: str
    name: str
    answered: int
    total: int
    faults: int
    waiting: int = 0  # carried answers to be confirmed


@dataclass(slots=True)
class Sheet:
    """What an area's page is made from: the pack, what was typed, and what is wrong with it.

    `answers` are the saved ones, for where they come from; `last` is what was said last time, `explained`
    how each derived value came about.
    """

    scheme: Scheme
    typed: Mapping[str, Typed]
    values: Mapping[str, Value]
    faults: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    last: Mapping[str, Value] = field(default_factory=dict)
    explained: Mapping[str, Explained] = field(default_factory=dict)

    def sections(self, area: str) -> tuple[Section, ...]:
        """The indicators of an area in the order of the pack."""
        return tuple(
            self._section(indicator)
            for indicator in self.scheme.indicators.values()
            if indicator.area == area
        )

    def _section(self, indicator: Indicator) -> Section:
        return Section(
            indicator=indicator,
            entries=tuple(self._entries(asked(indicator.measures))),
            derived=tuple(
                derived(self.explained[measure.id], self.scheme, last=self.last.get(measure.id))
                for measure in indicator.measures
                if measure.id in self.explained
            ),
        )

    def _entries(self, measures: Sequence[Measure]) -> Iterable[Entry]:
        sums = {rule.measures[-1]: rule for rule in compositions(self.scheme)}
        helped_by = ""
        for before, measure in zip(("", *(one.help for one in measures)), measures, strict=False):
            again = before == measure.help
            helped_by = helped_by if again else (f"{measure.id}-help" if measure.help else "")
            rule = sums.get(measure.id)
            answer = self.answers.get(measure.id, Answer())
            yield Entry(
                measure=measure,
                typed=self.typed.get(measure.id, Typed()),
                fault=self.faults.get(measure.id, ""),
                revision=self.revisions.get(measure.id, 0),
                help="" if again else measure.help,
                helped_by=helped_by,
                last=shown(self.last.get(measure.id), measure),
                carried_from=answer.carried_from,
                waiting=answer.to_confirm,
                total=self._sum(rule) if rule else None,
            )

    def _sum(self, rule: Plausibility) -> RunningSum:
        given = [
            float(self.values[id]) for id in rule.measures if isinstance(self.values.get(id), int | float)
        ]
        return RunningSum(
            rule=rule.id,
            parts=rule.measures,
            total=rule.total,
            tolerance=rule.tolerance,
            sum=fsum(given),
            answered=len(given),
        )


def derived(explained: Explained, scheme: Scheme, *, last: Value | None = None) -> Derived:
    """A derived measure as a page shows it."""
    measure = scheme.measures[explained.measure]
    return Derived(
        measure=measure,
        value=shown(explained.result, measure),
        formula=explained.formula,
        figures="" if len(explained.missing) == len(explained.inputs) else explained.figures,
        waits=""
        if explained.result is not None
        else _waits([scheme.measures[id] for id in explained.missing]),
        last=shown(last, measure),
    )


def _waits(missing: Sequence[Measure]) -> str:
    """What a derived value waits for: by name where they are few."""
    if not missing:
        return _("It cannot be reckoned from these figures.")
    if len(missing) > MOST_NAMED:
        return ngettext("Waits for %(n)s answer.", "Waits for %(n)s answers.", len(missing)) % {
            "n": len(missing)
        }
    return _("Waits for: %(names)s.") % {"names": "; ".join(measure.label for measure in missing)}


def asked(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Those that a person answers; the others follow."""
    return tuple(measure for measure in measures if measure.derived is None)


def compositions(scheme: Scheme) -> tuple[Plausibility, ...]:
    """The rules about parts of a whole whose parts are all typed in."""
    return tuple(
        rule
        for rule in scheme.plausibility
        if rule.kind == "parts_of" and all(scheme.measures[id].derived is None for id in rule.measures)
    )


def sum_message(total: float, whole: float, tolerance: float, *, answered: int) -> str:
    """The running sum in words: nothing yet, right, too little or too much."""
    if not answered:
        which = "none"
    elif abs(whole - total) <= tolerance + 1e-9:
        which = "whole"
    else:
        which = "over" if total > whole else "under"
    return str(SUMS[which]) % {
        "sum": plain(total),
        "whole": plain(whole),
        "missing": plain(abs(whole - total)),
    }


def plain(number: float) -> str:
    """A number with at most two decimals and no needless zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def shown(value: Value | None, measure: Measure) -> str:
    """A value as a reader sees it, with its unit; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return label_of(value, measure.options)
    if measure.options and measure.kind is Kind.SCALE:
        return label_of(text_of(value), measure.options)
    text = (
        plain(value)
        if measure.kind is Kind.YEAR
        else number_format(Decimal(plain(value)), force_grouping=True)
    )
    # A unit that is a range ("0 to 4") would read as a second number.
    unit = f"({measure.unit})" if measure.unit[:1].isdigit() else measure.unit
    return f"{text} {unit}".strip()


def label_of(id: str, options: Iterable[Option]) -> str:
    """The words of an option; its id where the pack has no such option."""
    return next((option.label for option in options if option.id == id), id)


def progress(scheme: Scheme, answers: Mapping[str, Answer], faults: Iterable[Fault]) -> tuple[Progress, ...]:
    """Each area with how much of it is answered, what waits to be confirmed, and how many faults it has."""
    wrong = [fault for fault in faults if fault.severity is Severity.ERROR]
    return tuple(
        Progress(
            area=area.id,
            name=area.name,
            answered=sum(_is_answered(answers.get(measure.id)) for measure in mine),
            total=len(mine),
            faults=sum(area_of(fault, scheme) == area.id for fault in wrong),
            waiting=sum(measure.id in answers and answers[measure.id].to_confirm for measure in mine),
        )
        for area in scheme.areas.values()
        if (mine := asked(m for i in scheme.indicators.values() if i.area == area.id for m in i.measures))
    )


def _is_answered(answer: Answer | None) -> bool:
    """Whether something was said in this interview: a value, or why there is none."""
    return answer is not None and answer.state is not AnswerState.NOT_ASKED and not answer.to_confirm


def first_measure(fault: Fault, scheme: Scheme) -> Measure | None:
    """The first measure that a fault's place names, to lead a reader to; None where it names none."""
    words = fault.place.replace(",", " ").split()
    return next((scheme.measures[word] for word in words if word in scheme.measures), None)


def area_of(fault: Fault, scheme: Scheme) -> str:
    """The area that a fault lies in; empty for the interview's date."""
    measure = first_measure(fault, scheme)
    return scheme.indicators[measure.indicator].area if measure else ""


def sentence(fault: Fault, scheme: Scheme) -> str:
    """A fault as a sentence: where the problem is only a predicate, the measure's label is its subject."""
    measure = first_measure(fault, scheme)
    told = f"{fault.problem} {fault.remedy}".strip()
    if told[:1].islower() and measure is not None:
        return _("“%(label)s” %(problem)s") % {"label": measure.label, "problem": told}
    return told
