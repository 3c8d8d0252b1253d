"""Links out and external checks stay apart from what the article says."""

import re

from pyoxigraph import NamedNode

import kg

B = "https://w3id.org/claimgraph/"
CG = f"{B}ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
MATCHES = {f"{SKOS}{kind}Match" for kind in ("exact", "close", "related", "broad", "narrow")}


def of_graph(snapshot, name):
    quads = [q for q in snapshot.quads if q.graph_name == NamedNode(f"{B}graph/{name}")]
    assert quads
    return quads


def test_matches_of_our_nodes_stand_in_the_graph_of_links_only(snapshot):
    outside = {
        quad.graph_name.value
        for quad in snapshot.quads
        if quad.predicate.value in MATCHES and quad.subject.value.startswith(f"{B}id/")
    }
    assert {f"{B}graph/links"} == outside


def test_coordinates_stand_in_the_graph_of_links_only(snapshot):
    quads = [q for q in snapshot.quads if q.predicate.value.startswith(GEO)]
    assert len(quads) > 20
    assert {f"{B}graph/links"} == {quad.graph_name.value for quad in quads}


def test_a_longitude_comes_first(snapshot):
    points = [q.object.value for q in snapshot.quads if q.predicate.value == f"{GEO}asWKT"]
    for point in points:
        longitude, latitude = map(float, re.fullmatch(r"POINT\((\S+) (\S+)\)", point).groups())
        assert 35 < longitude < 45, point
        assert 32 < latitude < 38, point


def test_no_person_is_linked_out(snapshot):
    linked = {quad.subject.value for quad in of_graph(snapshot, "links")}
    assert linked.isdisjoint(kg.instances(snapshot, f"{CG}Person"))


def test_only_what_is_linked_out_has_a_russian_or_kurdish_name(snapshot):
    """Such names came with the identifiers, and a weaker link is of something else."""
    linking = {f"{SKOS}exactMatch", f"{SKOS}closeMatch", f"{FOAF}isPrimaryTopicOf"}
    linked = {q.subject for q in snapshot.quads if q.predicate.value in linking}
    named = {
        quad.subject
        for quad in snapshot.quads
        if quad.predicate.value in (f"{SKOS}prefLabel", f"{SKOS}altLabel")
        and quad.object.language in ("ru", "ku")
    }
    assert len(named) > 20
    assert set() == named - linked


def test_checks_say_nothing_of_a_claim_itself(snapshot):
    subjects = {quad.subject.value for quad in of_graph(snapshot, "checks")}
    checks = {iri for iri in subjects if iri.startswith(f"{B}id/check/")}
    assert len(checks) == 14
    assert {f"{B}graph/checks"} == subjects - checks


def test_quotations_in_checks_are_short(snapshot):
    texts = [q.object.value for q in of_graph(snapshot, "checks")]
    quoted = [quote for text in texts for quote in re.findall("“(.*?)”|«(.*?)»", text)]
    assert quoted
    assert max(len(part) for pair in quoted for part in pair) <= 48
