from datetime import timedelta

import pytest

from factories.apps import NOW, CaseFactory, PersonFactory
from touchstone.apps.cases.models import Event
from touchstone.web.events import happenings

pytestmark = pytest.mark.django_db


def test_savings_in_a_row_are_one_line() -> None:
    case, expert = CaseFactory(), PersonFactory()
    for minutes, verb in enumerate(["declare", "save_answers", "save_answers", "save_answers", "submit"]):
        Event(case=case, at=NOW + timedelta(minutes=minutes), by=expert, verb=verb).save()
    folded = [(one.last.verb, one.times, one.last.at.minute) for one in happenings(case.events.all())]
    assert folded == [("declare", 1, 0), ("save_answers", 3, 3), ("submit", 1, 4)]


def test_savings_of_two_people_or_of_two_days_stand_apart() -> None:
    case, one, other = CaseFactory(), PersonFactory(), PersonFactory()
    for days, by in ((0, one), (0, other), (1, other)):
        Event(case=case, at=NOW + timedelta(days=days), by=by, verb="save_answers").save()
    assert [line.times for line in happenings(case.events.all())] == [1, 1, 1]
