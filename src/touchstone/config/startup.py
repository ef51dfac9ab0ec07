"""Start-up for every way in: commands, server, worker. Quiet, safe to repeat, quick when nothing is to do."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.utils import DatabaseError, OperationalError, ProgrammingError

from touchstone.config.home import Home, home
from touchstone.core.faults import Fault, Unusable

# How long the switch to write-ahead logging is tried: it does not wait for other readers by itself.
PATIENCE = 10.0
_REMEDY = "See that it runs and may be opened, and that DATABASE_URL, where it is set, names it."


def prepare() -> Home:
    """Make the home, and name the settings to Django without starting it."""
    here = home()
    here.make()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.config.settings")
    return here


def ready(*, migrate: bool = True) -> None:
    """Start the data side; with `migrate`, bring the database to the present form on first use.

    Raises Unusable where the database does not answer, or a newer version has been at work in it.
    """
    import django

    here = prepare()
    django.setup()
    if migrate and not _is_up_to_date(here):
        with _alone(here):
            # Another process may have been first while this one waited.
            if not _is_up_to_date(here):
                _bring_up_to_date()


def collect_static() -> None:
    """Collect the pages' static files, compressed and with hashed names, for a server in production."""
    from django.conf import settings
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command
    from whitenoise.storage import (  # type: ignore[import-untyped]  # it has no types
        CompressedManifestStaticFilesStorage,
    )

    command = Command()
    command.storage = CompressedManifestStaticFilesStorage(settings.STATIC_ROOT, settings.STATIC_URL)
    with _alone(home()):
        call_command(command, interactive=False, verbosity=0)


def _is_up_to_date(here: Home) -> bool:
    """Whether each migration on disk is in the database: one small query, and no migration is loaded.

    Raises Unusable where the database does not answer, or a newer version has been at work in it.
    """
    from django.db import connection

    if connection.vendor == "sqlite" and not here.database.exists() and _is_embedded(here):
        return False
    try:
        connection.ensure_connection()
        applied, on_disk = _applied(), _on_disk()
    except DatabaseError as error:
        problem = f"does not answer: {str(error).splitlines()[0]}."
        raise Unusable("the database", Fault("", problem, _REMEDY)) from error
    _refuse_newer(applied - on_disk)
    return on_disk <= applied


def _applied() -> set[tuple[str, str]]:
    from django.db import connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return set(cursor.fetchall())
    except (OperationalError, ProgrammingError):  # there are no tables yet
        return set()


def _refuse_newer(unknown: set[tuple[str, str]]) -> None:
    from django.apps import apps

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("touchstone.")}
    newer = sorted(f"{app} {name}" for app, name in unknown if app in ours)
    if newer:
        problem = f"was used by a newer version of this program ({newer[-1]})."
        raise Unusable("the database", Fault("", problem, "Install that version, or name another home."))


def _is_embedded(here: Home) -> bool:
    from django.db import connection

    return bool(connection.settings_dict["NAME"] == here.database)


def _on_disk() -> set[tuple[str, str]]:
    from django.apps import apps

    return {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[0-9]*.py")
    }


@contextmanager
def _alone(here: Home) -> Iterator[None]:
    """Wait until no other process of this installation sets things up."""
    with (here.root / ".setting-up").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        _log_ahead()
    call_command("migrate", interactive=False, verbosity=0)


def _log_ahead() -> None:
    """Set write-ahead logging, which the file keeps."""
    from django.db import connection

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
                return
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
