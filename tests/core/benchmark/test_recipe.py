from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories.benchmark import benchmark_scheme
from factories.scheme import overlay
from touchstone.core.benchmark import recipe as module
from touchstone.core.benchmark.recipe import Founding, Levels, Local, Recipe, Span, read_recipe, recipe_for
from touchstone.core.faults import Unusable
from touchstone.core.scheme.loading import load, shipped

SHORT = """
until = 2026-09-30
years = 8
repeats = [0.9, 0.1]
gap = [700, 1100]
missing = [0.03, 0.06]

[countries]
LT = 2
PL = 1.5

[regions]
east = ["LT", "PL"]

[portfolios]
ict = 1

[founding]
measure = "X1.a"
later = { east = 3 }

[[founding.span]]
first = 1990
last = 2020
share = 1

[levels]
weights = { quality = 1 }
shares = { gold = 10 }
otherwise = "bronze"
unlabelled = 5

[[step]]
family = "trait"
id = "quality"
lasting = true

[[step]]
family = "lognormal"
measures = ["X1.b"]
median = 75
sigma = 0.8
least = 12
weights = { quality = 0.5 }
in.east = { median = 40 }
"""


def read(tmp_path: Path, text: str) -> Recipe:
    file = tmp_path / "population.toml"
    file.write_text(text, encoding="utf-8")
    return read_recipe(file)


def fault(tmp_path: Path, text: str) -> str:
    with pytest.raises(Unusable) as caught:
        read(tmp_path, text)
    return str(caught.value).removeprefix(f"{tmp_path}/population.toml: ")


def test_a_recipe_is_read(tmp_path: Path) -> None:
    recipe = read(tmp_path, SHORT)
    assert recipe.until == date(2026, 9, 30)
    assert (recipe.years, recipe.repeats, recipe.gap, recipe.missing) == (
        8,
        (0.9, 0.1),
        (700, 1100),
        (0.03, 0.06),
    )
    assert recipe.countries == {"LT": 2, "PL": 1.5}
    assert recipe.region_of == {"LT": "east", "PL": "east"}
    assert recipe.portfolios == {"ict": 1}
    assert recipe.founding == Founding(
        measure="X1.a", spans=(Span(first=1990, last=2020, share=1),), later={"east": 3}
    )
    assert recipe.levels == Levels(
        weights={"quality": 1}, shares={"gold": 10}, otherwise="bronze", unlabelled=5
    )


def test_a_step_is_read(tmp_path: Path) -> None:
    trait, step = read(tmp_path, SHORT).steps
    assert (trait.family, trait.id, trait.lasting, trait.measures) == ("trait", "quality", True, ())
    assert (step.family, step.measures, step.lasting) == ("lognormal", ("X1.b",), False)
    assert (step.numbers["median"], step.numbers["sigma"], step.numbers["least"]) == (75, 0.8, 12)
    assert (step.numbers["most"], step.numbers["decimals"]) == (float("inf"), 0)
    assert step.regions == {"east": Local(numbers={"median": 40}, base=())}
    assert step.weights == {"quality": 0.5}


def test_a_regional_base_is_no_number(tmp_path: Path) -> None:
    step = (
        '[[step]]\nfamily = "composition"\nmeasures = ["X1.a", "X1.b"]\nconcentration = 5\n'
        "base = [1, 2]\nin.east = { base = [3, 4], concentration = 6 }\n"
    )
    found = read(tmp_path, SHORT + step).steps[-1]
    assert list(found.base) == [1, 2]
    assert found.regions == {"east": Local(numbers={"concentration": 6}, base=(3, 4))}


