"""A release as a whole, and its graphs in RDF 1.2."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import ProjectError
from kg.rdf.namespaces import RDF
from tests.conftest import PREFIXES
from tests.release.conftest import DATASET, SETTINGS

CG = "https://w3id.org/claimgraph/ontology#"
REIFIES = f"{RDF}reifies"

TABLE = "#+ release: table\nSELECT ?this ?p { ?this ?p ?o FILTER (ISIRI(?this)) }\n"
GRAPH = "#+ release: graph\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }\n"


def reified(released, format_: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    """The triples of the view in RDF 1.2."""
    suffix = format_.file_extension
    content = (released / "graphs" / f"reified.{suffix}").read_bytes()
    return {quad.triple for quad in parse(content, format_)}


def test_what_claims_say_is_reified_and_the_bare_facts_are_absent(released):
    triples = reified(released)
    kept = {(t.subject, t.object) for t in triples if t.predicate.value == REIFIES}
    propositions = {t.subject for t in triples if t.object == NamedNode(f"{CG}Proposition")}
    facts = {fact for subject, fact in kept if subject in propositions}
    assert len(facts) > 60
    assert facts.isdisjoint(triples)
    # nor any other fact of the same kind
    predicates = {fact.predicate for fact in facts}
    assert [] == [t for t in triples if t.predicate in predicates]


def test_a_known_claim_has_its_fact_as_a_triple_term(released):
    base = "https://w3id.org/claimgraph/"
    said = Triple(
        NamedNode(f"{base}id/actor/russia"),
        NamedNode(f"{base}scheme/predicate/responsible-for-deaths"),
        NamedNode(f"{base}id/actor/civilians"),
    )
    proposition = NamedNode(f"{base}id/proposition/p-0045")
    triples = reified(released)
    assert Triple(proposition, NamedNode(REIFIES), said) in triples
    claim = NamedNode(f"{base}id/claim/c-0045")
    assert Triple(claim, NamedNode(f"{CG}expresses"), proposition) in triples


def test_edges_of_the_argument_are_asserted_and_reified(released):
    triples = reified(released)
    edges = {t.object for t in triples if t.predicate.value == REIFIES and t.object in triples}
    assert {f"{CG}supports", f"{CG}rebuts"} <= {edge.predicate.value for edge in edges}


def test_turtle_and_n_triples_have_the_same_triples(released):
    assert reified(released) == reified(released, RdfFormat.N_TRIPLES)


def test_equal_data_gives_equal_files(release_of):
    files = {"queries/t.rq": TABLE, "queries/g.rq": GRAPH}
    first, second = release_of(files), release_of(files)
    names = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert 9 == len(names)
    assert [(first / n).read_bytes() for n in names] == [(second / n).read_bytes() for n in names]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"queries/t.rq": TABLE.replace("table", "graph")}, "query t: .* Write a CONSTRUCT"),
        ({"queries/g.rq": GRAPH.replace("graph", "table")}, "query g: .* Write a SELECT"),
        ({"queries/a/t.rq": TABLE, "queries/b/T.rq": TABLE}, "a/t and b/T: .* Rename one"),
        ({"queries/t.rq": TABLE.replace("?o", "?_o")}, r"query t: o: .* given: \?_o in the query"),
    ],
    ids=["rows for a graph", "a graph for rows", "one name twice", "what nobody gives"],
)
def test_a_query_that_does_not_fit_is_named(release_of, files, message):
    with pytest.raises(ProjectError, match=message):
        release_of(files)


def run(*arguments):
    """Run `kg release`."""
    return CliRunner().invoke(app, ["release", *map(str, arguments)])


def test_the_command_writes_a_release_and_never_over_files(write_project, tmp_path_factory):
    project = write_project(
        {"kg.toml": SETTINGS, "data/dataset.ttl": DATASET, "queries/things.rq": TABLE}
    )
    folder = tmp_path_factory.mktemp("out") / "release"
    done = run(folder, project)
    assert (0, f"{folder}: 6 files, described in ro-crate-metadata.json\n") == (
        done.exit_code,
        done.stdout,
    )
    assert (folder / "tables" / "things.csv").is_file()
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    again = run(folder, project)
    assert 2 == again.exit_code
    assert f"{folder}: not empty. Nothing was written." in again.stderr
    assert before == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_release_that_fails_leaves_nothing_behind(write_project, tmp_path_factory):
    project = write_project({"a.ttl": "ex:a rdfs:label 'a' ."})
    parent = tmp_path_factory.mktemp("out")
    refused = run(parent / "release", project)
    assert 2 == refused.exit_code
    assert "dcterms:license, an IRI" in refused.stderr
    assert [] == list(parent.iterdir())
    assert PREFIXES in (project / "a.ttl").read_text()


def test_a_new_claim_graph_has_a_release_at_once(tmp_path):
    assert 0 == CliRunner().invoke(app, ["init", str(tmp_path / "mine")]).exit_code
    done = run(tmp_path / "release", tmp_path / "mine")
    assert 0 == done.exit_code, done.stderr
    (one,) = (tmp_path / "release" / "nanopublications").iterdir()
    assert "c-0001.trig" == one.name
    table = (tmp_path / "release" / "tables" / "claims.csv").read_text(encoding="utf-8")
    assert 2 == len(table.splitlines())
