"""The triggers that let the ledger be appended to and nothing else: whether they stand as they were made.

A database may lose them: a table that is made anew, a restored copy without them, a superuser's hand. What
they say stands in the migration that made them, and nowhere else.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from django.db import connection, transaction

_MADE_BY: Final = import_module("touchstone.apps.register.migrations.0002_ledger")
_TABLES: Final = (_MADE_BY.ENTRIES, _MADE_BY.HEADS)
_NAMED: Final = re.compile(r"CREATE (?:TRIGGER|FUNCTION) (\w+)")
_BODY: Final = re.compile(r"\$\$(.*)\$\$", re.DOTALL)
# `A` is a trigger that fires always, also where a session has taken the role of a replica.
_STANDING_POSTGRESQL: Final = """
    SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = %s::regclass AND t.tgenabled = 'A'
"""


def missing() -> tuple[str, ...]:
    """Names of the triggers that are gone, switched off or not as they were made, in order."""
    wanted, found = (_of_sqlite if connection.vendor == "sqlite" else _of_postgresql)()
    return tuple(sorted(name for name, says in wanted.items() if found.get(name) != says))


@transaction.atomic
def put_back() -> None:
    """Make all of them anew. What was done to the ledger without them, only its chain and its copies tell."""
    off, on = (
        (_MADE_BY.SQLITE_OFF, _MADE_BY.SQLITE)
        if connection.vendor == "sqlite"
        else (_MADE_BY.POSTGRESQL_OFF, _MADE_BY.POSTGRESQL)
    )
    with connection.cursor() as cursor:
        for statement in (*off, *on):
            cursor.execute(statement)


def _of_sqlite() -> tuple[dict[str, str], dict[str, str]]:
    """Each trigger's own statement: as it should be, and as it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = {name: _plain(sql) for name, sql in cursor.fetchall()}
    return {_name(sql): _plain(sql) for sql in _MADE_BY.SQLITE}, found


def _of_postgresql() -> tuple[dict[str, str], dict[str, str]]:
    """The body of each trigger's function: as it should be, and as it is where the trigger is on."""
    bodies = {_name(sql): _body(sql) for sql in _MADE_BY.POSTGRESQL if "CREATE FUNCTION" in sql}
    wanted = {f"{table}_next": bodies[f"{table}_next"] for table in _TABLES}
    wanted |= {f"{table}_kept": bodies["register_ledger_refuses"] for table in _TABLES}
    return wanted, dict(_standing())


def _standing() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(_STANDING_POSTGRESQL, [table])
            yield from ((name, _plain(source)) for name, source in cursor.fetchall())


def _name(statement: str) -> str:
    return str(_NAMED.findall(statement)[0])


def _body(statement: str) -> str:
    return _plain(_BODY.findall(statement)[0])


def _plain(text: str) -> str:
    return " ".join(text.split())
