"""The interface is asked at noon of 21 November 2026, and nobody has asked before."""

from collections.abc import Iterator

import pytest
import time_machine

from factories.apps import NOW
from touchstone.api.gate import limiter


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    limiter.cache_clear()
    with time_machine.travel(NOW, tick=False):
        yield
