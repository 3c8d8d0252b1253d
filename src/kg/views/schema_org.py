"""What search engines read in a page (storey 3): schema.org, as JSON-LD inside the HTML.

Source: https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode

from kg.dataset.description import label, types
from kg.dataset.document import document_iri
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import DCAT, DCTERMS
from kg.rdf.terms import Term, text_of

VOCABULARY = "https://schema.org/"

# members of a data set, and the properties in which the data says them
SAID = (
    ("description", f"{DCTERMS}description"),
    ("identifier", f"{DCTERMS}identifier"),
    ("keywords", f"{DCAT}keyword"),
    ("license", f"{DCTERMS}license"),
    ("version", f"{DCAT}version"),
    ("datePublished", f"{DCTERMS}issued"),
    ("dateModified", f"{DCTERMS}modified"),
    ("inLanguage", f"{DCTERMS}language"),
    ("creator", f"{DCTERMS}creator"),
    ("publisher", f"{DCTERMS}publisher"),
    ("isBasedOn", f"{DCTERMS}source"),
    ("temporalCoverage", f"{DCTERMS}temporal"),
    ("spatialCoverage", f"{DCTERMS}spatial"),
)

AGENTS = frozenset({"creator", "publisher"})


def data_set_markup(
    snapshot: Snapshot, dataset: NamedNode | None, title: str, downloads: Iterable[tuple[str, str]]
) -> Markup:
    """Return the data set as schema.org describes one, or nothing where the data names none.

    `downloads` are (URL, media type) pairs.
    """
    if dataset is None:
        return Markup("")
    members: dict[str, Any] = {
        "@type": "Dataset",
        "@id": dataset.value,
        "name": title,
        "url": document_iri(snapshot, dataset.value),
        "isAccessibleForFree": True,
    }
    for name, predicate in SAID:
        values = [_value(snapshot, name, term) for term in snapshot.objects(dataset, predicate)]
        if values:
            members[name] = values if len(values) > 1 else values[0]
    members["distribution"] = [
        {"@type": "DataDownload", "contentUrl": url, "encodingFormat": type_}
        for url, type_ in downloads
    ]
    return markup({name: value for name, value in members.items() if value not in ([], None)})


def page_markup(snapshot: Snapshot, iri: str, dataset: str, title: str) -> Markup:
    """Return the page about a resource as schema.org describes one; `title` is the site's."""
    node = NamedNode(iri)
    named = label(snapshot, node)
    about = {"@id": iri, "additionalType": list(types(snapshot, node))}
    whole = {"@type": "Dataset", "@id": dataset, "name": title} if dataset else None
    members = {
        "@type": "WebPage",
        "@id": document_iri(snapshot, iri),
        "name": named.value if named else iri,
        "about": {name: value for name, value in about.items() if value},
        "isPartOf": whole,
    }
    return markup({name: value for name, value in members.items() if value is not None})


def markup(members: Mapping[str, Any]) -> Markup:
    """Return JSON-LD for a script element: nothing in it can end the element.

    Source: https://www.w3.org/TR/json-ld11/#restrictions-for-contents-of-json-ld-script-elements
    """
    text = json.dumps({"@context": VOCABULARY, **members}, ensure_ascii=False, indent=1)
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped)  # noqa: S704 - what HTML could read is escaped in the line above


def _value(snapshot: Snapshot, name: str, term: Term) -> Any:
    if isinstance(term, Literal):
        said = {"@value": term.value, "@language": term.language}
        return said if term.language else term.value
    named = label(snapshot, term) if isinstance(term, NamedNode) else None
    if name in AGENTS:
        agent = {"@type": "Organization", "@id": text_of(term)}
        return {**agent, "name": named.value} if named else agent
    return text_of(term) if isinstance(term, NamedNode) else None
