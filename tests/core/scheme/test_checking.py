from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.scheme import Edit, copied_pack, edited_pack
from touchstone.core.faults import Fault, Severity, Unusable
from touchstone.core.scheme.checking import check, inspect
from touchstone.core.scheme.loading import shipped

WHEN = "quality.toml", '{ measure = "C1.private", at_least = '


def when(bound: str, new: str) -> Edit:
    """One condition of quality indicator 3.2, whose bounds are 40, 20 and 10."""
    file, start = WHEN
    return file, f"{start}{bound} }}", new


def test_the_shipped_pack_is_sound() -> None:
    found = inspect(shipped())
    assert (found.indicators, found.quality_indicators, found.faults) == (36, 31, ())


def test_a_folder_that_is_not_there_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as refused:
        check(tmp_path / "missing")
    assert refused.value.file == str(tmp_path / "missing")


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        # how large the pack is
        (
            ("scheme.toml", "indicators = 36", "indicators = 37"),
            Fault(
                "scheme.toml: extent / indicators",
                "The pack says 37, but has 36.",
                "Put back what is missing, or correct the number.",
            ),
        ),
        (
            ("scheme.toml", "quality_indicators = 31", "quality_indicators = 30"),
            Fault(
                "scheme.toml: extent / quality_indicators",
                "The pack says 30, but has 31.",
                "Put back what is missing, or correct the number.",
            ),
        ),
        (
            ("scheme.toml", "points = 150", "points = 155"),
            Fault(
                "scheme.toml: extent / points",
                "The pack says 155, but has 150.",
                "Put back what is missing, or correct the number.",
            ),
        ),
        # sources
        (
            ("eligibility.toml", '["cluster-definition"]', '["cluster-definiton"]'),
            Fault(
                "eligibility.toml: definition / sources",
                'There is no source "cluster-definiton".',
                'Did you mean "cluster-definition"?',
            ),
        ),
        (
            ("rulesets/2019-11-15.toml", '["eccp-2019", "hessen-2020"]', "[]"),
            Fault(
                "rulesets/2019-11-15.toml: 2019-11-15 / sources",
                "It is said to be published, but no source is named.",
                "Name the source, or call it reconstructed or default.",
            ),
        ),
        (
            ("recommendations.toml", 'certainty = "default"', 'certainty = "default"\nsources = ["siea-20"]'),
            Fault(
                "recommendations.toml: 1.1.0 / sources",
                'There is no source "siea-20".',
                'Did you mean "siea-2020"?',
            ),
        ),
        # indicators and measures
        (
            ("indicators/C.toml", 'id = "C2"\narea = "C"', 'id = "C2"\narea = "Z"'),
            Fault(
                "indicators/C.toml: C2 / area",
                'There is no area "Z".',
                "Known are: A, B, C, D, E, F, S.",
            ),
        ),
        (
            ("indicators/E.toml", 'quality = ["2.6"]', 'quality = ["2.6", "2.8"]'),
            Fault(
                "indicators/E.toml: E1 / quality",
                'There is no quality indicator "2.8".',
                'Did you mean "2.7"?',
            ),
        ),
        (
            ("indicators/E.toml", 'quality = ["2.6"]', 'quality = ["2.5"]'),
            Fault(
                "indicators/E.toml: E1 / quality",
                "The levels of 2.6 rest on E1, which does not say so.",
                'Add "2.6".',
            ),
        ),
        (
            ("indicators/E.toml", 'id = "E1.projects"', 'id = "E2.projects"'),
            Fault(
                "indicators/E.toml: E2.projects / id",
                "It stands under E1, but is not named after it.",
                "Begin the id with E1 and a dot.",
            ),
        ),
        (
            ("indicators/A.toml", "minimum = 1900", "minimum = 2200"),
            Fault(
                "indicators/A.toml: A1.founded / minimum",
                "The least value is above the greatest.",
                "Swap or correct them.",
            ),
        ),
        # derivations
        (
            ("indicators/C.toml", '["C3.budget", "A6.total"]', '["C3.budget", "A6.totl"]'),
            Fault(
                "indicators/C.toml: C3.per_participant / derived / of",
                'There is no measure "A6.totl".',
                'Did you mean "A6.total"?',
            ),
        ),
        (
            ("indicators/C.toml", '["C3.budget", "A6.total"]', '["C3.budget", "A2.legal_form"]'),
            Fault(
                "indicators/C.toml: C3.per_participant / derived / of",
                "A2.legal_form is of kind choice and cannot be reckoned with.",
                "Name a numeric measure.",
            ),
        ),
        (
            ("indicators/C.toml", '["C3.budget", "A6.total"]', '["C3.budget"]'),
            Fault(
                "indicators/C.toml: C3.per_participant / derived / of",
                "ratio needs 2 and has 1.",
                "Name 2 in the order that it reads them.",
            ),
        ),
        (
            ("indicators/F.toml", 'of = ["F1.national", "F1.international"]', "of = []"),
            Fault(
                "indicators/F.toml: F1.beyond_region / derived / of",
                "It follows from no measure.",
                "Name those that it follows from.",
            ),
        ),
        (
            (
                "indicators/A.toml",
                '"A5.sme", "A5.sme", "A5.large", "A5.research"',
                '"A5.sme", "A5.large", "A5.research"',
            ),
            Fault(
                "indicators/A.toml: A5.sme_share / derived / of",
                "The part is not among the whole.",
                "Name the part first, then all parts.",
            ),
        ),
        (
            ("indicators/D.toml", "bound = 1\n", ""),
            Fault(
                "indicators/D.toml: D8.fields / derived / bound",
                "There is no bound to count from.",
                "Add bound = a number.",
            ),
        ),
        (
            ("indicators/A.toml", "research = 'Driven by research', ", ""),
            Fault(
                "indicators/A.toml: A3.typology / derived / of",
                "It gives industry, management, mixed, public, research, "
                "but the options are industry, management, mixed, public.",
                "Make the options those that it gives.",
            ),
        ),
        (
            ("indicators/F.toml", 'of = ["F1.national", "F1.international"]', 'of = ["F1.beyond_region"]'),
            Fault(
                "indicators/F.toml: F1.beyond_region / derived / of",
                "These follow from one another in a circle: F1.beyond_region, F1.beyond_region.",
                "Let one of them be answered.",
            ),
        ),
        # conditions
        (
            when("40", '{ measure = "C1.privat", at_least = 40 }'),
            Fault(
                "quality.toml: 3.2 / level 1 / when",
                'There is no measure "C1.privat".',
                'Did you mean "C1.private"?',
            ),
        ),
        (
            when("40", '{ measure = "C1.private", at_least = 140 }'),
            Fault(
                "quality.toml: 3.2 / level 1 / when",
                "at_least 140 can never be told of C1.private, of kind share.",
                "Choose a test and a bound that fit the measure.",
            ),
        ),
        (
            when("40", '{ measure = "C1.private", equals = true }'),
            Fault(
                "quality.toml: 3.2 / level 1 / when",
                "equals True can never be told of C1.private, of kind share.",
                "Choose a test and a bound that fit the measure.",
            ),
        ),
        (
            when("40", '{ measure = "B4.deputy", at_least = 1 }'),
            Fault(
                "quality.toml: 3.2 / level 1 / when",
                "at_least 1 can never be told of B4.deputy, of kind yes_no.",
                "Choose a test and a bound that fit the measure.",
            ),
        ),
        (
            when("40", '{ measure = "F2.story_1", equals = "fine" }'),
            Fault(
                "quality.toml: 3.2 / level 1 / when",
                "equals fine can never be told of F2.story_1, of kind text.",
                "Choose a test and a bound that fit the measure.",
            ),
        ),
        (
            (
                "eligibility.toml",
                '{ measure = "X1.definition", equals = true }',
                '{ measure = "A2.legal_form", one_of = ["club"] }',
            ),
            Fault(
                "eligibility.toml: definition / when",
                "one_of ('club',) can never be told of A2.legal_form, of kind choice.",
                "Choose a test and a bound that fit the measure.",
            ),
        ),
        # levels
        (
            ("quality.toml", 'id = "3.2"\ndimension = "3"', 'id = "3.2"\ndimension = "6"'),
            Fault(
                "quality.toml: 3.2 / dimension",
                'There is no dimension "6".',
                "Known are: 1, 2, 3, 4, 5.",
            ),
        ),
        (
            (
                "quality.toml",
                "text = 'Less than 10 % private'",
                "text = 'Less than 10 % private'\nwhen = [{ measure = \"C1.private\", below = 10 }]",
            ),
            Fault(
                "quality.toml: 3.2 / level 4",
                "The last level has conditions, so that answers may meet no level.",
                "Take them away: the last level takes what is left.",
            ),
        ),
        (
            ("quality.toml", 'when = [{ measure = "C1.private", at_least = 20 }]\n', ""),
            Fault(
                "quality.toml: 3.2 / level 2",
                "A level without conditions takes all answers, and no later one is reached.",
                "Give it conditions, or make it the last.",
            ),
        ),
        (
            ("quality.toml", "points = 1\ntext = 'At least 10 % private'", "points = 4\ntext = 'x'"),
            Fault(
                "quality.toml: 3.2 / level 3",
                "red with 4 points stands after yellow with 3 points.",
                "Order the levels from the best to the worst.",
            ),
        ),
        (
            when("20", '{ measure = "C1.private", at_least = 50 }'),
            Fault(
                "quality.toml: 3.2 / level 2",
                "No answers lead to this level: all that meet it meet a better one.",
                "Correct its conditions, or those of the levels above it.",
            ),
        ),
        (
            when("40", '{ measure = "C1.private", at_most = 40 }'),
            Fault(
                "quality.toml: 3.2 / level 3",
                "No answers lead to this level: all that meet it meet a better one.",
                "Correct its conditions, or those of the levels above it.",
            ),
        ),
        (
            when("20", '{ measure = "C1.private", at_least = 20 }, { measure = "C1.private", at_most = 30 }'),
            Fault(
                "quality.toml: 3.2 / level",
                "Between 30.0 and 30.5 of C1.private a better answer gives a worse level.",
                "Close the gap between the levels' conditions, or correct the direction of the measure.",
            ),
        ),
        # gates
        (
            (
                "quality.toml",
                "points = 0\ntext = 'Secured for less than 6 months'\nmisses_gate = true",
                "points = 0\ntext = 'x'",
            ),
            Fault(
                "quality.toml: 3.1 / gate",
                "It is a gate that no level misses.",
                "Mark a level misses_gate = true.",
            ),
        ),
        (
            (
                "quality.toml",
                "text = 'Less than 10 % private'",
                "text = 'Less than 10 % private'\nmisses_gate = true",
            ),
            Fault(
                "quality.toml: 3.2 / level 4 / misses_gate",
                "A level misses a gate where there is none.",
                "Set gate = true, or take misses_gate away.",
            ),
        ),
        # advice
        (
            ("recommendations.toml", 'id = "5.3"\nred', 'id = "5.3"\nyellow_too'),
            Fault(
                "recommendations.toml: 5.3 / yellow_too",
                "This key is not known here.",
                'Did you mean "yellow"?',
            ),
        ),
        (
            ("recommendations.toml", 'id = "5.2"\n', 'id = "5.4"\n'),
            Fault(
                "recommendations.toml: 5.4 / id",
                'There is no quality indicator "5.4".',
                'Did you mean "5.3"?',
            ),
        ),
        # portfolios
        (
            ("scheme.toml", '"micro-nano-optics", "creative", "production-engineering"', '"micro-nano"'),
            Fault(
                "scheme.toml: ict / related",
                'There is no portfolio "micro-nano".',
                'Did you mean "micro-nano-optics"?',
            ),
        ),
        (
            ("scheme.toml", '"micro-nano-optics", "creative", "production-engineering"', '"ict"'),
            Fault("scheme.toml: ict / related", "It is related to itself.", "Take it away."),
        ),
        (
            ("scheme.toml", '"micro-nano-optics", "creative", "production-engineering"', '"food", "food"'),
            Fault("scheme.toml: ict / related", "A portfolio is named twice.", "Name each once."),
        ),
        # rule sets
        (
            ("rulesets/2022.toml", "in_force_from = 2022-01-01", "in_force_from = 2020-01-01"),
            Fault(
                "rulesets/2022.toml: 2022 / in_force_from",
                "2020 comes into force on the same day.",
                "Give each rule set a day of its own.",
            ),
        ),
        (
            ("rulesets/2022.toml", '"silver", "gold"]', '"sliver", "gold"]'),
            Fault(
                "rulesets/2022.toml: 2022 / levels",
                'There is no level "sliver".',
                'Did you mean "silver"?',
            ),
        ),
        (
            ("rulesets/2022.toml", '"team", "participants"]', '"taem", "participants"]'),
            Fault(
                "rulesets/2022.toml: 2022 / eligibility",
                'There is no criterion "taem".',
                'Did you mean "team"?',
            ),
        ),
        (
            ("rulesets/2022.toml", "pass_share = 80", "pass_share = 800"),
            Fault(
                "rulesets/2022.toml: 2022 / pass_share", "It is no share.", "Set it from 0 to 100 per cent."
            ),
        ),
        (
            ("rulesets/2022.toml", "first_months = 24", "first_months = 0"),
            Fault(
                "rulesets/2022.toml: 2022 / validity / first_months",
                "A label runs for a time.",
                "Set 1 or more.",
            ),
        ),
        (
            ("rulesets/2022.toml", "grace_months = 12", "grace_months = -1"),
            Fault(
                "rulesets/2022.toml: 2022 / validity / grace_months",
                "A time is not below 0.",
                "Set 0 or more.",
            ),
        ),
        (
            ("rulesets/2022.toml", "bronze = 1,", "bronce = 1,"),
            Fault(
                "rulesets/2022.toml: 2022 / process / experts",
                'There is no level "bronce".',
                'Did you mean "bronze"?',
            ),
        ),
        (
            ("rulesets/2010.toml", "{ bronze = 1 }", "{ bronze = 1, gold = 2 }"),
            Fault(
                "rulesets/2010.toml: 2010 / process / experts",
                'There is no level "gold".',
                "Known are: bronze.",
            ),
        ),
        (
            ("rulesets/2022.toml", "silver = 1,", "silver = 0,"),
            Fault(
                "rulesets/2022.toml: 2022 / process / experts / silver",
                "Nobody would assess.",
                "Set 1 or more.",
            ),
        ),
        (
            ("rulesets/2022.toml", "gold = 2 }", "gold = 1 }"),
            Fault(
                "rulesets/2022.toml: 2022 / process / foreign_expert",
                "One of the experts for Gold is to come from another country, but there are not two of them.",
                "Set two or more for Gold under experts.",
            ),
        ),
        (
            ("rulesets/2022.toml", 'minimum_requirements = ["silver"]', 'minimum_requirements = ["sliver"]'),
            Fault(
                "rulesets/2022.toml: 2022 / process / minimum_requirements",
                'There is no level "sliver".',
                'Did you mean "silver"?',
            ),
        ),
        (
            ("rulesets/2022.toml", 'minimum_requirements = ["silver"]', "minimum_requirements = []"),
            Fault(
                "rulesets/2022.toml: 2022 / process / minimum_requirements",
                "The list is empty.",
                "Fill it, or take it away if nothing is known.",
            ),
        ),
        (
            ("rulesets/2022.toml", '["on_site", "video"]', '["video", "video"]'),
            Fault(
                "rulesets/2022.toml: 2022 / process / interview",
                "A word stands there twice.",
                "Write each once.",
            ),
        ),
        (
            ("rulesets/2022.toml", '["digital", "green", "social"]', "[]"),
            Fault(
                "rulesets/2022.toml: 2022 / process / topics",
                "The list is empty.",
                "Fill it, or take it away if nothing is known.",
            ),
        ),
        (
            ("rulesets/2022.toml", "[18, 24]", "[24, 18]"),
            Fault(
                "rulesets/2022.toml: 2022 / process / silver_after_months",
                "The months do not rise.",
                "Write the fewer first.",
            ),
        ),
        (
            ("rulesets/2022.toml", "[18, 24]", "[18, 18]"),
            Fault(
                "rulesets/2022.toml: 2022 / process / silver_after_months",
                "The months do not rise.",
                "Write the fewer first.",
            ),
        ),
        (
            ("rulesets/2022.toml", "[18, 24]", "[-1, 24]"),
            Fault(
                "rulesets/2022.toml: 2022 / process / silver_after_months",
                "The months do not rise.",
                "Write the fewer first.",
            ),
        ),
        (
            ("rulesets/2022.toml", "improvement_areas = 3", "improvement_areas = 0"),
            Fault(
                "rulesets/2022.toml: 2022 / process / improvement_areas",
                "Silver asks for some.",
                "Set 1 or more.",
            ),
        ),
        (
            ("rulesets/2012.toml", "foreign_expert = true", "silver_after_months = [18, 24]"),
            Fault(
                "rulesets/2012.toml: 2012 / process / silver_after_months",
                "These rules have no Silver.",
                "Take it away.",
            ),
        ),
        (
            ("rulesets/2012.toml", "foreign_expert = true", "improvement_areas = 3"),
            Fault(
                "rulesets/2012.toml: 2012 / process / improvement_areas",
                "These rules have no Silver.",
                "Take it away.",
            ),
        ),
        (
            ("rulesets/2010.toml", "eligibility = []", "eligibility = []\npass_share = 80"),
            Fault("rulesets/2010.toml: 2010 / pass_share", "These rules have no Gold.", "Take it away."),
        ),
        (
            ("rulesets/2010.toml", "eligibility = []", 'eligibility = []\npass_light = "red"'),
            Fault("rulesets/2010.toml: 2010 / pass_light", "These rules have no Gold.", "Take it away."),
        ),
        # plausibility
        (
            ("plausibility.toml", 'measures = ["B2.fte"]', 'measures = ["B2.ftes"]'),
            Fault(
                "plausibility.toml: fte-within-heads / measures",
                'There is no measure "B2.ftes".',
                'Did you mean "B2.fte"?',
            ),
        ),
        (
            ("plausibility.toml", 'measures = ["B2.fte"]', "measures = []"),
            Fault(
                "plausibility.toml: fte-within-heads / measures", "The rule names no measure.", "Name one."
            ),
        ),
        (
            ("plausibility.toml", 'limit = "B2.heads"\n', ""),
            Fault(
                "plausibility.toml: fte-within-heads / limit",
                "This kind of rule holds against a measure.",
                "Name it as limit.",
            ),
        ),
        (
            ("plausibility.toml", 'limit = "B2.heads"', 'limit = "B4.deputy"'),
            Fault(
                "plausibility.toml: fte-within-heads / limit",
                "B4.deputy is of kind yes_no and cannot be reckoned with.",
                "Name a numeric measure.",
            ),
        ),
        (
            ("plausibility.toml", "low = -50\n", ""),
            Fault(
                "plausibility.toml: shrinking / low",
                "There is neither low nor high.",
                "Give one of them, or both.",
            ),
        ),
        (
            ("plausibility.toml", "low = 30000", "low = 300000"),
            Fault(
                "plausibility.toml: budget-per-fte / low",
                "The low end is above the high one.",
                "Swap or correct them.",
            ),
        ),
        (
            ("plausibility.toml", "The founding year {value} lies", "The founding year {year} lies"),
            Fault(
                "plausibility.toml: founded-before-interview / message",
                'There is no word in braces "year".',
                "Known are: value, limit.",
            ),
        ),
        (
            ("plausibility.toml", "The founding year {value} lies", "The founding year {value:.0f} lies"),
            Fault(
                "plausibility.toml: founded-before-interview / message",
                "{value} is laid out already.",
                "Write the word alone in braces.",
            ),
        ),
        (
            ("plausibility.toml", "The founding year {value} lies", "The founding year {value lies"),
            Fault(
                "plausibility.toml: founded-before-interview / message",
                "A brace is left open.",
                "Close it, or take it away.",
            ),
        ),
    ],
)
def test_a_seeded_fault_is_found_with_file_place_and_remedy(tmp_path: Path, edit: Edit, fault: Fault) -> None:
    assert check(edited_pack(tmp_path, edit))[0] == fault


