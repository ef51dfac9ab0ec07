import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from touchstone.apps.participants.rows import as_participant, as_row
from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.participants import TYPES, Participant

DAYS = st.none() | st.dates()
DEGREES = st.none() | st.floats(-90, 90)
PARTICIPANTS = st.builds(
    Participant,
    name=st.text(),
    type=st.sampled_from(TYPES),
    latitude=DEGREES,
    longitude=DEGREES,
    joined=DAYS,
    left=DAYS,
    shown=st.lists(st.sampled_from(Commitment), unique=True).map(tuple),
)


@given(PARTICIPANTS)
def test_a_row_comes_back_from_json_as_it_was(participant: Participant) -> None:
    assert as_participant(json.loads(json.dumps(as_row(participant)))) == participant


def test_empty_columns_are_left_out() -> None:
    row = Participant(name="Firm", type="sme", joined=date(2020, 1, 2), shown=(Commitment.SUPPORT,))
    assert as_row(row) == {"name": "Firm", "type": "sme", "joined": "2020-01-02", "shown": ["support"]}
