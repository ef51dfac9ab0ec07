"""What the page of a list shows: figures, the picture of distances, and the questions with their answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from touchstone.apps.participants.models import Choice
from touchstone.apps.participants.questions import PairQuestion, PlaceQuestion
from touchstone.apps.participants.review import Review
from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.distance import Position, distance_km
from touchstone.core.assessment.model import Answer, Value
from touchstone.core.assessment.participants import NAMED_AT_MOST, TYPES, Participant
from touchstone.core.assessment.places import Place
from touchstone.core.assessment.placing import described
from touchstone.core.assessment.spread import LIMITS_KM, Spread
from touchstone.core.days import years_before
from touchstone.core.scheme.model import Measure, Scheme
from touchstone.web.expert import sheet as sheets
from touchstone.web.participants.forms import field_of, typed_field_of, value_of

Q = TypeVar("Q", PlaceQuestion, PairQuestion)

A_PAGE = 20
CANDIDATES_SHOWN = 8  # a name of more places than that wants its region
KINDS: dict[Commitment, Promise] = {
    Commitment.AGREEMENT: lazy("a signed agreement"),
    Commitment.SUPPORT: lazy("a fee or other support"),
    Commitment.CONTRIBUTION: lazy("an active contribution"),
}
_DISTANCE_DIGITS = 10.0  # km below which a tenth is worth telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One band of the picture; `width` in per cent of the longest that it can be."""

    label: str
    n: int
    share: float  # per cent of all
    width: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A place to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A question where some participants are, with what was chosen or typed."""

    question: PlaceQuestion
    field: str
    typed_field: str
    options: tuple[Option, ...]
    more: int
    choice: Choice | None
    typed: str
    fault: str

    @property
    def chosen(self) -> str:
        """Which of the answers that are no candidate is marked: "other", "out", or none at all."""
        if self.fault or (self.typed and not any(option.chosen for option in self.options)):
            return "other"
        return "out" if self.choice and self.choice.verdict == Choice.Verdict.LEFT_OUT else ""

    @property
    def open(self) -> bool:
        return not self.chosen and not any(option.chosen for option in self.options)

    @property
    def named(self) -> tuple[Participant, ...]:
        return self.question.participants[:NAMED_AT_MOST]

    @property
    def unnamed(self) -> int:
        return len(self.question.participants) - len(self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEntry:
    """A question whether two rows are one organisation, with what was chosen."""

    question: PairQuestion
    field: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure that the list answers: what stands in the record, and what the list says."""

    measure: Measure
    before: str
    now: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Then:
    """How many were committed on a day; None where the list does not tell."""

    on: date
    n: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Numbers as of the day and how they came about; None where the list does not tell."""

    total: Value
    listed: Value
    joined: Value | None
    left: Value | None
    growth: Value | None  # per cent
    retention: Value | None  # per cent
    near: Value | None  # per cent of the placed within 150 km
    abroad: Value | None
    countries: Value | None


def totals(found: Review) -> Totals:
    """The numbers that the page tells in words."""
    say = found.values.get
    return Totals(
        total=found.values["A6.total"], listed=found.values["A6.listed"], joined=say("A6.joined"),
        left=say("A6.left"), growth=say("A6.growth"), retention=say("A6.retention"),
        near=say("A7.within_150km"), abroad=say("A9.international"), countries=say("A9.countries"),
    )  # fmt: skip


def by_type(found: Review, scheme: Scheme) -> list[tuple[str, Value]]:
    """The nine types and how many of the committed are of each."""
    return [(scheme.measures[f"A5.{type}"].label, found.values[f"A5.{type}"]) for type in TYPES]


def by_kind(found: Review) -> list[tuple[Promise, int]]:
    """How many are committed by each kind of evidence; who has two is in both."""
    return [(KINDS[kind], n) for kind, n in found.summary.committed_by.items()]


def membership(found: Review) -> list[Then]:
    """The three days, the latest last."""
    days = {2: "A6.two_years_ago", 1: "A6.one_year_ago", 0: "A6.total"}
    return [Then(years_before(found.on, years), found.values.get(id)) for years, id in days.items()]


def bars(found: Spread) -> list[Bar]:
    """The bands from near to far, and who is not placed; those that A7 counts as near look so."""
    labels = [_("within %(km)s km") % {"km": f"{LIMITS_KM[0]:g}"}]
    labels += [
        _("%(near)s to %(km)s km") % {"near": f"{near:g}", "km": f"{km:g}"}
        for near, km in pairwise(LIMITS_KM)
    ]
    labels += [_("farther"), _("not placed")]
    looks = ["near", "near", "far", "far", "unplaced"]
    numbers = [*found.within, found.farther, found.unplaced]
    longest = max(*numbers, 1)
    return [
        Bar(label=label, n=n, share=_percent(n, found.total), width=f"{100 * n / longest:.1f}", look=look)
        for label, n, look in zip(labels, numbers, looks, strict=True)
    ]


def paged(questions: Sequence[Q], found: Review, page: str | None) -> Page[Q]:
    """A page of questions, the open ones first: what is answered moves to the end."""
    ordered = sorted(questions, key=lambda question: question.key in found.choices)
    return Paginator(ordered, A_PAGE).get_page(page)


def place_entries(
    questions: Iterable[PlaceQuestion],
    found: Review,
    *,
    faults: Mapping[str, str],
    typed: Mapping[str, str],
) -> list[PlaceEntry]:
    return [_place_entry(one, found, faults.get(one.key, ""), typed.get(one.key)) for one in questions]


def pair_entries(questions: Iterable[PairQuestion], found: Review) -> list[PairEntry]:
    return [
        PairEntry(
            question=one,
            field=field_of(one.key),
            verdict=found.choices[one.key].verdict if one.key in found.choices else "",
        )
        for one in questions
    ]


def figures(found: Review, answers: Mapping[str, Answer], scheme: Scheme) -> list[Figure]:
    """The measures that the list answers, in the order of the scheme."""
    values = found.summary.values
    measures = [measure for id, measure in scheme.measures.items() if id in values]
    return [_figure(measure, values[measure.id], answers.get(measure.id, Answer())) for measure in measures]


def _figure(measure: Measure, value: Value, answer: Answer) -> Figure:
    return Figure(
        measure, sheets.shown(answer.said, measure), sheets.shown(value, measure), answer.declared != value
    )


def _place_entry(question: PlaceQuestion, found: Review, fault: str, typed: str | None) -> PlaceEntry:
    choice = found.choices.get(question.key)
    shown = question.candidates[:CANDIDATES_SHOWN]
    options = tuple(_option(place, choice, found.office) for place in shown)
    known = any(option.chosen for option in options)
    kept = choice.place if choice and choice.position and not known else ""
    return PlaceEntry(
        question=question,
        field=field_of(question.key),
        typed_field=typed_field_of(question.key),
        options=options,
        more=len(question.candidates) - len(shown),
        choice=choice,
        typed=kept if typed is None else typed,
        fault=fault,
    )


def _option(place: Place, choice: Choice | None, office: Position | None) -> Option:
    label = described(place)
    if office is not None:
        km = distance_km(office, place.position)
        digits = 1 if km < _DISTANCE_DIGITS else 0
        label = _("%(place)s, %(km)s km from the office") % {"place": label, "km": f"{km:,.{digits}f}"}
    chosen = choice is not None and choice.position == place.position
    return Option(value=value_of(place), label=label, chosen=chosen)


def _percent(n: int, total: int) -> float:
    return 100.0 * n / total if total else 0.0
