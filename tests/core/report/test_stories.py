from dataclasses import replace

import pytest

from factories.small_scheme import PLAN, STAFF, STORY, small_scheme
from touchstone.core.report.stories import rated_texts
from touchstone.core.scheme.model import Measure


@pytest.mark.parametrize(
    ("measures", "pairs"),
    [
        ((STORY, PLAN), [(STORY, PLAN)]),
        ((STAFF, STORY, PLAN, STORY), [(STORY, PLAN)]),
        ((STORY, PLAN, STORY, PLAN), [(STORY, PLAN), (STORY, PLAN)]),
        ((PLAN, STORY), []),
        ((STORY, STAFF), []),
        ((STORY,), []),
        ((), []),
    ],
)
def test_a_text_with_a_scale_right_after_it_is_a_rated_story(
    measures: tuple[Measure, ...], pairs: list[tuple[Measure, Measure]]
) -> None:
    indicator = replace(small_scheme().indicators["B2"], measures=measures)
    assert list(rated_texts(indicator)) == pairs
