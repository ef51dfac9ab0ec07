"""The parts of a report as its forms print them: text and pictures, nothing left to reckon."""

from dataclasses import dataclass

from touchstone.output.charts import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with its text alternative and what is written over and under it."""

    title: str
    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LightCount:
    light: str  # red, yellow, green, not_assessed
    word: str
    shape: str  # SVG
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """A recommendation as the summary shows it."""

    quality: str
    name: str
    light: str
    word: str
    shape: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step towards a label asks, and where the organisation stands."""

    name: str
    asks: str
    here: str
    state: str  # met, unmet, open
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    facts: str
    opening: str
    compared: str
    standing: Chart | None
    lights: tuple[LightCount, ...]
    score: Chart
    steps: tuple[Step, ...]
    levers: tuple[Lever, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    name: str
    kind: str
    n: str
    shown: str
    withheld: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure beside the reference group. Empty cells hold a dash."""

    id: str
    label: str
    own: str
    strip: Places  # repeats the figures
    low: str
    median: str
    high: str
    n: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A quality indicator that rests on an indicator."""

    quality: str
    name: str
    light: str
    word: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPart:
    id: str
    name: str
    supplementary: bool
    definition: str
    why: str
    evidence: str
    origin: str
    feeds: tuple[Feed, ...]
    facts: tuple[Fact, ...]
    charts: tuple[Chart, ...]
    rows: tuple[MeasureRow, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    id: str
    name: str
    indicators: tuple[IndicatorPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    id: str
    name: str
    light: str
    word: str
    shape: str
    points: str
    gate: str  # empty where it is none
    gate_state: str  # met, unmet, open or empty
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionPart:
    id: str
    name: str
    caption: str
    rows: tuple[QualityRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationPart:
    number: int
    quality: str
    name: str
    light: str
    word: str
    shape: str
    gate: bool
    text: str
    reason: str
    proof: str
    unproven: str  # measures without evidence on file; empty where there is evidence for all
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    text: str
    state: str  # met, unmet, open
    word: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintyRow:
    word: str
    meaning: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole report. `table_caption` names the reference group of all tables of measures."""

    language: str
    title: str
    title_summary: str
    organisation: str
    organisation_short: str  # for running heads
    number: str
    facts: tuple[Fact, ...]
    notice: str
    synthetic: str  # empty where the peers are real
    synthetic_mark: str
    summary: Summary
    reading: tuple[Paragraph, ...]
    groups: tuple[GroupRow, ...]
    table_caption: str
    areas: tuple[AreaPart, ...]
    quality_intro: tuple[str, ...]
    dimensions: tuple[DimensionPart, ...]
    recommendations: tuple[RecommendationPart, ...]
    eligibility: str
    criteria: tuple[CriterionRow, ...]
    method: tuple[Paragraph, ...]
    certainties: tuple[CertaintyRow, ...]
    sources: tuple[SourceRow, ...]
    notes: tuple[str, ...]