def places(pack: Path) -> list[str]:
    return [fault.place for fault in check(pack)]


def test_an_indicator_without_a_measure_is_found_and_so_is_what_rests_on_it(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    file = pack / "indicators" / "A.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index('[[indicator.measure]]\nid = "A7'), text.index('[[indicator]]\nid = "A8"')
    file.write_text(f"{text[:start]}measure = []\n{text[end:]}", encoding="utf-8")
    assert places(pack) == [
        "indicators/A.toml: A7 / measure",
        "quality.toml: 1.2 / level 1 / when",
        "quality.toml: 1.2 / level 2 / when",
        "quality.toml: 1.2 / level 3 / when",
    ]


def test_a_quality_indicator_without_levels_is_found(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    file = pack / "quality.toml"
    text = file.read_text(encoding="utf-8")
    last = text.index("[[quality.level]]", text.index('id = "5.3"'))
    file.write_text(f"{text[:last]}level = []\n", encoding="utf-8")
    assert places(pack) == ["scheme.toml: extent / points", "quality.toml: 5.3 / level"]


def test_a_pack_without_rule_sets_is_found(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    for file in (pack / "rulesets").iterdir():
        file.unlink()
    assert check(pack) == (
        Fault("rulesets", "The pack has no rule set.", "Add a file to the folder rulesets."),
    )


def test_a_circle_of_several_measures_is_named_in_full(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path,
        ("indicators/A.toml", '["A6.left", "A6.one_year_ago"]', '["A6.retention", "A6.one_year_ago"]'),
    )
    assert [fault.problem for fault in check(pack)] == [
        "These follow from one another in a circle: A6.leaving, A6.retention, A6.leaving."
    ]


def test_missing_advice_is_found_for_each_light_that_asks_for_it(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    file = pack / "recommendations.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.rindex("[[advice]]")], encoding="utf-8")
    assert places(pack) == ["recommendations.toml: 5.3 / yellow", "recommendations.toml: 5.3 / red"]


def test_levels_on_too_many_measures_to_be_tried_are_a_hint(tmp_path: Path) -> None:
    questions = (
        "B1.governing_body", "B1.written_rules", "B1.minutes", "B3.training_plan", "B3.training_budget",
        "B4.deputy", "C2.financing_plan", "S5.website", "S5.english", "S5.member_profiles", "S5.services",
        "S6.follow_up", "S7.strategy_role", "X1.set_up", "X1.eccp_listed",
    )  # fmt: skip
    conditions = ", ".join(f'{{ measure = "{id}", equals = true }}' for id in questions)
    pack = edited_pack(tmp_path, when("40", conditions))
    hints = [fault for fault in check(pack) if fault.severity is Severity.HINT]
    assert hints == [
        Fault(
            "quality.toml: 3.2 / level",
            "The levels rest on too many measures to be tried for gaps.",
            "Look through them by hand, or judge fewer measures.",
            Severity.HINT,
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "full_from = 20",
            "full_from = 15",
            Fault(
                "scheme.toml: disclosure / full_from",
                "15 protects less than the usual 20.",
                "Be sure that those compared agree to it.",
                Severity.WARNING,
            ),
        ),
        (
            "oldest_years = 5",
            "oldest_years = 8",
            Fault(
                "scheme.toml: disclosure / oldest_years",
                "8 protects less than the usual 5.",
                "Be sure that those compared agree to it.",
                Severity.WARNING,
            ),
        ),
        (
            "median_from = 5",
            "median_from = 12",
            Fault(
                "scheme.toml: disclosure / median_from",
                "The group sizes do not rise from median_from over quartiles_from to full_from.",
                "Set three rising sizes, the first at least 3; until then nothing is shown.",
            ),
        ),
        (
            "difference = 3",
            "difference = 0",
            Fault(
                "scheme.toml: disclosure / difference",
                "0 is too small.",
                "Set 1 or more; until then nothing is shown.",
            ),
        ),
    ],
)
def test_weak_or_unusable_disclosure_control_is_told(
    tmp_path: Path, old: str, new: str, fault: Fault
) -> None:
    assert check(edited_pack(tmp_path, ("scheme.toml", old, new))) == (fault,)


def test_a_file_that_is_no_toml_is_told_with_its_line_and_nothing_is_guessed_from_what_is_left(
    tmp_path: Path,
) -> None:
    pack = edited_pack(
        tmp_path,
        ("quality.toml", 'id = "3.2"', 'id = 3.2"'),
        ("plausibility.toml", 'measures = ["B2.fte"]', 'measures = ["B2.ftes"]'),
    )
    (fault,) = check(pack)
    line = (pack / "quality.toml").read_text(encoding="utf-8").splitlines().index('id = 3.2"') + 1
    assert fault.place == f"quality.toml: line {line}"


def test_a_pack_without_its_head_is_told_so_once(tmp_path: Path) -> None:
    pack = copied_pack(tmp_path)
    (pack / "scheme.toml").unlink()
    assert places(pack) == ["scheme.toml"]


def test_the_counts_are_given_for_a_pack_with_faults_too(tmp_path: Path) -> None:
    found = inspect(
        edited_pack(tmp_path, ("indicators/A.toml", 'id = "A1"\n', 'id = "A1"\ncolour = "red"\n'))
    )
    assert (found.indicators, found.quality_indicators) == (36, 31)
    assert [fault.place for fault in found.faults] == ["indicators/A.toml: A1 / colour"]


def test_what_is_wrong_with_an_item_already_is_not_said_again_in_other_words(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path,
        ("quality.toml", 'id = "3.2"\ndimension = "3"', 'id = "3.2"\ncolour = "red"\ndimension = "6"'),
    )
    assert places(pack) == ["quality.toml: 3.2 / colour"]


def test_a_pack_that_does_not_say_how_large_it_is_is_told_so_once(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path, ("scheme.toml", "[extent]\nindicators = 36\nquality_indicators = 31\npoints = 150\n", "")
    )
    assert places(pack) == ["scheme.toml: extent"]


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    pack = edited_pack(
        tmp_path,
        ("indicators/A.toml", 'id = "A1"\n', 'id = "A1"\ncolour = "red"\n'),
        ("scheme.toml", "points = 150", "points = 151"),
        ("plausibility.toml", 'measures = ["B2.fte"]', 'measures = ["B2.ftes"]'),
        ("rulesets/2022.toml", "pass_share = 80", "pass_share = 800"),
    )
    assert places(pack) == [
        "indicators/A.toml: A1 / colour",
        "scheme.toml: extent / points",
        "rulesets/2022.toml: 2022 / pass_share",
        "plausibility.toml: fte-within-heads / measures",
    ]


FILES = sorted(
    name
    for name in (path.relative_to(shipped()).as_posix() for path in shipped().rglob("*.toml"))
    if not name.startswith("locale/")
)
MISTAKES: dict[str, Callable[[str], str]] = {
    "lost": lambda line: "",
    "doubled": lambda line: f"{line}\n{line}",
    "cut": lambda line: line[: len(line) // 2],
    "number for text": lambda line: line.partition("=")[0] + "= 7",
    "text for anything": lambda line: line.partition("=")[0] + "= 'x'",
    "list for anything": lambda line: line.partition("=")[0] + "= [[], {}]",
    "key misspelt": lambda line: "x" + line,
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(FILES),
    share=st.floats(0, 1, exclude_max=True),
    mistake=st.sampled_from(sorted(MISTAKES)),
)
def test_no_slip_of_the_keyboard_makes_the_check_fall_over(
    tmp_path_factory: pytest.TempPathFactory, file: str, share: float, mistake: str
) -> None:
    pack = copied_pack(tmp_path_factory.mktemp("pack"))
    lines = (pack / file).read_text(encoding="utf-8").splitlines()
    number = int(share * len(lines))
    lines[number] = MISTAKES[mistake](lines[number])
    (pack / file).write_text("\n".join(lines), encoding="utf-8")
    assert all(fault.place and fault.problem.endswith(".") for fault in check(pack))
