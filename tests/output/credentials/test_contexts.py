"""The contexts are those that were reviewed, with their licences beside them."""

import hashlib
from pathlib import Path

import pytest

from touchstone.output.credentials.canonical import CONTEXTS, context

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "src/touchstone/output/credentials/contexts"
SUMS = dict(reversed(line.split("  ")) for line in (FOLDER / "SHA256SUMS").read_text().splitlines())


def test_each_file_is_the_one_whose_digest_is_on_record() -> None:
    own = {"VERSIONS", "SHA256SUMS"}
    here = {
        str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in FOLDER.iterdir()
        if file.name not in own
    }
    assert here == SUMS


@pytest.mark.parametrize("address", CONTEXTS)
def test_each_context_is_there_with_its_licence(address: str) -> None:
    name = CONTEXTS[address].removesuffix(".jsonld")
    assert list(context(address)) == ["@context"]
    assert len(list(FOLDER.glob(f"LICENSE-{name}*"))) == 1
