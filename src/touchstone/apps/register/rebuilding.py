"""The register made anew from the ledger, and compared with it."""

from collections.abc import Iterator

from django.db import transaction

from touchstone.apps.register import projection
from touchstone.apps.register.ledger import entries, lock
from touchstone.apps.register.models import RegisterRow


def rebuild_check() -> list[str]:
    """How the register differs from what the ledger says, in words; empty where they are equal."""
    wanted = {(row.organisation, row.level): row for row in projection.rows_of(entries())}
    present = {(row.organisation, row.level): row for row in RegisterRow.objects.all()}
    differences = [
        f"{_place(key)}: is in the ledger, and not in the register" for key in wanted.keys() - present.keys()
    ]
    differences += [
        f"{_place(key)}: is in the register, and not in the ledger" for key in present.keys() - wanted.keys()
    ]
    for key in wanted.keys() & present.keys():
        differences += [f"{_place(key)}: {difference}" for difference in _unequal(present[key], wanted[key])]
    return sorted(differences)


@transaction.atomic
def rebuild() -> int:
    """Make the register anew from the ledger; gives the number of its rows."""
    lock()
    RegisterRow.objects.all().delete()
    return len(RegisterRow.objects.bulk_create(projection.rows_of(entries())))


def _place(key: tuple[str, str]) -> str:
    return " ".join(key)


def _unequal(present: RegisterRow, wanted: RegisterRow) -> Iterator[str]:
    for name in projection.FIELDS:
        here, there = getattr(present, name), getattr(wanted, name)
        if here != there:
            yield f"{name} is {here} in the register, {there} in the ledger"
