"""What the shipped pack promises: ids, kinds and rules that files, populations and reports rest on."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import chain

import pytest

from factories.scheme import shipped_scheme
from touchstone.core.scheme.loading import METHODS, load, shipped
from touchstone.core.scheme.model import Certainty, Direction, Kind, Light, Measure, Process

# Indicator → its measures with their kinds; "=" marks what is derived, "*" what the participant list answers.
MEASURES = {
    "A1": "founded:year age:number=",
    "A2": "legal_form:choice",
    "A3": "founding_industry:share founding_research:share founding_public:share founding_management:share "
          "industry:share research:share public:share management:share "
          "typology:choice=",
    "A4": "core_share:share specialisation:scale",
    "A5": "sme:count* large:count* research:count* university:count* training:count* finance:count* "
          "consultant:count* government:count* other:count* counted:count= "
          "sme_share:share= large_share:share= "
          "research_share:share= university_share:share= training_share:share= finance_share:share= "
          "consultant_share:share= government_share:share= other_share:share= business:count= "
          "business_share:share= sme_of_business:share= rnd:count= types:count=",
    "A6": "listed:count* total:count* committed_share:share= one_year_ago:count* two_years_ago:count* "
          "joined:count* left:count* growth:number= leaving:share= retention:share=",
    "A7": "within_150km:share*",
    "A8": "business_potential:share research_potential:share",
    "A9": "international:count* international_share:share= countries:count*",
    "B1": "job_description:yes_no governing_body:yes_no written_rules:yes_no minutes:yes_no meetings:count "
          "involvement:scale board_industry:share board_research:share board_public:share board_other:share",
    "B2": "heads:count fte:number fte_core:number fte_project:number participants_per_fte:number=",
    "B3": "qualified_share:share experience_years:number competence_areas:scale training_days:number "
          "training_plan:yes_no training_budget:yes_no",
    "B4": "manager_tenure:number turnover:share manager_changes:count deputy:yes_no",
    "B5": "building:scale documentation:scale implementation:scale controlling:scale review:scale "
          "monitoring:scale mean:number=",
    "B6": "innovation:share business:share international:share skills:share entrepreneurship:share "
          "funding:share location:share digital_green:share geography:choice focus:scale",
    "C1": "public_regional:share public_national:share public_eu:share public_project:share fees:share "
          "services:share other_private:share public:share= private:share=",
    "C2": "secured_months:number secured_share:share financing_plan:yes_no",
    "C3": "budget:money per_participant:number= per_fte:number=",
    "D1": "information:scale partner_search:scale proposal_writing:scale project_administration:scale "
          "proposals:count approved:count acquired:money intensity:number= spectrum:share=",
    "D2": "idea_workshops:scale scouting:scale roadmaps:scale standards:scale test_facilities:scale "
          "projects:count intensity:number= spectrum:share=",
    "D3": "thematic_events:scale working_groups:scale newsletter:scale b2b:scale visits:scale "
          "competence_map:scale events:count attendance:number intensity:number= spectrum:share=",
    "D4": "training:scale recruiting:scale education_links:scale apprenticeship:scale trainings:count "
          "intensity:number= spectrum:share=",
    "D5": "coaching:scale incubator:scale investors:scale hackathons:scale start_ups:count "
          "intensity:number= spectrum:share=",
    "D6": "fairs:scale delegations:scale press:scale lobbying:scale investor_service:scale "
          "cross_clustering:scale fairs_attended:count intensity:number= spectrum:share=",
    "D7": "market_information:scale missions:scale partner_search:scale joint_stands:scale "
          "eu_consortia:scale missions_run:count foreign_partners:count intensity:number= spectrum:share=",
    "D8": "intensity:number= spectrum:share= fields:count=",
    "E1": "joint_share:share projects:count multilateral_share:share type_research:share "
          "type_business:share type_skills:share type_other:share",
    "E2": "requests:count concrete_share:share",
    "E3": "region:share country:share europe:share overseas:share from_industry:share from_research:share "
          "from_clusters:share from_public:share",
    "E4": "contacts:count exchange:count agreements:count joint_projects:count total:count= countries:count "
          "international_share:share",
    "F1": "regional:count national:count international:count trade:count total:count= beyond_region:count=",
    "F2": "story_1:text rating_1:scale story_2:text rating_2:scale story_3:text rating_3:scale "
          "stories:count quantified:count rd_effect:scale",
    "F3": "business_effect:scale",
    "F4": "service_effect:scale",
    "F5": "active_abroad_share:share degree:scale",
    "F6": "international_effect:scale",
    "S1": "contacted_share:share",
    "S2": "staying_share:share reasons:text",
    "S3": "groups:count meetings:number industry_led:yes_no",
    "S4": "communication:scale",
    "S5": "website:yes_no english:yes_no member_profiles:yes_no services:yes_no news_age_months:number",
    "S6": "survey:scale response_share:share follow_up:yes_no",
    "S7": "links:count strategy_role:yes_no",
    "S8": "targets_reached:share",
    "M1": "strategy:yes_no services:yes_no projects:count",
    "M2": "strategy:yes_no services:yes_no projects:count",
    "M3": "strategy:yes_no services:yes_no projects:count",
    "X1": "set_up:yes_no eccp_listed:yes_no definition:yes_no",
}  # fmt: skip
QUALITY = {
    "1": "1.1.0 1.1.1 1.1.2 1.2",
    "2": "2.1 2.2.1 2.2.2 2.2.3 2.2.4 2.3 2.4 2.5 2.6 2.7",
    "3": "3.1 3.2",
    "4": "4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.2 4.3 4.4 4.5 4.6.1 4.6.2",
    "5": "5.1 5.2 5.3",
}


def promised(measure: Measure) -> str:
    mark = "=" if measure.derived else "*" if measure.from_participants else ""
    return f"{measure.id.partition('.')[2]}:{measure.kind.value}{mark}"


def test_measures_have_the_ids_and_kinds_that_files_rest_on() -> None:
    indicators = shipped_scheme().indicators.values()
    assert {i.id: " ".join(map(promised, i.measures)) for i in indicators} == MEASURES


def test_the_36_indicators_stand_in_six_areas_and_twelve_more_beside_them() -> None:
    indicators = shipped_scheme().indicators.values()
    areas = [indicator.area for indicator in indicators if not indicator.supplementary]
    assert {area: areas.count(area) for area in areas} == {"A": 9, "B": 6, "C": 3, "D": 8, "E": 4, "F": 6}
    assert [indicator.area for indicator in indicators if indicator.supplementary] == ["S"] * 12


def test_the_31_quality_indicators_stand_in_five_dimensions() -> None:
    quality = shipped_scheme().quality.values()
    assert {
        dimension: " ".join(q.id for q in quality if q.dimension == dimension) for dimension in "12345"
    } == QUALITY


def test_thirty_quality_indicators_give_five_points_and_one_is_only_a_gate() -> None:
    points = {quality.id: quality.points for quality in shipped_scheme().quality.values()}
    assert points == {id: 0 if id == "1.1.0" else 5 for id in points}
    assert sum(points.values()) == 150


def test_gold_needs_120_of_150_points_under_every_rule_set_that_knows_it() -> None:
    asked = {id: (rules.pass_share, rules.pass_light) for id, rules in shipped_scheme().rule_sets.items()}
    assert asked.pop("2010") == (None, None)
    assert set(asked.values()) == {(80.0, Light.YELLOW)}
    assert 80.0 * 150 / 100 == 120


def test_the_process_is_known_as_far_as_sources_tell() -> None:
    oldest = Process(experts={"bronze": 1}, expert_recommends=False, interview=("on_site",))
    with_gold = replace(oldest, experts={"bronze": 1, "gold": 2}, foreign_expert=True)
    with_silver = replace(
        with_gold,
        experts={"bronze": 1, "silver": 1, "gold": 2},
        silver_after_months=(18, 24),
        improvement_areas=3,
        minimum_requirements=("silver",),
    )
    since_2019 = replace(
        with_silver,
        expert_recommends=True,
        interview=("on_site", "video"),
        topics=("digital", "green", "social"),
    )
    assert {id: rules.process for id, rules in shipped_scheme().rule_sets.items()} == {
        "2010": oldest,
        "2012": with_gold,
        "2014": with_silver,
        "2019-11-15": since_2019,
        "2020": since_2019,
        "2022": since_2019,
    }


def test_the_gates_are_those_of_the_catalogue() -> None:
    gates = [quality.id for quality in shipped_scheme().quality.values() if quality.gate]
    assert gates == ["1.1.0", "1.1.1", "1.1.2", "2.1", "2.2.1", "2.4", "3.1", "4.1.2", "4.1.3"]


def test_a_gate_is_missed_by_its_lowest_level_only() -> None:
    for quality in shipped_scheme().quality.values():
        *others, lowest = quality.levels
        assert [level.misses_gate for level in others] == [False] * len(others)
        assert (lowest.misses_gate, lowest.points) == (quality.gate, 0)


def test_lights_follow_points() -> None:
    lights = {
        (level.points, level.light)
        for quality in shipped_scheme().quality.values()
        for level in quality.levels
        if quality.points
    }
    assert lights == {(0, Light.RED), (1, Light.RED), (3, Light.YELLOW), (5, Light.GREEN)}


def test_the_silver_column_is_as_printed() -> None:
    silver = {quality.id: quality.silver for quality in shipped_scheme().quality.values()}
    audited_for_silver = " ".join(id for id, audited in silver.items() if audited)
    assert audited_for_silver == (
        "1.1.0 1.1.1 1.1.2 2.1 2.2.2 2.4 2.5 2.6 2.7 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.3 4.4 4.6.1"
    )
    assert [id for id, audited in silver.items() if audited is None] == ["4.6.2", "5.1", "5.2", "5.3"]


def test_strategy_comes_first_among_its_equals() -> None:
    first = [quality.id for quality in shipped_scheme().quality.values() if quality.strategy_first]
    assert first == ["4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.6"]


def test_no_threshold_is_passed_off_as_official() -> None:
    assert {quality.thresholds for quality in shipped_scheme().quality.values()} == {Certainty.DEFAULT}


def test_indicators_without_a_counterpart_among_the_quality_indicators_are_only_described() -> None:
    plain = [i.id for i in shipped_scheme().indicators.values() if not i.quality and not i.supplementary]
    assert plain == ["A2", "A3", "A8", "A9", "C3", "E3", "F5"]


def test_the_fourteen_portfolios_bear_the_names_of_the_register() -> None:
    assert {portfolio.id: portfolio.name for portfolio in shipped_scheme().portfolios.values()} == {
        "aviation-space": "Aviation and space",
        "biotechnology": "Biotechnology",
        "construction": "Construction",
        "creative": "Creative industries",
        "energy-environment": "Energy and environment",
        "food": "Food industry",
        "health": "Health and medical science",
        "ict": "ICT",
        "maritime-water": "Maritime technologies, water resources",
        "micro-nano-optics": "Micro, nano and optical technologies",
        "materials-chemistry": "New materials and chemistry",
        "production-engineering": "Production and engineering",
        "sports-leisure-tourism": "Sports, Leisure and Tourism",
        "transport-mobility": "Transportation and mobility",
    }


def test_every_portfolio_has_others_to_widen_to() -> None:
    assert min(len(portfolio.related) for portfolio in shipped_scheme().portfolios.values()) >= 2


@pytest.mark.parametrize(
    ("id", "start", "levels", "first", "renewal", "end", "criteria"),
    [
        ("2010", date(2010, 11, 1), "bronze", 24, 24, "day", 0),
        ("2012", date(2012, 4, 18), "bronze gold", 24, 24, "day", 0),
        ("2014", date(2014, 1, 1), "bronze silver gold", 24, 24, "day", 0),
        ("2019-11-15", date(2019, 11, 15), "bronze silver gold", 24, 24, "day", 3),
        ("2020", date(2020, 1, 1), "bronze silver gold", 24, 36, "month", 3),
        ("2022", date(2022, 1, 1), "bronze silver gold", 24, 36, "month", 5),
    ],
)
def test_rule_sets_are_those_of_their_time(  # noqa: PLR0917  (a row of the table)
    id: str, start: date, levels: str, first: int, renewal: int, end: str, criteria: int
) -> None:
    rules = shipped_scheme().rule_sets[id]
    validity = rules.validity
    assert (rules.in_force_from, " ".join(rules.levels), len(rules.eligibility)) == (start, levels, criteria)
    assert (validity.first_months, validity.renewal_months, validity.end) == (first, renewal, end)
    assert validity.grace_months == 12
    assert validity.renewal_from == ("previous_end" if end == "month" else "interview")


def test_every_composition_must_add_up() -> None:
    rules = [rule for rule in shipped_scheme().plausibility if rule.kind == "parts_of"]
    assert {(rule.total, rule.tolerance) for rule in rules} == {(100.0, 0.5)}
    said_to_add_up = {
        m.id
        for m in shipped_scheme().measures.values()
        if re.search(r"The \w+ (shares|weights) add up", m.help)
    }
    held_to_it = set(chain.from_iterable(rule.measures for rule in rules if rule.id != "public-and-private"))
    assert held_to_it == said_to_add_up


def test_whoever_is_asked_gets_help_with_how_to_count() -> None:
    assert [measure.id for measure in shipped_scheme().measures.values() if not measure.help] == []


def test_labels_can_stand_alone() -> None:
    labels = [measure.label for measure in shipped_scheme().measures.values()]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if re.match(r"(of|it|these|its)\b", label, re.IGNORECASE)] == []


def test_shares_money_and_years_bear_their_units() -> None:
    units = {(m.kind, m.unit) for m in shipped_scheme().measures.values()}
    assert {unit for kind, unit in units if kind is Kind.SHARE} == {"%"}
    assert {unit for kind, unit in units if kind is Kind.MONEY} == {"EUR"}
    assert {unit for kind, unit in units if kind in (Kind.YEAR, Kind.SCALE, Kind.YES_NO, Kind.TEXT)} == {""}


def test_measures_of_the_participant_list_are_never_derived() -> None:
    both = [m.id for m in shipped_scheme().measures.values() if m.from_participants and m.derived]
    assert both == []


def test_words_are_described_and_never_called_better() -> None:
    words = [m for m in shipped_scheme().measures.values() if m.kind in (Kind.CHOICE, Kind.TEXT)]
    assert {m.direction for m in words} == {Direction.DESCRIPTIVE}


def test_every_source_is_cited() -> None:
    scheme = shipped_scheme()
    origins = [
        *(indicator.origin for indicator in scheme.indicators.values()),
        *(measure.origin for measure in scheme.measures.values()),
        *(quality.origin for quality in scheme.quality.values()),
        *(criterion.origin for criterion in scheme.criteria.values()),
        *(portfolio.origin for portfolio in scheme.portfolios.values()),
        *(rules.origin for rules in scheme.rule_sets.values()),
    ]
    cited = {source for origin in origins for source in origin.sources}
    methods = tomllib.loads((shipped() / METHODS).read_text(encoding="utf-8"))["method"]
    assert {*scheme.sources} == cited | {source for method in methods for source in method["sources"]}


def texts(item: object) -> Iterator[str]:
    """All words of an item and of what it holds."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, tuple):
        yield from chain.from_iterable(map(texts, item))
    elif is_dataclass(item) and not isinstance(item, type):
        yield from chain.from_iterable(texts(getattr(item, field.name)) for field in fields(item))


