"""Processes that tests start and wait for."""

import os
import time
from pathlib import Path
from urllib.parse import quote


def gone(process: int) -> bool:
    """Whether a process has ended; it may take a moment."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def environment(home: Path) -> dict[str, str]:
    """Of a process on the same data as the test: SQLite of the home, or the PostgreSQL that this run made."""
    from django.db import connection

    own = {**os.environ, "TOUCHSTONE_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])}
    if connection.vendor == "postgresql":
        database = connection.settings_dict
        place = quote(database["HOST"], safe="")
        own["DATABASE_URL"] = f"postgresql://{database['USER']}@{place}/{database['NAME']}"
    else:
        own.pop("DATABASE_URL", None)
    return own
