"""The ledger's triggers lifted, by who owns the database: to damage the ledger on purpose, and to empty it.

The running product has no way to do this. It is what whoever may write SQL to the database may do anyway.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

_MIGRATION = "touchstone.apps.register.migrations.0002_ledger"


@contextmanager
def lifted() -> Iterator[None]:
    """The ledger without its triggers; they are back at the end."""
    triggers = import_module(_MIGRATION)
    with transaction.atomic(), connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=lambda sql, params: cursor.execute(sql))
        triggers.unguard(None, editor)
        yield
        triggers.guard(None, editor)


def let_tests_empty_the_ledger() -> None:
    """Django empties all tables after a test with transactions of its own; the triggers would refuse it."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(operations: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        with lifted():
            empty(operations, sql_list)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]  # Django's own
