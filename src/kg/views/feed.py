"""The feed of versions (storey 3), for programs that wait for the next.

Source: https://www.rfc-editor.org/rfc/rfc4287
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from kg.rdf.formats import HTML
from kg.versions.version import Version

ATOM = "http://www.w3.org/2005/Atom"

# when there is nothing to tell; a feed must have a date
NEVER = "1970-01-01T00:00:00+00:00"


def feed(title: str, versions: Sequence[Version], address: str) -> bytes:
    """Return the feed, the newest version first; `address` is the server's, without a slash."""
    root = Element("feed", xmlns=ATOM)
    _text(root, "id", f"{address}/changes.atom")
    _text(root, "title", title)
    _text(root, "updated", versions[-1].date.isoformat() if versions else NEVER)
    SubElement(root, "link", rel="self", href=f"{address}/changes.atom")
    SubElement(root, "link", rel="alternate", href=f"{address}/version", type=HTML.media_type)
    author = SubElement(root, "author")
    _text(author, "name", title)
    for version in reversed(versions):
        root.append(_entry(version, address))
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _entry(version: Version, address: str) -> Element:
    entry, number = Element("entry"), version.number
    # the same wherever it is served
    _text(entry, "id", f"urn:sha256:{version.id}")
    _text(entry, "title", f"Version {number}")
    _text(entry, "updated", version.date.isoformat())
    _text(entry, "summary", version.note or f"{version.triples:,} triples")
    changes = f"/diff/{number - 1}/{number}" if number > 1 else f"/version/{number}/"
    SubElement(entry, "link", rel="alternate", href=address + changes, type=HTML.media_type)
    return entry


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
