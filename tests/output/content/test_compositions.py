from dataclasses import replace

import pytest

from factories.reports import ANSWERS, MIXED, assessment, population, with_income
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.model import Population
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Composition, Scheme
from touchstone.output.content.compositions import composition_charts, short_names
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Chart

WHOLE: dict[str, Value] = {**ANSWERS, "B2.private": 37.5}
LABELLED = replace(
    MIXED,
    measures={
        **MIXED.measures,
        "B2.public": replace(MIXED.measures["B2.public"], label="Public share of money"),
        "B2.private": replace(MIXED.measures["B2.private"], label="Private share of money"),
    },
)


def mixed(values: dict[str, Value] | None = None, peers: Population | None = None) -> Report:
    return make_report(
        assessment(WHOLE if values is None else values),
        scheme=LABELLED,
        population=with_income() if peers is None else peers,
    )


def charts(made: Report, scheme: Scheme = LABELLED, area: str = "B") -> list[Chart]:
    return list(composition_charts(area, Edition.of(made, scheme)))


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["Share of large firms", "Share of universities"], ("Large firms", "Universities")),
        (["Budget: fees", "Budget: public funds"], ("Fees", "Public funds")),
        (["Mažų įmonių dalis", "Didelių įmonių dalis"], ("Mažų", "Didelių")),
        (["At first: part of industry", "At first: part of the state"], ("Industry", "The state")),
        (["one", "two"], ("One", "Two")),
        (["same", "same"], ("Same", "Same")),
        (["a b c", "a b c"], ("C", "C")),
        (["a b", "a b c"], ("B", "B c")),
        (["only one"], ("One",)),
    ],
)
def test_what_all_labels_of_a_whole_have_in_common_is_left_out(
    labels: list[str], names: tuple[str, ...]
) -> None:
    assert short_names(labels) == names


def test_own_shares_stand_beside_the_medians_of_the_peers() -> None:
    (found,) = charts(mixed())
    assert found.picture.id == "shares-income"
    assert found.picture.alt == (
        "Income. Own: Public 62\u00a0%, Private 38\u00a0%. Peers: Public 49\u00a0%, Private 51\u00a0%."
    )
    assert found.caption == (
        "Beside the own answers stand the medians of at least 30 peers (ICT), scaled to 100. "
        "Source: interviews; peers as of 12 October 2026."
    )


def test_the_figures_are_those_of_the_report() -> None:
    made = mixed()
    medians = [made.figure(id, "portfolio:ict").median for id in ("B2.public", "B2.private")]
    assert all(median is not None for median in medians)
    total = sum(median or 0 for median in medians)
    (found,) = charts(made)
    assert found.picture.table is not None
    assert [row[2] for row in found.picture.table.rows] == [
        f"{100 * (median or 0) / total:.0f}\u00a0%" for median in medians
    ]


def test_where_peers_may_not_be_shown_own_shares_stand_alone() -> None:
    (found,) = charts(mixed(peers=population(0)))
    assert found.picture.alt == "Income. Own: Public 62\u00a0%, Private 38\u00a0%."
    assert found.caption == (
        "Own answers only: too few peers answered to show their medians. "
        "Source: interviews; peers as of 12 October 2026."
    )


def test_without_a_whole_of_its_own_the_peers_stand_alone() -> None:
    (found,) = charts(mixed(ANSWERS))
    assert found.picture.alt == "Income. Peers: Public 49\u00a0%, Private 51\u00a0%."


def test_without_any_whole_there_is_no_picture() -> None:
    assert charts(mixed({}, peers=population(0))) == []


def test_an_area_has_its_own_compositions_alone() -> None:
    assert charts(mixed(), area="A") == []


def test_two_times_of_one_whole_share_a_picture() -> None:
    twice = replace(
        LABELLED,
        compositions={
            "then": Composition(id="then", name="Income then", parts=("B2.public", "B2.private")),
            "now": Composition(id="now", name="Income now", parts=("B2.public", "B2.private")),
        },
    )
    (found,) = charts(mixed(), twice)
    assert (found.picture.id, found.picture.title) == ("shares-then", "Indicator B2")
    assert found.picture.table is not None
    assert found.picture.table.head[1:] == ("Income then", "Peers", "Income now", "Peers")
