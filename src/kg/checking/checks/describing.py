"""Checks that what the site says of its data and its endpoint is so: everything is counted anew."""

from collections.abc import Collection, Iterator
from contextlib import suppress

from pyoxigraph import Literal

from kg.checking.asking import by_get
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.client import request
from kg.checking.discovery import RDF, is_endpoint
from kg.checking.reading import iris, number, objects, rows_of
from kg.checking.site import Site
from kg.rdf.formats import JSON
from kg.rdf.namespaces import DCAT, SD, VOID
from kg.rdf.terms import Term, text_of

STATISTICS = "https://www.w3.org/TR/void/#statistics"
IANA = "https://www.iana.org/assignments/media-types/"

# more triples than that are not counted: it may cost the endpoint minutes
COUNTED = 20_000_000

# what is asked for each number that VoID may give of a data set
WHOLE = (
    ("triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    ("classes", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }"),
    ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
    ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
    ("distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
)
# and of a part of it: the property that says of what, the number, the query
PARTS = (
    ("class", "entities", "SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a {} }}"),
    ("property", "triples", "SELECT (COUNT(*) AS ?n) {{ ?s {} ?o }}"),
)


def numbers_are_true(site: Site) -> Iterator[Judgement]:
    """Judge the numbers of the data set that has the endpoint."""
    for dataset in _datasets(site):
        for name, query in WHOLE:
            said = number(objects(site.description, VOID + name, dataset))
            if said is not None:
                yield counted(site, query, said, f"void:{name}")


def parts_are_true(site: Site) -> Iterator[Judgement]:
    """Judge the numbers of some classes and properties."""
    for dataset in _datasets(site):
        for kind, name, query in PARTS:
            parts = objects(site.description, f"{VOID}{kind}Partition", dataset)
            for part in parts[: 5 * site.client.limits.resources]:
                said = number(objects(site.description, VOID + name, part))
                for term in objects(site.description, VOID + kind, part)[:1]:
                    if said is not None:
                        yield counted(site, query.format(term), said, f"void:{name} of {term}")


def dumps_are_there(site: Site) -> Iterator[Judgement]:
    """Judge whether dumps are there, as large and of the type that is said."""
    urls = iris(
        term
        for predicate in (f"{VOID}dataDump", f"{DCAT}downloadURL")
        for term in objects(site.description, predicate)
    )
    asked = urls[: site.client.limits.links]
    said = _sizes(site, asked)
    for url in asked:
        answer = site.client.follow(request("HEAD", site.address(url), "*/*"))[-1]
        size, media_type = said.get(url, (None, ""))
        length = answer.headers.get("content-length", "")
        wrong = [] if answer.status == 200 else ["not there"]
        if size is not None and length and length != str(size):
            wrong.append(f"{length} bytes, {size} are said")
        if media_type and answer.media_type != media_type:
            wrong.append(f"{media_type} is said")
        yield require(not wrong, answer, ", ".join(wrong))


def endpoint_is_there(site: Site) -> Iterator[Judgement]:
    """Judge whether endpoints that are announced answer queries."""
    named = (f"{VOID}sparqlEndpoint", f"{SD}endpoint")
    for url in iris(term for one in named for term in objects(site.description, one)):
        answer = site.client.ask(by_get(site.address(url), "ASK {}", JSON.media_type))
        yield require(is_endpoint(site.client, site.address(url)), answer, "answers no query")


def examples_are_ours(site: Site) -> Iterator[Judgement]:
    """Judge whether examples are in the space of IRIs, and lead somewhere."""
    spaces = [text_of(t) for t in objects(site.description, f"{VOID}uriSpace")]
    for iri in iris(objects(site.description, f"{VOID}exampleResource")):
        answer = site.client.follow(request("HEAD", site.address(iri), RDF))[-1]
        inside = not spaces or iri.startswith(tuple(spaces))
        yield require(answer.status == 200 and inside, answer, "an example of a thing")


def _datasets(site: Site) -> list[Term]:
    """Return the data sets whose endpoint is the one that can be asked."""
    predicate = f"{VOID}sparqlEndpoint"
    found = (t for t in site.description if t.predicate.value == predicate)
    own = (t.subject for t in found if site.address(text_of(t.object)) == site.endpoint)
    return [one for one in own if (_size(site, one) or 0) <= COUNTED]


def _size(site: Site, dataset: Term) -> int | None:
    return number(objects(site.description, f"{VOID}triples", dataset))


def counted(site: Site, query: str, said: int, what: str) -> Judgement:
    """Judge a number that is said, by what a query counts."""
    answer = site.client.ask(by_get(site.endpoint, query, JSON.media_type))
    with suppress(ValueError):
        rows = rows_of(answer) or [{}]
        counted = rows[0].get("n")
        text = counted.value if isinstance(counted, Literal) else "nothing"
        return require(text == str(said), answer, f"{what} {said}, counted {text}")
    return require(good=False, answer=answer, came=f"{what} could not be counted")


def _sizes(site: Site, urls: Collection[str]) -> dict[str, tuple[int | None, str]]:
    """Return the sizes and media types of downloads by URL, as far as they are said."""
    downloads = {
        triple.subject: text_of(triple.object)
        for triple in site.description
        if triple.predicate.value == f"{DCAT}downloadURL" and text_of(triple.object) in urls
    }
    # once through the description, which may be the catalogue of thousands
    said = [triple for triple in site.description if triple.subject in downloads]
    found = {}
    for file, url in downloads.items():
        size = number(objects(said, f"{DCAT}byteSize", file))
        pack = iris(objects(said, f"{DCAT}compressFormat", file))
        types = pack or iris(objects(said, f"{DCAT}mediaType", file))
        known = types[0].removeprefix(IANA) if types and types[0].startswith(IANA) else ""
        found[url] = size, known
    return found


CHECKS = (
    Check(
        "void-numbers",
        Level.MUST,
        STATISTICS,
        "Numbers that VoID gives of the data set are those that queries count.",
        numbers_are_true,
    ),
    Check(
        "void-partitions",
        Level.MUST,
        "https://www.w3.org/TR/void/#class-property-partitions",
        "Numbers that VoID gives of classes and properties are those that queries count.",
        parts_are_true,
    ),
    Check(
        "dumps",
        Level.MUST,
        "https://www.w3.org/TR/vocab-dcat-3/#Property:distribution_download_url",
        "Dumps that are announced are there, of the size and the media type that is said.",
        dumps_are_there,
    ),
    Check(
        "endpoint-announced",
        Level.MUST,
        "https://www.w3.org/TR/void/#sparql",
        "An endpoint that is announced answers queries.",
        endpoint_is_there,
    ),
    Check(
        "void-examples",
        Level.MUST,
        "https://www.w3.org/TR/void/#example-resource",
        "Examples are there, and begin as the site says that its IRIs do.",
        examples_are_ours,
    ),
)
