"""Where a resource is found (storey 2): IRI to URL path and back; the URL policy, nowhere else.

A thing has a slash IRI, answered by 303 with its document; a document with hash IRIs answers
for itself. The document of `{base}id/claim/c-1` is `/doc/claim/c-1`, in one format
`/doc/claim/c-1.ttl`. Whatever has no such path is described at `/resource?iri=…`.
Source: https://www.w3.org/TR/cooluris/#r303gendocument
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.dataset.dumps import DUMP_NAMES
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import (
    CSV,
    FORMATS,
    HTML,
    JSON_LD_GRAPHS,
    LINK_SETS,
    TURTLE,
    Format,
    PlainFormat,
)
from kg.rdf.namespaces import OWL

# first segments of paths that the server keeps for itself; a document at /context would have
# the URL of the JSON-LD context for its own
RESERVED = DUMP_NAMES | frozenset(
    {
        "",
        ".well-known",
        "changes.atom",
        "context",
        "context.jsonld",
        "diff",
        "doc",
        "dump",
        "favicon.ico",
        "graph-store",
        "list",
        "llms.txt",
        "openapi.json",
        "opensearch.xml",
        "reconcile",
        "resource",
        "robots.txt",
        "search",
        "search.csv",
        "search.json",
        "sitemap.xml",
        "sparql",
        "static",
        "terms.json",
        "timemap",
        "validate",
        "version",
    }
)

# what a path can carry to the server and back unchanged
PLAIN_PATH = re.compile(r"[^\x00-\x20?#%\\]+")
DOT_SEGMENT = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")

# what lists are had as, besides pages
LIST_FILES = (CSV, TURTLE)

# how a URL asks for a language of pages, whatever the client prefers
LANGUAGE = "lang="

DOCUMENT_FORMATS: tuple[Format | PlainFormat, ...] = (*FORMATS, HTML)

# what is had by its suffix, and never by negotiation
BY_SUFFIX: tuple[Format | PlainFormat, ...] = (JSON_LD_GRAPHS, *LINK_SETS)


@dataclass(frozen=True, slots=True)
class Location:
    """What a request path stands for.

    `document` tells a document from a thing; `format` is set where the path ends in a suffix.
    """

    iri: str
    document: bool
    format: Format | PlainFormat | None = None


def document_path(snapshot: Snapshot, iri: str) -> str:
    """Return the root-relative URL of the document that describes the IRI, with its fragment."""
    document, _, fragment = iri.partition("#")
    local = document.removeprefix(snapshot.base)
    elsewhere = not iri.startswith(snapshot.base) or not _has_path(local)
    if document in snapshot.documents:
        own = f"{snapshot.root}/{quote(local, safe=SAFE)}"
        path = _elsewhere(snapshot, document) if elsewhere else own
        return path + (f"#{quote(fragment, safe=SAFE)}" if fragment else "")
    if elsewhere:
        return _elsewhere(snapshot, iri)
    return f"{snapshot.root}/doc/{quote(_short(snapshot, local), safe=SAFE)}"


def format_path(snapshot: Snapshot, iri: str, format_: Format | PlainFormat) -> str:
    """Return the URL of the document that describes the IRI, in one format."""
    path = document_path(snapshot, iri).partition("#")[0]
    url = f"{path}.{format_.extension}"
    elsewhere = _elsewhere(snapshot, "")
    # with a suffix, the URL may be that of another IRI
    taken = _exactly(snapshot, unquote(url.removeprefix(f"{snapshot.root}/")))
    if taken and not path.startswith(elsewhere):
        path = _elsewhere(snapshot, iri.partition("#")[0])
    return f"{path}&format={format_.extension}" if path.startswith(elsewhere) else url


def _elsewhere(snapshot: Snapshot, iri: str) -> str:
    return f"{snapshot.root}/resource?iri={quote(iri, safe='')}"


def page_path(path: str, page: int) -> str:
    """Return the URL of a page of a document, given the document's, in a format or not."""
    return f"{path}{'&' if '?' in path else '?'}page={page}"


def turning(snapshot: Snapshot, url: str) -> str:
    """Return the URL of another page of an answer, as links have it: of the same version.

    Whoever begins anew names no page and no version.
    """
    return f"{url}&snapshot={snapshot.named}" if snapshot.named and "page=" in url else url


