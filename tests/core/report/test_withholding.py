from factories.comparisons import comparison, figure, group
from touchstone.core.report.withholding import Held, held_back

FULL = figure(n=30, median=3.0, p25=2.0, p75=4.0, p5=1.0, p95=5.0)
QUARTILES = figure(n=12, median=3.0, p25=2.0, p75=4.0)
MEDIAN = figure(n=6, median=3.0)
NONE = figure(n=2)
ICT, ALL = group("portfolio:ict", size=30), group("all", size=90)


def test_the_most_that_a_group_shows_is_that_of_its_best_figure() -> None:
    compared = comparison(
        {
            "A1.members": {"portfolio:ict": MEDIAN, "all": FULL},
            "B1.staff": {"portfolio:ict": QUARTILES, "all": NONE},
        },
        groups=(ICT, ALL),
    )
    assert held_back(compared) == (
        Held(group=ICT, most="quartiles", less=1),
        Held(group=ALL, most="full", nothing=1),
    )


def test_figures_with_nothing_and_with_less_are_counted_apart() -> None:
    shown = {"a": FULL, "b": MEDIAN, "c": NONE, "d": QUARTILES, "e": NONE}
    figures = {id: {"portfolio:ict": figure} for id, figure in shown.items()}
    assert held_back(comparison(figures, groups=(ICT,))) == (Held(group=ICT, most="full", nothing=2, less=2),)


def test_a_group_that_shows_the_same_of_all_or_nothing_of_any_holds_nothing_back() -> None:
    even = {"portfolio:ict": MEDIAN, "all": NONE}
    assert held_back(comparison({"a": even, "b": even}, groups=(ICT, ALL))) == (
        Held(group=ICT, most="median"),
        Held(group=ALL, most="none"),
    )


def test_a_group_without_figures_shows_nothing() -> None:
    assert held_back(comparison({}, groups=(ICT,))) == (Held(group=ICT, most="none"),)
