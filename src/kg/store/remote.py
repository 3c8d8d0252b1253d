"""A remote engine as a store (storey 3): any that speaks the SPARQL 1.1 protocol.

Every answer is asked for in one format, read whole, and written anew in the format that was
wanted: so all engines give the same formats, and a part of an answer is never passed on.
Source: https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from pyoxigraph import (
    QueryBoolean,
    QuerySolutions,
    Triple,
    parse,
    parse_query_results,
)

from kg.dataset.snapshot import Snapshot
from kg.errors import KgError, QueryError, QueryRefused, RemoteFailed
from kg.rdf.formats import JSON, N_TRIPLES, Format, ResultFormat
from kg.rdf.sparql_text import GRAPH_FORMS, keywords, query_form
from kg.settings import ABSOLUTE_IRI, StoreSettings
from kg.store.base import Answer, SparqlRequest, Steps, at_a_stretch
from kg.store.embedded import refuse
from kg.store.remote_client import Client, Reply, endpoint_at
from kg.store.remote_errors import refusal, require_whole
from kg.store.remote_query import explicit, prologue, require_query, solutions, without_dataset
from kg.store.syntax import ROOM
from kg.store.writing import graph_written, written

# names no graph: a dataset without default or named graphs, said to an engine that has no such
NO_GRAPH = "urn:x-kg:none"

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_SECONDS, COUNT_BYTES = 5.0, 10_000

# Virtuoso's labels of blank nodes have characters that no format allows there
ODD_LABEL = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')

# triples in triples that are read; the parser dies of some thousands
DEPTH = 100
STRING_OR_BRACE = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}]')


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at an engine found, and whether that is as it should be."""

    text: str
    good: bool


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """An engine and what queries on it may leave out: prefixes and the base IRI.

    `default_graph` and `federation` are as in the settings.
    """

    client: Client
    prefixes: Mapping[str, str]
    base: str
    default_graph: str = ""
    federation: bool = False

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`.

        The limit on bytes is kept by what the engine sends, and by what is made of it. Raises
        RemoteFailed where the engine sends no whole answer, RemoteTimeout where it is too slow.
        """
        refuse(request.query, federation=self.federation)
        require_query(request.query)
        graph = query_form(request.query) in GRAPH_FORMS
        if graph is not isinstance(request.format, Format):
            name = request.format.name
            raise QueryRefused(f"{name} cannot hold the answer to this form of query.")
        deadline = time.monotonic() + request.seconds
        reply = self._asked(request, explicit(request.query), request.seconds)
        if graph and self._caps_silently(reply):
            # the same header is sent with a SELECT, and the limit is on solutions
            left = max(deadline - time.monotonic(), 0)
            self._asked(request, solutions(explicit(request.query)), left)
        return Answer(self._written(reply, request), request.format.media_type)

    def look(self, triples: int) -> Look:
        """Return whether the engine answers now and has that many triples in its default graph."""
        where = self.client.endpoint.shown
        request = SparqlRequest(COUNT, JSON, COUNT_SECONDS, COUNT_BYTES)
        try:
            rows = parse_query_results(self.answer(request).whole, JSON.engine)
            (found,) = (int(row[0].value) for row in cast("QuerySolutions", rows))
        except (KgError, ValueError) as error:
            return Look(
                f"SPARQL is to be answered by {where}, which fails now: {error}", good=False
            )
        if found != triples:
            text = (
                f"SPARQL is answered by {where}, which has {found:,} triples in its default "
                f"graph, not {triples:,}. Load the dumps of this data: docs/operations.md."
            )
            return Look(text, good=False)
        return Look(f"SPARQL is answered by {where}, which has all {found:,} triples.", good=True)

    def steps(self, request: SparqlRequest) -> Steps:
        """Yield the one step that an answer takes; see `Store.steps`."""
        return at_a_stretch(self.answer, request)

    def close(self) -> None:
        """Break off what is being asked; the engine itself goes on."""
        self.client.close()

    def _asked(self, request: SparqlRequest, query: str, seconds: float) -> Reply:
        """Return the engine's whole answer to a query, in the format that such are asked for in."""
        wire: Format | ResultFormat = N_TRIPLES if query_form(query) in GRAPH_FORMS else JSON
        form = self._form(request, query)
        reply = self.client.post(form, wire.media_type, seconds, request.bytes)
        if reply.status != 200:
            raise refusal(reply, request.query, verbatim=query == request.query)
        require_whole(reply)
        _require_type(reply, wire)
        return reply

    def _caps_silently(self, reply: Reply) -> bool:
        """Whether the engine is one that cuts graphs and does not say so: Virtuoso."""
        return bool(self.default_graph) or "Virtuoso" in reply.headers.get("Server", "")

    def _form(self, request: SparqlRequest, query: str) -> bytes:
        default, named = self._dataset(request)
        if request.default_graphs or request.named_graphs:
            query = without_dataset(query)
        text = prologue(query, self.prefixes, self.base) + query + ROOM
        pairs = [("query", text)]
        pairs += [("default-graph-uri", iri) for iri in default]
        pairs += [("named-graph-uri", iri) for iri in named]
        try:
            return urlencode(pairs).encode()
        except UnicodeEncodeError as error:
            raise QueryError("The query is not Unicode: it has half of a pair.") from error

    def _dataset(self, request: SparqlRequest) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the default and named graphs to ask about, none where the engine's are meant."""
        default, named = request.default_graphs, request.named_graphs
        for iri in (*default, *named):
            if not ABSOLUTE_IRI.fullmatch(iri):
                raise QueryError(f"A graph is named by an absolute IRI, not by {iri!r}.")
        if not self.default_graph:
            return default, named
        if default or named:
            return default or (NO_GRAPH,), named or (NO_GRAPH,)
        own = "FROM" in keywords(request.query)
        return (() if own else (self.default_graph,)), ()

    def _written(self, reply: Reply, request: SparqlRequest) -> bytes:
        format_, prefixes = request.format, dict(self.prefixes)
        try:
            if isinstance(format_, Format):
                return graph_written(_triples(reply), format_, request, prefixes)
            return written(_results(reply, request.query), request, prefixes)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise RemoteFailed(f"The engine's answer cannot be read: {error}") from error


def open_remote(settings: StoreSettings, snapshot: Snapshot) -> RemoteStore:
    """Return a store that asks the engine at the URL of `store.kind`; nothing is sent yet.

    Raises: ProjectError when that is no URL of http or https.
    """
    client = Client(endpoint_at(settings.kind.removeprefix("sparql:")))
    prefixes = dict(snapshot.prefixes.pairs)
    return RemoteStore(client, prefixes, snapshot.base, settings.default_graph, settings.federation)


def _require_type(reply: Reply, wire: Format | ResultFormat) -> None:
    media_type = reply.headers.get_content_type()
    if media_type not in (wire.media_type, *wire.aliases):
        raise RemoteFailed(
            f"The engine answered with {media_type}, where {wire.media_type} was asked for. "
            "Is the address in store.kind that of its SPARQL endpoint?"
        )


def _triples(reply: Reply) -> list[Triple]:
    """Return the triples of an answer, each once.

    Raises: RemoteFailed where nobody can tell whether all have come.
    """
    if not reply.framed:
        raise RemoteFailed("The engine's answer has neither a length nor chunks: it may be cut.")
    if b"<<" in reply.body and max(line.count(b"<<") for line in reply.body.split(b"\n")) > DEPTH:
        raise RemoteFailed("The engine's answer has triples in triples, too deep to be read.")
    return list(dict.fromkeys(quad.triple for quad in parse(reply.body, N_TRIPLES.engine)))


def _results(reply: Reply, query: str) -> QuerySolutions | QueryBoolean:
    body = ODD_LABEL.sub(rb"\1", reply.body)
    if b'"triple"' in body and _depth(body) > DEPTH:
        raise RemoteFailed("The engine's answer has triples in triples, too deep to be read.")
    results = parse_query_results(body, JSON.engine)
    if query_form(query) == "ASK" and isinstance(results, QuerySolutions):
        # Virtuoso answers ASK with one row, or none for false
        truth = b"true" if any(row[0].value in ("1", "true") for row in results) else b"false"
        results = parse_query_results(b'{"head":{},"boolean":%s}' % truth, JSON.engine)
    if (query_form(query) == "ASK") is not isinstance(results, QueryBoolean):
        raise RemoteFailed("The engine's answer is not of the query's form.")
    return results


def _depth(body: bytes) -> int:
    """Return how deep objects lie in each other in a JSON text."""
    deepest = depth = 0
    for matched in STRING_OR_BRACE.finditer(body):
        if matched[0] in b"{}":
            depth += 1 if matched[0] == b"{" else -1
            deepest = max(deepest, depth)
    return deepest
