"""Promises of the claim graph that no shape can state: ontology.md names them."""

import hashlib
import re
import subprocess
from collections import Counter

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

import kg
from kg.rdf.namespaces import RDF
from kg.source.report import Severity
from tests.conftest import REPO

B = "https://w3id.org/claimgraph/"
CG = f"{B}ontology#"
OA = "http://www.w3.org/ns/oa#"
FIRST_CLAIMS = re.findall(
    "[0-9]+",
    "0001 0011 0014 0017 0018 0020 0026 0036 0039 0041 0043 0045 0046 0047 0049 0055 0062 0067 "
    "0069 0070 0073",
)


def named(snapshot, class_):
    return [NamedNode(iri) for iri in kg.instances(snapshot, class_)]


def one(snapshot, subject, predicate):
    values = snapshot.objects(subject, predicate)
    assert len(values) == 1, f"{subject} {predicate}: {values}"
    return values[0]


def test_the_graph_conforms_to_its_shapes_without_a_violation_or_warning(report):
    assert report.shapes > 100
    assert [] == [r for r in report.results if r.severity is not Severity.INFO]


def test_the_first_claims_are_there_each_in_a_file_of_its_own(snapshot):
    expected = [f"{B}id/claim/c-{number}" for number in FIRST_CLAIMS]
    assert expected == list(kg.instances(snapshot, f"{CG}Claim"))
    for number, iri in zip(FIRST_CLAIMS, expected, strict=True):
        graphs = {q.graph_name.value for q in snapshot.about(NamedNode(iri))}
        assert f"{B}graph/claims/{number}" in graphs
        assert graphs <= {f"{B}graph/claims/{number}", f"{B}graph/arguments"}


def test_no_triple_states_who_took_part_where_or_when(snapshot):
    sem = "http://semanticweb.cs.vu.nl/2009/11/sem/"
    forbidden = {f"{sem}has{word}" for word in ("Actor", "Place", "Time")}
    assert not [str(q) for q in snapshot.quads if q.predicate.value in forbidden]


def test_no_blank_node_is_in_the_data_or_the_ontology(source):
    quads = source.quads("data", "ontology")
    blank = [str(q) for q in quads if BlankNode in (type(q.subject), type(q.object))]
    assert [] == blank


def test_blank_nodes_in_the_shapes_are_lists_and_paths_only(source):
    quads = [q for q in source.quads("shapes") if isinstance(q.subject, BlankNode)]
    used = {q.predicate.value.rpartition("#")[2] for q in quads}
    paths = {"inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"}
    assert used <= {"first", "rest", *paths}


def test_every_iri_of_ours_that_is_used_is_described(snapshot):
    used = {
        term.value
        for quad in snapshot.quads
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(B)
    }
    assert len(used) > 500
    known = {iri for iri in used if snapshot.describes(iri)}
    # versions come with the issue that publishes them
    assert used - known <= {f"{B}ontology/0.1.0"}


def test_every_chain_starts_with_the_article_and_has_no_gap(snapshot):
    lengths = Counter()
    for claim in named(snapshot, f"{CG}Claim"):
        steps = snapshot.objects(claim, f"{CG}attribution")
        levels = sorted(int(one(snapshot, step, f"{CG}level").value) for step in steps)
        assert list(range(len(levels))) == levels, claim
        lengths[len(levels)] += 1
    assert lengths[4] == 1, "one claim is relayed through four levels"
    assert lengths[1] > 3, "some claims are the author's own"


def test_every_label_that_people_read_is_there_in_three_languages(snapshot):
    label = {"Claim": "http://www.w3.org/2000/01/rdf-schema#label"}
    skos = "http://www.w3.org/2004/02/skos/core#"
    for name in ("Claim", "Proposition", "Actor", "Event", "Place", "Narrative"):
        predicate = label.get(
            name, f"{skos}definition" if name == "Proposition" else f"{skos}prefLabel"
        )
        resources = named(snapshot, CG + name)
        assert resources, name
        for resource in resources:
            languages = {o.language for o in snapshot.objects(resource, predicate)}
            assert {"en", "ar", "fr"} <= languages, resource


def test_harm_without_a_stated_perpetrator_has_no_agent(snapshot):
    for number in ("0047", "0049"):
        proposition = NamedNode(f"{B}id/proposition/p-{number}")
        assert snapshot.about(proposition)
        assert () == snapshot.objects(proposition, f"{CG}agent")


# ---- with the text at hand ----------------------------------------------------------------


def anchors(snapshot):
    """Every anchor: (IRI, start, end, digest, quoted fragment or None)."""
    for anchor in named(snapshot, f"{CG}TextAnchor"):
        fields = {}
        for selector in snapshot.objects(anchor, f"{OA}hasSelector"):
            for quad in snapshot.about(selector):
                fields[quad.predicate.value.removeprefix(OA)] = quad.object.value
        digest = one(snapshot, anchor, f"{CG}digest").value
        yield anchor, int(fields["start"]), int(fields["end"]), digest, fields.get("exact")


def test_every_digest_and_fragment_matches_the_article(snapshot, article):
    checked = 0
    for anchor, start, end, digest, exact in anchors(snapshot):
        span = article[start:end]
        assert hashlib.sha256(span.encode()).hexdigest() == digest, anchor
        assert exact in (None, span), anchor
        checked += 1
    assert checked > 50


def test_the_digest_of_the_article_is_that_of_the_file(snapshot, article):
    stated = one(snapshot, NamedNode(f"{B}id/doc/article"), f"{CG}digest").value
    assert hashlib.sha256(article.encode()).hexdigest() == stated


def test_fragments_are_short_and_together_a_small_part(snapshot, article):
    exact = [fragment for *_, fragment in anchors(snapshot) if fragment]
    assert exact
    assert max(map(len, exact)) <= 48
    assert sum(map(len, exact)) < 0.15 * len(article)


@pytest.fixture(scope="session")
def sentences(article):
    """The sentences of the article that are long enough to be recognised."""
    lines = [line.strip() for line in article.splitlines()]
    found = [s.strip(" “”") for line in lines for s in re.split(r"(?<=[.:”])\s+", line)]
    return [sentence for sentence in found if len(sentence) > 40]


def normalised(text):
    return re.sub(r"\W+", " ", text).casefold()


def test_no_sentence_of_the_article_is_in_the_graph(snapshot, sentences):
    assert len(sentences) > 40
    literals = {q.object.value for q in snapshot.quads if isinstance(q.object, Literal)}
    text = " | ".join(normalised(literal) for literal in literals)
    assert [] == [s for s in sentences if normalised(s) in text]


def test_no_sentence_of_the_article_is_in_any_file_of_the_repository(sentences):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, check=True)
    wanted = [normalised(sentence) for sentence in sentences]
    for name in filter(None, listed.stdout.decode().split("\0")):
        text = normalised((REPO / name).read_bytes().decode("utf-8", errors="ignore"))
        assert [] == [sentence for sentence in wanted if sentence in text], name


def test_types_are_told_by_class_only(snapshot):
    # a sanity check of this file's own helpers: every claim has exactly one class of ours
    for claim in named(snapshot, f"{CG}Claim"):
        assert [f"{CG}Claim"] == [o.value for o in snapshot.objects(claim, f"{RDF}type")]
