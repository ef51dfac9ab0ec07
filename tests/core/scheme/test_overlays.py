"""A pack that extends another: what its files change, and where its faults are told."""

from pathlib import Path

import pytest

from factories.scheme import overlay, shipped_scheme
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.checking import check, inspect
from touchstone.core.scheme.difference import differences
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Condition, Extent, Light
from touchstone.core.scheme.overlays import laid_over
from touchstone.core.scheme.tables import Notes, Sourced

INDICATOR = """
[[indicator]]
id = "X9"
area = "F"
name = 'Prizes'
question = 'How many prizes did you win?'
definition = 'Prizes of the year.'
counting = 'Each once.'
example = 'Two.'
mistakes = 'Counting nominations.'
why = 'They are seen.'
evidence = 'The certificates.'
direction = "higher"
certainty = "default"

[[indicator.measure]]
id = "X9.prizes"
label = 'Prizes won'
kind = "count"
unit = "prizes"
help = 'Of the last 12 months.'
direction = "higher"
certainty = "default"
"""
STRICTER = """
[[quality]]
id = "3.2"

[[quality.level]]
light = "green"
points = 5
text = 'At least 60 % private'
when = [{ measure = "C1.private", at_least = 60 }]

[[quality.level]]
light = "yellow"
points = 3
text = 'At least 30 % private'
when = [{ measure = "C1.private", at_least = 30 }]

[[quality.level]]
light = "red"
points = 0
text = 'Less than 30 % private'
"""


def texts_of(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.place, fault.problem) for fault in faults]


def test_an_overlay_that_says_nothing_else_is_its_base_under_another_name(tmp_path: Path) -> None:
    scheme, base = load(overlay(tmp_path, {})), shipped_scheme()
    assert (scheme.id, scheme.name, scheme.notice) == ("local", "Local scheme", base.notice)
    assert [change.kind for change in differences(base, scheme)] == ["pack"]  # the name
    assert scheme.digest != base.digest


def test_an_indicator_is_added_after_those_of_the_base(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/X.toml": INDICATOR}, indicators=37)
    scheme = load(pack)
    assert list(scheme.indicators) == [*shipped_scheme().indicators, "X9"]
    assert scheme.extent == Extent(indicators=37, quality_indicators=31, points=150)
    assert inspect(pack).faults == ()


def test_an_indicator_may_be_added_to_a_file_that_the_base_has(tmp_path: Path) -> None:
    scheme = load(overlay(tmp_path, {"indicators/F.toml": INDICATOR}, indicators=37))
    ids = [*scheme.indicators]
    assert ids[ids.index("F6") + 1] == "X9"


def test_a_threshold_is_made_stricter_and_the_rest_of_the_item_stays(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"quality.toml": STRICTER})
    quality, base = load(pack).quality["3.2"], shipped_scheme().quality["3.2"]
    assert [(level.light, level.points) for level in quality.levels] == [
        (Light.GREEN, 5),
        (Light.YELLOW, 3),
        (Light.RED, 0),
    ]
    assert quality.levels[0].when == (Condition(measure="C1.private", test="at_least", bound=60),)
    assert (quality.name, quality.judged, quality.origin) == (base.name, base.judged, base.origin)
    assert check(pack) == ()


def test_a_measure_of_an_item_is_matched_by_its_id_too(tmp_path: Path) -> None:
    change = "[[indicator]]\nid = 'A6'\n[[indicator.measure]]\nid = 'A6.total'\nlabel = 'Partners'\n"
    scheme = load(overlay(tmp_path, {"indicators/A.toml": change}))
    base = shipped_scheme().indicators["A6"]
    assert [m.label for m in scheme.indicators["A6"].measures] == [
        "Partners" if measure.id == "A6.total" else measure.label for measure in base.measures
    ]


def test_eligibility_may_be_local(tmp_path: Path) -> None:
    criterion = (
        "[[criterion]]\nid = 'local-size'\ntext = 'At least 12 are committed.'\n"
        "when = [{ measure = 'A6.total', at_least = 12 }]\ncertainty = 'default'\n"
    )
    rules = 'eligibility = ["set-up", "local-size"]\n[validity]\nrenewal_months = 24\n'
    pack = overlay(tmp_path, {"eligibility.toml": criterion, "rulesets/2022.toml": rules})
    found, base = load(pack).rule_sets["2022"], shipped_scheme().rule_sets["2022"]
    assert found.eligibility == ("set-up", "local-size")
    assert (found.validity.renewal_months, found.validity.end) == (24, base.validity.end)
    assert check(pack) == ()


