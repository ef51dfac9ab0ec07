import json
from typing import Any

import numpy as np
import pytest

from factories.reports import ANSWERS, MIXED, assessment, earlier, population, report, with_income
from factories.small_scheme import small_scheme
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.faults import Severity
from touchstone.core.report.report import Report, make_report
from touchstone.core.report.result import as_result
from touchstone.core.scheme.model import Plausibility


def result(made: Report) -> Any:  # Any: a JSON document
    return json.loads(json.dumps(as_result(made), allow_nan=False))


def measure(made: Report, id: str) -> Any:
    return next(one for one in result(made)["measures"] if one["id"] == id)


def _figure(peers: Any, own: float) -> dict[str, object]:
    p5, p25, median, p75, p95 = np.quantile(peers, (0.05, 0.25, 0.5, 0.75, 0.95)).tolist()
    rank = float(100 * ((peers < own).sum() + (peers == own).sum() / 2) / len(peers))
    return {
        "n": len(peers), "shown": "full", "median": median, "p25": p25, "p75": p75, "p5": p5, "p95": p95,
        "percentile": pytest.approx(rank),
    }  # fmt: skip


def test_the_document_has_the_keys_of_the_contract_in_its_order() -> None:
    document = result(report())
    assert list(document) == [
        "number", "language", "organisation", "scheme", "rule_set", "on", "interviewed_on", "groups",
        "measures", "quality", "score", "recommendations", "compositions", "change", "eligibility", "notes",
        "faults", "synthetic", "digest",
    ]  # fmt: skip
    assert document["organisation"] == {
        "id": "amber",
        "name": "Amber Coast Photonics",
        "country": "LT",
        "portfolio": "ict",
        "website": "https://example.org",
    }
    assert (document["scheme"], document["rule_set"]) == ("small", "2020")
    assert (document["on"], document["interviewed_on"]) == ("2026-10-12", "2026-10-12")
    assert document["synthetic"] is True
    assert (document["number"], document["language"]) == (report().number, "en")


def test_every_numeric_measure_is_there_in_the_order_of_the_pack_with_every_group() -> None:
    document = result(report())
    assert [one["id"] for one in document["measures"]] == [
        "A1.members", "A1.founded", "A1.age", "B1.staff", "B1.load", "B2.plan", "B2.public", "B2.budget",
    ]  # fmt: skip
    groups = [group["id"] for group in document["groups"]]
    assert groups == ["portfolio:ict", "country:LT", "gold", "all"]
    assert all(list(one["groups"]) == groups for one in document["measures"])


def test_figures_are_those_of_numpy() -> None:
    members = population().values["A1.members"]
    assert measure(report(), "A1.members") == {
        "id": "A1.members",
        "value": 30,
        "groups": {
            "portfolio:ict": _figure(members[::2], 30),
            "country:LT": _figure(members[::2], 30),
            "gold": _figure(members[::3], 30),
            "all": _figure(members, 30),
        },
    }


def test_a_figure_that_may_not_be_shown_is_null() -> None:
    few = report(peers=population(8))
    assert measure(few, "A1.members")["groups"]["portfolio:ict"] == {
        "n": 4, "shown": "none", "median": None, "p25": None, "p75": None, "p5": None, "p95": None,
        "percentile": None,
    }  # fmt: skip
    assert few.notes == tuple(result(few)["notes"])
    assert few.notes != ()


def test_a_missing_answer_is_null_and_never_zero() -> None:
    nothing = report({})
    document = result(nothing)
    assert {one["value"] for one in document["measures"]} == {None}
    assert {one["level"] for one in document["quality"]} == {"not_assessed"}
    assert {figure["percentile"] for one in document["measures"] for figure in one["groups"].values()} == {
        None
    }
    assert measure(nothing, "A1.members")["groups"]["all"]["median"] == 39.5


def test_a_value_that_is_not_finite_is_null() -> None:
    assert measure(report({**ANSWERS, "B2.budget": float("nan")}), "B2.budget")["value"] is None


def test_quality_score_and_recommendations_are_those_of_the_appraisal() -> None:
    document = result(report())
    assert document["quality"][0] == {
        "id": "1.1",
        "level": "yellow",
        "points": 3,
        "gate": True,
        "gate_met": True,
        "reason": "Members: 30 members; green from 40 members",
    }
    assert document["score"] == {"points": 11, "max": 15, "share": 100 * 11 / 15}
    assert [one["quality"] for one in document["recommendations"]] == ["2.1", "1.1"]
    assert list(document["recommendations"][0]) == [
        "quality",
        "light",
        "reason",
        "text",
        "cited",
        "effect",
    ]
    assert document["eligibility"] == {
        "met": None,
        "criteria": [
            {"id": "set-up", "met": None, "reason": "To be checked by the secretariat"},
            {
                "id": "size",
                "met": True,
                "reason": "Members: 30 members; asked: from 15 members. Staff: 2 FTE; asked: from 0.5 FTE",
            },
        ],
    }


def test_a_prepared_population_gives_the_same_report() -> None:
    scheme = small_scheme()
    prepared = make_report(assessment(), scheme=scheme, population=prepare(population(), scheme))
    assert as_result(prepared) == as_result(report())


def test_contradictions_among_the_answers_are_in_the_report() -> None:
    rule = Plausibility(
        id="load", kind="between", measures=("B1.staff",), message="is {value}", severity="warning", low=3
    )
    made = make_report(assessment(), scheme=small_scheme(plausibility=(rule,)), population=population())
    assert [fault.severity for fault in made.faults] == [Severity.WARNING]
    assert result(made)["faults"] == [
        {"place": "B1.staff", "problem": "is 2", "remedy": "", "severity": "warning"}
    ]


def test_a_composition_is_told_by_its_distance_in_each_group() -> None:
    made = make_report(assessment({**ANSWERS, "B2.private": 37.5}), scheme=MIXED, population=with_income())
    (income,) = result(made)["compositions"]
    assert (income["id"], list(income["groups"])) == (
        "income",
        [group.id for group in made.comparison.groups],
    )
    assert income["groups"]["all"]["n"] == 60
    assert income["groups"]["all"]["distance"] == made.wholes["income"]["all"].distance
    assert income["groups"]["all"]["distance"] > 0


def test_what_changed_since_an_earlier_assessment_is_told() -> None:
    made = make_report(assessment(), scheme=small_scheme(), population=population(), previous=earlier())
    change = result(made)["change"]
    assert (change["since"], list(change)) == ("2024-10-12", ["since", "years", "measures", "spans"])
    assert change["years"] == pytest.approx(2, abs=0.01)
    members = next(one for one in change["measures"] if one["id"] == "A1.members")
    assert (members["value"], members["groups"]["all"]["shown"]) == (9.0, "none")


def test_without_an_earlier_assessment_nothing_changed() -> None:
    assert result(report())["change"] is None
