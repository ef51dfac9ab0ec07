"""What happened to labels as Atom (RFC 4287): the newest entries of the ledger, in words."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from touchstone.core.labels.documents import moment_text
from touchstone.core.labels.model import Entry
from touchstone.output.pictures.widths import printed

NEWEST = 50
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed. `updated` is the moment of its newest entry, or of the register's beginning."""

    title: str
    address: str  # its own
    page: str  # where the same stands for people
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one entry of the ledger says."""

    entry: Entry
    title: str
    text: str
    page: str


def atom(channel: Channel, items: Iterable[Item]) -> bytes:
    """The feed; the same entries give the same bytes."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _text(root, "id", channel.address)
    _text(root, "title", channel.title)
    _text(root, "updated", moment_text(channel.updated))
    _empty(root, "link", {"rel": "self", "type": "application/atom+xml", "href": channel.address})
    _empty(root, "link", {"rel": "alternate", "type": "text/html", "href": channel.page})
    for item in items:
        _item(ET.SubElement(root, "entry"), item)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def stable_id(entry: Entry) -> str:
    """A name for an entry that neither the address of the installation nor a new database changes."""
    return uuid.uuid5(uuid.NAMESPACE_OID, entry.hash).urn


def _item(element: ET.Element, item: Item) -> None:
    _text(element, "id", stable_id(item.entry))
    _text(element, "title", item.title)
    _text(element, "updated", moment_text(item.entry.act.recorded))
    _text(ET.SubElement(element, "author"), "name", item.entry.act.actor)
    _empty(element, "link", {"rel": "alternate", "type": "text/html", "href": item.page})
    _empty(element, "category", {"term": item.entry.act.kind.value})
    _text(element, "content", item.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = printed(text)


def _empty(parent: ET.Element, name: str, attributes: Mapping[str, str]) -> None:
    ET.SubElement(parent, name, {key: printed(value) for key, value in attributes.items()})
