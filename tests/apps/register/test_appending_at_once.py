"""Several writers at once: the chain stays whole on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest

from factories.processes import environment

WRITE = """
import sys
from datetime import UTC, datetime
from touchstone.config.startup import ready
ready()
from factories.apps import entry
from django.db import transaction
for number in range(5):
    entry_of = f"lt-{sys.argv[1]}-{number}"
    with transaction.atomic():
        from touchstone.apps.register import services
        services.lock()
        entry(organisation=entry_of, recorded=datetime.now(UTC))
"""
VERIFY = """
from touchstone.config.startup import ready
ready()
from touchstone.apps.register import services
print(services.verify(stretch=3).as_document(), services.rebuild_check())
from touchstone.apps.register.ledger import _shared
print(sum(len(list(stretch.entries())) - stretch.follows for stretch in _shared(3)))
"""
MOVED = """
from touchstone.config.home import home
from touchstone.config.startup import ready
ready()
from factories.apps import entry
from touchstone.apps.register import services
for number in range(20):
    entry(organisation=f"lt-{number}")
home().database.rename(home().root / "moved")
print(services.verify(stretch=3).as_document(), home().database.exists())
"""


@pytest.mark.django_db(transaction=True)
def test_four_processes_append_to_one_chain(touchstone_home: Path) -> None:
    own = environment(touchstone_home)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(n)], env=own, stderr=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == [""] * 4
    told = subprocess.run([sys.executable, "-c", VERIFY], env=own, capture_output=True, text=True, check=True)
    assert told.stdout == "{'entries': 20, 'intact': True, 'first_fault': None, 'heads': 0} []\n20\n"


def test_a_database_that_other_processes_cannot_reach_is_checked_by_one(touchstone_home: Path) -> None:
    """A file that was moved away while it is open: whoever has it open reads on."""
    own = {**environment(touchstone_home), "DATABASE_URL": ""}
    told = subprocess.run([sys.executable, "-c", MOVED], env=own, capture_output=True, text=True, check=True)
    assert told.stdout == "{'entries': 20, 'intact': True, 'first_fault': None, 'heads': 0} False\n"
