from dataclasses import replace
from pathlib import Path

import pytest

from factories.scheme import Edit, copied_pack, edited_pack, shipped_scheme
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import (
    Advice,
    Certainty,
    Condition,
    Criterion,
    Derivation,
    Direction,
    Disclosure,
    Effort,
    Extent,
    Kind,
    Level,
    Light,
    Measure,
    Named,
    Option,
    Origin,
    Plausibility,
    Portfolio,
    Process,
    Source,
    Validity,
)

DEFAULT = Origin(certainty=Certainty.DEFAULT)


def faults_of(pack: Path) -> tuple[Fault, ...]:
    with pytest.raises(Unusable) as refused:
        load(pack)
    assert refused.value.file == str(pack)
    return refused.value.faults


def places_of(pack: Path) -> list[str]:
    return [fault.place for fault in faults_of(pack)]


def test_the_shipped_pack_stands_in_the_checkout() -> None:
    assert shipped() == Path(__file__).parents[3] / "schemes" / "ecei"


def test_a_pack_inside_the_installed_package_goes_before_one_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "touchstone"
    (package / "schemes" / "ecei").mkdir(parents=True)
    module = package / "core" / "scheme" / "folders.py"
    monkeypatch.setattr("touchstone.core.scheme.folders.__file__", str(module))
    assert shipped() == package / "schemes" / "ecei"


def test_the_head_of_the_pack_is_read() -> None:
    scheme = shipped_scheme()
    assert (scheme.id, scheme.extent) == ("ecei", Extent(indicators=36, quality_indicators=31, points=150))
    assert scheme.areas["A"] == Named(id="A", name="Structure of the cluster")
    assert list(scheme.dimensions) == ["1", "2", "3", "4", "5"]
    assert scheme.sources["esca-silver"] == Source(
        id="esca-silver", title="ESCA: the Silver label", url="https://www.cluster-analysis.org/silver-label"
    )


def test_a_measure_carries_all_that_the_pack_says_of_it() -> None:
    measure = shipped_scheme().measures["B2.participants_per_fte"]
    assert measure == Measure(
        id="B2.participants_per_fte",
        indicator="B2",
        label="Committed participants per full-time equivalent",
        kind=Kind.NUMBER,
        origin=Origin(
            certainty=Certainty.RECONSTRUCTED, sources=("ecei-criteria-2013", "eccp-profile")
        ),  # of the indicator, since it names none itself
        unit="participants per FTE",
        forms=("participant per FTE", "participants per FTE"),
        help="Committed participants divided by the full-time equivalents of the team.",
        direction=Direction.RANGE,
        minimum=0,
        derived=Derivation(operation="ratio", of=("A6.total", "B2.fte")),
    )


def test_a_shared_scale_gives_range_and_worded_steps() -> None:
    measure = shipped_scheme().measures["D3.newsletter"]
    assert (measure.minimum, measure.maximum) == (0, 4)
    assert measure.options[0] == Option(id="0", label="Not offered")
    assert [option.id for option in measure.options] == ["0", "1", "2", "3", "4"]


def test_a_scale_may_begin_at_another_number() -> None:
    measure = shipped_scheme().measures["A4.specialisation"]
    assert (measure.minimum, measure.maximum) == (1, 5)
    assert [option.id for option in measure.options] == ["1", "2", "3", "4", "5"]


def test_a_choice_keeps_the_order_of_its_options() -> None:
    options = shipped_scheme().measures["B6.geography"].options
    assert [option.id for option in options] == ["regional", "national", "european", "global"]


@pytest.mark.parametrize(
    ("id", "low", "high"),
    [
        ("A6.total", 0, None),  # a count
        ("A7.within_150km", 0, 100),  # a share
        ("C3.budget", 0, None),  # money
        ("A6.growth", None, None),  # a number
        ("A1.founded", 1900, 2100),  # as the pack says
        ("A2.legal_form", None, None),
        ("F2.story_1", None, None),
        ("X1.set_up", None, None),
    ],
)
def test_the_kind_of_a_measure_gives_its_range_where_the_pack_does_not(
    id: str, low: float | None, high: float | None
) -> None:
    measure = shipped_scheme().measures[id]
    assert (measure.minimum, measure.maximum) == (low, high)


