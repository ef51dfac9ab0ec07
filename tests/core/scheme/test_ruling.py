"""Faults of what a pack rules: advice, balances, disclosure. `test_checking` has the others."""

from pathlib import Path

import pytest

from factories.scheme import Edit, edited_pack, overlay
from touchstone.core.faults import Fault, Severity
from touchstone.core.scheme.checking import check
from touchstone.core.scheme.loading import load
from touchstone.core.scheme.model import Effort, Light

STEP = (
    "next = 'Mark on the participant list by Friday who has signed, pays a fee or takes part, "
    "and who does none of these.'"
)
QUALITY = """
[[quality]]
id = "3.9"
dimension = "3"
name = 'Reserve'
judged = 'Whether there is one.'
evidence = 'Accounts.'
gate = false
silver = "no"
certainty = "default"
thresholds = "default"

[[quality.level]]
light = "green"
points = 5
text = 'Secured for at least 36 months'
when = [{ measure = "C2.secured_months", at_least = 36 }]

[[quality.level]]
light = "red"
points = 0
text = 'Less'
"""
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
            ("recommendations.toml", f"{STEP}\n", ""),
            Fault(
                "recommendations.toml: 1.1.0 / next",
                "The first step is missing.",
                "Say in one sentence what to begin with this week, for each light alike.",
            ),
        ),
        (
            ("recommendations.toml", STEP, "next = ' '"),
            Fault(
                "recommendations.toml: 1.1.0 / next",
                "The first step is missing.",
                "Say in one sentence what to begin with this week, for each light alike.",
            ),
        ),
        (
            ("recommendations.toml", STEP, f"next = '{'x' * 141}'"),
            Fault(
                "recommendations.toml: 1.1.0 / next",
                "The first step has 141 characters.",
                "Say it in 140 at the most.",
            ),
        ),
        (
            ("recommendations.toml", f'{STEP}\neffort = "weeks"', STEP),
            Fault(
                "recommendations.toml: 1.1.0 / effort",
                "The effort is missing.",
                "Say how long the whole takes: days, weeks, months, year.",
            ),
        ),
        (
            ("recommendations.toml", f'{STEP}\neffort = "weeks"', f'{STEP}\neffort = "week"'),
            Fault(
                "recommendations.toml: 1.1.0 / effort", '"week" is not allowed here.', 'Did you mean "weeks"?'
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


def test_a_first_step_of_140_characters_is_short_enough(tmp_path: Path) -> None:
    assert check(edited_pack(tmp_path, ("recommendations.toml", STEP, f"next = '{'x' * 140}'"))) == ()


def test_what_an_overlay_adds_needs_first_step_and_effort_and_what_it_changes_keeps_those_of_the_base(
    tmp_path: Path,
) -> None:
    pack = overlay(
        tmp_path,
        {
            "indicators/C.toml": "[[indicator]]\nid = 'C2'\nquality = ['3.1', '3.9']\n",
            "quality.toml": QUALITY,
            "recommendations.toml": "[[advice]]\nid = '3.9'\nred = 'Save.'\n"
            "[[advice]]\nid = '3.1'\nred = 'Plan.'\nnext = 'Ask.'\n",
        },
        quality=32,
        points=155,
    )
    assert [fault.place for fault in check(pack)] == [
        "recommendations.toml: 3.9 / next",
        "recommendations.toml: 3.9 / effort",
    ]
    advice = load(pack).advice  # it can be used all the same
    assert [(one.next, one.effort) for one in (advice["3.1", Light.YELLOW], advice["3.9", Light.RED])] == [
        ("Ask.", Effort.MONTHS),
        ("", None),
    ]


def test_an_overlay_that_spoils_the_step_of_its_base_is_told_where_it_does(tmp_path: Path) -> None:
    change = {"recommendations.toml": "[[advice]]\nid = '3.1'\nnext = ''\n"}
    assert [(fault.place, fault.problem) for fault in check(overlay(tmp_path, change))] == [
        ("recommendations.toml: 3.1 / next", "The first step is missing.")
    ]
