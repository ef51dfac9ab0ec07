"""A report as the document `result.json`."""

from touchstone.core.benchmark.change import Movement
from touchstone.core.benchmark.model import Figure, Group
from touchstone.core.faults import Fault
from touchstone.core.quality.model import (
    Citation,
    CriterionResult,
    Effect,
    Judgement,
    Recommendation,
    Score,
)
from touchstone.core.report.report import Report, organisation_document


def as_result(report: Report) -> dict[str, object]:
    """The document `result.json`: plain values, figures unrounded, in the order of the contract."""
    appraisal = report.appraisal
    return {
        "number": report.number,
        "language": report.language,
        "organisation": organisation_document(report.organisation),
        "scheme": report.scheme,
        "rule_set": report.rule_set.id,
        "on": report.on.isoformat(),
        "interviewed_on": report.interviewed_on.isoformat(),
        "groups": [_group(group) for group in report.comparison.groups],
        "measures": [_measure(id, report) for id in report.measures],
        "quality": [_judgement(judgement) for judgement in appraisal.judgements],
        "score": _score(appraisal.score),
        "recommendations": [_recommendation(one) for one in appraisal.recommendations],
        "compositions": [_composition(id, report) for id in report.wholes],
        "change": None if report.movement is None else _change(report.movement),
        "eligibility": {
            "met": appraisal.eligible,
            "criteria": [_criterion(one) for one in appraisal.criteria],
        },
        "notes": list(report.notes),
        "faults": [_fault(fault) for fault in report.faults],
        "synthetic": report.synthetic,
        "digest": report.comparison.digest,
    }


def _group(group: Group) -> dict[str, object]:
    return {"id": group.id, "kind": group.kind, "n": group.n, "digest": group.digest}


def _measure(id: str, report: Report) -> dict[str, object]:
    # What has no finite value is not among the compared ones, and JSON could not write it.
    value = report.values.get(id) if id in report.comparison.own else None
    figures = {group.id: _figure(report.figure(id, group.id)) for group in report.comparison.groups}
    return {"id": id, "value": value, "groups": figures}


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "n": figure.n,
        "shown": figure.shown,
        "median": figure.median,
        "p25": figure.p25,
        "p75": figure.p75,
        "p5": figure.p5,
        "p95": figure.p95,
        "percentile": figure.percentile,
    }


def _composition(id: str, report: Report) -> dict[str, object]:
    wholes = report.wholes[id]
    return {
        "id": id,
        "groups": {
            group: {"distance": whole.distance, **_figure(whole.others)} for group, whole in wholes.items()
        },
    }


def _change(movement: Movement) -> dict[str, object]:
    return {
        "since": movement.since.isoformat(),
        "years": movement.years,
        "measures": [
            {
                "id": id,
                "value": movement.own.get(id),
                "groups": {group: _figure(figure) for group, figure in figures.items()},
            }
            for id, figures in movement.figures.items()
        ],
        "spans": {group: _figure(figure) for group, figure in movement.spans.items()},
    }


def _judgement(judgement: Judgement) -> dict[str, object]:
    return {
        "id": judgement.quality,
        "level": judgement.light,
        "points": judgement.points,
        "gate": judgement.gate,
        "gate_met": judgement.gate_met,
        "reason": judgement.reason,
    }


def _score(score: Score) -> dict[str, object]:
    return {"points": score.points, "max": score.max, "share": score.share}


def _criterion(result: CriterionResult) -> dict[str, object]:
    return {"id": result.criterion, "met": result.met, "reason": result.reason}


def _recommendation(one: Recommendation) -> dict[str, object]:
    return {
        "quality": one.quality,
        "light": one.light,
        "reason": one.reason,
        "text": one.text,
        "cited": [_citation(cited) for cited in one.cited],
        "effect": None if one.effect is None else _effect(one.effect),
    }


def _citation(cited: Citation) -> dict[str, object]:
    return {
        "measure": cited.measure,
        "value": cited.own,
        "asked": cited.asked,
        "median": cited.median,
        "n": cited.n,
        "evidence": cited.proven,
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {"light": effect.light.value, "points": effect.points, "opens_gate": effect.opens_gate}


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "place": fault.place,
        "problem": fault.problem,
        "remedy": fault.remedy,
        "severity": fault.severity.value,
    }
