"""An installation at https://labels.example.org with the keys of `factories.issued`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from factories.apps import NOW
from factories.issued import ADDRESS, install
from touchstone.apps.verification.answers import answer
from touchstone.apps.verification.services import verify
from touchstone.core.labels.checks import CheckName, Verification

Verify = Callable[..., "Answered"]


class Answered:
    """A verification, as the tests read it."""

    def __init__(self, found: Verification) -> None:
        self.found = found
        self.outcome = found.outcome.value
        self.answer = answer(found)
        self.passed = [check.name for check in found.checks if check.passed]
        self.failed = [check.name for check in found.checks if check.passed is False]
        self.open = [check.name for check in found.checks if check.passed is None]

    def said(self, name: CheckName) -> str:
        check = self.found.check(name)
        assert check is not None
        return check.detail


@pytest.fixture
def installation(touchstone_home: Path, settings: Settings) -> Iterator[Path]:
    settings.TOUCHSTONE_ADDRESS = ADDRESS
    install(touchstone_home)
    with time_machine.travel(NOW, tick=False):
        yield touchstone_home


@pytest.fixture
def check(installation: Path) -> Verify:
    def checked(content: bytes | str) -> Answered:
        return Answered(verify(content, at=NOW, name="it"))

    return checked
