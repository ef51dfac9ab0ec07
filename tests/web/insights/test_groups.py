"""Groups in figures: what a programme owner sees, and all that somebody gets who tries every filter."""

import re
from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from factories.apps import PersonFactory
from factories.pages import errors, heading, links, text
from factories.peers import FIRST, SECOND, added, anew, assessments, latest
from touchstone.apps.accounts.models import User
from touchstone.apps.pack import scheme
from touchstone.apps.peers import store
from touchstone.apps.peers.statistics import statistics
from touchstone.core.benchmark.filters import read_id
from touchstone.core.benchmark.rows import only
from touchstone.core.cases.states import Role
from touchstone.web.insights import views
from touchstone.web.insights.forms import comparable
from touchstone.web.insights.tables import labelled

pytestmark = pytest.mark.django_db
ROW = re.compile(
    r'<th scope="row">(?P<label>.*?)</th>\s*'
    r'<td class="number" data-label="Organisations">(?P<n>[\d,]+)</td>\s*'
    r'<td class="number" data-label="Median">(?P<median>.*?)</td>'
)


@pytest.fixture
def person() -> User:
    return PersonFactory(role=Role.PROGRAMME_OWNER.value)


@pytest.fixture
def owner(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def asked(owner: Client, **filters: str) -> HttpResponse:
    return owner.get("/insights/groups/", filters)


def test_without_peers_of_its_own_the_page_says_that_they_are_synthetic(owner: Client) -> None:
    page = asked(owner)
    said = text(page)
    assert (heading(page), page.status_code) == ("Groups in figures", 200)
    assert "All organisations synthetic These organisations are made up" in said
    assert "“Synthetic peers”, as of 22 September 2026." in said
    assert "Age of the cluster organisation, years 747 14 8 – 19 2 – 29" in said
    assert page.content.decode().count("<svg") == 2


def test_of_peers_of_its_own_the_page_tells_name_and_day(owner: Client, tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    said = text(asked(owner))
    assert "All organisations “2026, autumn”, as of 1 October 2026." in said
    assert "synthetic These" not in said


def test_a_group_that_was_held_over_says_since_when(owner: Client, tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    added(anew(latest(assessments()), np.array([20]), SECOND), tmp_path, name="later", on=SECOND)
    held = "This group is shown as it was on 1 October 2026: too few of its organisations have changed since."
    assert held in text(asked(owner))


def test_the_address_carries_the_filters_and_the_form_shows_them(owner: Client) -> None:
    page = asked(owner, group="portfolio:health", age="mature", size="medium", about="B2")
    said = text(page)
    assert "Health and medical science, Over 8 years, 40 to 79 committed participants" in said
    chosen = re.findall(r'<option value="([^"]+)" selected', page.content.decode())
    assert chosen == ["portfolio:health", "mature", "medium", "B2"]
    assert "B2 Staff of the cluster organisation" in said
    assert links(page)[:2] == ["/insights/", "/insights/groups/"]


def test_the_pictures_show_the_wider_groups_beside_it_and_no_own_value(owner: Client) -> None:
    page = asked(owner, group="country:DE", size="medium", about="B2").content.decode()
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert picture is not None
    described = re.findall(r"([\w ,]+), \d+ peers: median", picture.group(0))
    assert [name.strip() for name in described] == [
        "Germany, 40 to 79 committed participants", "Germany", "All organisations",
    ]  # fmt: skip
    assert 'class="own' not in picture.group(0)
    assert " style=" not in page


def test_an_area_shows_all_its_indicators(owner: Client) -> None:
    page = asked(owner, about="B").content.decode()
    shown = re.findall(r'<h3 id="indicator-(\w+)">', page)
    assert shown == [one.id for one in comparable(scheme()) if one.area == "B"]


def test_what_may_not_be_shown_says_why_and_shows_no_number(owner: Client) -> None:
    page = asked(owner, group="country:MX", age="new", about="A6")
    said = text(page)
    assert (
        "Nothing of this group may be shown here Either fewer than 5 of its organisations gave a value"
        in said
    )
    assert ROW.findall(page.content.decode()) == []
    assert "<svg" not in page.content.decode()


def test_where_some_measures_are_held_back_their_number_is_told(owner: Client, tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    found = statistics()
    release = found.peers.release
    assert release is not None
    id, about = next(
        (id, one.id)
        for id in found.filters.ids
        for one in comparable(scheme())
        if 0 < sum(f.shown == "none" for f in figures_of(id, one.id).values()) < len(figures_of(id, one.id))
    )
    held = sum(figure.shown == "none" for figure in figures_of(id, about).values())
    page = asked(owner, **filters_of(id), about=about)
    measures = len(figures_of(id, about))
    assert re.search(rf"{held} of {measures} measures (is|are) held back: fewer than 5", text(page))
    assert len(ROW.findall(page.content.decode())) == measures - held
    assert page.content.decode().count(">held back</td>") == held


def figures_of(id: str, about: str) -> Mapping[str, object]:
    measures = [one.id for one in scheme().indicators[about].measures if one.kind.numeric]
    return statistics().figures(id, measures)


def filters_of(id: str) -> dict[str, str]:
    group, chosen = read_id(id, scheme())
    return {"group": group, **chosen}


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"group": "country:ZZ"}, "#id_group There is no “country:ZZ” here; it is left out."),
        ({"age": "antique"}, "#id_age There is no “antique” here; it is left out."),
        ({"about": "Z9"}, "#id_about There is no “Z9” here; it is left out."),
    ],
)
def test_what_there_is_not_is_named_and_left_out(owner: Client, filters: dict[str, str], told: str) -> None:
    page = asked(owner, **filters)
    assert errors(page) == [told]
    assert "Year in which the cluster organisation started work 747" in text(page)


