import pytest

from factories.apps import OrganisationFactory
from touchstone.apps.organisations import services
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.refusal import Refused

pytestmark = pytest.mark.django_db


def names(text: str) -> list[str]:
    return [organisation.name for organisation in Organisation.objects.search(text)]


def test_a_search_forgives_accents_case_and_the_order_of_words() -> None:
    OrganisationFactory(name="KOM - Klaster Obróbki Metali")
    OrganisationFactory(name="Łódź Fashion")
    assert names("metali OBROBKI") == ["KOM - Klaster Obróbki Metali"]
    assert names("lodz") == ["Łódź Fashion"]
    assert names("obrobki fashion") == []


def test_a_search_for_nothing_finds_everything() -> None:
    OrganisationFactory.create_batch(2)
    assert len(names("  ")) == 2


def test_a_new_name_is_found_and_the_old_one_is_not() -> None:
    organisation = OrganisationFactory(name="Old")
    organisation.name = "New"
    organisation.save()
    assert (names("new"), names("old")) == (["New"], [])


def test_a_key_follows_from_name_and_country() -> None:
    made = services.add(name="Aviation Valley", country="PL", portfolio="aviation-space")
    assert (made.key, str(made)) == ("pl-aviation-valley", "Aviation Valley")


def test_a_key_is_given_once() -> None:
    services.add(name="Aviation Valley", country="PL", portfolio="aviation-space")
    with pytest.raises(Refused, match="pl-aviation-valley"):
        services.add(name="Aviation  valley", country="PL", portfolio="aviation-space")
    other = services.add(name="Aviation Valley", country="PL", portfolio="ict", key="pl-aviation-valley-2")
    assert other.key == "pl-aviation-valley-2"


def test_one_that_is_there_is_left_as_it_is() -> None:
    first = services.ensure(key="lt-a", name="First", country="LT", portfolio="ict", note="kept")
    again = services.ensure(key="lt-a", name="Second", country="LV", portfolio="food")
    assert (again.pk, again.name, again.note) == (first.pk, "First", "kept")
