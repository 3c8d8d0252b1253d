from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import build, instances, with_quads
from kg.project import open_project
from kg.rdf.terms import reading_order
from kg.source.loading import load
from kg.source.report import Report

EX = "http://example.org/"
ONE = "ex:a ex:p 'x' ."
QUERY = "#+ summary: All\nASK {}"


def union_graphs(snapshot):
    return {name for name, role in snapshot.roles.items() if role in ("data", "ontology")}


def union_of(snapshot):
    return {str(q.triple) for q in snapshot.quads if snapshot.in_union(q)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ex:a ex:p _:x . _:x ex:q 1 .", "ex:a ex:p _:y . _:y ex:q 1 ."),
        ("ex:a ex:p [ ex:q 1 ] .", "ex:a ex:p _:y . _:y ex:q 1 ."),
        ("_:x ex:p _:y . _:y ex:p _:x .", "_:y ex:p _:x . _:x ex:p _:y ."),
        (
            "ex:a ex:p _:x . ex:b ex:p _:y . _:y ex:q 1 .",
            "ex:b ex:p _:y . _:y ex:q 1 . ex:a ex:p _:x .",
        ),
        ("ex:a ex:p 1, 2 .", "# why\nex:a ex:p 2 .\n\nex:a ex:p 1, 1 ."),
    ],
)
def test_the_id_is_of_the_triples_not_of_how_they_are_written(snapshot_of, one, other):
    assert snapshot_of({"a.ttl": one}).id == snapshot_of({"a.ttl": other}).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ex:a ex:p 1 .", "ex:a ex:p 1, 2 ."),
        ("ex:a ex:p 1 .", "ex:a ex:p '01'^^xsd:integer ."),
        ("ex:a ex:p 'x' .", "ex:a ex:p 'x'@en ."),
        ("ex:a ex:p [ ex:q 1 ], [ ex:q 2 ] .", "ex:a ex:p [ ex:q 1, 2 ] ."),
    ],
)
def test_the_id_changes_with_any_triple(snapshot_of, one, other):
    assert snapshot_of({"a.ttl": one}).id != snapshot_of({"a.ttl": other}).id


def test_the_id_changes_with_the_file_that_says_a_triple(snapshot_of, tmp_path):
    before = snapshot_of({"a.ttl": ONE}).id
    (tmp_path / "a.ttl").unlink()
    assert before != snapshot_of({"b.ttl": ONE}).id


def test_the_id_does_not_depend_on_the_order_of_files(write_project):
    source = load(
        open_project(write_project({"a.ttl": "ex:a ex:p [] .", "b.ttl": "[] ex:q [] ."}), {})
    )
    turned = replace(source, files=source.files[::-1])
    assert build(source, Report((), 0)).id == build(turned, Report((), 0)).id


def test_the_id_is_a_sha_256(snapshot_of):
    id_ = snapshot_of({"a.ttl": ONE}).id
    assert (64, id_.lower()) == (len(id_), f"{int(id_, 16):064x}")


@pytest.fixture
def whole(snapshot_of):
    """A snapshot with data, ontology, shapes and a stored query."""
    return snapshot_of({
        "kg.toml": "",
        "data/ttl/a.ttl": "ex:a a ex:C .",
        "ontology/o.ttl": "ex:C a owl:Class .",
        "shapes/s.ttl": "ex:S a sh:NodeShape .",
        "queries/all.rq": QUERY,
    })  # fmt: skip


def test_the_union_is_of_data_and_ontology(whole):
    assert {f"{EX}graph/a", f"{EX}graph/ontology/o"} == union_graphs(whole)
    assert 2 == whole.triples == len(union_of(whole))


def test_shapes_and_stored_queries_are_in_graphs_of_their_own(whole):
    graphs = {name.strip("<>") for name in whole.by_graph} - union_graphs(whole)
    assert {f"{EX}graph/shapes/s", f"{EX}graph/queries/all"} == graphs


def test_shapes_stay_outside_where_a_data_file_has_the_same_path(snapshot_of):
    files = {"kg.toml": "", "data/ttl/shapes/a.ttl": ONE, "shapes/a.ttl": "ex:S a sh:NodeShape ."}
    assert 1 == snapshot_of(files).triples


def test_graphs_that_data_files_name_are_in_the_union(snapshot_of):
    trig = f"<{EX}g> {{ <{EX}a> <{EX}p> 1 }}"
    assert f"{EX}g" in union_graphs(snapshot_of({"a.trig": trig}))


def test_graphs_that_shapes_files_name_are_not(snapshot_of):
    trig = f"<{EX}g> {{ <{EX}S> <{EX}p> 1 }}"
    files = {"kg.toml": "", "data/ttl/a.ttl": ONE, "shapes/s.trig": trig}
    assert {f"{EX}graph/a"} == union_graphs(snapshot_of(files))


def test_a_triple_of_two_files_counts_once(snapshot_of):
    snapshot = snapshot_of({"a.ttl": ONE, "b.ttl": ONE})
    assert (1, 2, 2) == (snapshot.triples, len(snapshot.quads), snapshot.files)


