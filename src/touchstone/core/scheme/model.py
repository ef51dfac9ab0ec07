"""The parts of a scheme pack, as plain frozen values. `loading` makes them, `checking` judges them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

Operation = Literal[
    "sum", "mean", "ratio", "percent_of", "share_of_sum", "growth", "complement",
    "years_since", "positive_share", "at_least_count", "dominant",
]  # fmt: skip
Meeting = Literal["on_site", "video"]
Topic = Literal["digital", "green", "social"]
Test = Literal["at_least", "at_most", "above", "below", "equals", "one_of"]
PlausibilityKind = Literal[
    "parts_of", "sums_to_measure", "not_above", "between", "not_after_interview", "balance"
]


class Certainty(StrEnum):
    """How sure an item is: read in a source, rebuilt from sources, or a default of ours."""

    PUBLISHED = "published"
    RECONSTRUCTED = "reconstructed"
    DEFAULT = "default"


class Direction(StrEnum):
    """Which way is better. `RANGE` and `DESCRIPTIVE` values are shown without judgement."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    DESCRIPTIVE = "descriptive"


class Effort(StrEnum):
    """How long it takes to follow an advice, roughly: work of a small team beside its other work."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEAR = "year"


class Kind(StrEnum):
    """What a measure holds."""

    COUNT = "count"  # whole number, zero or more
    NUMBER = "number"
    SHARE = "share"  # per cent, 0 to 100
    SCALE = "scale"  # whole number between minimum and maximum, each step worded in options
    YEAR = "year"
    MONEY = "money"  # euro
    YES_NO = "yes_no"
    CHOICE = "choice"  # one option id
    TEXT = "text"

    @property
    def numeric(self) -> bool:
        """Whether values can be ordered and compared with peers."""
        return self not in (Kind.YES_NO, Kind.CHOICE, Kind.TEXT)


class Light(StrEnum):
    """The traffic light of a quality indicator."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"

    @property
    def rank(self) -> int:
        """Place in the order of the lights, red the lowest."""
        return tuple(Light).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an item comes from: ids of the pack's sources, and how sure it is."""

    certainty: Certainty
    sources: tuple[str, ...] = ()