def in_language(url: str, language: str) -> str:
    """Return the URL of a page in that language; "" for the one that the client prefers.

    Whoever writes pages into files gives them names by this URL.
    """
    url, hash_, fragment = url.partition("#")
    path, _, query = url.partition("?")
    pairs = [pair for pair in query.split("&") if pair and not pair.startswith(LANGUAGE)]
    asked = "&".join([*pairs, *([LANGUAGE + language] if language else [])])
    return f"{path}{'?' if asked else ''}{asked}{hash_}{fragment}"


def language_in(query: str) -> str:
    """Return the language that a URL's query asks for, "" where it asks for none."""
    found = (pair for pair in query.split("&") if pair.startswith(LANGUAGE))
    return next(found, "").removeprefix(LANGUAGE)


def list_path(class_: str) -> str:
    """Return the URL of the list of any class's instances."""
    return f"/list?class={quote(class_, safe='')}"


def links_path(iri: str, property_: str) -> str:
    """Return the URL of the list of what points at a resource by a property."""
    return f"/list?to={quote(iri, safe='')}&by={quote(property_, safe='')}"


def list_paths(snapshot: Snapshot, names: Mapping[str, str]) -> dict[str, str]:
    """Return the URLs of the lists of classes, from the names that these would have.

    A name that the server or the data has for something else gives way to the URL that any class
    has.
    """
    paths: dict[str, str] = {}
    for class_, name in names.items():
        free = name and name not in RESERVED and f"/{name}" not in paths.values()
        urls = (name, *(f"{name}.{kind.extension}" for kind in LIST_FILES))
        taken = any(_exactly(snapshot, url) for url in urls)
        paths[class_] = f"/{name}" if free and not taken else list_path(class_)
    return paths


def local_path(snapshot: Snapshot, iri: str) -> str:
    """Return the root-relative URL at which the IRI itself is answered."""
    local = iri.removeprefix(snapshot.base)
    if not iri.startswith(snapshot.base) or not _has_path(local):
        return document_path(snapshot, iri)
    return f"{snapshot.root}/{quote(local, safe=SAFE + '#')}"


def locate(snapshot: Snapshot, path: str) -> Location | None:
    """Return what a request path stands for, or None where the snapshot knows nothing there.

    `path` is as the client sent it, percent-encoded, without the leading slash. An IRI that
    ends like a suffix wins over the suffix.
    """
    # documents of IRIs with % are elsewhere; a thing may be asked for by the IRI as it is
    plain = unquote(path)
    candidates = dict.fromkeys((plain, path) if path.startswith("doc/") else (path, plain))
    for candidate in candidates:
        if found := _exactly(snapshot, candidate):
            return found
    for candidate in candidates:
        for format_ in (*BY_SUFFIX, *DOCUMENT_FORMATS):
            stem = candidate.removesuffix(f".{format_.extension}")
            found = _exactly(snapshot, stem) if stem != candidate else None
            if found and found.document:
                return Location(found.iri, document=True, format=format_)
    return None


def version_names(snapshot: Snapshot) -> dict[str, str]:
    """Return the IRIs here that name the present version of an ontology, and which it is."""
    typed = snapshot.by_object.get(f"<{OWL}Ontology>", ())
    return {
        name: quad.subject.value
        for quad in typed
        if isinstance(quad.subject, NamedNode)
        for version in snapshot.objects(quad.subject, f"{OWL}versionIRI")
        if (name := str(version)[1:-1]).startswith(snapshot.base)
        and _has_path(name.removeprefix(snapshot.base))
        and not ("#" in name or snapshot.describes(name))
    }


def _exactly(snapshot: Snapshot, path: str) -> Location | None:
    if path.startswith("doc/"):
        iri = _long(snapshot, path.removeprefix("doc/"))
        return Location(iri, document=True) if snapshot.describes(iri) else None
    iri = snapshot.base + path
    if iri in snapshot.documents:
        return Location(iri, document=True)
    return Location(iri, document=False) if snapshot.describes(iri) else None


def _short(snapshot: Snapshot, local: str) -> str:
    """Return the document's path: without `id/`, unless that would be another's."""
    short = local.removeprefix("id/")
    return local if snapshot.describes(snapshot.base + short) else short


def _long(snapshot: Snapshot, short: str) -> str:
    iri = snapshot.base + short
    return iri if snapshot.describes(iri) else f"{snapshot.base}id/{short}"


def _has_path(local: str) -> bool:
    first = local.partition("#")[0].partition("/")[0]
    plain = PLAIN_PATH.fullmatch(local.partition("#")[0])
    return bool(plain) and first not in RESERVED and not DOT_SEGMENT.search(local)


# sub-delims and others that RFC 3986 allows in a path segment
SAFE = "/:@!$&'()*+,;=~-._"
