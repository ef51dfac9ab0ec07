import pytest

from factories.apps import act
from touchstone.apps import pack
from touchstone.web.public.register.assurance import assurance

DECIDED = "Decided by EUCLES under the rules"
OLD = "Taken over from the old public register; what it rests on is not on record here."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"case": "2026-0001"},
            f"Verified by an expert, with an interview on site or by video. {DECIDED} “Rules of 2022”.",
        ),
        (
            {"case": "2013-0001", "rule_set": "2012"},
            f"Verified by an expert, with an interview on site. {DECIDED} “Rules of April 2012”.",
        ),
        (
            {"case": "2026-0001", "meeting": "video"},
            f"Verified by an expert, with an interview by video. {DECIDED} “Rules of 2022”.",
        ),
        ({"case": "2026-0001", "rule_set": "lost"}, f"Verified by an expert. {DECIDED} “lost”."),
        ({}, f"{DECIDED} “Rules of 2022”."),
        (
            {"origin": "a page", "rule_set": "2012", "actor": "whoever imported it"},
            f"{OLD} Its dates are read by the rules “Rules of April 2012”.",
        ),
        ({"origin": "a page", "rule_set": "lost"}, f"{OLD} Its dates are read by the rules “lost”."),
    ],
)
def test_nothing_is_said_that_is_not_on_record(fields: dict[str, str], sentence: str) -> None:
    assert assurance(act(**fields), pack.scheme()) == sentence
