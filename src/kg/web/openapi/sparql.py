"""The SPARQL endpoint as operations (storey 4)."""

from types import MappingProxyType

from kg.rdf.formats import FORM, FORMATS, HTML, RESULT_FORMATS, SPARQL_QUERY
from kg.web.openapi.parts import (
    OF_QUERIES,
    Part,
    answer,
    operation,
    parameter,
    problems,
)

QUERY = MappingProxyType({"type": "string", "format": "sparql-query"})
GRAPHS = MappingProxyType({"type": "array", "items": {"type": "string", "format": "iri"}})


def _sparql_parameters() -> list[Part]:
    names = ", ".join(f.extension for f in (*RESULT_FORMATS, *FORMATS))
    seconds = {"type": "string", "format": "seconds"}
    return [
        parameter("default-graph-uri", "Graphs to ask instead of the query's own.", GRAPHS),
        parameter("named-graph-uri", "Named graphs to ask instead.", GRAPHS),
        parameter("format", f"One of {names}; any other is passed over, and Accept decides."),
        parameter("timeout", "An earlier deadline, in seconds.", seconds, example="10"),
    ]


def _answers() -> Part:
    found = answer("The answer, or the endpoint's description.", (*RESULT_FORMATS, *FORMATS, HTML))
    return {"200": found, **problems(*OF_QUERIES)}


def sparql_get() -> Part:
    """Return what the endpoint answers by GET."""
    query = parameter(
        "query", "SPARQL 1.1; without it, the endpoint describes itself.", QUERY,
        example="SELECT ?s WHERE { ?s a ?class } LIMIT 5",
    )  # fmt: skip
    summary = "Ask any question."
    return operation("sparql", "SPARQL", summary, _answers(), query, *_sparql_parameters())


def sparql_post() -> Part:
    """Return what the endpoint answers by POST."""
    fields = {one["name"]: one["schema"] for one in _sparql_parameters()}
    form = {"type": "object", "required": ["query"], "properties": {"query": dict(QUERY), **fields}}
    body = {
        "required": True,
        "content": {
            FORM.media_type: {"schema": form},
            SPARQL_QUERY.media_type: {"schema": dict(QUERY)},
        },
    }
    responses = {**_answers(), **problems(403, 415)}
    made = operation("sparqlPost", "SPARQL", "Ask any question, also a long one.", responses)
    return {**made, "requestBody": body}
