from collections.abc import Mapping
from enum import StrEnum

import pytest
from django.utils.functional import Promise

from touchstone.core.cases.states import STEPS, Role, State
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.scheme.model import Certainty, Direction
from touchstone.web import words


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (words.LEVELS, LabelLevel),
        (words.STANDINGS, Standing),
        (words.CERTAINTIES, Certainty),
        (words.CERTAINTIES_EXPLAINED, Certainty),
        (words.DIRECTIONS, Direction),
        (words.STATES, State),
        (words.ROLES, Role),
        (words.ENTRIES, EntryKind),
    ],
)
def test_each_value_has_a_word(said: Mapping[str, Promise], known: type[StrEnum]) -> None:
    assert list(said) == list(known)


def test_each_step_of_a_case_has_words_for_the_list_of_what_has_happened() -> None:
    assert {step.name for step in STEPS} - set(words.VERBS) == set()


def test_a_portfolio_is_called_by_its_name_in_the_pack() -> None:
    assert words.portfolio("food") == "Food industry"


def test_a_portfolio_that_the_pack_no_longer_has_is_called_by_its_id() -> None:
    assert words.portfolio("mining") == "mining"
