import logging
from sqlite3 import Connection
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from touchstone.core.faults import Unusable

_log = logging.getLogger(__name__)


class RegisterConfig(AppConfig):
    name = "touchstone.apps.register"
    label = "register"

    def ready(self) -> None:
        connection_created.connect(read_damaged_text, dispatch_uid="register.damaged_text")
        post_migrate.connect(make_register, sender=self, dispatch_uid="register.make_register")


def read_damaged_text(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let text that is no UTF-8 be read: a damaged ledger entry has to be named, not to stop its check.

    PostgreSQL keeps no such text.
    """
    if isinstance(connection.connection, Connection):
        connection.connection.text_factory = _text


def make_register(**_: Any) -> None:
    """Make the register from the ledger where a migration left it empty: its rows are kept nowhere else.

    A damaged ledger must not stop the migration, and so not its own check either: that is only told.
    """
    from touchstone.apps.register.services import rebuild_where_empty

    try:
        rebuild_where_empty()
    except Unusable as unusable:
        _log.error("the register could not be made from the ledger: %s", unusable)


def _text(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")
