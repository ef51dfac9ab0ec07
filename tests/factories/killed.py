"""Two processes that award and withdraw one label at once, each killed at random, again and again.

Run as a program of its own, from which both are forked: so each round takes milliseconds, and nothing of the
tests' own process is in them. What came of it is printed as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from touchstone.config.startup import ready

ready()

from django.db import OperationalError, connection  # noqa: E402  (Django is ready from here on)

from factories.apps import OrganisationFactory, entry  # noqa: E402
from touchstone.apps.organisations.models import Organisation  # noqa: E402
from touchstone.apps.pack import rule_set  # noqa: E402
from touchstone.apps.refusal import Refused  # noqa: E402
from touchstone.apps.register import services  # noqa: E402
from touchstone.apps.register.histories import histories  # noqa: E402
from touchstone.core.labels.model import Entry, LabelLevel  # noqa: E402

PATIENCE = 10.0  # seconds for what a round waits for, on a computer that has much else to do
LONGEST = 0.02  # seconds more until a process is killed
ROUNDS_A_LABEL = 20  # then another label is fought for: a history of hundreds of entries is only slow
INTERVIEW = date(2026, 10, 12)


def award(organisation: str) -> int:
    made = services.grant(
        organisation=Organisation.objects.get(key=organisation),
        level=LabelLevel.BRONZE,
        rules=rule_set("ecei", "2022"),
        interviewed_on=INTERVIEW,
        case="2026-0001",
        at=datetime.now(UTC),
    )
    return made.number


def withdraw(organisation: str) -> int:
    made = services.withdraw(
        organisation=organisation, level=LabelLevel.BRONZE, effective=INTERVIEW, reason="As agreed.",
        actor="EUCLES", at=datetime.now(UTC),
    )  # fmt: skip
    return made.number


def worker(verb: Callable[[str], int], organisation: str, acknowledged: int) -> None:
    """Do it again and again, and say each time that it is done: after the commit, and not before."""
    while True:
        try:
            os.write(acknowledged, b"%d\n" % verb(organisation))
        except (Refused, OperationalError):  # nothing to withdraw just now; the other one holds the lock
            time.sleep(0.001)


def forked(verb: Callable[[str], int], organisation: str, file: Path) -> int:
    """A process with everything loaded and with a connection of its own."""
    child = os.fork()
    if child:
        return child
    try:
        acknowledged = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        worker(verb, organisation, acknowledged)
    finally:
        os._exit(1)


def a_round(chance: random.Random, organisation: str, file: Path) -> None:
    """Both at work until some is done, each killed in the midst of it after a while of its own."""
    connection.close()  # a process must not share it
    wanted = done(file) + chance.randrange(3)
    children = [forked(verb, organisation, file) for verb in (award, withdraw)]
    chance.shuffle(children)
    end = time.monotonic() + PATIENCE
    while done(file) < wanted and time.monotonic() < end:
        time.sleep(0.001)
    for child in children:
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)


def done(file: Path) -> int:
    """How much was acknowledged."""
    return file.read_bytes().count(b"\n")


def standing(own: tuple[Entry, ...]) -> str:
    """How the label stands that was fought for."""
    return services.status(own[0].act.organisation, on=INTERVIEW, known=datetime.now(UTC)).standing.value


def main(rounds: int, file: Path) -> None:
    """Print what was acknowledged, what is there, and what the checks say."""
    file.touch()
    chance = random.Random(20261121)
    for number in range(rounds):
        organisation = f"lt-{number // ROUNDS_A_LABEL}"
        if number % ROUNDS_A_LABEL == 0:
            OrganisationFactory(key=organisation)
            entry(organisation=organisation, recorded=datetime.now(UTC))
        a_round(chance, organisation, file)
    told = {
        "acknowledged": [int(line) for line in file.read_text().splitlines()],
        "kinds": {one.number: one.act.kind.value for one in services.entries()},
        "labels": {own[0].act.organisation: (own[-1].act.kind.value, standing(own)) for own in histories()},
        "first_fault": services.verify().first_fault,
        "differences": services.rebuild_check(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
