"""Several who ask for the same credential at once, while its label is suspended, get the same one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from factories.processes import environment

PREPARE = """
from touchstone.config.startup import ready
ready()
from factories.apps import entry
for number in range(6):
    entry(organisation=f"lt-amber-{number}")
"""
ASK = """
import json, sys
from touchstone.config.startup import ready
ready()
from django.utils import timezone
from factories.apps import NOW, entry
from touchstone.apps.credentials import services
from touchstone.core.labels.model import EntryKind
found = {}
for number in range(1, 7):
    found[number] = services.credential(number)
    if number % 3 == int(sys.argv[1]):
        entry(
            kind=EntryKind.SUSPENSION, organisation=f"lt-amber-{number - 1}", effective=NOW.date(),
            level=None, valid_from=None, valid_until=None, renewable_until=None,
        )
    services.status_list("suspension", 1, at=timezone.now())
print(json.dumps(found))
"""
TELL = """
from touchstone.config.startup import ready
ready()
from touchstone.apps.credentials.models import IssuedCredential
from touchstone.apps.credentials.judging import bring_up_to_date
from factories.apps import NOW
bring_up_to_date(at=NOW)
print(list(IssuedCredential.objects.values_list("number", "version", "suspended")))
"""


@pytest.mark.django_db(transaction=True)
def test_three_processes_issue_each_credential_once(touchstone_home: Path) -> None:
    own = environment(touchstone_home)

    def run(code: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code], env=own, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    run(PREPARE)
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(number)],
            env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(3)
    ]  # fmt: skip
    told = [process.communicate(timeout=120) for process in asking]
    assert [complaint for _, complaint in told] == [""] * 3
    found = [json.loads(answer) for answer, _ in told]
    assert found[0] == found[1] == found[2]
    assert run(TELL) == f"{[(number, 1, True) for number in range(1, 7)]}\n"
