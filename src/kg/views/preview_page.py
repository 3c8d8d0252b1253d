"""The preview of a resource (storey 3), which other sites show in a frame."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import preferred, types
from kg.dataset.labels import TEXTS
from kg.dataset.snapshot import Snapshot
from kg.views.pages import SitePart, Value
from kg.views.values import value_of

# characters of a text that are shown
LONGEST = 500


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`/reconcile/preview`: what a resource is called, its classes, and a text about it, or None.

    `name` leads to its page.
    """

    site: SitePart
    name: Value
    kinds: tuple[Value, ...]
    said: Value | None


def preview_page(snapshot: Snapshot, site: SitePart, iri: str) -> PreviewPage:
    """Return the preview of an IRI that the snapshot describes."""
    node = NamedNode(iri)
    return PreviewPage(
        site,
        value_of(snapshot, node),
        tuple(value_of(snapshot, NamedNode(one)) for one in types(snapshot, node)),
        said_of(snapshot, node),
    )


def said_of(snapshot: Snapshot, node: NamedNode) -> Value | None:
    """Return a text about a resource in the reader's language, else in any, or None."""
    texts = [text for one in sorted(TEXTS) for text in snapshot.objects(node, one)]
    found = preferred(snapshot, (text for text in texts if isinstance(text, Literal)))
    return Value(found.value[:LONGEST], found.language or "") if found else None
