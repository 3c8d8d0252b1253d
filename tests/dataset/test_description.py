import pytest
from pyoxigraph import NamedNode

from kg.dataset.description import describe, in_languages, label, readable
from kg.errors import NotFound

EX = "http://example.org/"
DASH = "@prefix dash: <http://datashapes.org/dash#> . "
COMPOSITE = DASH + "ex:P sh:path ex:part ; dash:composite true ."


@pytest.fixture
def described(snapshot_of):
    """A function that describes ex:a in a snapshot of data, where ex:part makes parts."""

    def make(turtle: str, name: str = "a", **more: str):
        files = {"kg.toml": "", "data/ttl/f.ttl": turtle, "shapes/s.ttl": COMPOSITE, **more}
        return describe(snapshot_of(files), EX + name)

    return make


def said(quads):
    """The quads as subject, predicate and object in short, blank nodes as _."""
    short = [[getattr(t, "value", str(t)).removeprefix(EX) for t in quad.triple] for quad in quads]
    blank = {str(t) for quad in quads for t in quad.triple if str(t).startswith("_:")}
    return [" ".join("_" if f"_:{text}" in blank else text for text in triple) for triple in short]


def test_a_description_is_what_is_said_of_the_resource(described):
    description = described("ex:a ex:p 1, ex:b . ex:b ex:p 2 .")
    assert (f"{EX}a", ["a p 1", "a p b"]) == (description.iri, sorted(said(description.quads)))


def test_parts_come_with_their_whole(described):
    found = said(described("ex:a ex:part ex:b . ex:b ex:part ex:c . ex:c ex:p 1 .").quads)
    assert ["a part b", "b part c", "c p 1"] == found


def test_a_part_is_described_where_it_stands(described):
    found = said(described("ex:a ex:part ex:c, ex:b . ex:b ex:p 1 . ex:c ex:p 2 .").quads)
    assert ["a part b", "a part c", "b p 1", "c p 2"] == found


def test_a_cycle_of_parts_ends(described):
    found = said(described("ex:a ex:part ex:b . ex:b ex:part ex:a, ex:b .").quads)
    assert ["a part b", "b part a", "b part b"] == found


def test_blank_nodes_are_described_whole(described):
    found = said(described("ex:a ex:p [ ex:q [ ex:r 1 ] ] .").quads)
    assert ["a p _", "_ q _", "_ r 1"] == found


def test_a_cycle_of_blank_nodes_ends(described):
    found = said(described("ex:a ex:p _:x . _:x ex:p _:y . _:y ex:p _:x .").quads)
    assert ["a p _", "_ p _", "_ p _"] == found


def test_a_list_comes_whole(described):
    quads = described("ex:a ex:p ( 1 2 3 ) .").quads
    assert ["1", "2", "3"] == [q.object.value for q in quads if q.predicate.value.endswith("first")]


def test_a_thousand_nested_parts_are_described(described):
    turtle = "".join(f"ex:n{n} ex:part ex:n{n + 1} ." for n in range(3_000))
    assert 3_000 == len(described(turtle, "n0").quads)


def test_what_points_at_the_resource_is_incoming(described):
    description = described("ex:a ex:p 1 . ex:b ex:q ex:a . ex:c ex:q ex:b .")
    assert ["b q a"] == said(description.incoming)


def test_no_quad_is_both_about_and_incoming(described):
    description = described("ex:a ex:p ex:a ; ex:part ex:b . ex:b ex:whole ex:a .")
    assert [] == said(description.incoming)
    assert ["a p a", "a part b", "b whole a"] == sorted(said(description.quads))


def test_a_triple_of_two_files_is_in_both_graphs(described):
    description = described("ex:a ex:p 1 .", **{"data/ttl/g.ttl": "ex:a ex:p 1 ."})
    graphs = [quad.graph_name.value for quad in description.quads]
    assert [f"{EX}graph/f", f"{EX}graph/g"] == graphs


def test_a_document_describes_all_of_its_hash_iris(described):
    turtle = "<http://example.org/o#A> ex:p 1 . <http://example.org/o#B> ex:p 2 . ex:ox ex:p 3 ."
    assert ["o#A p 1", "o#B p 2"] == said(described(turtle, "o").quads)


def test_the_document_itself_comes_first(described):
    turtle = "<http://example.org/o#A> ex:p 1 . <http://example.org/o> ex:p 2 ."
    assert ["o p 2", "o#A p 1"] == said(described(turtle, "o").quads)


def test_a_named_graph_is_described_by_its_content(described):
    assert ["a p 1", "b p 2"] == sorted(
        said(described("ex:a ex:p 1 . ex:b ex:p 2 .", "graph/f").quads)
    )


def test_an_iri_that_is_only_an_object_is_not_found(described):
    with pytest.raises(NotFound, match=f"Nothing in this data set describes <{EX}b>") as caught:
        described("ex:a ex:p ex:b .", "b")
    assert f"{EX}b" == caught.value.iri


@pytest.mark.parametrize(
    ("turtle", "languages", "expected"),
    [
        ("rdfs:label 'house'@en, 'Haus'@de", ("en",), "house@en"),
        ("rdfs:label 'house'@en, 'Haus'@de", ("de",), "Haus@de"),
        ("rdfs:label 'house'@en, 'Haus'@de", ("fr", "de"), "Haus@de"),
        ("rdfs:label 'house'@en-GB, 'Haus'@de", ("en",), "house@en-gb"),
        ("rdfs:label 'z Haus'@de-AT, 'house'@en", ("de-at",), "z Haus@de-at"),
        ("rdfs:label 'Haus'@de, 'plain'", ("en",), "plain@"),
        ("rdfs:label 'maison'@fr, 'Haus'@de", ("en",), "Haus@de"),
        ("rdfs:label 'endive'@eng, 'plain'", ("en",), "plain@"),
        ("rdfs:label 'b', 'a'", ("en",), "a@"),
        ("rdfs:label 'label' ; skos:prefLabel 'preferred'", ("en",), "preferred@"),
        ("skos:prefLabel 'Haus'@de ; rdfs:label 'house'@en", ("en",), "house@en"),
        ("rdfs:label ex:label ; skos:altLabel 'other'", ("en",), None),
        ("ex:p 1", ("en",), None),
    ],
)
def test_a_label_is_in_the_first_language_that_has_one(snapshot_of, turtle, languages, expected):
    snapshot = in_languages(snapshot_of({"f.ttl": f"ex:a {turtle} ."}), languages)
    found = label(snapshot, NamedNode(f"{EX}a"))
    assert expected == (found and f"{found.value}@{(found.language or '').lower()}")


@pytest.mark.parametrize(
    ("iri", "expected"),
    [(f"{EX}b", "ex:b"), (f"{EX}b/c", "c"), (f"{EX}o#T", "T"),
     (f"{EX}a/b/", "b"), ("urn:isbn:1", "urn:isbn:1"), ("http://x.example/a", "http://x.example/a")],
)  # fmt: skip
def test_an_iri_without_a_label_is_called_by_a_short_name(snapshot_of, iri, expected):
    assert expected == readable(snapshot_of({"f.ttl": "ex:a ex:p 1 ."}), iri)
