"""`touchstone certificate`, and the logo of `touchstone compare`."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import time_machine

from factories.apps import entry
from factories.logos import png, svg
from touchstone.cli.logo import logo_of
from touchstone.core.faults import Unusable
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.output.keys import seals
from touchstone.output.logo import read_logo
from touchstone.output.seal import SealState, check_seal

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def labelled() -> None:
    entry()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), tick=False):
        yield


def title(file: Path) -> str:
    with pikepdf.open(io.BytesIO(file.read_bytes())) as pdf:
        return str(pdf.docinfo.Title)


@pytest.mark.usefixtures("labelled")
@pytest.mark.parametrize("name", ["Amber Cluster", "lt-amber", "amber  CLUSTER"])
def test_the_certificate_of_a_valid_label_is_written_and_sealed(
    touchstone: Touchstone, tmp_path: Path, touchstone_home: Path, name: str
) -> None:
    out = tmp_path / "new" / "certificate.pdf"
    done = touchstone("certificate", name, "--out", out)
    assert (done.code, done.out, done.err) == (0, f"{out}\n", "")
    assert title(out) == "Certificate: Bronze label of Amber Cluster"
    check = check_seal(out.read_bytes(), seals(touchstone_home / "keys"))
    assert (check.state, check.sealed_at) == (SealState.INTACT, datetime(2026, 11, 22, 12, 0, tzinfo=UTC))


@pytest.mark.usefixtures("labelled")
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("lt", "Sertifikatas: bronzos ženklas, Amber Cluster"),
        ("pl", "Certyfikat: brązowy znak jakości, Amber Cluster"),
        ("de", "Urkunde: Label in Bronze für Amber Cluster"),
    ],
)
def test_it_speaks_the_language_asked_for(
    touchstone: Touchstone, tmp_path: Path, lang: str, words: str
) -> None:
    assert touchstone("certificate", "lt-amber", "--out", tmp_path / "c.pdf", "--lang", lang).code == 0
    assert title(tmp_path / "c.pdf") == words


@pytest.mark.usefixtures("labelled")
def test_the_same_label_gives_the_same_file_again(touchstone: Touchstone, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert touchstone("certificate", "lt-amber", "--out", tmp_path / name).code == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.usefixtures("labelled")
def test_another_level_that_is_held_may_be_asked_for(touchstone: Touchstone, tmp_path: Path) -> None:
    entry(kind=EntryKind.UPGRADE, level=LabelLevel.SILVER)
    out = tmp_path / "c.pdf"
    assert touchstone("certificate", "lt-amber", "--out", out).code == 0
    assert title(out) == "Certificate: Silver label of Amber Cluster"
    assert touchstone("certificate", "lt-amber", "--out", out, "--level", "Bronze").code == 0
    assert title(out) == "Certificate: Bronze label of Amber Cluster"


@pytest.mark.usefixtures("labelled")
def test_as_json_it_tells_what_was_made(touchstone: Touchstone, tmp_path: Path) -> None:
    out = tmp_path / "c.pdf"
    document = touchstone("certificate", "lt-amber", "--out", out, "--json").document
    assert document.keys() == {
        "file", "organisation", "level", "number", "language", "sha256", "sealed_at",
    }  # fmt: skip
    assert (document["file"], document["level"], document["language"]) == (str(out), "bronze", "en")


@pytest.mark.usefixtures("labelled")
@pytest.mark.parametrize(
    ("on", "why"),
    [
        (
            "2028-11-01",
            (
                "The Bronze label of Amber Cluster ended on 31 October 2028. "
                "Once it is renewed, there is a certificate."
            ),
        ),
        (
            "2029-11-01",
            "The Bronze label of Amber Cluster ended on 31 October 2028, so there is no certificate.",
        ),
    ],
)
def test_where_no_label_is_valid_there_is_none_and_it_is_said_why(
    touchstone: Touchstone, tmp_path: Path, on: str, why: str
) -> None:
    with time_machine.travel(f"{on}T12:00:00Z", tick=False):
        done = touchstone("certificate", "lt-amber", "--out", tmp_path / "c.pdf")
    assert (done.code, done.out, done.err) == (1, "", f"{why}\n")
    assert not (tmp_path / "c.pdf").exists()


@pytest.mark.usefixtures("labelled")
def test_a_level_that_is_not_held_has_none(touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone("certificate", "lt-amber", "--out", tmp_path / "c.pdf", "--level", "gold")
    assert (done.code, done.err) == (
        1,
        "Amber Cluster holds no such label, so there is no certificate.\n",
    )


@pytest.mark.usefixtures("labelled")
def test_an_unknown_name_is_told_with_the_nearest(touchstone: Touchstone, tmp_path: Path) -> None:
    done = touchstone("certificate", "Ambar Cluster", "--out", tmp_path / "c.pdf")
    assert (done.code, done.err) == (
        1,
        'The register has no organisation named "Ambar Cluster". Did you mean: Amber Cluster?\n',
    )


@pytest.mark.usefixtures("labelled")
@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--lang", "fr", 'language: there is none called "fr".'),
        ("--level", "tin", '--level: "tin" is no level. There is: bronze, silver, gold.'),
    ],
)
def test_what_there_is_not_is_refused(
    touchstone: Touchstone, tmp_path: Path, option: str, value: str, said: str
) -> None:
    done = touchstone("certificate", "lt-amber", "--out", tmp_path / "c.pdf", option, value)
    assert done.code == 2
    assert done.err.startswith(f"touchstone: {said}")


@pytest.mark.usefixtures("labelled")
def test_a_seal_that_was_lost_stops_it(touchstone: Touchstone, tmp_path: Path, touchstone_home: Path) -> None:
    assert touchstone("certificate", "lt-amber", "--out", tmp_path / "c.pdf").code == 0
    (touchstone_home / "keys" / "seal.pem").unlink()
    assert touchstone("certificate", "lt-amber", "--out", tmp_path / "c.pdf").code == 0  # the one kept
    done = touchstone("certificate", "lt-amber", "--out", tmp_path / "d.pdf", "--lang", "de")
    assert done.code == 2
    assert "there is no private key. Put it back from a backup" in done.err


# --- the logo of a report


def test_the_file_of_a_logo_is_read(tmp_path: Path) -> None:
    for name, data in (("logo.svg", svg()), ("logo.png", png())):
        (tmp_path / name).write_bytes(data)
        assert logo_of(tmp_path / name) == read_logo(data, name)


def test_no_file_is_no_logo() -> None:
    assert logo_of(None) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "There is no such file. Check the name and the folder."),
        (b"", "The file is empty. Save it again, or choose another file."),
        (bytes(2_000_001), "The file is larger than 2 MB."),
        (b"words", "This is no SVG that can be read (line 1). Save the logo as SVG or PNG."),
    ],
)
def test_a_logo_that_cannot_be_used_is_told_by_its_file(
    tmp_path: Path, data: bytes | None, said: str
) -> None:
    file = tmp_path / "logo.svg"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(Unusable) as unusable:
        logo_of(file)
    assert str(unusable.value).startswith(f"{file}: {said}")