def test_quads_are_unique_and_begin_with_the_type_and_the_labels(snapshot_of):
    turtle = "ex:a ex:p 1, 1 ; rdfs:label 'A' ; a ex:C . ex:a ex:p 1 ."
    predicates = [
        q.predicate.value.rpartition("#")[2] for q in snapshot_of({"a.ttl": turtle}).quads
    ]
    assert ["type", "label", f"{EX}p"] == predicates


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("a", True),
        ("C", True),
        ("graph/a", True),
        ("S", True),
        ("b", False),
        ("p", False),
        ("", False),
    ],
)
def test_subjects_and_graphs_are_described(whole, iri, expected):
    assert expected is whole.describes(EX + iri)


CLASSES = """
ex:D rdfs:subClassOf ex:C . ex:E rdfs:subClassOf ex:D . ex:C rdfs:subClassOf ex:E .
ex:c a ex:C . ex:d a ex:D . ex:e a ex:E, ex:D . ex:x a ex:X . [] a ex:C .
"""


@pytest.mark.parametrize(
    ("class_", "expected"), [("C", "cde"), ("E", "cde"), ("X", "x"), ("Nothing", "")]
)
def test_instances_of_subclasses_are_instances(snapshot_of, class_, expected):
    found = instances(snapshot_of({"a.ttl": CLASSES}), EX + class_)
    assert tuple(EX + name for name in expected) == found


def test_instances_are_not_counted_in_the_shapes(whole):
    assert () == instances(whole, "http://www.w3.org/ns/shacl#NodeShape")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("ex:P sh:path ex:p ; dash:composite true .", {f"{EX}p"}),
        ("ex:S sh:property [ sh:path ex:p ; dash:composite true ] .", {f"{EX}p"}),
        ("ex:P sh:path ex:p ; dash:composite false .", set()),
        ("ex:P sh:path ex:p .", set()),
        ("ex:P sh:path [ sh:inversePath ex:p ] ; dash:composite true .", set()),
    ],
)
def test_parts_are_the_paths_that_the_shapes_call_composite(snapshot_of, shape, expected):
    dash = "@prefix dash: <http://datashapes.org/dash#> . "
    snapshot = snapshot_of({"kg.toml": "", "data/ttl/a.ttl": ONE, "shapes/s.ttl": dash + shape})
    assert expected == snapshot.parts


def test_documents_are_iris_of_the_base_that_carry_fragments(snapshot_of):
    turtle = "<o#A> ex:p 1 . <o#B> ex:p 1 . ex:a ex:p 1 . <http://x.example/o#A> ex:p 1 ."
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": turtle})
    assert {f"{EX}o": (f"{EX}o#A", f"{EX}o#B")} == snapshot.documents


def test_stored_queries_are_part_of_the_id(write_project):
    source = load(open_project(write_project({"a.ttl": ONE}), {}))
    query = StoredQuery("q", "Q", "", (), None, "ASK {}")
    assert build(source, Report((), 0)).id != build(source, Report((), 0), [query]).id


def added(*names: str) -> list[Quad]:
    """Quads of a graph that is computed: each name's type is ex:C."""
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    c, graph = NamedNode(f"{EX}C"), NamedNode(f"{EX}graph/more")
    return [Quad(NamedNode(EX + name), type_, c, graph) for name in names]


def test_quads_that_are_added_are_found_and_in_order(whole):
    more = with_quads(whole, [*added("z", "a", "o#part"), whole.quads[0]], "description")
    assert list(more.quads) == sorted({*whole.quads, *added("z", "a", "o#part")}, key=reading_order)
    assert more.describes(f"{EX}z")
    assert more.describes(f"{EX}graph/more")
    assert 2 == len(more.about(NamedNode(f"{EX}a")))
    assert 4 == len(more.by_object[f"<{EX}C>"])
    assert (f"{EX}o#part",) == more.documents[f"{EX}o"]
    assert "description" == more.roles[f"{EX}graph/more"]


def test_quads_that_are_added_change_no_id_number_or_instance(whole):
    more = with_quads(whole, added("z", "a"), "description")
    assert (whole.id, whole.triples) == (more.id, more.triples)
    assert union_of(whole) == union_of(more)
    assert instances(whole, f"{EX}C") == instances(more, f"{EX}C")
    assert not whole.describes(f"{EX}z"), "the snapshot itself is as it was"


def test_graphs_that_are_there_keep_their_role(whole):
    shape = next(iter(whole.in_role("shapes")))
    quad = Quad(NamedNode(f"{EX}T"), shape.predicate, shape.object, shape.graph_name)
    assert whole.roles == with_quads(whole, [quad], "description").roles


def test_parts_that_are_added_belong_to_descriptions(whole):
    assert {*whole.parts, f"{EX}p"} == with_quads(whole, [], "description", [f"{EX}p"]).parts


def test_a_document_keeps_its_members_when_more_are_computed(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "<http://example.org/d#a> ex:p 1 . ex:b ex:p 1 ."})
    computed = Quad(
        NamedNode("http://example.org/d#z"),
        NamedNode("http://example.org/p"),
        Literal("1"),
        NamedNode("http://example.org/computed"),
    )
    more = with_quads(snapshot, [computed], "description")
    members = ("http://example.org/d#a", "http://example.org/d#z")
    assert members == more.documents["http://example.org/d"]
