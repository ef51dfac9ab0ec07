"""Who may assess whom. A tie that cannot be ruled out counts as one: the rule fails closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InterestKind(StrEnum):
    """What an expert can declare about the applicant or one of its direct partners."""

    NONE = "none"
    WORKS_FOR = "works_for"
    ADVISES = "advises"
    FUNDS = "funds"
    MANAGES = "manages"
    EMPLOYER = "employer"
    ASSESSED_BY_THEM = "assessed_by_them"
    OTHER = "other"


BLOCKING = {
    InterestKind.WORKS_FOR: "works for the applicant or one of its direct partners",
    InterestKind.ADVISES: "advises the applicant or one of its direct partners",
    InterestKind.FUNDS: "funds the applicant or one of its direct partners",
    InterestKind.MANAGES: "manages or presides over the applicant or one of its direct partners",
    InterestKind.EMPLOYER: "has an employer that does so for the applicant or one of its direct partners",
    InterestKind.ASSESSED_BY_THEM: "was assessed by people of the applicant within the cooling-off period",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAssessment:
    """An earlier case in which people of one organisation assessed another.

    `assessed` and `assessors` are ids of organisations; `ended_on` is None while it runs.
    """

    assessed: str
    assessors: frozenset[str]
    ended_on: date | None


def conflicts(
    interests: Iterable[InterestKind],
    *,
    own_organisation: str,
    applicant: str,
    past: Iterable[PastAssessment] = (),
    cooling_off_from: date | None = None,
) -> tuple[str, ...]:
    """Why a person cannot assess `applicant`, each reason in words; empty where nothing stands against it.

    `interests` are all that the person ever declared in the case: a conflict once declared stays.
    `own_organisation` is the organisation that the person's account belongs to, empty for none.
    `past` counts from `cooling_off_from` on; without that day every past assessment does (the strictest).
    """
    reasons = [BLOCKING[kind] for kind in dict.fromkeys(interests) if kind in BLOCKING]
    if own_organisation and own_organisation == applicant:
        reasons.insert(0, "belongs to the applicant")
    elif own_organisation and _assessed_by(own_organisation, applicant, past, cooling_off_from):
        reasons.append(BLOCKING[InterestKind.ASSESSED_BY_THEM])
    return tuple(dict.fromkeys(reasons))


def may_assign(
    interests: Iterable[InterestKind],
    *,
    own_organisation: str,
    applicant: str,
    past: Iterable[PastAssessment] = (),
    cooling_off_from: date | None = None,
) -> bool:
    """Whether nothing stands against the person assessing `applicant`; see `conflicts`."""
    return not conflicts(
        interests,
        own_organisation=own_organisation,
        applicant=applicant,
        past=past,
        cooling_off_from=cooling_off_from,
    )


def faulty_declaration(kinds: Iterable[InterestKind]) -> str:
    """What is wrong with a declaration, in words; empty where it can be taken."""
    declared = set(kinds)
    if not declared:
        return "Say which interests there are. “None” is an answer too."
    if InterestKind.NONE in declared and len(declared) > 1:
        return "“None” cannot stand beside another interest. Leave one of them out."
    return ""


def _assessed_by(own: str, applicant: str, past: Iterable[PastAssessment], since: date | None) -> bool:
    return any(
        case.assessed == own
        and applicant in case.assessors
        and (since is None or case.ended_on is None or case.ended_on >= since)
        for case in past
    )