OURS = Origin(certainty=Certainty.DEFAULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A public page or document that the pack cites."""

    id: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An area of the interview or a dimension of the quality indicators."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One allowed value of a choice (a word) or one step of a scale (its number as text)."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a measure follows from others; `assessment.derivation` holds the operations."""

    operation: Operation
    of: tuple[str, ...]
    bound: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number or choice inside an indicator."""

    id: str
    indicator: str
    label: str
    kind: Kind
    origin: Origin
    unit: str = ""  # as it stands by itself: a plural, or a range such as "0 to 4"
    # The unit beside a number, in the order of `NOUN_FORMS`; none where it is the same beside any.
    forms: tuple[str, ...] = ()
    help: str = ""
    direction: Direction = Direction.DESCRIPTIVE
    minimum: float | None = None
    maximum: float | None = None
    options: tuple[Option, ...] = ()
    derived: Derivation | None = None
    from_participants: bool = False  # the participant list answers it

    @property
    def ranged(self) -> bool:
        """Whether the unit names the range, such as "0 to 4", and not what is counted."""
        return any(map(str.isdigit, self.unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One of the 36, or a supplementary one (`supplementary`), which is not counted among them.

    `question` is put to the cluster in the interview, `counting` says what counts and what does not,
    `example` works one case out, `mistakes` names what is often got wrong.
    """

    id: str
    area: str
    name: str
    question: str
    definition: str
    counting: str
    example: str
    mistakes: str
    why: str
    evidence: str
    direction: Direction
    origin: Origin
    measures: tuple[Measure, ...]
    quality: tuple[str, ...] = ()  # the quality indicators that rest on it
    supplementary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One comparison of a measure with a bound, e.g. `A6.total at_least 40`."""

    measure: str
    test: Test
    bound: float | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A step of a quality indicator, reached when all its conditions hold. The last has none."""

    light: Light
    points: int
    text: str
    when: tuple[Condition, ...] = ()
    misses_gate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityIndicator:
    """What is judged for Silver and Gold. `levels` run from the best to the worst.

    The first level whose conditions all hold is reached, so that two levels with the same points
    say "either, or". `origin` speaks for name and number, `thresholds` for levels and gate.
    """

    id: str
    dimension: str
    name: str
    judged: str
    evidence: str
    levels: tuple[Level, ...]
    gate: bool
    silver: bool | None  # audited for Silver; None where no source says
    origin: Origin
    thresholds: Certainty = Certainty.DEFAULT
    strategy_first: bool = False  # recommended before others of its kind

    @property
    def points(self) -> int:
        """The most points that it can give."""
        return max(level.points for level in self.levels)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures its levels rest on, each once, in the order of mention."""
        return tuple(dict.fromkeys(c.measure for level in self.levels for c in level.when))


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a recommendation says for one light of one quality indicator.

    `next` is the first step in one sentence, `effort` how long the whole takes; both the same for each light.
    """

    quality: str
    light: Light
    text: str
    next: str = ""
    effort: Effort | None = None
    origin: Origin = OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """An eligibility criterion: met when all conditions hold."""

    id: str
    text: str
    when: tuple[Condition, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """How long a label runs. `end` says whether a period ends to the day or on the month's last day."""

    end: Literal["day", "month"]
    first_months: int
    renewal_months: int
    renewal_from: Literal["interview", "previous_end"]
    grace_months: int  # renewable until this long after the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """How labels are come by, as far as it is known. What is None or not among the keys is not known."""

    experts: Mapping[str, int] = field(default_factory=dict, hash=False)  # level → how many assess for it
    foreign_expert: bool | None = None  # for Gold, one of them comes from another country
    expert_recommends: bool | None = None  # False: whoever is benchmarked gets Bronze, undecided
    interview: tuple[Meeting, ...] | None = None  # in which ways the benchmarking interview may be held
    topics: tuple[Topic, ...] | None = None  # of change, about which the questionnaire asks besides
    # Least and most months from the first benchmarking to the second, which Silver asks for.
    silver_after_months: tuple[int, int] | None = None
    improvement_areas: int | None = None  # how many Silver asks to be evidenced
    minimum_requirements: tuple[str, ...] | None = None  # levels that one missed requirement stops


UNKNOWN_PROCESS = Process()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """A dated version of the scheme's rules. `pass_share` and `pass_light` are None only without Gold."""

    id: str
    name: str
    in_force_from: date
    changed: str  # what is new, in words
    levels: tuple[str, ...]
    decided_by: str
    validity: Validity
    eligibility: tuple[str, ...]  # ids of criteria
    pass_share: float | None  # per cent of the points, for Gold
    pass_light: Light | None  # the threshold on each quality indicator, for Gold
    origin: Origin
    process: Process = UNKNOWN_PROCESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The sizes of disclosure control. Numbers of organisations; see rule 7 of the scheme."""

    median_from: int
    quartiles_from: int
    full_from: int
    difference: int  # two published groups differ by none or by at least this many
    oldest_years: int
    # A tail that rests on the greatest or least value is held back where that value holds more than this
    # share of the group's sum of amounts, in per cent.
    dominance: float = 50.0
    origin: Origin = OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A comparative portfolio. `related` is the order in which to fall back, a default of ours."""

    id: str
    name: str
    related: tuple[str, ...]
    origin: Origin = OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Plausibility:
    """A rule that answers must satisfy together; `assessment.plausibility` holds the kinds."""

    id: str
    kind: PlausibilityKind
    measures: tuple[str, ...]
    message: str  # plain words; may use {total}, {expected}, {missing}, {value}, {limit}
    severity: Literal["error", "warning", "hint"]
    limit: str = ""  # the other measure of `sums_to_measure`, `not_above` and `balance`
    less: tuple[str, ...] = ()  # measures that `balance` takes away
    total: float = 100.0
    tolerance: float = 0.0
    low: float | None = None
    high: float | None = None
    origin: Origin = OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One class of a classing: from `start` (included) up to the next one's start."""

    id: str
    name: str
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Classing:
    """Classes of organisations by a measure, such as age or size. `steps` rise."""

    id: str
    name: str
    measure: str
    steps: tuple[Step, ...]
    origin: Origin = OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Shares that make one whole. `parts` are measures in per cent that add up to 100."""

    id: str
    name: str
    parts: tuple[str, ...]
    origin: Origin = OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How large the pack says it is, so that a lost item is noticed."""

    indicators: int  # without the supplementary ones
    quality_indicators: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A whole pack. Mappings keep the order of the pack; `digest` is the SHA-256 of its rules, with the
    English texts and without translations.
    """

    id: str
    name: str
    notice: str  # what the scheme is not
    digest: str
    areas: Mapping[str, Named]
    dimensions: Mapping[str, Named]
    indicators: Mapping[str, Indicator]
    quality: Mapping[str, QualityIndicator]
    advice: Mapping[tuple[str, Light], Advice]
    criteria: Mapping[str, Criterion]
    portfolios: Mapping[str, Portfolio]
    rule_sets: Mapping[str, RuleSet]
    plausibility: tuple[Plausibility, ...]
    disclosure: Disclosure | None  # None where the pack has none: then nothing may be shown
    sources: Mapping[str, Source]
    measures: Mapping[str, Measure] = field(default_factory=dict)
    extent: Extent | None = None
    classings: Mapping[str, Classing] = field(default_factory=dict)
    compositions: Mapping[str, Composition] = field(default_factory=dict)
    language: str = "en"  # of its texts: ISO 639-1

    def rule_set_on(self, on: date) -> RuleSet:
        """The rule set in force on a day; the oldest where the day is before them all."""
        by_date = sorted(self.rule_sets.values(), key=lambda rules: rules.in_force_from)
        return next((rules for rules in reversed(by_date) if rules.in_force_from <= on), by_date[0])
