import pytest

from factories.apps import NOW, OrganisationFactory, PersonFactory
from factories.logos import png, svg
from touchstone.apps.accounts.models import Role, User
from touchstone.apps.organisations import services
from touchstone.apps.organisations.models import Organisation, OrganisationLogo
from touchstone.apps.refusal import Refused
from touchstone.core.faults import Unusable
from touchstone.output.logo import read_logo

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


# --- logos


@pytest.fixture
def own() -> Organisation:
    return OrganisationFactory(key="lt-amber", name="Amber")


@pytest.fixture
def member(own: Organisation) -> User:
    return PersonFactory(role=Role.CLUSTER, organisation=own)


def handed_in(own: Organisation, by: User, data: bytes = b"") -> OrganisationLogo:
    return services.keep_logo(organisation=own, data=data or svg(), name="logo.svg", by=by, at=NOW)


def test_a_logo_is_kept_as_it_was_written_anew(own: Organisation, member: User) -> None:
    kept = handed_in(own, member)
    assert services.logo_of(own) == kept.as_logo() == read_logo(svg(), "logo.svg")
    assert (kept.uploaded_by, kept.uploaded_at, str(kept)) == (member, NOW, "lt-amber svg")


def test_a_picture_is_kept_too_in_place_of_the_logo_before(own: Organisation, member: User) -> None:
    handed_in(own, member)
    handed_in(own, member, png())
    assert services.logo_of(own) == read_logo(png(), "logo.png")
    assert OrganisationLogo.objects.count() == 1


def test_a_logo_can_be_taken_away(own: Organisation, member: User) -> None:
    handed_in(own, member)
    services.remove_logo(organisation=own, by=member)
    assert services.logo_of(own) is None


def test_without_a_logo_there_is_none(own: Organisation) -> None:
    assert services.logo_of(own) is None


def test_a_bad_logo_is_refused_and_the_one_before_stays(own: Organisation, member: User) -> None:
    handed_in(own, member)
    with pytest.raises(Unusable, match="It holds a script"):
        handed_in(own, member, svg("<script/>"))
    assert services.logo_of(own) == read_logo(svg(), "logo.svg")


def test_nobody_sets_the_logo_of_another_organisation(own: Organisation, member: User) -> None:
    stranger = PersonFactory(role=Role.CLUSTER, organisation=OrganisationFactory())
    handed_in(own, member)
    with pytest.raises(Refused, match="Only the organisation itself sets its logo"):
        handed_in(own, stranger)
    with pytest.raises(Refused, match="Only the organisation itself sets its logo"):
        services.remove_logo(organisation=own, by=stranger)
    assert services.logo_of(own) is not None
