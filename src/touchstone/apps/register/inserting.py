"""Rows into the register's tables as they are."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from django.db import connection, models

AT_ONCE: Final = 1_000  # rows of one statement

Row = tuple[str | int, ...]


def rows_into(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows as they are: models, and a server's answer to each row, would take most of a rebuild."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001  (Django's own way to a table's name)
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  (our own names)
        waiting = iter(rows)
        while some := list(islice(waiting, AT_ONCE)):
            cursor.executemany(statement, some)
