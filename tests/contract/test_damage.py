"""Over a damaged entry of the ledger: each command says which one it is, and none shows a traceback."""

from pathlib import Path

import pytest

from factories.damage import SAID, damaged_ledger

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def damaged() -> None:
    damaged_ledger()


@pytest.mark.parametrize(
    "command",
    ["ledger show lv-pine", "ledger export {}/ledger.jsonl", "status lv-pine", "keys show", "keys rotate"],
)
def test_what_does_not_rest_on_it_is_done(command: str, touchstone: Touchstone, tmp_path: Path) -> None:
    assert touchstone(*command.format(tmp_path).split()).code == 0


@pytest.mark.parametrize(
    "command",
    [
        "ledger show lt-amber", "status lt-amber", "register export {}/public", "register rebuild",
        "proof lt-amber", "certificate lt-amber --out {}/certificate.pdf", "verify 1", "verify 2",
    ],
)  # fmt: skip
def test_a_command_that_rests_on_it_names_it(command: str, touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone(*command.format(tmp_path).split())
    assert (done.code, done.err.endswith(f": {SAID}\n")) == (2, True)


@pytest.mark.parametrize("command", ["ledger verify", "doctor", "due"])
def test_a_look_at_all_of_it_names_it(command: str, touchstone: Touchstone) -> None:
    done = touchstone(*command.split())
    assert (done.code, "entry 2: " in done.out, done.err) == (1, True, "")
