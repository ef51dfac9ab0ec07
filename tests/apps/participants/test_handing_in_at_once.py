"""Two people hand a list in at the same time: both are kept, one after the other, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest

from factories.processes import environment

OPEN = """
from touchstone.config.startup import ready
ready()
from factories.participant_lists import interviewed
print(interviewed().pk)
"""
HAND_IN = """
import sys
from touchstone.config.startup import ready
ready()
from factories.participant_lists import OFFICE, handed_in
from touchstone.apps.cases.models import Case
case = Case.objects.get(pk=sys.argv[1])
for number in range(3):
    handed_in(OFFICE, f"Firm {sys.argv[2]} {number},sme,LT,Vilnius,,,fee", case=case)
"""
NUMBERS = """
from touchstone.config.startup import ready
ready()
from touchstone.apps.cases.models import Event
from touchstone.apps.participants.models import HandedInList
print(list(HandedInList.objects.order_by("number").values_list("number", flat=True)), Event.objects.count())
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_hand_in_to_one_case(touchstone_home: Path) -> None:
    own = environment(touchstone_home)

    def run(code: str) -> str:
        return subprocess.check_output([sys.executable, "-c", code], env=own, text=True).strip()

    case = run(OPEN)
    people = [
        subprocess.Popen([sys.executable, "-c", HAND_IN, case, name], env=own) for name in ("one", "other")
    ]
    assert [person.wait(timeout=120) for person in people] == [0, 0]
    assert run(NUMBERS) == "[1, 2, 3, 4, 5, 6] 6"
