"""What of a participant list a report needs for its map: positions, and no names."""

from datetime import date

from touchstone.apps.cases.models import Case
from touchstone.apps.participants.questions import pair_questions
from touchstone.apps.participants.review import taken_over
from touchstone.apps.participants.settling import settled
from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.participants import OFFICE, Participant, counted, office_in
from touchstone.core.assessment.placing import placed
from touchstone.intake.gazetteer import places_of


def on_the_map(case: Case, *, on: date) -> tuple[Participant, ...]:
    """The office and the committed participants of a day, of the list that was taken over.

    They carry numbers for names, since a report keeps them; nobody where no list was taken over, or it has
    no position of the office. About half a second for 4,000 rows.
    """
    handed_in = taken_over(case)
    if handed_in is None:
        return ()
    found = placed(handed_in.participants(), places_of)
    choices = {choice.question: choice for choice in handed_in.choices.all()}
    rows = tuple(settled(found.participants, pair_questions(found.participants), choices))
    office = office_in(rows)
    if office is None:
        return ()
    there = counted(rows, on=on)
    return (
        _nameless(0, OFFICE, office),
        *(_nameless(number, row.type, row.position) for number, row in enumerate(there, 1)),
    )


def _nameless(number: int, type: str, position: Position | None) -> Participant:
    """A row for a map: it is committed, and by what is not told any more."""
    latitude, longitude = position or (None, None)
    return Participant(
        name=str(number), type=type, latitude=latitude, longitude=longitude, shown=(Commitment.AGREEMENT,)
    )
