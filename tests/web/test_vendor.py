"""What is vendored is what was reviewed, with its licence beside it."""

import hashlib
from pathlib import Path

from touchstone.web import __file__ as package

VENDOR = Path(package).parent / "static/vendor"
ROOT = Path(__file__).parents[2]
SUMS = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())


def test_each_file_is_the_one_whose_digest_is_on_record() -> None:
    assert {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in SUMS} == SUMS


def test_no_file_is_there_that_is_not_on_record() -> None:
    here = [*VENDOR.rglob("*"), *(ROOT / "tests/e2e/vendor").rglob("*")]
    own = {"VERSIONS", "SHA256SUMS"}
    assert {str(f.relative_to(ROOT)) for f in here if f.is_file() and f.name not in own} == set(SUMS)


def test_each_folder_holds_a_licence() -> None:
    folders = {(ROOT / path).parent for path in SUMS}
    assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []
