from dataclasses import replace

from touchstone.apps.pack import scheme
from touchstone.web.insights.forms import GroupForm, comparable, group_name


def form(**asked: str) -> GroupForm:
    return GroupForm(asked, scheme=scheme(), groups=["all", "gold", "portfolio:ict", "country:LT"])


def test_groups_are_offered_by_kind_and_only_those_that_there_are() -> None:
    assert form().fields["group"].choices == [
        ("all", "All organisations"),
        ("gold", "Holders of Gold"),
        ("Comparative portfolios", [("portfolio:ict", scheme().portfolios["ict"].name)]),
        ("Countries", [("country:LT", "Lithuania")]),
    ]


def test_every_classing_of_the_pack_is_a_filter_between_group_and_indicators() -> None:
    assert list(form().fields) == ["group", *scheme().classings, "about"]


def test_nothing_asked_means_everybody_and_the_first_indicator() -> None:
    empty = form()
    assert (empty.narrowed, [one.id for one in empty.indicators]) == ("all", ["A1"])
    assert empty.said == "All organisations"


def test_a_group_and_its_classes_make_one_id_in_the_order_of_the_pack() -> None:
    asked = form(size="small", age="young", group="country:LT", about="C")
    assert asked.narrowed == "country:LT;age=young;size=small"
    assert asked.said == "Lithuania, 2 to 4 years, Under 40 committed participants"
    assert {one.area for one in asked.indicators} == {"C"}


def test_an_area_in_which_nothing_can_be_compared_is_not_offered() -> None:
    whole = scheme()
    rest = {id: one for id, one in whole.indicators.items() if one.area != "A"}
    found = GroupForm({}, scheme=replace(whole, indicators=rest), groups=["all"]).fields["about"].choices
    assert [label.split(" ")[0] for label, _ in found] == [id for id in whole.areas if id != "A"]
    assert comparable(replace(whole, indicators=rest))[0].area == "B"


def test_a_portfolio_that_the_pack_does_not_have_any_more_keeps_its_id() -> None:
    assert group_name("portfolio:gone", scheme()) == "gone"
