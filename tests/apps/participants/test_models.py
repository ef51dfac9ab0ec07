import pytest

from factories.apps import NOW
from factories.participant_lists import handed_in
from touchstone.apps.participants.models import Choice, HandedInList

pytestmark = pytest.mark.django_db


def test_a_history_is_listed_without_the_rows() -> None:
    handed_in()
    assert HandedInList.objects.listed().get().get_deferred_fields() == {"rows", "notes"}


def test_a_choice_without_coordinates_is_nowhere() -> None:
    assert Choice(latitude=None, longitude=None).position is None
    assert Choice(latitude=0.0, longitude=25.0).position == (0.0, 25.0)


def test_both_say_what_they_are_and_nothing_confidential() -> None:
    made = handed_in()
    choice = Choice(list=made, verdict=Choice.Verdict.SAME, chosen_at=NOW)
    assert (str(made), str(choice)) == (f"{made.case_id} list 1", f"{made.pk} same")