def test_texts_keep_to_the_manners_of_the_house() -> None:
    scheme = shipped_scheme()
    items = (scheme.indicators, scheme.quality, scheme.advice, scheme.criteria, scheme.rule_sets)
    words = [*chain.from_iterable(texts(item) for each in items for item in each.values()), scheme.notice]
    words += [rule.message for rule in scheme.plausibility]
    unmannered = re.compile(
        r"!|  |'|\betc\b|\be\.g\.|\bi\.e\.|\s$|^\s|\.\.|TODO|\b(organiz|behavior|color\b)"
    )
    assert [text for text in words if unmannered.search(text)] == []


def test_prose_ends_with_a_full_stop() -> None:
    scheme = shipped_scheme()
    prose = [
        *(
            text
            for i in scheme.indicators.values()
            for text in (i.definition, i.counting, i.example, i.mistakes, i.why, i.evidence)
        ),
        *(measure.help for measure in scheme.measures.values()),
        *(text for q in scheme.quality.values() for text in (q.judged, q.evidence)),
        *(text for advice in scheme.advice.values() for text in (advice.text, advice.next)),
        *(rules.changed for rules in scheme.rule_sets.values()),
        *(rule.message for rule in scheme.plausibility),
    ]
    assert [text for text in prose if not text.endswith(".")] == []


def test_advice_is_more_than_a_slogan() -> None:
    lengths = {(a.quality, a.light): len(a.text) for a in shipped_scheme().advice.values()}
    assert [place for place, length in lengths.items() if length < 190] == []


def test_a_first_step_is_one_short_sentence() -> None:
    steps = {a.quality: a.next for a in shipped_scheme().advice.values()}
    assert {id: step for id, step in steps.items() if not 60 <= len(step) <= 110} == {}
    assert {id: step for id, step in steps.items() if step.count(".") != 1} == {}


@pytest.mark.parametrize("code", ["lt", "pl", "de"])
def test_a_first_step_stays_short_in_every_language(code: str) -> None:
    for pack in (shipped(), shipped("ecei-bw")):
        steps = {a.quality: a.next for a in load(pack, code).advice.values()}
        assert {id: step for id, step in steps.items() if len(step) > 140} == {}


def test_questions_are_put_as_questions() -> None:
    questions = {i.id: i.question for i in shipped_scheme().indicators.values()}
    assert [id for id, question in questions.items() if "?" not in question] == []
