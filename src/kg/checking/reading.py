"""What an answer says, as triples, rows or links (storey 1); whoever sent it may mean harm."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, Triple, parse
from pyoxigraph import parse_query_results as engine_results

from kg.checking.client import Client, request
from kg.checking.exchange import Answer, address_of, joined
from kg.rdf.formats import FORMATS, JSON_LD, RESULT_FORMATS, Format, ResultFormat
from kg.rdf.terms import Term

# none of these goes back over what it has read: headers and pages may be made to be slow
LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]*))?)*)')
SPACE = re.compile(r"\s+")
PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]*))')
TAG = re.compile(r"<(?:a|link|img|script)\b[^<>]*>", re.IGNORECASE)
TARGET = re.compile(r"""\b(?:href|src)\s*=\s*(["'])(.*?)\1""", re.IGNORECASE)

# bytes of a page that are looked through for links
PAGE = 2_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a Link header: its target as a URL, its relations, its media type or ""."""

    target: str
    relations: tuple[str, ...]
    type: str


def links_of(answer: Answer) -> tuple[Link, ...]:
    """Return the links of the answer's Link headers.

    Source: https://www.rfc-editor.org/rfc/rfc8288#section-3
    """
    return tuple(_links(answer))


def _links(answer: Answer) -> Iterator[Link]:
    for target, rest in LINK.findall(SPACE.sub(" ", answer.headers.get("link", ""))):
        given = {name.lower(): quoted or plain for name, quoted, plain in PARAMETER.findall(rest)}
        if "anchor" not in given:
            url = joined(answer.request.url, target)
            yield Link(url, tuple(given.get("rel", "").split()), given.get("type", ""))


def format_of(media_type: str) -> Format | None:
    """Return the RDF format that a media type is of, or None; general types are of none."""
    own = (one for one in FORMATS if media_type in (one.media_type, _old(one)))
    return next(own, None)


def _old(format_: Format) -> str:
    return next((alias for alias in format_.aliases if "/x-" in alias), "")


def result_format_of(media_type: str) -> ResultFormat | None:
    """Return the format of SPARQL results that a media type is of, or None."""
    return next((one for one in RESULT_FORMATS if media_type == one.media_type), None)


def triples_of(client: Client, answer: Answer) -> tuple[Triple, ...] | None:
    """Return the triples of an RDF answer, of all graphs; None where it is no RDF.

    Raises: ValueError where it says that it is RDF of a format and cannot be read as that.
    """
    format_ = format_of(answer.media_type)
    if answer.status != 200 or format_ is None:
        return None
    body = _with_contexts(client, answer) if format_ is JSON_LD else answer.body
    try:
        quads = parse(body, format_.engine, base_iri=answer.request.url)
        return tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    except SyntaxError as error:
        raise ValueError(f"not {format_.name}: {error}") from error


def _with_contexts(client: Client, answer: Answer) -> bytes:
    """Return a JSON-LD document with the contexts that it names in their places.

    Raises: ValueError where it is no JSON, too deep, or a context is not to be had.
    """
    try:
        document = json.loads(answer.body)
        if isinstance(document, dict) and "@context" in document:
            named = document["@context"]
            contexts = named if isinstance(named, list) else [named]
            found = [_context(client, answer, one) for one in contexts]
            document = {**document, "@context": [one for row in found for one in row]}
        return json.dumps(document).encode()
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error


def _context(client: Client, answer: Answer, named: Any) -> list[Any]:
    if not isinstance(named, str):
        return [named]
    url = joined(answer.request.url, named)
    *_, fetched = client.follow(request("GET", url, JSON_LD.media_type))
    if fetched.status != 200:
        raise ValueError(f"its context {url} cannot be had: {fetched}")
    found = json.loads(fetched.body)
    contexts = found.get("@context", []) if isinstance(found, dict) else []
    rows = contexts if isinstance(contexts, list) else [contexts]
    if any(isinstance(one, str) for one in rows):
        raise ValueError(f"its context {url} names others")
    return rows


def ground(triples: Iterable[Triple]) -> frozenset[tuple[str, str, str]]:
    """Return the triples as text, with one word for all blank nodes: equal where isomorphic.

    Two graphs may be equal so and not isomorphic; telling that may take for ever.
    """
    return frozenset((_erased(t.subject), t.predicate.value, _erased(t.object)) for t in triples)


def _erased(term: Any) -> str:
    if isinstance(term, Triple):
        return " ".join(_erased(part) for part in (term.subject, term.predicate, term.object))
    return "_" if isinstance(term, BlankNode) else str(term)


def objects(triples: Iterable[Triple], predicate: str, subject: Any = None) -> tuple[Term, ...]:
    """Return the objects of a property, of one subject or of any, each once."""
    found = (
        t.object
        for t in triples
        if t.predicate.value == predicate and (subject is None or t.subject == subject)
    )
    return tuple(dict.fromkeys(found))


def iris(terms: Iterable[Any]) -> tuple[str, ...]:
    """Return those terms that are IRIs, as strings, each once."""
    return tuple(dict.fromkeys(term.value for term in terms if isinstance(term, NamedNode)))


def number(terms: Sequence[Term]) -> int | None:
    """Return the whole number that the terms give, None where they give none or several."""
    values = {term.value for term in terms if isinstance(term, Literal)}
    text = values.pop() if len(values) == 1 else ""
    return int(text) if text.isdecimal() and len(text) < 20 else None


def rows_of(answer: Answer) -> list[dict[str, Term]] | None:
    """Return the rows of a SELECT in JSON, XML or TSV; None where it is none of these.

    Raises: ValueError where it says that it is of a format and cannot be read as that.
    """
    found = _results(answer)
    if found is None or isinstance(found, QueryBoolean):
        return None
    try:
        names = [variable.value for variable in found.variables]
        return [{n: row[n] for n in names if row[n] is not None} for row in found]
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def boolean_of(answer: Answer) -> bool | None:
    """Return what an ASK says; None where the answer is none, whatever else it is."""
    try:
        found = _results(answer)
    except ValueError:
        return None
    return bool(found) if isinstance(found, QueryBoolean) else None


def _results(answer: Answer) -> Any:
    format_ = result_format_of(answer.media_type)
    if answer.status != 200 or format_ is None or format_.extension == "csv":
        return None
    try:
        return engine_results(answer.body, format_.engine)
    except SyntaxError as error:
        raise ValueError(f"not {format_.name}: {error}") from error


def hrefs(page: Answer) -> tuple[str, ...]:
    """Return the URLs that a page links to or is made of, without fragments, each once."""
    text = page.body[:PAGE].decode(errors="replace")
    tags = (tag for tag in TAG.findall(text) if "nofollow" not in tag)
    targets = (unescape(found[2]).strip() for tag in tags for found in TARGET.finditer(tag))
    urls = (joined(page.request.url, target) for target in targets)
    return tuple(dict.fromkeys(address_of(url) for url in urls if url.startswith("http")))