@pytest.mark.parametrize(
    ("before", "after", "place", "problem"),
    [
        ("years = 8", "", "years", "This key is missing."),
        ("years = 8", "years = 8.5", "years", "This is not a whole number without quotes."),
        ("years = 8", "years = 8\nmonths = 3", "months", "This key is not known here."),
        ("[0.9, 0.1]", '[0.9, "x"]', "repeats", "This is not a list of numbers."),
        ("[0.9, 0.1]", "0.9", "repeats", "This is not a list of numbers."),
        ("[700, 1100]", "[700]", "gap", "These are not two numbers."),
        ("PL = 1.5", 'PL = "many"', "countries / PL", "This is not a number without quotes."),
        ("sigma = 0.8", "", "step 2 / sigma", "This key is missing."),
        ('"lognormal"', '"log-normal"', "step 2 / family", '"log-normal" is not allowed here.'),
        ("least = 12", "lest = 12", "step 2 / lest", "This key is not known here."),
        ("in.east = {", "in.east = 5 #", "step 2 / in / east", "This is not a table [east]."),
        ("in.east = {", "in = 5 #", "step 2 / in", "This is not a table [in]."),
        (
            "weights = { quality = 0.5 }",
            "weights = 0.5",
            "step 2 / weights",
            "This is not a table [weights].",
        ),
        ('measure = "X1.a"', "", "founding / measure", "This key is missing."),
        ("[levels]", "[steps]", "levels", "This key is missing."),
        ("[regions]", "[region]", "regions", "This key is missing."),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, before: str, after: str, place: str, problem: str) -> None:
    assert before in SHORT
    assert fault(tmp_path, SHORT.replace(before, after)).startswith(f"population.toml: {place}: {problem}")


def test_a_recipe_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    assert fault(tmp_path, "years = = 8").startswith("This is not readable TOML: ")


def test_a_recipe_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "population.toml"
    file.write_bytes(b"# \xff\n")
    with pytest.raises(Unusable, match=r"This is not readable TOML: .*utf-8"):
        read_recipe(file)


def test_a_pack_without_a_recipe_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        read_recipe(tmp_path / "population.toml")
    assert str(caught.value).endswith(
        "The pack has no recipe for a synthetic population. Hand in a population."
    )


def test_a_recipe_must_fit_its_scheme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "population.toml").write_text(SHORT.replace("X1.b", "X1.bb").replace("ict", "itc"))
    monkeypatch.setattr(module, "shipped", lambda _: tmp_path)
    with pytest.raises(Unusable) as caught:
        recipe_for(benchmark_scheme())
    assert [(fault.place, fault.problem) for fault in caught.value.faults] == [
        ("population.toml: step 2", "The scheme has no X1.bb."),
        ("population.toml: portfolios", "The scheme has no itc."),
    ]


def test_a_recipe_that_fits_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "population.toml").write_text(SHORT)
    monkeypatch.setattr(module, "shipped", lambda _: tmp_path)
    assert recipe_for(benchmark_scheme()) == read(tmp_path, SHORT)


def test_the_shipped_recipe_draws_every_number_and_choice_that_is_not_derived() -> None:
    scheme = load(shipped())
    recipe = recipe_for(scheme)
    drawn = [recipe.founding.measure, *(id for step in recipe.steps for id in step.measures)]
    texts = {id for id, measure in scheme.measures.items() if measure.kind.value == "text"}
    derived = {id for id, measure in scheme.measures.items() if measure.derived}
    assert sorted(drawn) == sorted(set(scheme.measures) - texts - derived)


def test_the_shipped_recipe_has_48_countries_and_all_portfolios() -> None:
    scheme = load(shipped())
    recipe = recipe_for(scheme)
    assert len(recipe.countries) == 48
    assert set(recipe.region_of) <= set(recipe.countries)
    assert set(recipe.portfolios) == set(scheme.portfolios)


def test_the_weights_of_the_shipped_recipe_leave_room_for_chance() -> None:
    """Squares of more than one would make a mix wider than its parameters say."""
    for step in recipe_for(load(shipped())).steps:
        assert sum(weight**2 for weight in step.weights.values()) <= 1


def test_a_pack_that_extends_another_has_the_recipe_of_that_one() -> None:
    assert recipe_for(load(shipped("ecei-bw"))) == recipe_for(load(shipped()))


def test_a_recipe_that_does_not_fit_the_extending_pack_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = overlay(tmp_path, {})
    (local / "population.toml").write_text(SHORT, encoding="utf-8")
    monkeypatch.setattr(module, "shipped", lambda _: local)
    with pytest.raises(Unusable) as caught:
        recipe_for(load(local))
    assert (caught.value.file, caught.value.faults[0].problem) == (
        str(local / "population.toml"),
        "The scheme has no X1.a.",
    )


def test_a_scheme_without_shipped_pack_has_no_recipe() -> None:
    with pytest.raises(Unusable):
        recipe_for(replace(benchmark_scheme(), id="nowhere"))
