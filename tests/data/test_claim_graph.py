"""Promises of the claim graph that no shape can state: ontology.md names them."""

import hashlib
import re
from collections import Counter

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

import kg
from kg.rdf.namespaces import RDF
from tests.conftest import REPO

B = "https://w3id.org/claimgraph/"
CG = f"{B}ontology#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
# the claims that a first list of the article's content counts; a strict reading finds more
LISTED_CLAIMS = [f"{number:04}" for number in range(1, 76)]
# graphs that may speak of a claim beside its own: what it argues for, what others say, where else
BESIDE_ITS_OWN = {f"{B}graph/{name}" for name in ("arguments", "checks", "links")}


def named(snapshot, class_):
    return [NamedNode(iri) for iri in kg.instances(snapshot, class_)]


def one(snapshot, subject, predicate):
    values = snapshot.objects(subject, predicate)
    assert len(values) == 1, f"{subject} {predicate}: {values}"
    return values[0]


def test_every_claim_that_was_listed_is_there_and_more_than_a_hundred_in_all(snapshot):
    claims = [iri.rpartition("-")[2] for iri in kg.instances(snapshot, f"{CG}Claim")]
    assert [] == sorted(set(LISTED_CLAIMS) - set(claims))
    assert len(claims) >= 100


def test_every_claim_has_a_file_and_a_graph_of_its_own(snapshot, source):
    files = [file.path for file in source.files if "/claims/" in file.path]
    claims = kg.instances(snapshot, f"{CG}Claim")
    for iri, path in zip(claims, files, strict=True):
        number = iri.rpartition("-")[2]
        assert f"data/ttl/claims/{number}.ttl" == path
        assert number == one(snapshot, NamedNode(iri), f"{DCTERMS}identifier").value
        graphs = {q.graph_name.value for q in snapshot.about(NamedNode(iri))}
        assert f"{B}graph/claims/{number}" in graphs, path
        assert graphs <= {f"{B}graph/claims/{number}", *BESIDE_ITS_OWN}, path


def test_what_belongs_to_a_claim_is_in_no_other_file(source):
    own = re.compile(
        f"{B}id/(?:attribution|proposition|quantity|anchor|time|claim)/[cp]-([0-9]{{4}})"
    )
    argued = {f"{CG}{edge}" for edge in ("supports", "evidenceFor", "rebuts", "inTensionWith")}
    for file in source.files:
        for quad in file.quads if file.role == "data" else ():
            found = own.match(quad.subject.value)
            if found and quad.predicate.value not in argued:
                assert f"data/ttl/claims/{found[1]}.ttl" == file.path, quad.subject.value


def test_every_triple_of_the_data_is_in_a_graph_that_says_how_it_came_about(source):
    quads = list(source.quads("data"))
    bundle = NamedNode("http://www.w3.org/ns/prov#Bundle")
    declared = {q.subject for q in quads if q.object == bundle and q.subject == q.graph_name}
    assert len(declared) > 100
    # the data set says it of itself
    assert {NamedNode(f"{B}graph/dataset")} == {q.graph_name for q in quads} - declared


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
    # the ontology's own version is no document of ours, and stored queries name the endpoint
    assert used - known <= {f"{B}ontology/0.1.0", f"{B}sparql"}


def test_every_chain_starts_with_the_article_and_has_no_gap(snapshot):
    lengths = Counter()
    for claim in named(snapshot, f"{CG}Claim"):
        steps = snapshot.objects(claim, f"{CG}attribution")
        levels = sorted(int(one(snapshot, step, f"{CG}level").value) for step in steps)
        assert list(range(len(levels))) == levels, claim
        lengths[len(levels)] += 1
    assert lengths[4] == 1, "one claim is relayed through four levels"
    assert lengths[1] > 30, "about half of the claims are the author's own"


def test_every_label_that_people_read_is_there_in_three_languages(snapshot):
    label = {"Claim": "http://www.w3.org/2000/01/rdf-schema#label"}
    skos = "http://www.w3.org/2004/02/skos/core#"
    for name in ("Claim", "Proposition", "Actor", "Event", "Place", "SourceDocument", "Narrative"):
        predicate = label.get(
            name, f"{skos}definition" if name == "Proposition" else f"{skos}prefLabel"
        )
        resources = named(snapshot, CG + name)
        assert resources, name
        for resource in resources:
            languages = {o.language for o in snapshot.objects(resource, predicate)}
            assert {"en", "ar", "fr"} <= languages, resource


# ---- with the text at hand ----------------------------------------------------------------


def anchors(snapshot):
    """Every anchor: (IRI, start, end, quoted fragment or None)."""
    for anchor in named(snapshot, f"{CG}TextAnchor"):
        fields = {}
        for selector in snapshot.objects(anchor, f"{OA}hasSelector"):
            for quad in snapshot.about(selector):
                fields[quad.predicate.value.removeprefix(OA)] = quad.object.value
        yield anchor, int(fields["start"]), int(fields["end"]), fields.get("exact")


def test_every_fragment_is_the_exact_span_of_its_anchor(snapshot, article):
    # test_completeness.py does the same for the digests
    for anchor, start, end, exact in anchors(snapshot):
        assert exact in (None, article[start:end]), anchor


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
    # new files too, before they are committed
    aside = {".git", ".venv", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    files = (path.relative_to(REPO) for path in REPO.rglob("*") if path.is_file())
    names = [path for path in files if not aside & set(path.parts)]
    assert len(names) > 250
    wanted = [normalised(sentence) for sentence in sentences]
    for name in sorted(names):
        text = normalised((REPO / name).read_bytes().decode("utf-8", errors="ignore"))
        assert [] == [sentence for sentence in wanted if sentence in text], name


def test_types_are_told_by_class_only(snapshot):
    # a sanity check of this file's own helpers: every claim has exactly one class of ours
    for claim in named(snapshot, f"{CG}Claim"):
        assert [f"{CG}Claim"] == [o.value for o in snapshot.objects(claim, f"{RDF}type")]
