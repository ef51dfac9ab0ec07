"""Faults of what a pack measures: questions, classes, compositions. `test_checking` has the others."""

from pathlib import Path

import pytest

from factories.scheme import Edit, copied_pack, edited_pack, shipped_scheme
from touchstone.core.faults import Fault
from touchstone.core.scheme.checking import check
from touchstone.core.scheme.loading import shipped

AGES = "{ id = \"young\", name = '2 to 4 years', start = 2 },"
DRIVERS = 'parts = ["A3.industry", "A3.research", "A3.public", "A3.management"]'


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        # classes
        (
            ("scheme.toml", 'measure = "A1.age"', 'measure = "A1.aeg"'),
            Fault("scheme.toml: age / measure", 'There is no measure "A1.aeg".', 'Did you mean "A1.age"?'),
        ),
        (
            ("scheme.toml", 'measure = "A1.age"', 'measure = "A2.legal_form"'),
            Fault(
                "scheme.toml: age / measure",
                "A2.legal_form is of kind choice and cannot be reckoned with.",
                "Name a numeric measure.",
            ),
        ),
        (
            ("scheme.toml", AGES, AGES.replace("start = 2", "start = 6")),
            Fault(
                "scheme.toml: established / start",
                "The class does not begin above young, which stands before it.",
                "Order the classes from the lowest to the highest, each with a start of its own.",
            ),
        ),
        (
            ("scheme.toml", AGES, AGES.replace("start = 2", "start = 0")),
            Fault(
                "scheme.toml: young / start",
                "The class does not begin above new, which stands before it.",
                "Order the classes from the lowest to the highest, each with a start of its own.",
            ),
        ),
        (
            ("scheme.toml", "name = 'Under 2 years', start = 0", "name = 'Under 2 years', start = 1"),
            Fault(
                "scheme.toml: age / step",
                "The first class begins at 1, but A1.age has values from 0.",
                "Begin the first class at the least value of the measure.",
            ),
        ),
        (
            ("scheme.toml", 'measure = "A1.age"', 'measure = "A6.growth"'),
            Fault(
                "scheme.toml: age / step",
                "The first class begins at 0, but A6.growth has no least value.",
                "Begin the first class at the least value of the measure.",
            ),
        ),
        (
            ("scheme.toml", 'measure = "A6.total"', 'measure = "A7.within_150km"'),
            Fault(
                "scheme.toml: very-large / start",
                "No value leads to this class: A7.within_150km ends at 100.",
                "Take the class away, or let it begin lower.",
            ),
        ),
        (
            ("scheme.toml", 'id = "young", name', 'id = "new", name'),
            Fault(
                "scheme.toml: new / id",
                "The step new is there twice, first in scheme.toml: new.",
                "Rename one.",
            ),
        ),
        (
            ("scheme.toml", 'certainty = "reconstructed"\nsources = ["practice"]\nstep', "step"),
            Fault(
                "scheme.toml: age / certainty",
                "This key is missing.",
                "Add certainty = a text in quotes.",
            ),
        ),
        (
            ("scheme.toml", 'sources = ["practice"]\nstep', 'sources = ["practise"]\nstep'),
            Fault("scheme.toml: age / sources", 'There is no source "practise".', 'Did you mean "practice"?'),
        ),
        # compositions
        (
            ("scheme.toml", DRIVERS, DRIVERS.replace("A3.public", "A3.publik")),
            Fault(
                "scheme.toml: drivers / parts",
                'There is no measure "A3.publik".',
                'Did you mean "A3.public"?',
            ),
        ),
        (
            ("scheme.toml", DRIVERS, DRIVERS.replace("A3.public", "A6.total")),
            Fault("scheme.toml: drivers / parts", "A6.total is of kind count.", "Name shares alone."),
        ),
        (
            ("scheme.toml", DRIVERS, DRIVERS.replace("A3.public", "A3.industry")),
            Fault("scheme.toml: drivers / parts", "A3.industry is named 2 times.", "Name each part once."),
        ),
        (
            ("scheme.toml", DRIVERS, 'parts = ["A3.industry"]'),
            Fault("scheme.toml: drivers / parts", "A whole has at least two parts.", "Name them all."),
        ),
        (
            ("scheme.toml", DRIVERS, DRIVERS.replace(', "A3.management"', "")),
            Fault(
                "scheme.toml: drivers / parts",
                "No rule of plausibility asks that these parts add up.",
                "Add one of kind parts_of with the same measures.",
            ),
        ),
    ],
)
def test_a_seeded_fault_is_found_with_file_place_and_remedy(tmp_path: Path, edit: Edit, fault: Fault) -> None:
    assert check(edited_pack(tmp_path, edit))[0] == fault


def test_a_classing_without_classes_is_found(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    text = (pack / "scheme.toml").read_text(encoding="utf-8")
    start = text.index("step = [")
    end = text.index("]\n", start) + 2
    (pack / "scheme.toml").write_text(f"{text[:start]}step = []\n{text[end:]}", encoding="utf-8")
    assert check(pack) == (
        Fault("scheme.toml: age / step", "It has no classes.", "Add them as [[classing.step]]."),
    )


def test_a_composition_that_loses_its_rule_is_found(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path,
        (
            "plausibility.toml",
            'id = "driving-forces-today"\nkind = "parts_of"',
            'id = "driving-forces-today"\nkind = "between"\nhigh = 100',
        ),
        (
            "plausibility.toml",
            "today add up to {total} %. They must add up to {expected} %; the difference is {missing} %",
            "today are wrong",
        ),
    )
    assert [fault.place for fault in check(pack)][-1] == "scheme.toml: drivers / parts"


def test_parts_that_are_derived_are_shares_of_their_sum_and_need_no_rule() -> None:
    scheme = shipped_scheme()
    parts = scheme.compositions["participants"].parts
    held = {id for rule in scheme.plausibility if rule.kind == "parts_of" for id in rule.measures}
    assert {*parts} & held == set()
    assert [fault for fault in check(shipped()) if "participants / parts" in fault.place] == []


@pytest.mark.parametrize("key", ["question", "counting", "example", "mistakes", "evidence", "why"])
def test_an_indicator_says_all_that_those_who_are_asked_need(tmp_path: Path, key: str) -> None:
    pack = copied_pack(tmp_path)
    file = pack / "indicators" / "A.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines.remove(next(line for line in lines if line.startswith(f"{key} = ")))
    file.write_text("\n".join(lines), encoding="utf-8")
    assert check(pack) == (
        Fault(f"indicators/A.toml: A1 / {key}", "This key is missing.", f"Add {key} = a text in quotes."),
    )


def test_an_empty_question_covers_nothing(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    file = pack / "indicators" / "A.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("question = "))
    lines[number] = "question = ' '"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert check(pack) == (Fault("indicators/A.toml: A1 / question", "The text is empty.", "Write it."),)
