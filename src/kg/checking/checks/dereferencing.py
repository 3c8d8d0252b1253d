"""Checks of IRIs: that they lead to documents, and nowhere where nothing is."""

from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.checking.asking import by_get
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.client import REDIRECTS, request
from kg.checking.discovery import RDF, graph, is_page
from kg.checking.exchange import Answer
from kg.checking.reading import boolean_of, iris, objects
from kg.checking.site import Site
from kg.rdf.formats import HTML, JSON, TURTLE
from kg.rdf.namespaces import DCAT, FOAF, OWL, SD, SH, SKOS, VOID
from kg.rdf.namespaces import RDF as SYNTAX

COOL = "https://www.w3.org/TR/cooluris/"

# what is itself on the web, so that its IRI may answer 200
DOCUMENTS = frozenset(
    {
        *(f"{DCAT}{name}" for name in ("Distribution", "Dataset", "Catalog")),
        *(f"{VOID}{name}" for name in ("DatasetDescription", "Dataset")),
        *(f"{FOAF}Document", f"{OWL}Ontology", f"{SKOS}ConceptScheme"),
        *(f"{SD}Service", f"{SH}NodeShape"),
    }
)

# nobody describes it
NOBODY = "kg-check-4f1e9c07-nothing-is-here"


def things_answer(site: Site) -> Iterator[Judgement]:
    """Judge whether the IRIs of things answer."""
    if site.endpoint and not site.things:
        query = "SELECT DISTINCT ?s { ?s a ?class FILTER(isIRI(?s)) } LIMIT 1"
        answer = site.client.ask(by_get(site.endpoint, query, JSON.media_type))
        yield require(good=False, answer=answer, came=f"no IRI under {site.space} is described")
    for iri in site.things:
        answer = _chain(site, iri)[-1]
        yield require(answer.status == 200, answer)


def things_have_data(site: Site) -> Iterator[Judgement]:
    """Judge whether an IRI leads to RDF that is about it."""
    for iri in site.things:
        answer = _chain(site, iri)[-1]
        if answer.status != 200:
            continue
        about = iris(t.subject for t in graph(site.client, answer))
        names = {iri, site.name_of(iri), site.name_of(answer.request.url)}
        found = any(one in names or one.partition("#")[0] in names for one in about)
        yield require(found, answer, f"no RDF with <{iri}> as a subject")


def things_have_pages(site: Site) -> Iterator[Judgement]:
    """Judge whether an IRI leads people to a page."""
    for iri in site.things:
        answer = site.client.follow(request("GET", site.address(iri), HTML.media_type))[-1]
        yield require(answer.status == 200 and is_page(answer), answer)


def things_are_no_documents(site: Site) -> Iterator[Judgement]:
    """Judge the way from a thing's IRI to its document."""
    for iri in site.things:
        first, *rest = _chain(site, iri)
        last = rest[-1] if rest else first
        types = iris(objects(graph(site.client, last), f"{SYNTAX}type", NamedNode(iri)))
        if last.status != 200 or "#" in iri or not types or set(types) & DOCUMENTS:
            continue
        by_303 = any(one.status == 303 for one in (first, *rest))
        yield require(by_303, first, "a thing is no document: 303 leads to one")


def redirects_vary(site: Site) -> Iterator[Judgement]:
    """Judge redirects whose target depends on Accept."""
    for iri in site.things:
        one, other = (
            site.client.get(site.address(iri), accept)
            for accept in (TURTLE.media_type, HTML.media_type)
        )
        if one.status in REDIRECTS and other.status in REDIRECTS:
            good = one.location == other.location or one.has("vary", "accept")
            yield require(good, one, f"to {other.location} for a browser, without Vary: Accept")


def heads_redirect(site: Site) -> Iterator[Judgement]:
    """Judge whether HEAD redirects as GET does."""
    for iri in site.things:
        got = site.client.get(site.address(iri), RDF)
        if got.status in REDIRECTS:
            head = site.client.head(site.address(iri), RDF)
            same = (got.status, got.location) == (head.status, head.location)
            yield require(same, head, f"GET gives {got}")


