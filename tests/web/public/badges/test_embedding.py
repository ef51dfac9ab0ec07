import re
from xml.etree import ElementTree as ET

import pytest
from django.template import engines
from django.test import RequestFactory

from touchstone.web.public.badges.embedding import Code, codes, embed_code

REQUEST = RequestFactory().get("/register/lt-amber/")
HERE = "http://testserver"
HOSTILE = "\"><script>alert(1)</script>&'"


def parsed(code: Code) -> list[ET.Element]:
    """The elements of a code; read as XML, once every image is closed."""
    closed = re.sub(r"<((?:img|source)\b(?:[^>\"]|\"[^\"]*\")*)>", r"<\1/>", code.html)
    return list(ET.fromstring(f"<all>{closed}</all>").iter())


def by_id(name: str = "Amber Cluster") -> dict[str, Code]:
    return {code.id: code for code in codes(REQUEST, "lt-amber", name)}


def test_the_plain_code_is_a_picture_of_fixed_size_that_leads_to_the_register() -> None:
    assert embed_code(REQUEST, "lt-amber", "Amber Cluster") == (
        f'<a href="{HERE}/register/lt-amber/"><img src="{HERE}/badge/lt-amber.svg" '
        'alt="Label of Amber Cluster in the register" width="384" height="200"></a>'
    )


def test_the_small_code_asks_for_the_small_picture() -> None:
    assert by_id()["embed-small"].html == (
        f'<a href="{HERE}/register/lt-amber/"><img src="{HERE}/badge/lt-amber.svg?size=small" '
        'alt="Label of Amber Cluster in the register" width="176" height="56"></a>'
    )


def test_for_light_and_dark_pages_there_are_two_pictures() -> None:
    assert by_id()["embed-both"].html == (
        f'<a href="{HERE}/register/lt-amber/"><picture>'
        f'<source srcset="{HERE}/badge/lt-amber.svg?ground=dark" '
        f'media="(prefers-color-scheme: dark)"><img src="{HERE}/badge/lt-amber.svg" '
        'alt="Label of Amber Cluster in the register" width="384" height="200"></picture></a>'
    )


def test_the_element_holds_the_picture_for_readers_without_scripts() -> None:
    assert by_id()["embed-live"].html == (
        f'<script type="module" src="{HERE}/badge/badge.js"></script>\n'
        '<touchstone-badge organisation="lt-amber">'
        f"{embed_code(REQUEST, 'lt-amber', 'Amber Cluster')}</touchstone-badge>"
    )


@pytest.mark.parametrize("id", ["embed", "embed-small", "embed-both", "embed-live"])
def test_a_name_is_only_text_in_every_code(id: str) -> None:
    elements = parsed(by_id(HOSTILE)[id])
    (image,) = [element for element in elements if element.tag == "img"]
    assert image.attrib["alt"] == f"Label of {HOSTILE} in the register"
    assert [element.attrib["src"] for element in elements if element.tag == "script"] == (
        [f"{HERE}/badge/badge.js"] if id == "embed-live" else []
    )


def test_the_section_of_an_organisation_s_page_shows_the_badge_and_every_code() -> None:
    template = engines["django"].from_string("{% load badges %}{% badge_section 'lt-amber' name %}")
    page = template.render({"name": "<Amber>"}, REQUEST)
    assert page.count("<textarea") == 4
    assert 'alt="Badge of &lt;Amber&gt;" width="384" height="200"' in page
    assert "&lt;touchstone-badge organisation=&quot;lt-amber&quot;&gt;" in page
