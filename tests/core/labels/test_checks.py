"""What follows from the checks: the outcome, and whether a thing is genuine."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.labels.checks import NEEDED, Check, CheckName, Kind, Outcome, Verification

SIGNED = {CheckName.WHAT, CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED}
checks = st.lists(
    st.builds(Check, st.sampled_from(CheckName), st.sampled_from([True, False, None]), st.just("")),
    unique_by=lambda check: check.name,
)


def made(kind: Kind, passed: object, *but: tuple[CheckName, bool | None]) -> Verification:
    """All checks that a kind needs with the same result, and some with another."""
    results = dict.fromkeys(NEEDED[kind], passed) | dict(but)
    return Verification(kind=kind, checks=tuple(Check(name, result, "") for name, result in results.items()))


@pytest.mark.parametrize("kind", Kind)
def test_it_is_valid_where_each_needed_check_has_passed(kind: Kind) -> None:
    assert made(kind, True).outcome is Outcome.VALID


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in Kind for name in sorted(NEEDED[kind])])
def test_one_failed_check_makes_it_invalid_and_one_that_could_not_be_made_unknown(
    kind: Kind, name: CheckName
) -> None:
    assert made(kind, True, (name, False)).outcome is Outcome.INVALID
    assert made(kind, True, (name, None)).outcome is Outcome.UNKNOWN
    missing = Verification(
        kind=kind, checks=tuple(check for check in made(kind, True).checks if check.name is not name)
    )
    assert missing.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("name", [CheckName.ATTACHMENT, CheckName.PICTURE])
def test_what_is_not_needed_may_be_left_open_and_may_not_fail(name: CheckName) -> None:
    assert made(Kind.CERTIFICATE, True, (name, None)).outcome is Outcome.VALID
    assert made(Kind.CERTIFICATE, True, (name, False)).outcome is Outcome.INVALID


@given(st.sampled_from(Kind), checks)
def test_the_table_of_outcomes_holds_for_any_checks_in_any_order(kind: Kind, some: list[Check]) -> None:
    passed = {check.name for check in some if check.passed}
    if any(check.passed is False for check in some):
        expected = Outcome.INVALID
    elif all(name in passed for name in NEEDED[kind]):
        expected = Outcome.VALID
    else:
        expected = Outcome.UNKNOWN
    for order in list(permutations(some[:3])):
        found = Verification(kind=kind, checks=(*order, *some[3:]))
        assert found.outcome is expected


def test_an_issuer_who_is_not_known_is_never_valid() -> None:
    for kind in (Kind.CERTIFICATE, Kind.CREDENTIAL, Kind.BADGE, Kind.STATEMENT, Kind.LINK):
        assert made(kind, True, (CheckName.ISSUER, None)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_genuine_is_what_its_issuer_signed_and_nobody_changed(name: CheckName) -> None:
    assert made(Kind.CREDENTIAL, True).genuine
    assert not made(Kind.CREDENTIAL, True, (name, False)).genuine
    assert not made(Kind.CREDENTIAL, True, (name, None)).genuine


@pytest.mark.parametrize(
    ("name", "passed", "genuine"),
    [
        (CheckName.STATUS, False, True),  # suspended, and still what was issued
        (CheckName.STATUS, None, True),
        (CheckName.DATES, False, True),
        (CheckName.REGISTER, False, True),  # corrected since
        (CheckName.LEDGER, False, False),
        (CheckName.ATTACHMENT, False, False),
        (CheckName.PICTURE, False, False),
    ],
)
def test_what_became_of_the_label_does_not_make_it_less_genuine(
    name: CheckName, passed: bool | None, genuine: bool
) -> None:
    assert made(Kind.BADGE, True, (name, passed)).genuine is genuine


def test_as_a_document_it_has_the_outcome_and_each_check_by_its_name() -> None:
    found = Verification(kind=Kind.LINK, checks=(Check(CheckName.WHAT, True, "A link."),))
    assert found.as_document() == {
        "outcome": "unknown",
        "checks": [{"name": "what it is", "passed": True, "detail": "A link."}],
    }


def test_a_check_is_found_by_its_name() -> None:
    found = made(Kind.LINK, True)
    assert (found.check(CheckName.WHAT), found.check(CheckName.DATES)) == (
        Check(CheckName.WHAT, True, ""),
        None,
    )


def test_the_names_are_in_plain_words() -> None:
    assert [name.value for name in CheckName] == [
        "what it is",
        "issuer",
        "signature",
        "unchanged since",
        "attachment belongs to the certificate",
        "picture shows this label",
        "ledger entry",
        "says the same as the register",
        "dates",
        "status when the list was saved",
        "status now",
    ]
