"""Participant lists as people hand them in to a case."""

from typing import Any

from factories.apps import INTERVIEW, NOW, PersonFactory, assessing
from touchstone.apps.accounts.models import Role, User
from touchstone.apps.cases.models import Case
from touchstone.apps.participants import services
from touchstone.apps.participants.models import HandedInList

HEADER = "name,type,country,place,joined,left,evidence"
OFFICE = "Office,office,LT,Klaipėda,,,"
# Frankfurt is two towns, Xyzzyqq none, the two Optyka may be one.
DOUBTFUL = (
    OFFICE,
    "Main Firm,sme,DE,Frankfurt,2016-01-01,,signed agreement",
    "Lost Firm,large,LT,Xyzzyqq,2020-01-01,,project work",
    "Optyka Sp. z o.o.,sme,PL,Warszawa,2017-01-01,,fee",
    "Optyka S.A.,sme,PL,Warszawa,2018-01-01,,fee",
    "Vilnius Firm,research,LT,Vilnius,2026-02-01,,working group",
)
FRANKFURT, ODER = (50.1155, 8.6842), (52.3471, 14.5506)


def content(*rows: str) -> bytes:
    """A CSV file of these rows."""
    return "\n".join((HEADER, *rows)).encode()


def handed_in(*rows: str, case: Case | None = None, **more: Any) -> HandedInList:
    """A list handed in by the case's expert; by default one with every kind of doubt."""
    case = case or interviewed()
    raw = content(*(rows or DOUBTFUL))
    return services.upload(
        **{"case": case, "by": case.expert, "content": raw, "name": "list.csv", "at": NOW, **more}
    )


def interviewed(**fields: Any) -> Case:
    """A case of a Lithuanian organisation whose interview was on 12 October 2026."""
    return assessing(**{"interviewed_on": INTERVIEW, **fields})


def member(case: Case) -> User:
    """Somebody of the organisation that applies."""
    return PersonFactory(role=Role.CLUSTER, organisation=case.organisation)
