"""Two processes award and withdraw the same label at once and are killed at random, two hundred times.

The chain stays whole, the status is what the entries say, and nothing that was acknowledged is lost.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from factories.processes import environment
from touchstone.core.labels.model import EntryKind

ROUNDS = 200
TESTS = Path(__file__).parents[2]


@pytest.mark.django_db(transaction=True)
def test_nothing_acknowledged_is_lost_and_the_chain_stays_whole(touchstone_home: Path) -> None:
    file = touchstone_home / "acknowledged"
    told = subprocess.run(
        [sys.executable, "-m", "factories.killed", str(ROUNDS), str(file)],
        env=environment(touchstone_home), cwd=TESTS, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    outcome = json.loads(told.stdout)
    kinds = {int(number): kind for number, kind in outcome["kinds"].items()}
    acknowledged = outcome["acknowledged"]
    assert (outcome["first_fault"], outcome["differences"]) == (None, [])
    assert sorted(kinds) == list(range(1, len(kinds) + 1))
    assert (len(set(acknowledged)), set(acknowledged) - set(kinds)) == (len(acknowledged), set())
    # Both were at work: as many as were waited for, and some of each kind among them.
    assert len(acknowledged) > ROUNDS // 2
    assert {kinds[number] for number in acknowledged} >= {EntryKind.AWARD, EntryKind.WITHDRAWAL}
    for last, standing in outcome["labels"].values():
        assert standing == ("withdrawn" if last == EntryKind.WITHDRAWAL else "valid")
    assert len(outcome["labels"]) == 10
