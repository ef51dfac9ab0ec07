"""The open data described as a catalogue after DCAT-AP 3: what portals of open data collect.

JSON-LD with a context of its own, so that nobody has to fetch one; and the same as Turtle, in its canonical
order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from touchstone.output.open_data import VERSION, Format, Table

# Any: a document of JSON-LD.
Document = dict[str, Any]

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_CONTEXT: Final[Document] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_KEYWORDS: Final = ("cluster organisations", "quality labels", "cluster excellence", "register")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A file of open data as the catalogue tells it. `size` is in bytes, `sha256` in hex."""

    table: Table
    format: Format
    size: int
    sha256: str
    made: datetime

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.format.ending}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Who gives the data, on what terms. `address` is the installation's; `contact` a mail address or ""."""

    name: str
    address: str
    contact: str
    licence: str
    licence_address: str

    @property
    def data(self) -> str:
        """Where the data is."""
        return f"{self.address}/data/"


def catalogue(files: Iterable[Described], giver: Giver, *, scheme: str) -> Document:
    """The catalogue of some files; those of one table stand beside each other."""
    by_table = groupby(files, key=lambda file: file.table)
    return {
        "@context": _CONTEXT,
        "@id": giver.data,
        "@type": "dcat:Catalog",
        "dct:title": _text(f"Register of labels: {scheme}"),
        "dct:description": _text("Which labels cluster organisations hold, and every label ever granted."),
        "dct:publisher": _publisher(giver),
        "dct:license": _licence(giver),
        "dct:language": {"@id": f"{_AUTHORITY}/language/ENG"},
        "foaf:homepage": {"@id": giver.data, "@type": "foaf:Document"},
        "dcat:dataset": [_dataset(table, list(own), giver) for table, own in by_table],
        "dcat:service": _service(giver),
    }


def turtle(document: Document) -> str:
    """The same catalogue as Turtle: one statement a line, without shorthand, in canonical order."""
    from pyld import jsonld

    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    return str(jsonld.normalize(document, options))


def _dataset(table: Table, files: list[Described], giver: Giver) -> Document:
    contact = {"dcat:contactPoint": _contact(giver)} if giver.contact else {}
    return {
        "@id": f"{giver.data}#{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": _text(table.title),
        "dct:description": _text(table.about),
        "dct:identifier": f"{giver.data}#{table.name}",
        "dct:publisher": _publisher(giver),
        **contact,
        "dct:accrualPeriodicity": {"@id": f"{_AUTHORITY}/frequency/DAILY"},
        "dct:modified": _moment(max(file.made for file in files)),
        "dcat:keyword": [_text(word) for word in _KEYWORDS],
        "dcat:theme": {"@id": f"{_AUTHORITY}/data-theme/ECON"},
        "dcat:version": VERSION,
        "dcat:landingPage": {"@id": giver.data, "@type": "foaf:Document"},
        "dcat:distribution": [_distribution(file, giver) for file in files],
    }


def _distribution(file: Described, giver: Giver) -> Document:
    address = f"{giver.data}{file.name}"
    return {
        "@id": f"{giver.data}#{file.name}",
        "@type": "dcat:Distribution",
        "dct:title": _text(f"{file.table.title}: {file.format.title}"),
        "dcat:accessURL": {"@id": giver.data},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{_bare(file.format)}"},
        "dct:format": {"@id": file.format.file_type},
        "dct:license": _licence(giver),
        "dct:modified": _moment(file.made),
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _service(giver: Giver) -> Document:
    return {
        "@id": f"{giver.address}/api/",
        "@type": "dcat:DataService",
        "dct:title": _text("Register of labels, for programs"),
        "dcat:endpointURL": {"@id": f"{giver.address}/api/v1/"},
        "dcat:endpointDescription": {"@id": f"{giver.address}/api/v1/openapi.json"},
        "dct:license": _licence(giver),
        "dct:publisher": _publisher(giver),
    }


def _publisher(giver: Giver) -> Document:
    return {"@id": f"{giver.address}/", "@type": "foaf:Agent", "foaf:name": giver.name}


def _contact(giver: Giver) -> Document:
    mail = {"@id": f"mailto:{giver.contact}"}
    return {"@type": "vcard:Organization", "vcard:fn": giver.name, "vcard:hasEmail": mail}


def _licence(giver: Giver) -> Document:
    return {"@id": giver.licence_address, "@type": "dct:LicenseDocument", "dct:title": giver.licence}


def _bare(form: Format) -> str:
    """The media type without its character set, as the register of media types names it."""
    return form.media_type.partition(";")[0]


def _text(words: str) -> Document:
    return {"@value": words, "@language": "en"}


def _moment(at: datetime) -> Document:
    return {"@value": at.isoformat().replace("+00:00", "Z"), "@type": "xsd:dateTime"}
