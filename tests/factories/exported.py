"""A small register, exported by a process with a database of its own: `python -m factories.exported`.

Browser tests cannot use the tests' database while the browser runs, and one export serves them all.
"""

import os
import subprocess
import sys
from dataclasses import astuple, dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
# Files that must be, byte for byte, what the application answers.
SAME = [
    "/badge/lt-amber.svg", "/badge/lt-amber/2.png", "/credentials/1.json",
    "/credentials/2.jwt", "/.well-known/did.json", "/register/feed.atom", "/register/register.csv",
    "/data/register.parquet", "/sitemap.xml", "/badge/badge.js", "/verify/trust.json", "/ledger/ledger.jsonl",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """`folder` is the export; `live` holds what the application answered to `SAME`, under the same names.

    `by_one` and `by_two` are organisations alone, made by one process and by two.
    """

    folder: Path
    live: Path
    by_one: Path
    by_two: Path


def exported(place: Path) -> Exported:
    """Export `factories.opened.register` into a folder of `place`; CalledProcessError where that fails."""
    outside = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**outside, "TOUCHSTONE_HOME": str(place / "home"), "PYTHONPATH": str(TESTS)}
    made = Exported(*(place / name for name in ("public", "live", "by-one", "by-two")))
    command = [sys.executable, "-m", "factories.exported", *map(str, astuple(made))]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return made


def _main(made: Exported) -> int:
    import time_machine

    from touchstone.config.startup import ready

    ready()
    from django.test import Client

    from factories.apps import NOW
    from factories.exports import exported_now
    from factories.opened import register
    from touchstone.cli.commands import run

    with time_machine.travel(NOW, tick=False):
        register()
        code = run(["register", "export", str(made.folder), "--jobs", "1"])
        for address in SAME:
            file = made.live / address[1:]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(Client(headers={"Host": "localhost:8000"}).get(address).getvalue())
    # Other processes do not travel in time.
    exported_now(made.by_one, at_once=1)
    exported_now(made.by_two, at_once=1, jobs=2)
    return code


if __name__ == "__main__":
    sys.exit(_main(Exported(*map(Path, sys.argv[1:]))))
