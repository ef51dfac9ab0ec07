from dataclasses import replace
from pathlib import Path

import pytest

from factories.benchmark import benchmark_scheme
from touchstone.core.faults import Unusable
from touchstone.core.methods import definition as module
from touchstone.core.methods.definition import Ingredient, methods_for, read_methods
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Certainty, Source

SHORT = """
[[method]]
id = "short"
name = 'Short method'
about = 'What it does.'
certainty = "reconstructed"
sources = ["slides"]

[[method.area]]
id = "work"
name = 'Work'

[[method.area.part]]
id = "people"
name = 'People'
stimulants = ["X1.a"]
destimulants = ["X1.b"]
nominants = { "X1.c" = 30 }
"""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as the shipped pack of any scheme."""
    monkeypatch.setattr(module, "shipped", lambda _: tmp_path)
    read_methods.cache_clear()
    (tmp_path / "methods.toml").write_text(SHORT, encoding="utf-8")
    return tmp_path / "methods.toml"


def test_a_method_is_read_with_its_areas_parts_and_measures(pack: Path) -> None:
    (method,) = read_methods(pack.parent).values()
    assert (method.id, method.name, method.origin.certainty) == (
        "short",
        "Short method",
        Certainty.RECONSTRUCTED,
    )
    assert tuple(method.ingredients) == (
        Ingredient(measure="X1.a", turn="stimulant"),
        Ingredient(measure="X1.b", turn="destimulant"),
        Ingredient(measure="X1.c", turn="nominant", optimum=30),
    )


def test_a_pack_without_methods_has_none(tmp_path: Path) -> None:
    assert read_methods(tmp_path) == {}


def test_a_method_that_fits_the_scheme_is_taken(pack: Path) -> None:
    assert list(methods_for(benchmark_scheme())) == ["short"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"X1.a"', '"X1.aa"', "methods.toml: short: The scheme has no X1.aa."),
        ('"X1.a"', '"X2.deputy"', "methods.toml: short: X2.deputy has no order."),
        ('"slides"', '"slide"', 'methods.toml: short: There is no source "slide".'),
        ("name = 'People'", "", "methods.toml: people / name: This key is missing."),
        ("name = 'Work'", "name = 7", "methods.toml: work / name: "),
        ("[[method]]", "[[method", "This is not readable TOML"),
        (
            'stimulants = ["X1.a"]\ndestimulants = ["X1.b"]\nnominants = { "X1.c" = 30 }',
            "",
            "methods.toml: people / stimulants: The part has no measure.",
        ),
        ("30 }", "'thirty' }", "methods.toml: people / nominants / X1.c: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place(pack: Path, old: str, new: str, told: str) -> None:
    pack.write_text(SHORT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        methods_for(benchmark_scheme())
    assert told in str(caught.value)


def test_a_source_without_an_address_will_do(pack: Path) -> None:
    scheme = replace(benchmark_scheme(), sources={"slides": Source(id="slides", title="Slides")})
    assert list(methods_for(scheme)) == ["short"]


def test_texts_are_in_the_language_asked_for_as_far_as_translated(pack: Path) -> None:
    catalogue = pack.parent / "locale" / "fi" / "methods.toml"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("'Short method' = 'Lyhyt menetelmä'\n'Work' = 'Työ'\n", encoding="utf-8")
    (method,) = methods_for(benchmark_scheme(), "fi").values()
    (area,) = method.areas
    assert (method.name, method.about, area.name, area.parts[0].name) == (
        "Lyhyt menetelmä",
        "What it does.",
        "Työ",
        "People",
    )


def test_a_language_that_the_pack_does_not_speak_is_refused(pack: Path) -> None:
    with pytest.raises(Unusable, match='The pack has no texts in "fi"'):
        methods_for(benchmark_scheme(), "fi")


@pytest.mark.parametrize(
    ("language", "name", "area"),
    [
        ("en", "Polish cluster benchmark", "Resources"),
        ("de", "Polnisches Cluster-Benchmarking", "Ressourcen"),
        ("lt", "Lenkijos klasterių lyginamoji analizė", "Ištekliai"),
        ("pl", "Polski benchmarking klastrów", "Zasoby"),
    ],
)
def test_the_polish_benchmark_speaks_the_languages_of_its_pack(language: str, name: str, area: str) -> None:
    method = methods_for(load(shipped()), language)["polish-benchmark"]
    assert (method.name, method.areas[0].name) == (name, area)
    assert tuple(method.ingredients) == tuple(methods_for(load(shipped()))["polish-benchmark"].ingredients)


def test_a_pack_that_extends_another_has_its_methods_in_its_languages() -> None:
    (method,) = methods_for(load(shipped("ecei-bw")), "de").values()
    assert (method.id, method.name) == ("polish-benchmark", "Polnisches Cluster-Benchmarking")


def test_the_shipped_pack_has_the_polish_benchmark() -> None:
    read_methods.cache_clear()
    (method,) = methods_for(load(shipped())).values()
    assert (method.id, len(method.areas)) == ("polish-benchmark", 5)
    used = [one.measure for one in method.ingredients]
    assert len({*used}) == len(used)
