"""How the command line is called in these tests: in this process, with its output caught."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from touchstone.cli.commands import run as run_command

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = ROOT / "demonstration"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)


Touchstone = Callable[..., Outcome]


@pytest.fixture
def touchstone(capfd: pytest.CaptureFixture[str]) -> Touchstone:
    def call(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run_command([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Outcome(code=code, out=captured.out, err=captured.err)

    return call


@pytest.fixture
def answers() -> dict[str, Any]:
    """The demonstration's answers, as a document to bend."""
    return json.loads((DEMONSTRATION / "amber-coast-photonics.json").read_text(encoding="utf-8"))
