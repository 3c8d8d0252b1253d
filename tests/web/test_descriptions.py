"""Every number of the description, counted again by SPARQL at the server that publishes it."""

import hashlib

import pytest

from kg.rdf.namespaces import DCAT, DCTERMS, RDF, SD, SPDX, VOID
from tests.conftest import serving

PREFIXES = f"""
PREFIX rdf: <{RDF}> PREFIX void: <{VOID}> PREFIX dcat: <{DCAT}> PREFIX sd: <{SD}>
PREFIX spdx: <{SPDX}> PREFIX dcterms: <{DCTERMS}>
"""

# no settings, no metadata, blank nodes, literals that are equal and that differ, links
FOREIGN = """
ex:a a ex:C, ex:D ; ex:knows [ ex:knows ex:b ], ex:b ; ex:n 1, 1.0, "1", "one"@en ;
    owl:sameAs <http://other.example/a>, <https://other.example/a>, ex:b .
ex:b a ex:C ; ex:n "one", "one"@en ; rdfs:seeAlso <http://other.example/b> .
<http://other.example/c> owl:sameAs <http://other.example/a> .
"""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """A server of a folder that is nothing but Turtle, one file with spaces in its name."""
    from tests.conftest import PREFIXES as DECLARED

    folder = tmp_path_factory.mktemp("foreign")
    (folder / "one.ttl").write_text(DECLARED + FOREIGN)
    (folder / "two and more.ttl").write_text(DECLARED + "ex:b a ex:C . ex:c ex:n 5 .")
    with serving(str(folder)) as running:
        yield running


@pytest.fixture(params=["the claim graph", "a foreign folder"])
def site(request):
    """Each of both servers."""
    return request.getfixturevalue("server" if "claim" in request.param else "foreign")


@pytest.fixture
def base(site) -> str:
    """The base IRI of what the server publishes."""
    words = next(line for line in site.printed.splitlines() if "IRIs under" in line).split()
    return words[2]


@pytest.fixture
def rows(site):
    """A function that asks a query and returns the rows as tuples of texts."""

    def ask(query: str) -> list[tuple[str, ...]]:
        response = site.get(
            "/sparql", accept="application/sparql-results+json", params={"query": PREFIXES + query}
        )
        assert 200 == response.status_code, response.text
        names = response.json()["head"]["vars"]
        bindings = response.json()["results"]["bindings"]
        return [tuple(row[name]["value"] for name in names) for row in bindings]

    return ask


@pytest.fixture
def said(rows, base):
    """A function that asks a pattern of the graph of the description."""

    def ask(variables: str, pattern: str) -> list[tuple[str, ...]]:
        graph = f"<{base}graph/description>"
        return rows(f"SELECT {variables} {{ GRAPH {graph} {{ {pattern} }} }}")

    return ask