def test_a_level_carries_its_conditions() -> None:
    best, *_, worst = shipped_scheme().quality["2.2.1"].levels
    assert best == Level(
        light=Light.GREEN,
        points=5,
        text="At least 1.5 full-time equivalents, and no more than 40 participants for each",
        when=(
            Condition(measure="B2.fte", test="at_least", bound=1.5),
            Condition(measure="B2.participants_per_fte", test="at_most", bound=40),
        ),
    )
    assert (worst.when, worst.misses_gate) == ((), True)


def test_conditions_hold_truths_and_words_as_well_as_numbers(tmp_path: Path) -> None:
    legal_form = '{ measure = "A2.legal_form", '
    pack = edited_pack(
        tmp_path,
        ("eligibility.toml", '{ measure = "B2.fte", at_least = 0.5 }', legal_form + 'equals = "company" }'),
        (
            "eligibility.toml",
            '{ measure = "A6.total", at_least = 15 }',
            legal_form + 'one_of = ["project"] }',
        ),
    )
    conditions = [condition for criterion in load(pack).criteria.values() for condition in criterion.when]
    assert [(c.test, c.bound) for c in conditions] == [
        ("equals", True),
        ("equals", True),
        ("equals", True),
        ("equals", "company"),
        ("one_of", ("project",)),
    ]


def test_the_silver_column_tells_no_from_not_known() -> None:
    quality = shipped_scheme().quality
    assert (quality["1.1.0"].silver, quality["1.2"].silver, quality["5.1"].silver) == (True, False, None)


def test_advice_stands_by_quality_indicator_and_light() -> None:
    advice = shipped_scheme().advice["1.2", Light.YELLOW]
    assert advice == Advice(
        quality="1.2",
        light=Light.YELLOW,
        text=advice.text,
        next="Put all participants on a map this week, and pick one town where the next small meeting shall "
        "take place.",
        effort=Effort.YEAR,
        origin=DEFAULT,
    )


def test_first_step_and_effort_are_the_same_for_each_light() -> None:
    steps: dict[str, set[tuple[str, Effort | None]]] = {}
    for advice in shipped_scheme().advice.values():
        steps.setdefault(advice.quality, set()).add((advice.next, advice.effort))
    assert [id for id, found in steps.items() if len(found) > 1] == []


def test_a_criterion_is_read() -> None:
    assert shipped_scheme().criteria["team"] == Criterion(
        id="team",
        text="At least 0.5 full-time equivalents manage the cluster.",
        when=(Condition(measure="B2.fte", test="at_least", bound=0.5),),
        origin=Origin(certainty=Certainty.PUBLISHED, sources=("savonia", "eccp-profile")),
    )


def test_a_portfolio_names_its_related_ones_in_order() -> None:
    assert shipped_scheme().portfolios["ict"] == Portfolio(
        id="ict",
        name="ICT",
        related=("micro-nano-optics", "creative", "production-engineering"),
        origin=Origin(certainty=Certainty.PUBLISHED, sources=("esca-register",)),
    )


def test_a_plausibility_rule_takes_what_it_does_not_say_from_its_kind() -> None:
    by_id = {rule.id: rule for rule in shipped_scheme().plausibility}
    rule = by_id["fte-within-heads"]
    assert rule == Plausibility(
        id="fte-within-heads",
        kind="not_above",
        measures=("B2.fte",),
        message=rule.message,
        severity="error",
        limit="B2.heads",
        total=100.0,
        tolerance=0.0,
        low=None,
        high=None,
        origin=DEFAULT,
    )
    assert (by_id["board"].total, by_id["board"].tolerance) == (100, 0.5)


def test_rule_sets_stand_by_date_whatever_their_files_are_called(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "rulesets" / "2010.toml").rename(pack / "rulesets" / "zzz.toml")
    assert list(load(pack).rule_sets) == ["2010", "2012", "2014", "2019-11-15", "2020", "2022"]


def test_validity_is_read() -> None:
    rule_sets = shipped_scheme().rule_sets
    assert rule_sets["2010"].validity == Validity(
        end="day", first_months=24, renewal_months=24, renewal_from="interview", grace_months=12
    )
    assert rule_sets["2022"].validity == Validity(
        end="month", first_months=24, renewal_months=36, renewal_from="previous_end", grace_months=12
    )


