from datetime import date
from io import BytesIO
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Badge, Size
from touchstone.output.badge_png import SCALES, badge_png

SHOWN = [standing for standing in Standing if standing is not Standing.NEVER]


def facts(organisation: str = "Łódź & <Co>", *, level: LabelLevel, standing: Standing) -> Badge:
    return Badge(
        organisation=organisation,
        level=level,
        scheme="Cluster management excellence",
        standing=standing,
        valid_until=date(2027, 12, 31),
        number="00042",
    )


GOLD = facts(level=LabelLevel.GOLD, standing=Standing.VALID)


def opened(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as image:
        return image.convert("RGBA")


@pytest.mark.parametrize(("size", "scale"), list(product(Size, SCALES)))
def test_it_has_the_pixels_of_its_size_and_scale(size: Size, scale: int) -> None:
    image = opened(badge_png(GOLD, size=size, scale=scale))
    assert image.size == (size.width * scale, size.height * scale)


def test_its_corners_are_clear_and_its_plate_is_metal() -> None:
    image = opened(badge_png(GOLD))
    assert image.getpixel((0, 0)) == (0, 0, 0, 0)
    assert image.getpixel((192, 190)) == (0xE8, 0xC7, 0x5F, 255)


def test_each_level_state_size_and_ground_has_a_picture_of_its_own() -> None:
    drawn = {
        badge_png(facts(level=level, standing=standing), size=size, dark=dark)
        for level, standing, size, dark in product(LabelLevel, SHOWN, Size, (False, True))
    }
    assert len(drawn) == len(LabelLevel) * len(SHOWN) * len(Size) * 2


def test_the_same_facts_give_the_same_bytes() -> None:
    assert badge_png(GOLD, scale=2) == badge_png(GOLD, scale=2)


def test_another_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="at 1 or 2 pixels to one of the page"):
        badge_png(GOLD, scale=3)


def test_letters_that_our_fonts_lack_show_as_a_stand_in() -> None:
    def named(organisation: str) -> bytes:
        return badge_png(facts(organisation, level=LabelLevel.GOLD, standing=Standing.VALID))

    assert named("🚀 Lab") == named("\N{REPLACEMENT CHARACTER} Lab")
    assert named("Łódź") != named("\N{REPLACEMENT CHARACTER}ód\N{REPLACEMENT CHARACTER}")


@given(st.text(max_size=300))
def test_any_name_can_be_drawn(organisation: str) -> None:
    png = badge_png(facts(organisation, level=LabelLevel.SILVER, standing=Standing.LAPSED))
    assert opened(png).size == (384, 200)
