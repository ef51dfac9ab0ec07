import json
from datetime import timedelta
from io import BytesIO
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from django.test import override_settings
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from factories.apps import NOW, entry
from factories.badges import SHOWN, ended, standing_so, stop
from touchstone.apps.badges import pictures
from touchstone.apps.badges.services import Form, Picture, Wanted, picture
from touchstone.apps.credentials.services import credential
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.output.badge import Size
from touchstone.output.badge_png import SCALES
from touchstone.output.baking import unbaked

pytestmark = pytest.mark.django_db
AMBER = Wanted("lt-amber")


def made(wanted: Wanted = AMBER, *, days: int = 0) -> Picture:
    found = picture(wanted, at=NOW + timedelta(days=days))
    assert found is not None
    return found


@pytest.mark.parametrize("standing", SHOWN)
@pytest.mark.parametrize("form", [Form.SVG, Form.PNG])
def test_every_image_carries_the_credential_of_its_grant_whatever_became_of_it(
    form: Form, standing: Standing
) -> None:
    granted = standing_so(standing)
    assert unbaked(made(Wanted("lt-amber", form)).content) == credential(granted.number)
    assert unbaked(made(Wanted("lt-amber", form, granted.number)).content) == credential(granted.number)


@pytest.mark.parametrize(("size", "dark"), list(product(Size, (False, True))))
def test_it_has_the_size_and_the_ground_that_were_asked_for(size: Size, dark: bool) -> None:
    entry()
    svg = made(AMBER._replace(size=size, dark=dark)).content
    assert ET.fromstring(svg.decode()).attrib["width"] == str(size.width)
    assert (b"#f5d9bd" in svg) is dark


@pytest.mark.parametrize("scale", SCALES)
def test_a_png_has_the_pixels_that_were_asked_for(scale: int) -> None:
    entry()
    with Image.open(BytesIO(made(AMBER._replace(form=Form.PNG, scale=scale)).content)) as image:
        assert image.size == (384 * scale, 200 * scale)


@override_settings(TOUCHSTONE_ADDRESS="https://labels.example")
def test_as_json_it_says_what_the_element_on_other_pages_needs() -> None:
    granted = entry()
    assert json.loads(made(AMBER._replace(form=Form.JSON)).content) == {
        "organisation": "lt-amber",
        "name": "Amber Cluster",
        "level": "bronze",
        "standing": "valid",
        "title": "Bronze label of Amber Cluster",
        "state": "Valid until 31 October 2028",
        "synthetic": False,
        "scheme": "Cluster management excellence, modelled on ECEI",
        "valid_from": "2026-10-12",
        "valid_until": "2028-10-31",
        "renewable_until": "2029-10-31",
        "on": "2026-11-21",
        "number": granted.number,
        "page": "https://labels.example/register/lt-amber/",
        "verify": f"https://labels.example/verify/{granted.number:05d}/",
        "credential": f"https://labels.example/credentials/{granted.number}.json",
    }


def test_it_is_made_once_and_costs_one_question_afterwards(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    entry()
    first = made()
    with django_assert_num_queries(1):
        assert made() is first


def test_a_new_entry_about_the_organisation_shows_at_once() -> None:
    entry()
    before = made()
    stop(EntryKind.SUSPENSION, level=LabelLevel.BRONZE)
    after = made()
    assert (b"Valid until" in before.content, b"Suspended" in after.content) == (True, True)
    assert (before.stopped, after.stopped) == (False, True)


def test_an_entry_about_another_organisation_makes_nothing_anew() -> None:
    entry()
    before = made()
    entry(organisation="lt-other", name="Other")
    assert made() is before


def test_a_new_day_shows_what_it_brings() -> None:
    ended(NOW.date())
    assert [b"Valid until" in made().content, b"Expired, renewable" in made(days=1).content] == [True, True]


def test_the_same_bytes_have_the_same_etag_and_others_another() -> None:
    entry()
    wanted = [
        AMBER,
        AMBER._replace(dark=True),
        AMBER._replace(size=Size.SMALL),
        AMBER._replace(form=Form.PNG),
    ]
    tags = [made(one).etag for one in wanted]
    pictures._kept.cache_clear()
    assert [made(one).etag for one in wanted] == tags
    assert len(set(tags)) == len(wanted)
    assert made(days=1).etag == tags[0]


def test_an_organisation_without_a_label_has_none() -> None:
    entry()
    assert picture(Wanted("lt-nobody"), at=NOW) is None
    assert picture(Wanted("lt-amber", number=99), at=NOW) is None