def test_the_sizes_of_disclosure_control_are_read() -> None:
    assert shipped_scheme().disclosure == Disclosure(
        median_from=5, quartiles_from=10, full_from=20, difference=3, oldest_years=5, origin=DEFAULT
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("median_from = 5", ""),
        ("median_from = 5", 'median_from = "5"'),
        ("median_from = 5", "median_from = 2"),
        ("median_from = 5", "median_from = 11"),
        ("full_from = 20", "full_from = 9"),
        ("full_from = 20", "full_from = 20\nraw_maximum = true"),
        ("difference = 3", "difference = 0"),
        ("oldest_years = 5", "oldest_years = 5.5"),
    ],
)
def test_disclosure_that_cannot_be_relied_on_is_none_and_nothing_is_shown(
    tmp_path: Path, old: str, new: str
) -> None:
    assert load(edited_pack(tmp_path, ("scheme.toml", old, new))).disclosure is None


def test_a_pack_without_disclosure_is_loaded_and_shows_nothing(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    head = (pack / "scheme.toml").read_text(encoding="utf-8")
    start, end = head.index("[disclosure]"), head.index("# Names are those")
    (pack / "scheme.toml").write_text(head[:start] + head[end:], encoding="utf-8")
    assert load(pack).disclosure is None


def test_the_digest_is_of_the_files_and_not_of_their_folder(tmp_path: Path) -> None:
    assert load(copied_pack(tmp_path)).digest == shipped_scheme().digest


def test_the_digest_tells_one_changed_letter(tmp_path: Path) -> None:
    pack = edited_pack(tmp_path, ("scheme.toml", "name = 'ICT'", "name = 'Ict'"))
    assert load(pack).digest != shipped_scheme().digest


def test_the_digest_tells_a_renamed_file(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "rulesets" / "2010.toml").rename(pack / "rulesets" / "2010-11.toml")
    assert load(pack).digest != shipped_scheme().digest


def test_translations_lie_beside_the_pack_and_are_no_part_of_its_digest(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "locale" / "de").mkdir(parents=True)
    (pack / "locale" / "de" / "scheme.toml").write_text("'ICT' = 'IKT'", encoding="utf-8")
    assert load(pack).digest == shipped_scheme().digest


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "missing") == (
        Fault("", "There is no such folder.", "Name the folder of a scheme pack."),
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "eligibility.toml").unlink()
    assert faults_of(pack) == (
        Fault("eligibility.toml", "This file is missing.", "Every pack has it: put it back."),
    )


def test_without_its_head_a_pack_gives_one_fault_and_not_one_for_each_scale(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "scheme.toml").unlink()
    assert places_of(pack) == ["scheme.toml"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "indicators" / "G.toml").mkdir()
    assert faults_of(pack) == (
        Fault(
            "indicators/G.toml",
            "The file cannot be read: Is a directory.",
            "Mend that, or take it away.",
        ),
    )


def test_a_file_that_belongs_to_no_pack_is_named(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "qualty.toml").write_text("", encoding="utf-8")
    assert faults_of(pack) == (
        Fault("qualty.toml", "No file of this name belongs in a pack.", "Rename it or take it away."),
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'id = "2010"\nname =\n', Fault(": line 2", "Invalid value.", "Mend the TOML there.")),
        (
            b'id = "2010"\nid = "2011"\n',
            Fault(": line 2", "Cannot overwrite a value.", "Mend the TOML there."),
        ),
        (
            b'id = "2010"\nlevels = ["bronze",\n',
            Fault(": line 3", "Invalid value (at end of document).", "Mend the TOML there."),
        ),
        (
            b'id = "2010"\nname = "Regeln f\xfcr 2010"\n',
            Fault(": line 2", "This is not UTF-8 text.", "Save the file as UTF-8."),
        ),
        (
            b"levels = " + b"[" * 5000,
            Fault("", "Its values stand too deep within one another.", "Write it more simply."),
        ),
    ],
)
def test_what_is_not_toml_is_told_with_file_and_line(tmp_path: Path, content: bytes, fault: Fault) -> None:
    pack = copied_pack(tmp_path)
    (pack / "rulesets" / "2010.toml").write_bytes(content)
    assert faults_of(pack) == (replace(fault, place="rulesets/2010.toml" + fault.place),)


