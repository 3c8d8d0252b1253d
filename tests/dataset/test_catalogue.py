"""The computed description: what it says, that DCAT-AP takes it, and that it stays apart."""

from datetime import UTC, datetime

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad

import kg
from kg.dataset.canonical import canonical_lines, snapshot_id
from kg.dataset.catalogue import catalogue, with_description
from kg.dataset.description import describe
from kg.dataset.dumps import write_dumps
from kg.dataset.frame import description_graph
from kg.dataset.snapshot import with_quads
from kg.rdf.namespaces import DCAT, DCTERMS, FOAF, RDF, SD, VOID
from kg.settings import Folders
from kg.versions.archive import Archive
from kg.versions.describing import versions_described
from kg.versions.publishing import publish
from kg.versions.version import read_versions
from tests.conftest import REPO

EX = "http://example.org/"
STANDARDS = REPO.parent / "shared" / "standards"
SHAPES = [f"dcat-ap-3.0.1-{name}.ttl" for name in ("shapes", "range", "recommended")]

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix void: <http://rdfs.org/ns/void#> .
"""
# a folder that says much, and hardly any of it as DCAT-AP has it
UNTIDY = (
    PREFIXES
    + """
ex:mine a dcat:Dataset ; rdfs:label "Mine" ;
    dct:creator "Ann Other", [ foaf:name "Bo" ], ex:cy, <http://orcid.example/1> ;
    dct:publisher "One Press", "Two Press" ;
    dct:license <https://creativecommons.org/publicdomain/zero/1.0/>, "CC0" ;
    dct:language "en", "de-CH", "gsw", "the one that we speak" ;
    dct:issued "yesterday" ; dct:modified "2024-02-03"^^xsd:date, "2024-02-04"^^xsd:date ;
    dcat:keyword "a", "b"@en ; dcat:theme ex:theme, "a theme" ; dct:source ex:book, "a book" ;
    dcat:contactPoint [ vcard:fn "Bo" ], ex:desk ; dct:accessRights ex:restricted ;
    dcat:version "1", "2" ; dct:description "What there is" .
