"""A small register, exported by a process with a database of its own: `python -m factories.exported`.

Browser tests cannot use the tests' database while the browser runs, and one export serves them all.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
# Files that must be, byte for byte, what the application answers.
SAME = [
    "/badge/lt-amber.svg", "/badge/lt-amber/2.png", "/badge/lt-amber.json", "/credentials/1.json",
    "/credentials/2.jwt", "/.well-known/did.json", "/register/feed.atom", "/register/register.csv",
    "/data/register.parquet", "/sitemap.xml", "/badge/badge.js", "/verify/trust.json", "/ledger/ledger.jsonl",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """`folder` is the export; `live` holds what the application answered to `SAME`, under the same names."""

    folder: Path
    live: Path


def exported(place: Path) -> Exported:
    """Export `factories.opened.register` into a folder of `place`; CalledProcessError where that fails."""
    outside = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**outside, "TOUCHSTONE_HOME": str(place / "home"), "PYTHONPATH": str(TESTS)}
    made = Exported(place / "public", place / "live")
    command = [sys.executable, "-m", "factories.exported", str(made.folder), str(made.live)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return made


def _main(folder: str, live: Path) -> int:
    import time_machine

    from touchstone.config.startup import ready

    ready()
    from django.test import Client

    from factories.apps import NOW
    from factories.opened import register
    from touchstone.cli.commands import run

    with time_machine.travel(NOW, tick=False):
        register()
        code = run(["register", "export", folder])
        for address in SAME:
            file = live / address[1:]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(Client(headers={"Host": "localhost:8000"}).get(address).getvalue())
    return code


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], Path(sys.argv[2])))
