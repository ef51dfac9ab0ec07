"""The lock of the outside checks pins what is installed by digest, and names no place to fetch it from."""

import json
from pathlib import Path

LOCK = json.loads((Path(__file__).parent / "package-lock.json").read_text())
PACKAGES = {name: package for name, package in LOCK["packages"].items() if name}


def test_each_package_has_a_digest_and_no_address() -> None:
    assert {name for name, package in PACKAGES.items() if "integrity" not in package} == set()
    assert {name for name, package in PACKAGES.items() if "resolved" in package} == set()


def test_what_is_asked_for_is_pinned_to_one_version() -> None:
    asked = LOCK["packages"][""]["dependencies"]
    assert {name: PACKAGES[f"node_modules/{name}"]["version"] for name in asked} == asked