def test_an_item_is_dropped(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/A.toml": 'drop = ["A2"]'}, indicators=35)
    assert [*load(pack).indicators][:2] == ["A1", "A3"]
    assert check(pack) == ()


def test_a_measure_a_key_and_a_rule_set_are_dropped(tmp_path: Path) -> None:
    pack = overlay(
        tmp_path,
        {
            "indicators/A.toml": '[[indicator]]\nid = "A6"\ndrop = ["A6.two_years_ago"]\n',
            "rulesets/2010.toml": 'drop = ["2010"]',
        },
        more='[areas]\ndrop = ["S"]\n',
    )
    scheme = load(pack)
    assert ("A6.two_years_ago" in scheme.measures, "S" in scheme.areas) == (False, False)
    assert [*scheme.rule_sets] == [id for id in shipped_scheme().rule_sets if id != "2010"]


def test_what_still_names_a_dropped_item_is_told_where_it_is_dropped(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/A.toml": 'drop = ["A7"]'}, indicators=35)
    assert check(pack)[0] == Fault(
        "indicators/A.toml: drop A7",
        "It drops A7.within_150km, which is named in ecei/quality.toml: 1.2 / level 1 / when.",
        "Keep it, or change what names it as well.",
    )


def test_a_dropped_criterion_or_rule_set_that_a_rule_set_names_is_told(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"eligibility.toml": 'drop = ["definition"]'})
    assert {fault.place for fault in check(pack)} == {"eligibility.toml: drop definition"}


def test_what_is_dropped_must_be_there(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/A.toml": 'drop = ["A22"]'})
    with pytest.raises(Unusable) as refused:
        load(pack)
    assert refused.value.faults == (
        Fault("indicators/A.toml: drop A22", "There is no such item or key.", 'Did you mean "A2"?'),
    )


@pytest.mark.parametrize("words", ['"A2"', "[1]"])
def test_what_is_dropped_is_a_list_of_texts(tmp_path: Path, words: str) -> None:
    pack = overlay(tmp_path, {"indicators/A.toml": f"drop = {words}"})
    assert texts_of(check(pack)) == [("indicators/A.toml: drop", "This is not a list of texts in quotes.")]


def test_a_pack_that_extends_none_has_nothing_to_drop(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"quality.toml": 'drop = ["3.2"]'})
    head = (pack / "scheme.toml").read_text(encoding="utf-8").replace('extends = "ecei"\n', "")
    (pack / "scheme.toml").write_text(head, encoding="utf-8")
    assert ("quality.toml: drop", "This key is not known here.") in texts_of(check(pack))


def test_a_fault_of_an_overlay_names_its_own_file(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"quality.toml": '[[quality]]\nid = "3.2"\ncolour = "blue"\ndimension = "8"\n'})
    assert texts_of(check(pack)) == [("quality.toml: 3.2 / colour", "This key is not known here.")]


def test_an_item_of_the_base_that_no_longer_fits_is_to_be_changed_in_the_overlay(tmp_path: Path) -> None:
    without_yellow = STRICTER.replace('light = "yellow"\npoints = 3', 'light = "red"\npoints = 1')
    pack = overlay(tmp_path, {"quality.toml": without_yellow})
    assert check(pack) == (
        Fault(
            "recommendations.toml: 3.2 / yellow",
            "No level of 3.2 gives a yellow light, so that nobody is given this advice.",
            "Take it away, or add the level. The item comes from ecei: lay the change over it here.",
        ),
    )


def test_an_id_of_the_base_in_another_file_is_there_twice(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/X.toml": INDICATOR.replace('"X9"', '"A1"', 1)})
    assert texts_of(check(pack))[0] == (
        "indicators/X.toml: A1 / id",
        "The indicator A1 is there twice, first in ecei/indicators/A.toml: A1.",
    )


def test_of_two_items_with_one_id_in_an_overlay_the_second_is_one_too_many(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"indicators/X.toml": INDICATOR, "quality.toml": STRICTER + STRICTER})
    assert "quality.toml: 3.2 / id" in [fault.place for fault in check(pack)]


def test_an_entry_that_is_no_table_is_told(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"quality.toml": "quality = [3]"})
    assert texts_of(check(pack)) == [("quality.toml: quality", "Entry 32 is not a table.")]


def test_what_an_overlay_must_say_itself_is_not_taken_from_its_base(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {})
    (pack / "scheme.toml").write_text('extends = "ecei"', encoding="utf-8")
    assert [fault.place for fault in check(pack)] == [
        "scheme.toml: id",
        "scheme.toml: name",
        "scheme.toml: extent",
    ]


def base_beside(folder: Path, name: str, quality: str) -> None:
    beside = overlay(folder, {"quality.toml": quality})
    beside.rename(folder / name)


def test_a_fault_of_the_base_is_told_with_the_file_of_the_base(tmp_path: Path) -> None:
    base_beside(tmp_path, "base", '[[quality]]\nid = "3.2"\ncolour = "blue"\n')
    pack = overlay(tmp_path, {})
    text = (pack / "scheme.toml").read_text(encoding="utf-8").replace('"ecei"', '"base"')
    (pack / "scheme.toml").write_text(text, encoding="utf-8")
    assert [fault.place for fault in check(pack)] == ["base/quality.toml: 3.2 / colour"]


def test_a_base_that_is_unsound_by_itself_is_told_so_as_it_stands(tmp_path: Path) -> None:
    base_beside(tmp_path, "base", '[[quality]]\nid = "3.2"\ndimension = "8"\n')
    pack = overlay(tmp_path, {})
    text = (pack / "scheme.toml").read_text(encoding="utf-8").replace('"ecei"', '"base"')
    (pack / "scheme.toml").write_text(text, encoding="utf-8")
    assert texts_of(check(pack)) == [("base/quality.toml: 3.2 / dimension", 'There is no dimension "8".')]


def test_an_overlay_of_an_overlay_has_what_both_say(tmp_path: Path) -> None:
    base_beside(tmp_path, "base", STRICTER)
    pack = overlay(tmp_path, {"indicators/X.toml": INDICATOR}, indicators=37)
    text = (pack / "scheme.toml").read_text(encoding="utf-8").replace('"ecei"', '"base"')
    (pack / "scheme.toml").write_text(text, encoding="utf-8")
    scheme = load(pack)
    assert (len(scheme.quality["3.2"].levels), "X9" in scheme.indicators) == (3, True)
    assert check(pack) == ()


def test_a_change_of_the_base_changes_the_digest_of_the_overlay(tmp_path: Path) -> None:
    base_beside(tmp_path, "base", STRICTER)
    pack = overlay(tmp_path, {})
    text = (pack / "scheme.toml").read_text(encoding="utf-8").replace('"ecei"', '"base"')
    (pack / "scheme.toml").write_text(text, encoding="utf-8")
    before = load(pack).digest
    quality = tmp_path / "base" / "quality.toml"
    quality.write_text(STRICTER.replace("60", "61"), encoding="utf-8")
    assert load(pack).digest != before


def test_a_file_that_belongs_to_no_pack_is_named_in_an_overlay_too(tmp_path: Path) -> None:
    pack = overlay(tmp_path, {"qualty.toml": ""})
    assert texts_of(check(pack)) == [("qualty.toml", "No file of this name belongs in a pack.")]


def test_tables_are_laid_over_tables_and_other_values_replaced() -> None:
    base = {"a": {"b": 1, "c": 2}, "list": [1, 2], "items": [{"id": "x", "n": 1}, {"id": "y", "n": 2}]}
    own = {"a": {"c": 3}, "list": [9], "items": [{"id": "z"}, {"id": "y", "n": 5}], "new": True}
    assert laid_over(base, own, file="own.toml", notes=Notes()) == {
        "a": {"b": 1, "c": 3},
        "list": [9],
        "items": [{"id": "x", "n": 1}, {"id": "y", "n": 5}, {"id": "z"}],
        "new": True,
    }


def test_what_is_touched_stands_in_the_file_that_touches_it() -> None:
    base = {"items": [Sourced({"id": "x"}, file="base"), Sourced({"id": "y"}, file="base")]}
    made = laid_over(base, {"items": [{"id": "y"}, {"id": "z"}]}, file="own", notes=Notes())
    entries = made["items"]
    assert isinstance(entries, list)
    assert [(entry["id"], entry.file) for entry in entries] == [("x", "base"), ("y", "own"), ("z", "own")]


def test_the_base_is_left_as_it_was() -> None:
    base = {"items": [{"id": "x", "n": 1}], "a": {"b": 1}}
    laid_over(base, {"items": [{"id": "x", "n": 2}], "a": {"b": 2}, "drop": ["x"]}, file="f", notes=Notes())
    assert base == {"items": [{"id": "x", "n": 1}], "a": {"b": 1}}


def test_the_regional_pack_that_ships_is_sound() -> None:
    found = inspect(shipped("ecei-bw"))
    assert (found.quality_indicators, found.faults) == (34, ())
