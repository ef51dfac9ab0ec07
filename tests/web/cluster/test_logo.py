import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories.apps import OrganisationFactory, PersonFactory
from factories.logos import png, svg
from factories.pages import errors, heading, links, text
from touchstone.apps.organisations import services
from touchstone.apps.organisations.models import Organisation
from touchstone.core.cases.states import Role
from touchstone.output.logo import LIMIT, read_logo

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Organisation:
    return OrganisationFactory(key="lt-amber", name="Amber")


@pytest.fixture
def cluster(own: Organisation) -> Client:
    client = Client()
    client.force_login(PersonFactory(role=Role.CLUSTER.value, organisation=own))
    return client


def hand_in(client: Client, data: bytes, name: str = "logo.svg") -> object:
    return client.post("/my/logo/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_the_way_to_the_logo_starts_at_ones_organisation(cluster: Client) -> None:
    page = cluster.get("/my/")
    assert links(page)[-1] == "/my/logo/"
    assert "Put your logo on the cover of your report" in text(page)
    hand_in(cluster, svg())
    assert "Change the logo on the cover of your report" in text(cluster.get("/my/"))


def test_a_logo_is_handed_in_and_shown(cluster: Client, own: Organisation) -> None:
    assert heading(cluster.get("/my/logo/")) == "Your logo"
    page = hand_in(cluster, svg())
    assert "The logo is saved. The next report has it on its cover." in text(page)
    assert services.logo_of(own) == read_logo(svg(), "logo.svg")
    assert b'src="/my/logo/picture/"' in page.content


@pytest.mark.parametrize(("data", "kind"), [(svg(), "image/svg+xml"), (png(), "image/png")])
def test_the_picture_shown_is_the_one_that_was_written_anew(cluster: Client, data: bytes, kind: str) -> None:
    hand_in(cluster, data)
    picture = cluster.get("/my/logo/picture/")
    assert picture.headers["Content-Type"] == kind
    assert picture.content == read_logo(data, "logo").data
    assert "script-src 'self'" in picture.headers["Content-Security-Policy"]


def test_without_a_logo_there_is_no_picture(cluster: Client) -> None:
    assert cluster.get("/my/logo/picture/").status_code == 404
    assert b"<img" not in cluster.get("/my/logo/").content.split(b"<main")[1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            svg("<script/>"),
            "#id_file It holds a script. Save it as plain SVG from your drawing program.",
        ),
        (b"\xff\xd8\xff", "#id_file This is a JPEG picture. Save the logo as SVG or PNG."),
        (b"", "#id_file The file is empty. Save it again, or choose another file."),
        (
            bytes(LIMIT + 5),
            ("#id_file The file is larger than 2 MB. "
            "Save the logo smaller: 800 pixels on the longer side are enough."),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_what_to_do(cluster: Client, data: bytes, said: str) -> None:
    assert errors(hand_in(cluster, data)) == [said]


def test_a_form_without_a_file_is_told_so(cluster: Client) -> None:
    assert errors(cluster.post("/my/logo/")) == ["#id_file Choose the file of your logo."]


def test_a_logo_can_be_removed(cluster: Client, own: Organisation) -> None:
    hand_in(cluster, svg())
    page = cluster.post("/my/logo/remove/", follow=True)
    assert "The logo is removed." in text(page)
    assert services.logo_of(own) is None


def test_a_picture_is_nobody_elses(cluster: Client) -> None:
    hand_in(cluster, svg())
    stranger = Client()
    stranger.force_login(PersonFactory(role=Role.CLUSTER.value, organisation=OrganisationFactory()))
    assert stranger.get("/my/logo/picture/").status_code == 404


def test_removing_takes_a_post(cluster: Client) -> None:
    assert cluster.get("/my/logo/remove/").status_code == 405
