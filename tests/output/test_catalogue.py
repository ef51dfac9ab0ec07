"""The catalogue is one after DCAT-AP 3: its mandatory classes and properties, as statements."""

from datetime import UTC, datetime

import pytest
from pyld import jsonld

from touchstone.output.catalogue import Described, Document, Giver, catalogue, turtle
from touchstone.output.open_data import FORMATS, LABELS, REGISTER

DCAT, DCT, FOAF = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
SPDX, VCARD = "http://spdx.org/rdf/terms#", "http://www.w3.org/2006/vcard/ns#"
MADE = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = [
    Described(table=table, format=form, size=10, sha256="ab" * 32, made=MADE)
    for table in (REGISTER, LABELS)
    for form in FORMATS.values()
]
GIVER = Giver(
    name="Label Office", address="https://labels.example.org", contact="labels@example.org",
    licence="CC BY 4.0", licence_address="https://creativecommons.org/licenses/by/4.0/",
)  # fmt: skip
NO_CONTACT = Giver(
    name="Label Office", address="https://labels.example.org", contact="",
    licence="CC BY 4.0", licence_address="https://creativecommons.org/licenses/by/4.0/",
)  # fmt: skip
# DCAT-AP 3.0: mandatory properties of each class, and those that this catalogue promises beside them.
WANTED = {
    f"{DCAT}Catalog": {
        f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}dataset", f"{DCT}license",
        f"{DCT}language", f"{FOAF}homepage", f"{DCAT}service",
    },
    f"{DCAT}Dataset": {
        f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCT}identifier", f"{DCT}modified",
        f"{DCT}accrualPeriodicity", f"{DCAT}distribution", f"{DCAT}theme", f"{DCAT}keyword",
        f"{DCAT}contactPoint", f"{DCAT}landingPage", f"{DCAT}version",
    },
    f"{DCAT}Distribution": {
        f"{DCAT}accessURL", f"{DCAT}downloadURL", f"{DCAT}mediaType", f"{DCAT}byteSize", f"{DCT}format",
        f"{DCT}license", f"{DCT}title", f"{DCT}modified", f"{SPDX}checksum",
    },
    f"{DCAT}DataService": {
        f"{DCT}title", f"{DCAT}endpointURL", f"{DCAT}endpointDescription", f"{DCT}license", f"{DCT}publisher",
    },
    f"{FOAF}Agent": {f"{FOAF}name"},
    f"{SPDX}Checksum": {f"{SPDX}algorithm", f"{SPDX}checksumValue"},
    f"{VCARD}Organization": {f"{VCARD}fn", f"{VCARD}hasEmail"},
}  # fmt: skip


def nodes(document: Document, kind: str) -> list[Document]:
    """All that the document says of the things of a class, by another reader of JSON-LD."""
    flat = jsonld.flatten(document)
    return [node for node in flat if kind in node.get("@type", [])]


@pytest.mark.parametrize("kind", WANTED)
def test_everything_of_a_class_has_its_properties(kind: str) -> None:
    found = nodes(catalogue(FILES, GIVER, scheme="A scheme"), kind)
    assert [set(node) - {"@id", "@type"} for node in found] == [WANTED[kind]] * len(found) != []


def test_there_is_a_dataset_a_table_and_a_distribution_a_file() -> None:
    document = catalogue(FILES, GIVER, scheme="A scheme")
    assert [len(nodes(document, f"{DCAT}{kind}")) for kind in ("Catalog", "Dataset", "Distribution")] == [
        1,
        2,
        6,
    ]


def test_a_distribution_says_where_what_and_how_large() -> None:
    one = nodes(catalogue(FILES[:1], GIVER, scheme="A scheme"), f"{DCAT}Distribution")[0]
    assert one[f"{DCAT}downloadURL"] == [{"@id": "https://labels.example.org/data/register.csv"}]
    assert one[f"{DCAT}mediaType"] == [{"@id": "https://www.iana.org/assignments/media-types/text/csv"}]
    assert one[f"{DCAT}byteSize"] == [
        {"@value": "10", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}
    ]


def test_without_a_contact_none_is_told() -> None:
    document = catalogue(FILES, NO_CONTACT, scheme="A scheme")
    assert nodes(document, f"{VCARD}Organization") == []
    assert [f"{DCAT}contactPoint" in node for node in nodes(document, f"{DCAT}Dataset")] == [False, False]


def test_without_files_there_is_a_catalogue_without_datasets() -> None:
    assert [catalogue([], GIVER, scheme="A scheme")["dcat:dataset"]] == [[]]


def test_turtle_says_the_same_one_statement_a_line() -> None:
    document = catalogue(FILES, GIVER, scheme="A scheme")
    said = turtle(document)
    again = jsonld.normalize(
        jsonld.from_rdf(said, {"format": "application/n-quads"}),
        {"algorithm": "URDNA2015", "format": "application/n-quads"},
    )
    assert (again, said.count(" .\n")) == (said, len(said.splitlines()))