ex:cy rdfs:label "Cy"@en . ex:book rdfs:label "A book" . ex:desk vcard:fn "The desk" .
ex:mine dct:temporal ex:then ; dct:spatial ex:there ; dct:conformsTo ex:there .
ex:then dcat:startDate "1999"^^xsd:gYear, "2000"^^xsd:gYear, "once" ; dcat:endDate "never" .
ex:theme skos:prefLabel ex:there, "A theme"@en . ex:there foaf:name ex:then .
"""
)
FOLDERS = {
    "nothing": "ex:a a ex:C ; ex:p [ ex:q 1 ] .",
    "bare": PREFIXES + "ex:mine a void:Dataset .",
    "untidy": UNTIDY,
}


@pytest.fixture
def described_of(snapshot_of, tmp_path):
    """A function from Turtle to the snapshot with its dumps described."""

    def make(turtle: str):
        snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": turtle})
        (tmp_path / "dumps").mkdir()
        return with_description(snapshot, write_dumps(snapshot, tmp_path / "dumps"))

    return make


@pytest.fixture
def violations_of(tmp_path):
    """A function from a described snapshot to what DCAT-AP finds wrong in the description."""
    if not STANDARDS.is_dir():
        pytest.skip("the shapes of DCAT-AP are not beside the repository, in shared/standards")

    def find(described) -> list[tuple[str, str, str]]:
        folder = tmp_path / "judged"
        (folder / "shapes").mkdir(parents=True)
        (folder / "data").mkdir()
        for name in SHAPES:
            # the published file says sh:shape, which no SHACL has, where it means sh:node
            text = (STANDARDS / name).read_text(encoding="utf-8").replace("sh:shape ", "sh:node ")
            (folder / "shapes" / name).write_text(text, encoding="utf-8")
        quads = describe(described, description_graph(described)).quads
        lines = "".join(f"{quad.triple} .\n" for quad in quads)
        (folder / "data" / "description.nt").write_text(lines, encoding="utf-8")
        project = kg.Project(root=folder, folders=Folders(data="data", shapes="shapes"))
        report = kg.validate(kg.load(project))
        assert report.shapes > 20
        return [
            (result.focus_node, result.path, result.message)
            for result in report.results
            if result.severity is kg.Severity.VIOLATION
        ]

    return find


def values(snapshot, subject: str, predicate: str) -> set[str]:
    return {term.value for term in snapshot.objects(NamedNode(subject), predicate)}


@pytest.mark.parametrize("name", FOLDERS)
def test_dcat_ap_finds_nothing_wrong_whatever_a_folder_says(described_of, violations_of, name):
    assert [] == violations_of(described_of(FOLDERS[name]))


def test_dcat_ap_finds_nothing_wrong_in_the_claim_graph(snapshot, violations_of, tmp_path):
    (tmp_path / "dumps").mkdir()
    described = with_description(snapshot, write_dumps(snapshot, tmp_path / "dumps"))
    assert [] == violations_of(described)


def test_dcat_ap_finds_nothing_wrong_with_published_versions(snapshot_of, violations_of, tmp_path):
    for number in (1, 2):
        files = {"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": f"{UNTIDY} ex:mine ex:p {number} ."}
        snapshot = snapshot_of(files)
        date = datetime(2026, 1, number, tzinfo=UTC)
        publish(snapshot, tmp_path / "versions", f"note {number}", date)
    (tmp_path / "dumps").mkdir()
    archive = Archive(read_versions(tmp_path / "versions"), EX)
    dumps = write_dumps(snapshot, tmp_path / "dumps")
    described = with_description(snapshot, dumps, versions_described(snapshot, archive))
    assert len(values(described, f"{EX}mine", f"{DCAT}hasVersion")) == 2
    assert [] == violations_of(described)


def test_the_shapes_of_dcat_ap_do_find_what_is_wrong(described_of, violations_of):
    # a person who is nobody's publisher, and has no name
    described = described_of(FOLDERS["nothing"])
    graph = NamedNode(description_graph(described))
    nameless = Quad(
        NamedNode(f"{EX}nobody"), NamedNode(f"{RDF}type"), NamedNode(f"{FOAF}Agent"), graph
    )
    wrong = with_quads(described, [nameless], "description")
    assert {f"{EX}nobody"} == {focus.strip("<>") for focus, _, _ in violations_of(wrong)}


def test_a_folder_that_says_nothing_gets_a_title_a_description_and_an_identifier(described_of):
    described = described_of(FOLDERS["nothing"])
    assert {f"Data of {EX}"} == values(described, f"{EX}dataset", f"{DCTERMS}title")
    assert {f"{EX}dataset"} == values(described, f"{EX}dataset", f"{DCTERMS}identifier")
    assert values(described, f"{EX}dataset", f"{DCTERMS}description")
    assert {f"{EX}dataset"} == values(described, f"{EX}catalog", f"{DCAT}dataset")


def test_what_people_say_is_copied_where_dcat_has_room(described_of):
    described = described_of(UNTIDY)
    graph = f"<{description_graph(described)}>"
    said = {
        (q.predicate.value, q.object.value)
        for q in described.by_graph[graph]
        if q.subject.value == f"{EX}mine"
    }
    for expected in (
        (f"{DCTERMS}title", "Mine"),
        (f"{DCTERMS}description", "What there is"),
        (f"{DCTERMS}creator", f"{EX}cy"),
        (f"{DCTERMS}relation", f"{EX}book"),
        (f"{DCTERMS}accessRights", f"{EX}restricted"),
        (f"{DCTERMS}language", "http://id.loc.gov/vocabulary/iso639-1/en"),
        (f"{DCTERMS}language", "http://id.loc.gov/vocabulary/iso639-1/de"),
        (f"{DCTERMS}language", "http://id.loc.gov/vocabulary/iso639-2/gsw"),
        (f"{DCAT}theme", f"{EX}theme"),
        (f"{DCAT}contactPoint", f"{EX}desk"),
    ):
        assert expected in said
    assert {f"{DCTERMS}issued", f"{DCTERMS}source"}.isdisjoint(p for p, _ in said)
    creators = {iri for predicate, iri in said if predicate == f"{DCTERMS}creator"}
    names = {name for iri in creators for name in values(described, iri, f"{FOAF}name")}
    assert {"Ann Other", "Bo", "Cy", "1"} == names


def test_all_is_in_one_named_graph_without_blank_nodes(described_of):
    described = described_of(UNTIDY)
    quads = list(described.in_role("description"))
    assert [] == [q for q in quads if BlankNode in (type(q.subject), type(q.object))]
    assert {f"{EX}graph/description"} == {quad.graph_name.value for quad in quads}


def test_the_description_changes_neither_the_id_nor_the_default_graph(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "ex:a a ex:C ."})
    described = with_description(snapshot)
    assert snapshot.id == described.id == snapshot_id(canonical_lines(snapshot.quads)[0])
    assert snapshot.triples == described.triples == 1
    assert list(snapshot.union()) == list(described.union())
    assert () == kg.instances(described, f"{VOID}Dataset")


def test_the_description_is_the_same_every_time(snapshot_of):
    one, two = (catalogue(snapshot_of({"a.ttl": UNTIDY}), ()) for _ in range(2))
    assert set(one) == set(two)
    assert len(one) == len(set(one))


def test_the_document_of_the_data_set_brings_its_files_whole(described_of):
    quads = describe(described_of(FOLDERS["nothing"]), f"{EX}dataset").quads
    subjects = {quad.subject.value for quad in quads}
    assert f"{EX}graph/description#distribution-nq.gz" in subjects
    assert f"{EX}graph/description#checksum-nq.gz" in subjects


def test_the_graph_of_the_description_answers_with_all_of_it(described_of):
    described = described_of(FOLDERS["nothing"])
    found = describe(described, f"{EX}graph/description").quads
    assert set(described.in_role("description")) <= set(found)


def test_without_dumps_none_are_described(snapshot_of):
    described = with_description(snapshot_of({"a.ttl": "ex:a a ex:C ."}))
    assert set() == values(described, f"{EX}dataset", f"{VOID}dataDump")
    assert set() == values(described, f"{EX}dataset", f"{DCAT}distribution")


def test_no_feature_is_claimed_that_the_endpoint_lacks(described_of):
    described = described_of(FOLDERS["nothing"])
    assert set() == values(described, f"{EX}sparql", f"{SD}feature")
    types = values(described, f"{EX}sparql", f"{RDF}type")
    assert {f"{SD}Service", f"{DCAT}DataService"} == types


def test_examples_are_those_of_the_data_else_some_of_its_own(described_of):
    described = described_of(FOLDERS["nothing"])
    assert {f"{EX}a"} == values(described, f"{EX}dataset", f"{VOID}exampleResource")
