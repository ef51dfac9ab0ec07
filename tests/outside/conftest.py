"""Verifiers by other hands, in Node: installed by `script/setup test`, and run without a network."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent
Outcomes = dict[str, str]
Node = Callable[[str, Mapping[str, object]], Outcomes]


@pytest.fixture(scope="session")
def node() -> Node:
    """Puts cases before a script of this folder; gives the outcome of each by its name."""
    program = shutil.which("node")
    if program is None or not (HERE / "node_modules").is_dir():
        pytest.fail("the outside checks need Node and its packages. Run: script/setup test", pytrace=False)

    def run(script: str, cases: Mapping[str, object]) -> Outcomes:
        done = subprocess.run(
            [program, HERE / script], input=json.dumps(cases), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found: Outcomes = json.loads(done.stdout)
        return found

    return run