def test_a_number_too_long_for_the_parser_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    pack = edited_pack(tmp_path, ("rulesets/2012.toml", "pass_share = 80", "pass_share = " + "9" * 5000))
    assert [fault.remedy for fault in faults_of(pack)] == ["Mend the TOML there."]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            ("scheme.toml", 'id = "ecei"', 'id = "ecei"\nnmae = 2'),
            Fault(
                "scheme.toml: nmae",
                "This key is not known here.",
                'Did you mean "name"?',
            ),
        ),
        (
            ("scheme.toml", "[extent]\nindicators = 36", "[extent]"),
            Fault(
                "scheme.toml: extent / indicators",
                "This key is missing.",
                "Add indicators = a whole number without quotes.",
            ),
        ),
        (
            ("scheme.toml", "effect = ['None', 'Low', 'Medium', 'High', 'Very high']", "effect = ['None']"),
            Fault(
                "scheme.toml: scales / effect",
                "A scale has at least two worded steps.",
                "Word each step, the least first.",
            ),
        ),
        (
            ("indicators/A.toml", 'id = "A7.within_150km"\n', 'id = "A7.within_150km"\nlable = "x"\n'),
            Fault(
                "indicators/A.toml: A7.within_150km / lable",
                "This key is not known here.",
                'Did you mean "label"?',
            ),
        ),
        (
            (
                "indicators/A.toml",
                '150 km of the office\'\nkind = "share"',
                '150 km of the office\'\nkind = "shares"',
            ),
            Fault(
                "indicators/A.toml: A7.within_150km / kind",
                '"shares" is not allowed here.',
                'Did you mean "share"?',
            ),
        ),
        (
            (
                "indicators/D.toml",
                'information days, single advice.\'\ndirection = "higher"\nscale = "service"',
                'information days, single advice.\'\ndirection = "higher"\nscale = "services"',
            ),
            Fault(
                "indicators/D.toml: D1.information / scale",
                'There is no scale "services".',
                'Did you mean "service"?',
            ),
        ),
        (
            (
                "indicators/S.toml",
                "\n    'None',\n    'Informal talks',\n    'A survey',\n    'A survey every year',\n",
                "",
            ),
            Fault(
                "indicators/S.toml: S6.survey / steps",
                "A scale has at least two worded steps.",
                "Word each step, the least first.",
            ),
        ),
        (
            (
                "quality.toml",
                '{ measure = "C1.private", at_least = 40 }',
                '{ measure = "C1.private", atleast = 40 }',
            ),
            Fault(
                "quality.toml: 3.2 / level 1 / when 1 / measure",
                "A condition has one test.",
                "Give one of at_least, at_most, above, below, equals, one_of.",
            ),
        ),
        (
            (
                "quality.toml",
                '{ measure = "C1.private", at_least = 40 }',
                '{ measure = "C1.private", equals = [40] }',
            ),
            Fault(
                "quality.toml: 3.2 / level 1 / when 1 / equals",
                "This can be equal to no answer.",
                "Give a number, a word in quotes, true or false.",
            ),
        ),
        (
            ("recommendations.toml", 'id = "5.3"\nred', 'id = "5.3"\nbrown'),
            Fault(
                "recommendations.toml: 5.3 / brown",
                "This key is not known here.",
                "Known are: effort, id, next, yellow.",
            ),
        ),
        (
            ("eligibility.toml", 'certainty = "reconstructed"', 'certainty = "certain"'),
            Fault(
                "eligibility.toml: definition / certainty",
                '"certain" is not allowed here.',
                "Known are: published, reconstructed, default.",
            ),
        ),
        (
            ("plausibility.toml", 'limit = "B2.heads"', "limit = 7"),
            Fault(
                "plausibility.toml: fte-within-heads / limit",
                "This is not a text in quotes.",
                "Write a text in quotes.",
            ),
        ),
        (
            ("rulesets/2010.toml", "in_force_from = 2010-11-01", 'in_force_from = "2010-11-01"'),
            Fault(
                "rulesets/2010.toml: 2010 / in_force_from",
                "This is not a date such as 2019-11-15, without quotes.",
                "Write a date such as 2019-11-15, without quotes.",
            ),
        ),
        (
            ("rulesets/2010.toml", "[validity]", "[validty]"),
            Fault(
                "rulesets/2010.toml: 2010 / validity",
                "This key is missing.",
                "Add validity = a table [validity].",
            ),
        ),
        (
            ("rulesets/2010.toml", 'id = "2010"', 'id = "2012"'),
            Fault(
                "rulesets/2012.toml: 2012 / id",
                "The rule set 2012 is there twice, first in rulesets/2010.toml: 2012.",
                "Rename one.",
            ),
        ),
        (
            ("indicators/B.toml", 'unit = "meeting|meetings"', 'unit = "meeting|meetings|of meetings"'),
            Fault(
                "indicators/B.toml: B1.meetings / unit",
                "It has 3 forms.",
                'Write the singular and the plural, as "year|years".',
            ),
        ),
        (
            ("indicators/B.toml", 'id = "B1.minutes"', 'id = "A6.total"'),
            Fault(
                "indicators/B.toml: A6.total / id",
                "The measure A6.total is there twice, first in indicators/A.toml: A6.total.",
                "Rename one.",
            ),
        ),
    ],
)
def test_a_fault_is_told_with_file_place_and_remedy(tmp_path: Path, edit: Edit, fault: Fault) -> None:
    assert faults_of(edited_pack(tmp_path, edit))[0] == fault


