"""Whether the picture of a badge is what the register draws of the label that the credential inside is of."""

import io
import re
from datetime import date, timedelta
from itertools import product

import pytest
from PIL import Image

from factories import issued
from factories.apps import NOW, TODAY, entry
from factories.badges import SHOWN, standing_so, stop
from factories.photos import png_bomb, saved
from touchstone.apps.badges.services import Form, Wanted, picture
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.examining import examined
from touchstone.apps.verification.pictures import OTHER
from touchstone.core.labels.checks import CheckName
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.output.badge import Size
from touchstone.output.badge_png import SCALES
from touchstone.output.baking import baked_png

from .conftest import Verify

pytestmark = pytest.mark.django_db

PAINTED = (
    "The picture shows a Gold label, but the credential inside is genuine and of the Bronze label of Amber "
    "Cluster."
)
VALID = "The Bronze label of Amber Cluster is valid today, until 31 October 2028."


def served(wanted: Wanted, *, days: int = 0) -> bytes:
    """A badge as the register gives it."""
    found = picture(wanted, at=NOW + timedelta(days=days))
    assert found is not None
    return found.content


def seen(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def carrying(drawn: Image.Image, **changes: object) -> bytes:
    return baked_png(saved(drawn), issued.credential(**changes))


class TestOurs:
    @pytest.mark.parametrize("standing", SHOWN)
    @pytest.mark.parametrize(("size", "dark"), list(product(Size, (False, True))))
    def test_every_badge_that_is_served_shows_its_label(
        self, check: Verify, standing: Standing, size: Size, dark: bool
    ) -> None:
        standing_so(standing)
        forms = [(Form.SVG, 1), *((Form.PNG, scale) for scale in SCALES)]
        for form, scale in forms:
            found = check(served(Wanted("lt-amber", form, None, size, dark, scale)))
            assert found.said(CheckName.PICTURE).startswith(
                "It is what this register draws of the Bronze label of Amber Cluster: "
            )
            assert (CheckName.PICTURE in found.passed, found.open) == (True, [])

    @pytest.mark.parametrize("form", [Form.SVG, Form.PNG])
    def test_one_saved_before_a_label_was_suspended_was_drawn_on_another_day(
        self, check: Verify, form: Form
    ) -> None:
        entry()
        before = served(Wanted("lt-amber", form))
        stop(EntryKind.SUSPENSION, level=LabelLevel.BRONZE)
        found = check(before)
        assert (found.outcome, found.failed) == ("invalid", [CheckName.STATUS])
        assert found.said(CheckName.PICTURE) == (
            "It is what this register draws of the Bronze label of Amber Cluster: Valid until 31 October "
            "2028. It was drawn on another day; how the label stands now is told below."
        )

    @pytest.mark.parametrize("form", [Form.SVG, Form.PNG])
    def test_the_badge_of_an_organisation_that_was_renamed_is_ours_before_and_after(
        self, check: Verify, form: Form
    ) -> None:
        entry()
        before = served(Wanted("lt-amber", form))
        stop(EntryKind.RENAME, name="Baltic Amber", level=None)
        after = served(Wanted("lt-amber", form))
        assert before != after
        assert [check(before).outcome, check(after).outcome] == ["valid", "valid"]

    @pytest.mark.parametrize("form", [Form.SVG, Form.PNG])
    def test_a_badge_that_shows_the_end_of_a_renewal_ahead_is_ours(self, check: Verify, form: Form) -> None:
        first = {"valid_from": date(2024, 10, 12), "valid_until": TODAY + timedelta(days=9)}
        entry(effective=date(2024, 10, 12), **first)
        before = served(Wanted("lt-amber", form))
        ahead = {"valid_from": TODAY + timedelta(days=10), "valid_until": date(2028, 10, 31)}
        entry(kind=EntryKind.RENEWAL, effective=TODAY + timedelta(days=10), **ahead)
        after = served(Wanted("lt-amber", form))
        assert (b"31 October 2028" in after) is (form is Form.SVG)
        assert [check(before).outcome, check(after).outcome] == ["valid", "valid"]

    @pytest.mark.parametrize(("form", "size"), list(product([Form.SVG, Form.PNG], Size)))
    def test_one_for_demonstration_is_ours_and_named_as_such(
        self, check: Verify, form: Form, size: Size
    ) -> None:
        entry()
        Organisation.objects.create(key="lt-amber", name="Amber Cluster", synthetic=True)
        found = check(served(Wanted("lt-amber", form, None, size)))
        assert (found.outcome, found.open) == ("valid", [])
        assert found.said(CheckName.WHAT).endswith("for demonstration: the label is not real.")


class TestPainted:
    @pytest.mark.parametrize(("size", "dark"), list(product(Size, (False, True))))
    def test_a_picture_of_a_higher_level_is_invalid(self, check: Verify, size: Size, dark: bool) -> None:
        entry()
        found = check(issued.png(level=LabelLevel.GOLD, size=size, dark=dark))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.PICTURE])
        assert found.answer == f"Do not rely on this. {PAINTED}"

    def test_a_picture_of_a_higher_level_in_another_size_is_invalid_too(self, check: Verify) -> None:
        entry()
        gold = seen(issued.bare_png(level=LabelLevel.GOLD))
        found = check(carrying(gold.resize((300, 156))))
        assert (found.outcome, found.answer) == ("invalid", f"Do not rely on this. {PAINTED}")

    @pytest.mark.parametrize("changes", [{"organisation": "Ember"}, {"valid_until": date(2038, 10, 31)}])
    def test_a_picture_with_another_name_or_day_is_not_confirmed(
        self, check: Verify, changes: dict[str, object]
    ) -> None:
        entry()
        found = check(issued.png(**changes))
        assert (found.outcome, found.failed, found.open) == ("unknown", [], [CheckName.PICTURE])
        assert found.answer == f"This cannot be confirmed. {OTHER} {VALID}"

    def test_the_mark_of_a_demonstration_painted_out_is_not_confirmed(self, check: Verify) -> None:
        entry()
        marked = issued.credential(synthetic=True)
        assert check(issued.png(marked)).open == [CheckName.PICTURE]
        assert check(issued.png(marked, synthetic=True)).open == []
        assert check(issued.svg(marked)).open == [CheckName.PICTURE]

    @pytest.mark.parametrize("colour", ["#e8c75f", "#d3d8df"])
    def test_an_svg_painted_over_under_the_same_words_is_not_confirmed(
        self, check: Verify, colour: str
    ) -> None:
        entry()
        found = check(issued.svg().replace(b"#dca97a", colour.encode()))
        assert (found.outcome, found.open) == ("unknown", [CheckName.PICTURE])

    def test_a_small_file_of_huge_dimensions_is_not_unpacked(self, check: Verify) -> None:
        entry()
        found = check(baked_png(png_bomb(), issued.credential()))
        assert (found.outcome, found.open) == ("unknown", [CheckName.PICTURE])

    def test_a_picture_that_moves_is_not_confirmed(self, check: Verify) -> None:
        entry()
        still, other = seen(issued.bare_png()), seen(issued.bare_png(level=LabelLevel.GOLD))
        file = io.BytesIO()
        still.save(file, "PNG", save_all=True, append_images=[other], duration=10)
        found = check(baked_png(file.getvalue(), issued.credential()))
        assert (found.outcome, found.open) == ("unknown", [CheckName.PICTURE])

    def test_what_the_credential_says_of_itself_counts_only_where_it_is_genuine(self, check: Verify) -> None:
        entry()
        found = check(issued.png(issued.credential("forger")))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE])
        assert found.said(CheckName.PICTURE).startswith("Not compared: only a genuine credential")


