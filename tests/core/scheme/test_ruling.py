"""Faults of what a pack rules: advice, balances, disclosure. `test_checking` has the others."""

from pathlib import Path

import pytest

from factories.scheme import Edit, edited_pack
from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.checking import check

BALANCE = 'measures = ["A6.one_year_ago", "A6.joined"]\nless = ["A6.left"]'


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        # advice
        (
            ("recommendations.toml", 'id = "1.1.0"\n', "id = \"1.1.0\"\nyellow = 'Go on.'\n"),
            Fault(
                "recommendations.toml: 1.1.0 / yellow",
                "No level of 1.1.0 gives a yellow light, so that nobody is given this advice.",
                "Take it away, or add the level.",
            ),
        ),
        (
            (
                "quality.toml",
                "points = 3\ntext = 'At least 20 % private'",
                "points = 3\ntext = 'At least 20 % private'\nmisses_gate = true",
            ),
            Fault(
                "quality.toml: 3.2 / level 2 / misses_gate",
                "A level misses a gate where there is none.",
                "Set gate = true, or take misses_gate away.",
            ),
        ),
        # balances
        (
            ("plausibility.toml", BALANCE, BALANCE.replace("A6.left", "A6.lefd")),
            Fault(
                "plausibility.toml: year-ago-to-now / less",
                'There is no measure "A6.lefd".',
                'Did you mean "A6.left"?',
            ),
        ),
        (
            ("plausibility.toml", BALANCE, BALANCE.replace("A6.left", "B4.deputy")),
            Fault(
                "plausibility.toml: year-ago-to-now / less",
                "B4.deputy is of kind yes_no and cannot be reckoned with.",
                "Name a numeric measure.",
            ),
        ),
        (
            ("plausibility.toml", BALANCE, BALANCE.replace("A6.left", "A6.joined")),
            Fault(
                "plausibility.toml: year-ago-to-now / measures",
                "A6.joined is named twice in the balance.",
                "Name each once.",
            ),
        ),
        (
            ("plausibility.toml", BALANCE, BALANCE.replace("A6.left", "A6.total")),
            Fault(
                "plausibility.toml: year-ago-to-now / measures",
                "A6.total is named twice in the balance.",
                "Name each once.",
            ),
        ),
        (
            ("plausibility.toml", f'{BALANCE}\nlimit = "A6.total"\n', f"{BALANCE}\n"),
            Fault(
                "plausibility.toml: year-ago-to-now / limit",
                "This kind of rule holds against a measure.",
                "Name it as limit.",
            ),
        ),
        (
            ("plausibility.toml", 'measures = ["B2.fte"]', 'measures = ["B2.fte"]\nless = ["A6.left"]'),
            Fault(
                "plausibility.toml: fte-within-heads / less",
                "A rule of kind not_above takes nothing away.",
                "Make it a balance.",
            ),
        ),
        (
            ("plausibility.toml", "come to {total} participants", "come to {value} participants"),
            Fault(
                "plausibility.toml: year-ago-to-now / message",
                'There is no word in braces "value".',
                "Known are: total, expected, missing.",
            ),
        ),
        # disclosure
        (
            ("scheme.toml", "dominance = 50", "dominance = 80"),
            Fault(
                "scheme.toml: disclosure / dominance",
                "80 protects less than the usual 50.",
                "Be sure that those compared agree to it.",
                Severity.WARNING,
            ),
        ),
        (
            ("scheme.toml", "dominance = 50", "dominance = 0"),
            Fault(
                "scheme.toml: disclosure / dominance",
                "It is no share above 0.",
                "Set it in per cent; until then nothing is shown.",
            ),
        ),
        (
            ("scheme.toml", "dominance = 50", "dominance = 101"),
            Fault(
                "scheme.toml: disclosure / dominance",
                "It is no share above 0.",
                "Set it in per cent; until then nothing is shown.",
            ),
        ),
        (
            ("scheme.toml", "dominance = 50", "# no dominance"),
            Fault(
                "scheme.toml: disclosure / dominance",
                "This key is missing.",
                "Add dominance = a number without quotes.",
            ),
        ),
    ],
)
def test_a_seeded_fault_is_found_with_file_place_and_remedy(tmp_path: Path, edit: Edit, fault: Fault) -> None:
    assert check(edited_pack(tmp_path, edit))[0] == fault


def test_advice_for_a_quality_indicator_that_is_not_there_is_told_once_for_both_lights(
    tmp_path: Path,
) -> None:
    pack = edited_pack(tmp_path, ("recommendations.toml", 'id = "5.2"\n', 'id = "5.4"\n'))
    assert [fault.place for fault in check(pack)] == [
        "recommendations.toml: 5.4 / id",
        "recommendations.toml: 5.2 / yellow",
        "recommendations.toml: 5.2 / red",
    ]
