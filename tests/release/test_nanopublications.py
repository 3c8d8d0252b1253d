"""Nanopublications of a release, as the nanopub package reads them."""

import warnings

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.dataset.queries import stored_query
from kg.dataset.snapshot import instances
from kg.errors import ProjectError
from kg.rdf.terms import graph_of
from kg.release.asking import Rows
from kg.release.nanopublications import COLUMNS, nanopublications

with warnings.catch_warnings():
    # the package makes old classes of rdflib when it is imported
    warnings.simplefilter("ignore", DeprecationWarning)
    from nanopub import Nanopub, NanopubConf, Profile

# as above, when it reads
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CG = "https://w3id.org/claimgraph/ontology#"
BASE = "https://w3id.org/claimgraph/"
P = NamedNode("http://example.org/p")
A, B = NamedNode("http://example.org/a/x"), NamedNode("http://example.org/b/x")


def test_the_nanopub_package_finds_the_nanopublication_of_each_claim_valid(released, snapshot):
    files = sorted((released / "nanopublications").iterdir())
    found = [Nanopub(rdf=file) for file in files]
    assert all(one.is_valid for one in found)
    claims = {f"{iri}#nanopublication" for iri in instances(snapshot, f"{CG}Claim")}
    assert claims == {str(one.metadata.np_uri) for one in found}


def test_one_can_be_signed_and_then_each_graph_has_a_trusty_iri(released):
    profile = Profile("https://orcid.org/0000-0000-0000-0000", "A Tester")
    file = released / "nanopublications" / "c-0045.trig"
    signed = Nanopub(rdf=file, conf=NanopubConf(profile=profile))
    signed.sign()
    assert signed.is_valid
    assert signed.has_valid_trusty
    assert signed.has_valid_signature
    graphs = [str(graph.identifier) for graph in signed.rdf.contexts() if len(graph)]
    assert 4 == len(graphs)
    assert all(name.startswith(str(signed.source_uri)) for name in graphs)


def test_what_is_asserted_is_the_record_and_never_what_is_said(released, snapshot):
    predicates = set(instances(snapshot, "http://www.w3.org/2004/02/skos/core#Concept"))
    for file in (released / "nanopublications").iterdir():
        quads = list(parse(file.read_bytes(), RdfFormat.TRIG))
        asserted = {q.triple for q in quads if graph_of(q).endswith("/assertion")}
        record = f"<{BASE}graph/claims/{file.stem.removeprefix('c-')}>"
        meant = {q.triple for q in snapshot.by_graph[record] if str(q.subject) != record}
        assert meant == asserted
        assert predicates.isdisjoint(triple.predicate.value for triple in asserted)


def made(*rows, names=COLUMNS):
    """The nanopublications of these rows."""
    query = stored_query("np", "#+ release: nanopublications\nSELECT * {}", "np.rq")
    return nanopublications(query, Rows(names, rows))


def statements(this=A, **changed):
    """Rows of the least nanopublication; `changed` has others by part, or None for none."""
    rows = {
        "assertion": (this, Literal("assertion"), B, P, Literal("x")),
        "provenance": (this, Literal("provenance"), None, P, B),
        "pubinfo": (this, Literal("pubinfo"), None, P, B),
    }
    return [row for row in {**rows, **changed}.values() if row]


def test_a_statement_without_a_subject_is_about_the_assertion_or_the_nanopublication():
    (one,) = made(*statements())
    about = {graph_of(q).rpartition("/")[2]: q.subject.value for q in one.quads}
    assert f"{A.value}#nanopublication/assertion" == about["provenance"]
    assert f"{A.value}#nanopublication" == about["pubinfo"] == one.iri


def test_files_of_the_same_name_are_told_apart():
    one, other = made(*statements(A), *statements(B))
    assert one.name != other.name
    (alone,) = made(*statements(A))
    assert "x" == alone.name


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pubinfo": None}, "nothing is said in its pubinfo"),
        ({"x": (A, Literal("proof"), A, P, B)}, "must be one of assertion, .*, not 'proof'"),
        ({"x": (A, Literal("assertion"), None, P, B)}, "must be IRIs in its assertion"),
        ({"x": (A, Literal("assertion"), A, Literal("p"), B)}, "must be IRIs in its assertion"),
        ({"x": (A, Literal("pubinfo"), None, P, None)}, "a statement of its pubinfo has no object"),
        ({"x": (A, Literal("assertion"), A, P, BlankNode("b"))}, "has no blank nodes"),
        ({"x": (Literal("a"), Literal("assertion"), A, P, B)}, r"\?this must be an IRI"),
    ],
    ids=["part missing", "part unknown", "subject", "property", "object", "blank", "this"],
)
def test_what_makes_no_nanopublication_is_said(changed, message):
    with pytest.raises(ProjectError, match=f"stored query np: .*{message}"):
        made(*statements(**changed))


def test_other_columns_are_refused():
    with pytest.raises(ProjectError, match=r"made of \?this \?part \?subject \?predicate \?object"):
        made(names=("this", "value"))