def unknown_is_not_found(site: Site) -> Iterator[Judgement]:
    """Judge what comes for IRIs that nobody describes, beside those that somebody does."""
    places = [site.home, *(site.address(iri) for iri in site.things)]
    for place in dict.fromkeys(one.rpartition("/")[0] for one in places):
        for accept in (TURTLE.media_type, HTML.media_type):
            asked = request("GET", f"{place}/{NOBODY}", accept)
            answer = site.client.follow(asked)[-1]
            yield require(answer.status in (404, 410), answer, "404 is what says that")


def blank_nodes_are_whole(site: Site) -> Iterator[Judgement]:
    """Judge whether documents say what the endpoint knows of their blank nodes."""
    for iri in site.things if site.endpoint else ():
        answer = _chain(site, iri)[-1]
        triples = graph(site.client, answer)
        bare = next(iter(_bare_paths(iri, triples)), None)
        if bare:
            query = f"ASK {{ <{iri}> {'/'.join(bare)} ?b . ?b ?p ?o FILTER isBlank(?b) }}"
            known = boolean_of(site.client.ask(by_get(site.endpoint, query, JSON.media_type)))
            yield require(not known, answer, f"a blank node without what is said of it: {query}")
        elif any(isinstance(triple.object, BlankNode) for triple in triples):
            yield None


def _bare_paths(iri: str, triples: tuple[Triple, ...]) -> Iterator[tuple[str, ...]]:
    """Yield paths from the IRI to blank nodes of which nothing is said."""
    by_subject: dict[object, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    waiting: list[object] = [NamedNode(iri)]
    # the triple by which a blank node was come to: whole paths of a long list would fill the memory
    by: dict[object, Triple] = {}
    for node in waiting:
        for triple in by_subject.get(node, ()):
            target = triple.object
            if isinstance(target, BlankNode) and target not in by:
                by[target] = triple
                waiting.append(target)
        if node in by and node not in by_subject:
            yield tuple(reversed([*_way_back(node, by)]))


def _way_back(node: object, by: Mapping[object, Triple]) -> Iterator[str]:
    while node in by:
        yield str(by[node].predicate)
        node = by[node].subject


def _chain(site: Site, iri: str) -> tuple[Answer, ...]:
    return site.client.follow(request("GET", site.address(iri), RDF))


CHECKS = (
    Check(
        "thing-answers",
        Level.MUST,
        "https://www.w3.org/DesignIssues/LinkedData#fivestar",
        "The IRIs of what the site describes lead to documents.",
        things_answer,
    ),
    Check(
        "thing-data",
        Level.MUST,
        f"{COOL}#semweb",
        "An IRI leads to RDF that is about that IRI, if RDF is asked for.",
        things_have_data,
    ),
    Check(
        "thing-page",
        Level.SHOULD,
        f"{COOL}#semweb",
        "An IRI leads to a page, if a browser asks.",
        things_have_pages,
    ),
    Check(
        "thing-303",
        Level.SHOULD,
        "https://www.w3.org/2001/tag/doc/httpRange-14/2007-05-31/HttpRange-14",
        "The IRI of a thing that is no document answers 303, or has a fragment.",
        things_are_no_documents,
    ),
    Check(
        "redirect-vary",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5",
        "A redirect whose target depends on Accept says Vary: Accept.",
        redirects_vary,
    ),
    Check(
        "redirect-head",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2",
        "HEAD is redirected as GET is.",
        heads_redirect,
    ),
    Check(
        "unknown-404",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5",
        "An IRI that nobody describes is 404 or 410.",
        unknown_is_not_found,
    ),
    Check(
        "blank-nodes-whole",
        Level.SHOULD,
        "https://www.w3.org/submissions/CBD/#definition",
        "A document holds what is known of its blank nodes, which nobody can ask for.",
        blank_nodes_are_whole,
    ),
)