def test_too_few_peers_leave_an_empty_page_that_says_what_to_do(owner: Client, tmp_path: Path) -> None:
    added(only(latest(assessments()), np.arange(4)), tmp_path)
    said = text(asked(owner))
    assert "No group is large enough to be shown yet" in said
    assert "<form class" not in said


def test_peers_that_cannot_be_read_are_not_shown_and_no_path_is_told(owner: Client, tmp_path: Path) -> None:
    added(latest(assessments()), tmp_path)
    store.path_of(1).write_text("{}")
    page = asked(owner)
    assert (page.status_code, "so nothing is shown." in text(page)) == (503, True)
    assert ("/releases" in text(page), "0001.json" in text(page)) == (False, False)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.PROGRAMME_OWNER])
def test_the_page_is_the_programme_owners(role: Role) -> None:
    client = Client()
    client.force_login(PersonFactory(role=role.value))
    assert asked(client).status_code == 403


def test_the_overview_leads_to_it(owner: Client) -> None:
    assert "/insights/groups/" in links(owner.get("/insights/"))


# --- somebody who tries every filter ------------------------------------------------------------------


def everything(person: User, about: str) -> dict[tuple[str, ...], dict[str, str]]:
    """What the view shows for all filters: filters → label of a measure → its number of organisations."""
    steps = [("", *(step.id for step in one.steps)) for one in scheme().classings.values()]
    seen = {}
    for chosen in product(statistics().groups, *steps):
        query = urlencode(dict(zip(("group", *scheme().classings, "about"), (*chosen, about), strict=True)))
        request = RequestFactory().get(f"/insights/groups/?{query}")
        request.user = person
        page = views.groups(request).content.decode()
        seen[chosen] = {label: n for label, n, _ in ROW.findall(page)}
    return seen


def members(chosen: tuple[str, ...], measure: str) -> frozenset[str]:
    """The organisations with a value of a measure in a filter, as the population has them."""
    found = statistics().filters
    classes = dict(zip(scheme().classings, chosen[1:], strict=True))
    id = ";".join((chosen[0], *(f"{name}={step}" for name, step in classes.items() if step)))
    values = found.ready.matrix[found.ready.measures.index(measure)]
    return frozenset(
        found.ready.population.organisation[[r for r in found.members(id) if values[r] == values[r]]]
    )


def test_all_filters_together_give_no_two_sets_that_differ_by_one_or_two(
    person: User, tmp_path: Path
) -> None:
    added(latest(assessments()), tmp_path, on=FIRST)
    seen = everything(person, "A6")
    measures = {labelled(m): m.id for m in scheme().indicators["A6"].measures if m.kind.numeric}
    assert {label for lines in seen.values() for label in lines} == set(measures)
    compared = 0
    for label, measure in measures.items():
        shown = [members(chosen, measure) for chosen, lines in seen.items() if label in lines]
        numbers = [int(lines[label].replace(",", "")) for lines in seen.values() if label in lines]
        assert numbers == [len(one) for one in shown]
        assert min(numbers, default=5) >= 5
        for one, other in combinations(set(shown), 2):
            compared += 1
            assert len(one ^ other) > 2
    assert compared > 200