RULES = "rulesets/2022.toml"
NO_NUMBER, NO_ANSWER = "This is not a whole number without quotes.", "This is not true or false."
NOT_TWO = "These are not two whole numbers."


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("bronze = 1,", 'bronze = "one",', "experts / bronze", NO_NUMBER),
        (
            "experts = { bronze = 1, silver = 1, gold = 2 }",
            "experts = 2",
            "experts",
            "This is not a table [experts].",
        ),
        ("foreign_expert = true", 'foreign_expert = "yes"', "foreign_expert", NO_ANSWER),
        (
            "expert_recommends = true",
            "expert_recommends = 1",
            "expert_recommends",
            NO_ANSWER,
        ),
        ('"video"]', '"vidoe"]', "interview", '"vidoe" is not allowed here.'),
        ('"green",', '"greeen",', "topics", '"greeen" is not allowed here.'),
        (
            'interview = ["on_site", "video"]',
            'interview = "video"',
            "interview",
            "This is not a list of texts in quotes.",
        ),
        ("[18, 24]", "[18]", "silver_after_months", NOT_TWO),
        ("[18, 24]", "[18, 24, 30]", "silver_after_months", NOT_TWO),
        ("[18, 24]", "[true, 24]", "silver_after_months", NOT_TWO),
        ("[18, 24]", "24", "silver_after_months", NOT_TWO),
        (
            "improvement_areas = 3",
            "improvement_areas = 2.5",
            "improvement_areas",
            NO_NUMBER,
        ),
        (
            'minimum_requirements = ["silver"]',
            "minimum_requirements = [1]",
            "minimum_requirements",
            "Not every entry is a text.",
        ),
        ("improvement_areas = 3", "improvement_area = 3", "improvement_area", "This key is not known here."),
    ],
)
def test_the_process_is_read_strictly(tmp_path: Path, old: str, new: str, place: str, problem: str) -> None:
    fault = faults_of(edited_pack(tmp_path, (RULES, old, new)))[0]
    assert (fault.place, fault.problem) == (f"{RULES}: 2022 / process / {place}", problem)


def test_a_rule_set_without_a_process_knows_nothing_of_it(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    text = (pack / RULES).read_text(encoding="utf-8")
    (pack / RULES).write_text(text.partition("[process]")[0], encoding="utf-8")
    assert load(pack).rule_sets["2022"].process == Process()


def test_rules_with_gold_say_what_it_asks_for(tmp_path: Path) -> None:
    pack = edited_pack(tmp_path, (RULES, "pass_share = 80\n", ""), (RULES, 'pass_light = "yellow"', "# none"))
    assert places_of(pack) == [f"{RULES}: 2022 / pass_share", f"{RULES}: 2022 / pass_light"]


def test_all_faults_are_told_and_not_only_the_first(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path,
        ("indicators/A.toml", 'id = "A7.within_150km"\n', 'id = "A7.within_150km"\ncolour = "x"\n'),
        ("quality.toml", 'id = "3.2"\n', 'id = "3.2"\ncolour = "x"\n'),
        ("rulesets/2022.toml", "pass_share = 80", "pass_share = true"),
    )
    assert places_of(pack) == [
        "indicators/A.toml: A7.within_150km / colour",
        "quality.toml: 3.2 / colour",
        "rulesets/2022.toml: 2022 / pass_share",
    ]


def test_the_first_fault_stands_in_one_line_with_the_number_of_the_others(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path,
        ("rulesets/2012.toml", "pass_share = 80", "pass_share = true"),
        ("rulesets/2022.toml", "pass_share = 80", "pass_share = true"),
    )
    with pytest.raises(Unusable) as refused:
        load(pack)
    assert str(refused.value) == (
        f"{pack}: rulesets/2012.toml: 2012 / pass_share: This is not a number without quotes. "
        "Write a number without quotes. (and 1 more)"
    )
