"""The credential inside the image of a badge, read back by other hands."""

import base64
import io
import json

import pytest
from openbadgeslib.ob3 import OB3Verifier
from PIL import Image

from factories.credentials import issued
from factories.outside import NOW
from touchstone.output.baking import baked_png, baked_svg

from .conftest import Node

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><title>Ąžuolas &amp; co</title></svg>'


@pytest.fixture(scope="module")
def credential() -> str:
    """One whose text holds what ends a CDATA section, and letters beyond ASCII."""
    return json.dumps(issued(NOW, name="Žaliasis ]]> klasteris <&>"), ensure_ascii=False, indent=2)


def a_png() -> bytes:
    image = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(image, "PNG")
    return image.getvalue()


def test_a_reader_of_our_own_making_in_another_language_finds_it(credential: str, node: Node) -> None:
    images = {"svg": baked_svg(SVG, credential).encode(), "png": baked_png(a_png(), credential)}
    encoded = {name: base64.b64encode(image).decode() for name, image in images.items()}
    cases = {"web": {}, "issuer": "", "credentials": encoded, "exchanged": {}}
    assert node("read-image.mjs", cases) == {"svg": credential, "png": credential}


def test_openbadgeslib_finds_it(credential: str) -> None:
    assert OB3Verifier.extract_token_from_svg(baked_svg(SVG, credential).encode()) == credential
    assert OB3Verifier.extract_token_from_png(baked_png(a_png(), credential)) == credential


def test_an_image_without_one_is_told_apart(node: Node) -> None:
    images = {"svg": SVG.encode(), "png": a_png()}
    encoded = {name: base64.b64encode(image).decode() for name, image in images.items()}
    cases = {"web": {}, "issuer": "", "credentials": encoded, "exchanged": {}}
    assert node("read-image.mjs", cases) == dict.fromkeys(images, "refused: there are 0 credentials")
