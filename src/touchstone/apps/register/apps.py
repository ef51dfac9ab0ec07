from sqlite3 import Connection
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class RegisterConfig(AppConfig):
    name = "touchstone.apps.register"
    label = "register"

    def ready(self) -> None:
        connection_created.connect(read_damaged_text, dispatch_uid="register.damaged_text")


def read_damaged_text(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let text that is no UTF-8 be read: a damaged ledger entry has to be named, not to stop its check.

    PostgreSQL keeps no such text.
    """
    if isinstance(connection.connection, Connection):
        connection.connection.text_factory = _text


def _text(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")
