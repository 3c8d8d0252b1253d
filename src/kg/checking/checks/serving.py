"""Checks that what an endpoint says of itself is so."""

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.checking.asking import by_get
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.checks.describing import counted
from kg.checking.client import request
from kg.checking.discovery import RDF, graph
from kg.checking.exchange import Answer
from kg.checking.reading import boolean_of, iris, number, objects
from kg.checking.site import Site
from kg.rdf.formats import FORMATS, JSON, RESULT_FORMATS
from kg.rdf.namespaces import RDF as SYNTAX
from kg.rdf.namespaces import SD, VOID

DESCRIBED = "https://www.w3.org/TR/sparql11-service-description/#"


def service_is_described(site: Site) -> Iterator[Judgement]:
    """Judge what the endpoint says of itself, asked without a query."""
    if site.endpoint:
        answer, said = _service(site)
        services = objects(said, f"{SYNTAX}type")
        good = any(getattr(one, "value", "") == f"{SD}Service" for one in services)
        yield require(good, answer, "no sd:Service in RDF")


def service_names_itself(site: Site) -> Iterator[Judgement]:
    """Judge whether the endpoint's name for itself leads to it."""
    answer, said = _service(site)
    for url in iris(objects(said, f"{SD}endpoint")):
        yield require(site.address(url) == site.endpoint, answer, f"calls itself {url}")


def formats_are_there(site: Site) -> Iterator[Judgement]:
    """Judge whether the endpoint has the formats of results that it claims."""
    _, said = _service(site)
    claimed = iris(objects(said, f"{SD}resultFormat"))
    for format_ in (one for one in (*RESULT_FORMATS, *FORMATS) if one.iri in claimed):
        query = "CONSTRUCT {} {}" if format_ in FORMATS else "SELECT * {} LIMIT 0"
        answer = site.client.ask(by_get(site.endpoint, query, format_.media_type))
        good = answer.status == 200 and answer.media_type == format_.media_type
        yield require(good, answer, f"{format_.name} is claimed")


def graphs_are_there(site: Site) -> Iterator[Judgement]:
    """Judge whether the endpoint has the graphs that it names, as large as it says."""
    _, said = _service(site)
    named = [t.subject for t in said if t.predicate.value == f"{SD}name"]
    for node in named[: 5 * site.client.limits.resources]:
        for name in objects(said, f"{SD}name", node)[:1]:
            query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {name} {{ ?s ?p ?o }} }}"
            graphs = objects(said, f"{SD}graph", node)
            sizes = [number(objects(said, f"{VOID}triples", one)) for one in graphs]
            if sizes and sizes[0] is not None:
                yield counted(site, query, sizes[0], f"void:triples of {name}")
            else:
                asked = f"ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}"
                answer = site.client.ask(by_get(site.endpoint, asked, JSON.media_type))
                yield require(boolean_of(answer), answer, f"no such graph: {name}")


def features_are_there(site: Site) -> Iterator[Judgement]:
    """Judge those features that a query can show."""
    _, said = _service(site)
    features = iris(objects(said, f"{SD}feature"))
    if f"{SD}UnionDefaultGraph" in features:
        query = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
        answer = site.client.ask(by_get(site.endpoint, query, JSON.media_type))
        good = boolean_of(answer) is False
        yield require(good, answer, "sd:UnionDefaultGraph is claimed, a graph has more")


def _service(site: Site) -> tuple[Answer, tuple[Triple, ...]]:
    answer = site.client.follow(request("GET", site.endpoint or site.home, RDF))[-1]
    return answer, graph(site.client, answer) if site.endpoint else ()


CHECKS = (
    Check(
        "service-description",
        Level.SHOULD,
        f"{DESCRIBED}accessing",
        "An endpoint that is asked without a query describes itself in RDF.",
        service_is_described,
    ),
    Check(
        "service-endpoint",
        Level.MUST,
        f"{DESCRIBED}sd-endpoint",
        "The URL that the endpoint says it has leads to it.",
        service_names_itself,
    ),
    Check(
        "service-formats",
        Level.MUST,
        f"{DESCRIBED}sd-resultFormat",
        "Results come in every format that the endpoint claims.",
        formats_are_there,
    ),
    Check(
        "service-graphs",
        Level.MUST,
        f"{DESCRIBED}sd-namedGraph",
        "The graphs that the endpoint names are there, with as many triples as it says.",
        graphs_are_there,
    ),
    Check(
        "service-features",
        Level.MUST,
        f"{DESCRIBED}sd-feature",
        "Features that are claimed are there.",
        features_are_there,
    ),
)
