"""The manual's pages on the scheme are those that the pack gives, and say what it says."""

import re
import shutil
from pathlib import Path

import pytest

from factories.scheme import shipped_scheme
from touchstone.cli.scheme_reference import pages, write
from touchstone.core.scheme.loading import shipped

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
        said += [advice.text for advice in scheme.advice.values() if advice.quality == quality.id]
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