class TestInGoodFaith:
    def test_a_png_packed_anew_without_loss_is_valid(self, check: Verify) -> None:
        entry()
        assert check(carrying(seen(issued.bare_png()))).outcome == "valid"

    @pytest.mark.parametrize("change", ["smaller", "fewer colours"])
    def test_a_png_packed_anew_with_loss_is_told_as_that(self, check: Verify, change: str) -> None:
        entry()
        whole = seen(issued.bare_png())
        changed = whole.resize((192, 100)) if change == "smaller" else whole.quantize(16).convert("RGBA")
        found = check(carrying(changed))
        assert (found.outcome, found.failed, found.open) == ("unknown", [], [CheckName.PICTURE])
        assert found.answer == f"This cannot be confirmed. {OTHER} {VALID}"

    def test_a_suspended_label_is_told_before_its_picture(self, check: Verify) -> None:
        entry()
        stop(EntryKind.SUSPENSION, level=LabelLevel.BRONZE)
        found = check(carrying(seen(issued.bare_png()).resize((192, 100))))
        assert (found.outcome, found.answer) == (
            "invalid",
            "Genuine, but not valid. The Bronze label of Amber Cluster is suspended today.",
        )

    def test_an_svg_without_comments_words_and_ids_is_valid(self, check: Verify) -> None:
        entry()
        bare = re.sub(rb"<title.*?</title>|<desc.*?</desc>| aria-labelledby=\"[^\"]*\"", b"", issued.svg())
        found = check(b'<?xml version="1.0"?>\n<!-- packed -->' + bare)
        assert (found.outcome, found.open) == ("valid", [])


class TestAwayFromTheRegister:
    @pytest.mark.parametrize("standing", SHOWN)
    def test_every_state_is_known_by_the_credential_alone(self, standing: Standing) -> None:
        asked = Asked(at=NOW, trust=issued.keys().trust)
        for content in (issued.svg(standing=standing), issued.png(standing=standing)):
            picture_check = examined(content, asked).check(CheckName.PICTURE)
            assert picture_check is not None
            assert picture_check.passed

    def test_another_name_may_be_a_later_one(self) -> None:
        asked = Asked(at=NOW, trust=issued.keys().trust)
        found = examined(issued.svg(organisation="Baltic Amber"), asked).check(CheckName.PICTURE)
        assert found is not None
        assert (found.passed, found.detail) == (
            None,
            (
                "Its words name another organisation; the credential inside is of the Bronze label of Amber "
                "Cluster. It may have been renamed."
            ),
        )