@pytest.mark.parametrize(
    ("property_", "counted"),
    [
        ("triples", "(COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("distinctSubjects", "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("distinctObjects", "(COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        ("properties", "(COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("classes", "(COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(isIRI(?c)) }"),
        (
            "entities",
            "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(isIRI(?s) && STRSTARTS(STR(?s), '%s')) }",
        ),
    ],
)
def test_the_numbers_of_the_data_set_are_what_sparql_counts(rows, said, base, property_, counted):
    counted = counted.replace("%s", base)
    dataset = f"?catalog dcat:dataset ?d . ?d void:{property_} ?n"
    assert rows(f"SELECT {counted}") == said("?n", dataset)


def test_every_class_has_its_number_of_instances(rows, said):
    counted = rows("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(isIRI(?c)) } GROUP BY ?c")
    told = said("?c ?n", "?d void:classPartition [ void:class ?c ; void:entities ?n ]")
    assert sorted(counted) == sorted(told)
    assert len(told) > 1


def test_every_property_has_its_number_of_triples_subjects_and_objects(rows, said):
    counted = rows(
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ns) (COUNT(DISTINCT ?o) AS ?no) "
        "{ ?s ?p ?o } GROUP BY ?p"
    )
    told = said(
        "?p ?n ?ns ?no",
        "?d void:propertyPartition [ void:property ?p ; void:triples ?n ; "
        "void:distinctSubjects ?ns ; void:distinctObjects ?no ]",
    )
    assert sorted(counted) == sorted(told)
    assert len(told) > 3


def test_every_linkset_has_its_number_of_triples(rows, said, base):
    told = said(
        "?p ?site ?n",
        "?d void:subset ?l . ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ; "
        "void:subjectsTarget ?d ; void:objectsTarget [ void:uriSpace ?site ]",
    )
    assert len(told) >= 3
    for predicate, site, number in told:
        counted = rows(
            f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o FILTER(isIRI(?s) && isIRI(?o) && "
            f"STRSTARTS(STR(?s), '{base}') && STRSTARTS(STR(?o), '{site}') && "
            f"!STRSTARTS(STR(?o), '{base}')) }}"
        )
        assert [(number,)] == counted, (predicate, site)


def test_every_named_graph_is_told_with_its_size_the_description_included(rows, said, base):
    counted = rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    told = said(
        "?g ?n",
        "?dataset sd:namedGraph [ sd:name ?g ; sd:graph [ a sd:Graph ; void:triples ?n ] ]",
    )
    assert sorted(counted) == sorted(told)
    assert f"{base}graph/description" in dict(told)


def test_every_distribution_has_the_size_and_digest_that_are_told(site, said, base):
    told = said(
        "?url ?size ?digest",
        "?d dcat:distribution [ dcat:downloadURL ?url ; dcat:accessURL ?url ; "
        "dcat:byteSize ?size ; spdx:checksum [ spdx:checksumValue ?digest ] ] ; "
        "void:dataDump ?url",
    )
    assert 12 == len(told)
    every = {url for (url,) in said("?url", "?d dcat:distribution [ dcat:downloadURL ?url ]")}
    answered = sorted(url.removeprefix(base) for url in every - {url for url, *_ in told})
    # the size of an answer is not known before it is asked for
    ours = ("actors?format=csv", "claims?format=csv", "events?format=csv", "reified?format=ttl")
    expected = [f"queries/release/{one}" for one in ours] if "claimgraph" in base else []
    assert expected == answered
    for url, size, digest in told:
        body = site.get(f"/{url.removeprefix(base)}").content
        assert (int(size), digest) == (len(body), hashlib.sha256(body).hexdigest())


def test_the_media_types_that_are_told_are_those_of_the_server(site, said, base):
    told = said(
        "?url ?type ?packing",
        "?d dcat:distribution ?f . ?f dcat:downloadURL ?url ; dcat:mediaType ?type . "
        "BIND(EXISTS { ?f dcat:compressFormat ?c } AS ?packed) "
        "OPTIONAL { ?f dcat:compressFormat ?c } BIND(COALESCE(STR(?c), '') AS ?packing)",
    )
    for url, media_type, packing in told:
        content = site.get(f"/{url.removeprefix(base)}").headers["content-type"]
        assert (packing or media_type).endswith(content.partition(";")[0])


def test_the_description_is_not_in_the_default_graph(rows):
    assert [] == rows("SELECT ?s { ?s a dcat:Catalog }")
    assert [] == rows("SELECT ?s { ?s void:classPartition ?c }")


def test_everything_of_ours_that_the_description_is_about_can_be_followed(site, said, base):
    terms = said("DISTINCT ?x", "{ ?x ?p ?o } UNION { ?file dcat:downloadURL ?x }")
    ours = {iri.partition("#")[0] for (iri,) in terms if iri.startswith(base)}
    assert len(ours) >= 4 + 12
    for path in (iri.removeprefix(base) for iri in ours):
        assert 200 == site.get(f"/{path}", follow_redirects=True).status_code, path


def test_the_endpoint_tells_the_same_graphs_under_its_own_address(site, said):
    text = site.get("/sparql", accept="application/n-triples").text
    names = {line.split()[2].strip("<>") for line in text.splitlines() if f"<{SD}name>" in line}
    assert names == {name for (name,) in said("?g", "?n sd:name ?g")}
    assert f"<{site.url}/sparql>" in text
    assert "UnionDefaultGraph" not in text


def test_a_program_that_asks_the_root_is_led_to_the_data_set_even_of_a_folder_without_one(foreign):
    response = foreign.get("/", accept="text/turtle", follow_redirects=True)
    assert "dcat:Dataset" in response.text
    assert "Data of http://example.org/" in response.text
