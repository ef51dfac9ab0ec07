"""The manual's pages on the scheme are those that the pack gives, and say what it says."""

import re
import shutil
from pathlib import Path

import pytest

from factories.scheme import shipped_scheme
from touchstone.cli.scheme_reference import pages, write
from touchstone.core.scheme.clauses import process_told
from touchstone.core.scheme.loading import load, shipped

FOLDER = Path(__file__).resolve().parents[2] / "docs/reference/scheme"
WRITTEN = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


def test_the_pages_are_what_the_pack_says() -> None:
    made = pages(shipped())
    assert sorted(made) == sorted(WRITTEN)
    assert [name for name in made if made[name] != WRITTEN[name]] == []


def test_there_is_a_page_for_each_area_and_each_dimension() -> None:
    scheme = shipped_scheme()
    wanted = {f"area-{id.lower()}.md" for id in scheme.areas} | {
        f"dimension-{id}.md" for id in scheme.dimensions
    }
    besides = {"README.md", "rule-sets.md", "groups.md", "plausibility.md", "overlays.md"}
    assert {*WRITTEN} == wanted | besides


def test_every_indicator_stands_there_with_its_texts() -> None:
    for indicator in shipped_scheme().indicators.values():
        page = WRITTEN[f"area-{indicator.area.lower()}.md"]
        said = (
            indicator.question, indicator.definition, indicator.counting, indicator.example,
            indicator.mistakes, indicator.why, indicator.evidence,
        )  # fmt: skip
        assert [text for text in said if text not in page] == [], indicator.id
        assert [m.id for m in indicator.measures if f"| `{m.id}` | {m.label} |" not in page] == []


def test_every_quality_indicator_stands_there_with_levels_and_advice() -> None:
    scheme = shipped_scheme()
    for quality in scheme.quality.values():
        page = WRITTEN[f"dimension-{quality.dimension}.md"]
        said = [quality.judged, quality.evidence, *(level.text for level in quality.levels)]
        advice = [one for one in scheme.advice.values() if one.quality == quality.id]
        said += [
            text for one in advice for text in (one.text, f"- **First step.** {one.next} *The whole takes ")
        ]
        assert [text for text in said if text not in page] == [], quality.id


def test_every_rule_set_stands_there_with_what_changed() -> None:
    page = WRITTEN["rule-sets.md"]
    for rules in shipped_scheme().rule_sets.values():
        assert (f"## {rules.name}" in page, rules.changed in page) == (True, True)
    assert "- Renewal runs for 36 months from the previous end; before it ran for 24" in page


def test_every_source_that_an_item_rests_on_is_linked() -> None:
    scheme = shipped_scheme()
    text = "".join(WRITTEN.values())
    for indicator in scheme.indicators.values():
        sources = [scheme.sources[id] for id in indicator.origin.sources]
        assert [s.id for s in sources if s.url and f"[{s.title}]({s.url})" not in text] == []


def test_every_link_within_the_pages_leads_to_an_anchor() -> None:
    for name, page in WRITTEN.items():
        for file, anchor in re.findall(r"\]\(([\w.-]+\.md)#([\w.-]+)\)", page):
            assert f'<a id="{anchor}"></a>' in WRITTEN[file], (name, file, anchor)


def test_every_link_within_a_page_leads_to_an_anchor() -> None:
    for name, page in WRITTEN.items():
        anchors = {*re.findall(r'<a id="([^"]+)"></a>', page)}
        assert {*re.findall(r"\]\(#([^)]+)\)", page)} - anchors == set(), name


def test_no_anchor_stands_twice_on_a_page() -> None:
    for name, page in WRITTEN.items():
        anchors = re.findall(r'<a id="([^"]+)"></a>', page)
        assert sorted(anchors) == sorted({*anchors}), name


def test_what_is_known_of_the_process_stands_with_each_rule_set() -> None:
    scheme = shipped_scheme()
    page = WRITTEN["rule-sets.md"]
    for rules in scheme.rule_sets.values():
        assert f"| process, as far as known | {' '.join(process_told(rules))} |" in page, rules.id


def test_gold_stands_only_where_the_rules_know_it() -> None:
    by_id = dict(re.findall(r'<a id="([\d-]+)"></a>(.*?)(?=<a id=|\Z)', WRITTEN["rule-sets.md"], re.DOTALL))
    with_gold = [
        id for id, text in by_id.items() if "| Gold needs | 80 % of the points, no light below" in text
    ]
    assert with_gold == [id for id, rules in shipped_scheme().rule_sets.items() if "gold" in rules.levels]


@pytest.mark.parametrize(
    ("rule", "must"),
    [
        ("budget-sources", "add up to 100, give or take 0.5"),
        ("types-make-total", "add up to `A6.total`"),
        ("committed-within-list", "be no more than `A6.listed`"),
        ("year-ago-to-now", "less `A6.left`, come to `A6.total`"),
        ("load-of-a-post", "be at least 2 and at most 300"),
        ("founded-early", "be at least 1960"),
        ("founded-before-interview", "be no later than the interview"),
    ],
)
def test_a_plausibility_rule_says_what_it_asks(rule: str, must: str) -> None:
    (row,) = (row for row in WRITTEN["plausibility.md"].splitlines() if row.startswith(f"| `{rule}` |"))
    assert row.split(" | ")[2] == must


def test_what_a_pack_adds_stands_there_in_full() -> None:
    regional, page = load(shipped("ecei-bw")), WRITTEN["overlays.md"]
    (rules,) = regional.rule_sets.values()
    said = [rules.changed, "| Gold needs | 80 % of the points, whatever the lights |"]
    said += [regional.criteria[id].text for id in rules.eligibility]
    said += [regional.indicators[id].counting for id in ("BW1", "BW2", "BW3")]
    said += [level.text for id in ("3.3", "3.4", "4.7") for level in regional.quality[id].levels]
    assert [text for text in said if text not in page] == []


def test_names_from_several_sources_are_told_apart(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(shipped(), tmp_path / "ecei"))
    head = (pack / "scheme.toml").read_text(encoding="utf-8")
    first = head.index('certainty = "published"', head.index("[[portfolio]]"))
    changed = head[:first] + head[first:].replace("published", "reconstructed", 1)
    (pack / "scheme.toml").write_text(changed, encoding="utf-8")
    page = pages(pack)["groups.md"]
    assert "\nNames of Aviation and space: *Rebuilt from sources or from practice.*" in page
    assert "\nNames: *Published.*" in WRITTEN["groups.md"]


def test_no_cell_breaks_its_table() -> None:
    for name, page in WRITTEN.items():
        for block in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            assert len({line.count("|") for line in block.splitlines()}) == 1, name


def test_pages_of_what_is_gone_are_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "scheme"
    write(folder)
    (folder / "area-z.md").write_text("gone", encoding="utf-8")
    write(folder)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == WRITTEN


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("median_from = 5\n", "", "The pack sets no sizes: nothing of any group is shown."),
        ("median_from = 5\n", "median_from = 7\n", "| `median_from` | 7 |"),
    ],
)
def test_the_pages_follow_the_pack(tmp_path: Path, old: str, new: str, line: str) -> None:
    pack = Path(shutil.copytree(shipped(), tmp_path / "ecei"))
    head = (pack / "scheme.toml").read_text(encoding="utf-8")
    (pack / "scheme.toml").write_text(head.replace(old, new), encoding="utf-8")
    assert line in pages(pack)["groups.md"]
