"""The parts of a report as its forms print them: text and pictures, in one language."""

from dataclasses import dataclass

from touchstone.output.logo import Logo
from touchstone.output.pictures.model import Picture


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
    """A picture and what is written under it: source, n, what was left out."""

    picture: Picture
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """A traffic light: `light` is red, yellow, green or not_assessed; `word` says it."""

    light: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LightCount:
    light: Light
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A measure on the better side of the reference group, or a green quality indicator."""

    id: str  # of the indicator, or of the quality indicator
    name: str
    text: str  # own value beside the peers', in a clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """A recommendation as the summary shows it: the next step, and how long the whole takes."""

    quality: str
    name: str
    light: Light
    text: str
    effort: str


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
    """The page that a board reads."""

    facts: str
    opening: str  # one sentence that can be quoted
    compared: str
    standing: Chart | None  # the areas
    lights: tuple[LightCount, ...]
    score: Chart
    steps: tuple[Step, ...]
    strengths: tuple[Strength, ...]
    levers: tuple[Lever, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read the report: paragraphs, and one of its own pictures taken apart."""

    paragraphs: tuple[Paragraph, ...]
    example: Chart | None
    example_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortraitPart:
    """Who the cluster is: facts, who takes part, where they are, how their number grew."""

    facts: tuple[Fact, ...]
    charts: tuple[Chart, ...]  # compositions and growth
    map: Chart | None
    map_note: str  # what the map leaves out, or why there is none


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
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPart:
    """One block: what it is, the own value, its picture, what it means, the evidence seen, the change."""

    id: str
    name: str
    supplementary: bool
    definition: str
    measure: str  # what the headline value is, with its unit
    own: str  # the headline value; a dash where there is none
    chart: Chart | None
    meaning: str  # two sentences at most
    evidence: str  # the evidence on file; empty where there is none
    change: str  # since the assessment before; empty where there was none
    feeds: tuple[Feed, ...]
    facts: tuple[Fact, ...]  # what cannot be compared with peers
    rows: tuple[MeasureRow, ...]  # all numeric measures, the headline first
    remarks: tuple[str, ...]
    origin: str  # how sure it is, and its sources
    certainty: str  # how sure it is, where there is no room for more
    headline: str = ""  # id of the row whose value stands in front; empty where words do

    @property
    def further(self) -> tuple[MeasureRow, ...]:
        """The rows whose values do not stand in front."""
        return tuple(row for row in self.rows if row.id != self.headline)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    """An area: the pictures that show it as a whole, then its indicators."""

    id: str
    name: str
    charts: tuple[Chart, ...]
    indicators: tuple[IndicatorPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    id: str
    name: str
    light: Light
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
    light: Light
    gate: bool
    text: str
    next: str
    effort: str
    reason: str
    proof: str
    unproven: str  # measures without evidence on file; empty where there is evidence for all
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A line of the improvement plan: what is not filled is for the organisation to fill."""

    quality: str
    name: str
    next: str
    effort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    title: str
    text: str
    rating: str  # how the organisation itself rates it; empty where it does not say


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
    """A whole report in one language. `table_caption` names the reference group of all tables of measures."""

    language: str
    title: str
    title_summary: str
    organisation: str
    organisation_short: str  # for running heads
    logo: Logo | None
    number: str
    facts: tuple[Fact, ...]  # of the cover
    notice: str
    synthetic: str  # empty where the peers are real
    synthetic_mark: str
    summary: Summary
    reading: Reading
    portrait: PortraitPart
    table_caption: str
    areas: tuple[AreaPart, ...]
    quality_intro: tuple[str, ...]
    dimensions: tuple[DimensionPart, ...]
    recommendations: tuple[RecommendationPart, ...]
    plan: tuple[PlanRow, ...]
    stories: tuple[Story, ...]
    eligibility: str
    criteria: tuple[CriterionRow, ...]
    method: tuple[Paragraph, ...]
    groups: tuple[GroupRow, ...]
    withheld: tuple[str, ...]  # what was suppressed, and why
    certainties: tuple[CertaintyRow, ...]
    sources: tuple[SourceRow, ...]
    glossary: tuple[Fact, ...]
    notes: tuple[str, ...]
