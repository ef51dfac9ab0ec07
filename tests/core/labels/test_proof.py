"""The answer about a label on a day, and its document, which says nothing in two ways."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.proofs import AMBER, VERDICTS, held, line, proof, question, status
from touchstone.core.faults import Unusable
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.core.labels.proof import (
    Candidate,
    Finding,
    LedgerPoint,
    Line,
    Match,
    Verdict,
    line_of,
    proof_as_document,
    proof_from_document,
    unknown,
)

BRONZE, SILVER, GOLD = LabelLevel
VALID, EXPIRED, SUSPENDED = Standing.VALID, Standing.EXPIRED_RENEWABLE, Standing.SUSPENDED


@pytest.mark.parametrize(
    ("match", "holds", "verdict"),
    [
        (Match.AT_LEAST, held(SILVER), Verdict.YES),
        (Match.AT_LEAST, held(GOLD), Verdict.YES),
        (Match.AT_LEAST, held(BRONZE), Verdict.NO),
        (Match.AT_LEAST, held(SILVER, EXPIRED), Verdict.NO),
        (Match.EXACTLY, held(SILVER), Verdict.YES),
        (Match.EXACTLY, held(GOLD), Verdict.NO),
        (Match.EXACTLY, held(SILVER, SUSPENDED), Verdict.NO),
    ],
)
def test_a_level_answers_by_its_rank_and_only_while_it_is_valid(
    match: Match, holds: Any, verdict: Verdict
) -> None:
    assert line(holds, match=match).verdict is verdict


def test_the_label_that_decides_is_the_best_of_those_asked_for() -> None:
    both = line(held(BRONZE), held(SILVER, EXPIRED))
    assert (both.verdict, both.shown) == (Verdict.NO, held(SILVER, EXPIRED))


def test_without_such_a_label_the_best_of_all_is_shown() -> None:
    assert line(held(BRONZE), match=Match.EXACTLY).shown == held(BRONZE)


def test_who_never_held_a_label_did_not_hold_it() -> None:
    none = line()
    assert (none.verdict, none.shown, none.standing) == (Verdict.NO, None, Standing.NEVER)


def test_what_is_not_found_is_not_known_and_has_no_standing() -> None:
    missing, twins = unknown("Nobody", ()), unknown("Twins", (AMBER, Candidate(key="b", name="B")))
    assert [(one.verdict, one.finding, one.standing) for one in (missing, twins)] == [
        (Verdict.UNKNOWN, Finding.NONE, None),
        (Verdict.UNKNOWN, Finding.SEVERAL, None),
    ]


def test_a_line_says_what_the_organisation_has_become() -> None:
    made = line_of(question(), "x", AMBER, status(held(), successors=("lt-new",)), entries=(1,))
    assert (made.successors, made.entries) == (("lt-new",), (1,))


def test_verdicts_are_counted() -> None:
    made = proof()
    assert tuple(one.verdict for one in made.lines) == VERDICTS
    assert [made.count(verdict) for verdict in Verdict] == [1, 2, 2]


def test_a_document_is_read_back_as_it_was() -> None:
    made = proof()
    assert proof_from_document(json.loads(json.dumps(proof_as_document(made)))) == made


def test_an_empty_ledger_is_a_point_too() -> None:
    made = proof(unknown("x", ()), ledger=LedgerPoint(number=0, hash="0" * 64))
    assert proof_from_document(proof_as_document(made)) == made


names = st.text(max_size=20)
days = st.dates(date(2010, 1, 1), date(2999, 12, 31))
levels = st.builds(held, st.sampled_from(LabelLevel), st.sampled_from(Standing))
candidates = st.builds(Candidate, key=names, name=names)
lines = st.builds(
    Line,
    asked=names,
    verdict=st.sampled_from(Verdict),
    candidates=st.lists(candidates, max_size=3).map(tuple),
    shown=st.none() | levels,
    levels=st.lists(levels, max_size=3).map(tuple),
    entries=st.lists(st.integers(1, 10**9)).map(tuple),
    successors=st.lists(names, max_size=2).map(tuple),
)
moments = st.datetimes(datetime(2010, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.lists(lines, min_size=1, max_size=4), days, moments, st.sampled_from(Match))
def test_every_proof_is_read_back_as_it_was(
    given_lines: list[Line], on: date, known: datetime, match: Match
) -> None:
    made = proof(*given_lines, question=question(on=on, known=known, match=match))
    assert proof_from_document(json.loads(json.dumps(proof_as_document(made)))) == made


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to each value of a document, leaves and branches."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(document, dict):
        inner = list(document.items())
    elif isinstance(document, list):
        inner = list(enumerate(document))
    return [path, *(found for key, value in inner for found in places(value, (*path, key)))]


DOCUMENT = proof_as_document(proof())


def replaced(path: tuple[Any, ...], value: object) -> Any:
    """The document with another value at a path."""
    bent = deepcopy(DOCUMENT)
    *way, last = path
    place: Any = bent
    for step in way:
        place = place[step]
    place[last] = value
    return bent


@pytest.mark.parametrize("value", [None, True, 1.0, -1, [], {}, "nonsense"], ids=repr)
def test_a_document_with_another_value_anywhere_is_refused_or_says_just_that(value: object) -> None:
    for path in filter(None, places(DOCUMENT)):
        bent = replaced(path, value)
        try:
            read = proof_from_document(bent)
        except Unusable:
            continue
        assert json.dumps(proof_as_document(read)) == json.dumps(bent)


def test_a_document_that_lacks_something_or_has_more_is_refused() -> None:
    for path in places(DOCUMENT):
        inner: Any = DOCUMENT
        for step in path:
            inner = inner[step]
        if isinstance(inner, dict):
            for bent in (
                {**inner, "more": 1},
                *({k: v for k, v in inner.items() if k != gone} for gone in inner),
            ):
                with pytest.raises(Unusable, match="proof"):
                    proof_from_document(replaced(path, bent) if path else bent)


@pytest.mark.parametrize(
    "known", ["2026-11-21T12:00:00", "0001-01-01T00:00:00+23:00", "2026-11-21T13:00:00+01:00", "2026-11-21"]
)
def test_a_moment_is_written_in_one_way(known: str) -> None:
    bent = deepcopy(DOCUMENT)
    bent["question"]["known"] = known
    with pytest.raises(Unusable, match="proof"):
        proof_from_document(bent)


@pytest.mark.parametrize("document", [None, [], "proof", 1, {}, {"format": "touchstone-proof/1"}])
def test_what_is_no_proof_is_refused(document: object) -> None:
    with pytest.raises(Unusable, match="proof"):
        proof_from_document(document)
