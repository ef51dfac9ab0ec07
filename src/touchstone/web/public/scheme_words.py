"""What the pages of the scheme say themselves, in each language that they speak.

The scheme's own texts come from its pack. These are the words around them, a file a language in `words`;
a language that lacks one does not load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchstone.core.language.language import ENGLISH, languages, read
from touchstone.core.scheme.model import (
    Certainty,
    Direction,
    Effort,
    Kind,
    Light,
    Meeting,
    Operation,
    Test,
    Topic,
)

FOLDER: Final = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language. Texts with names in braces are filled by `scheme_wording`."""

    language: str
    own_name: str  # of the language, in itself
    locale: str  # in which numbers are written

    # on every page
    scheme: str
    you_are_here: str
    languages: str
    menus: str  # a quiet line: what stays English
    neighbours: str
    sources: str
    certainty: Mapping[Certainty, str]
    certainty_explained: Mapping[Certainty, str]
    yes: str
    no: str

    # the table of contents
    intro: str
    how_sure: str
    search: str
    search_help: str
    search_button: str
    found: str
    everything: str
    nothing_found: str
    fewer_words: str
    asked: str
    judged: str
    judged_intro: str
    gate: str
    eligibility: str
    rules: str
    rules_intro: str
    rules_link: str
    packs: str
    packs_intro: str
    disclosure: str
    disclosure_median: str
    disclosure_quartiles: str
    disclosure_tails: str
    disclosure_dominance: str
    disclosure_difference: str
    disclosure_age: str

    # an indicator
    question: str
    definition: str
    counting: str
    example: str
    mistakes: str
    evidence: str
    why: str
    direction: str
    directions: Mapping[Direction, str]
    judged_by: str
    judged_by_none: str
    supplementary: str
    measures: str
    measure: str
    answer: str
    certain: str
    range: str
    choices: str
    reckoned: str
    from_participants: str
    kinds: Mapping[Kind, str]
    steps: str
    from_low: str
    up_to: str
    from_to: str
    operations: Mapping[Operation, str]
    quoted: str
    unit: str
    per_cent: str

    # a quality indicator
    levels: str
    levels_intro: str
    name_and_number: str
    thresholds: str
    light: str
    lights: Mapping[Light, str]
    points: str
    meaning: str
    conditions: str
    tests: Mapping[Test, str]
    everything_else: str
    misses_gate: str
    gate_explained: str
    silver: str
    silver_unknown: str
    most_points: str
    rests_on: str
    advice: str
    advice_red: str
    advice_yellow: str
    first_step: str
    whole_takes: str
    efforts: Mapping[Effort, str]

    # rule sets and packs
    rule_set: str
    in_force: str
    labels: str
    label_names: Mapping[str, str]
    decided_by: str
    first_label: str
    renewal: str
    renewable: str
    gold: str
    nothing_more: str
    first_runs: str
    renewal_runs: Mapping[str, str]  # by `Validity.renewal_from`
    ends: Mapping[str, str]  # by `Validity.end`
    renewable_until: str
    gold_needs: str
    experts: str
    foreign_expert: str
    recommends: str
    recommended: str
    not_recommended: str
    interview: str
    meetings: Mapping[Meeting, str]
    topics: str
    topic_names: Mapping[Topic, str]
    silver_needs: str
    silver_after: str
    improvements: str
    minimum: str
    against: str
    changes: str
    changes_in_english: str
    pack_extent: str
    items: Mapping[str, str]  # by `Change.kind`
    becomes: Mapping[str, str]  # by `Change.what`


def _read(language: str) -> Words:
    """The words of a language's file. Raises TypeError where it lacks one, or has one too many."""
    return Words(language=language, **read(FOLDER / f"{language}.toml"))


WORDS: Final[Mapping[str, Words]] = {code: _read(code) for code in languages()}
EN, LT, PL, DE = (WORDS[code] for code in (ENGLISH, "lt", "pl", "de"))
