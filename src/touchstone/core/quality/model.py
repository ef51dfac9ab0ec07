"""Quality levels, eligibility, score and recommendations of one assessment."""

from dataclasses import dataclass
from typing import Literal

from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Condition, Effort, Light

LightOrNone = Literal["red", "yellow", "green", "not_assessed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One quality indicator judged. `points` is None where it could not be assessed."""

    quality: str
    light: LightOrNone
    points: int | None
    gate: bool
    gate_met: bool | None  # None: not a gate, or not assessed
    reason: str  # "6 working groups; green from 4"
    missing: tuple[str, ...] = ()  # measures without a value that the judgement waits for
    unmet: tuple[Condition, ...] = ()  # of the better levels, the nearest first


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """One eligibility criterion. `met` is None where an answer is missing."""

    criterion: str
    met: bool | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points reached, the most there are, and their share in per cent, unrounded.

    Indicators that could not be assessed give no points and still count in `max`.
    """

    points: int
    max: int
    share: float
    passed: bool  # at least the rule set's share, each indicator assessed and none below its threshold
    not_assessed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One figure that a recommendation rests on.

    `asked` words what the next better level asks. `median` and `n` are those of the portfolio (or of
    what it fell back to) where they may be shown. `proven` says whether evidence is on file.
    """

    measure: str
    own: Value | None
    asked: str
    median: float | None
    n: int
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What reaching the next light would change, all else as it is."""

    light: Light
    points: int  # gained
    opens_gate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What to do next about one quality indicator, in order of weight."""

    quality: str
    light: Literal["red", "yellow"]
    reason: str  # own value, median, threshold, in words
    text: str
    next: str = ""  # the first step, in one sentence
    effort: Effort | None = None
    below_lower_quartile: bool = False
    cited: tuple[Citation, ...] = ()
    effect: Effect | None = None

    @property
    def unproven(self) -> tuple[str, ...]:
        """The measures that it rests on and for which no evidence is on file."""
        return tuple(one.measure for one in self.cited if not one.proven)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """All judgements of one assessment under one rule set."""

    judgements: tuple[Judgement, ...]
    criteria: tuple[CriterionResult, ...]
    score: Score
    recommendations: tuple[Recommendation, ...]
    eligible: bool | None
