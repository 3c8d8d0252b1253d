"""What documents say of themselves, and long ones in pages."""

import pytest

from kg.dataset.description import LONG_PAGE, PAGE, describe
from kg.dataset.document import about_document, neighbours
from kg.errors import NotFound

EX = "http://example.org/"
MANY = 1200


def said(snapshot, description, dataset="") -> set[str]:
    return {str(quad.triple) for quad in about_document(snapshot, description, dataset)}


def wide(own: int, incoming: int) -> dict[str, str]:
    """A resource with that many statements about it, and pointing at it; parts are blank nodes."""
    about = "\n".join(f"ex:a ex:p [ ex:n {i} ; ex:deep [ ex:m {i} ] ] ." for i in range(own))
    pointing = "\n".join(f"ex:s{i:05} ex:q ex:a ." for i in range(incoming))
    return {"a.ttl": f"ex:a a ex:Wide .\n{about}\n{pointing}"}


def test_a_document_names_its_topic_and_its_data_set(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "ex:a ex:p 1 ."})
    found = said(snapshot, describe(snapshot, f"{EX}a"), f"{EX}set")
    assert found == {
        f"<{EX}doc/a> <http://xmlns.com/foaf/0.1/primaryTopic> <{EX}a>",
        f"<{EX}doc/a> <http://rdfs.org/ns/void#inDataset> <{EX}set>",
    }


def test_a_document_with_hash_iris_is_its_own_topic(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "<http://example.org/o#a> ex:p 1 . ex:b ex:p 1 ."})
    assert said(snapshot, describe(snapshot, f"{EX}o")) == set()


def test_pages_together_hold_every_statement_and_parts_are_never_torn(snapshot_of):
    snapshot = snapshot_of(wide(MANY, MANY))
    first = describe(snapshot, f"{EX}a")
    assert (2 * MANY + 1, 5) == (first.statements, first.pages)
    every = [describe(snapshot, f"{EX}a", page) for page in range(1, first.pages + 1)]
    about = {quad for one in every for quad in one.quads if str(quad.subject) == f"<{EX}a>"}
    assert set(snapshot.by_subject[f"<{EX}a>"]) == about
    assert set(snapshot.by_object[f"<{EX}a>"]) == {q for one in every for q in one.incoming}
    for one in every:
        assert sum(str(q.subject) == f"<{EX}a>" for q in one.quads) + len(one.incoming) <= PAGE
        held = {quad.subject for quad in one.quads}
        blank = {q.object for q in one.quads if str(q.object).startswith("_:")}
        assert blank <= held


def test_a_page_says_which_others_there_are(snapshot_of):
    snapshot = snapshot_of(wide(MANY, 0))
    second = describe(snapshot, f"{EX}a", 2)
    assert [("first", 1), ("previous", 1), ("next", 3), ("last", 3)] == list(neighbours(second))
    found = said(snapshot, second)
    hydra = "http://www.w3.org/ns/hydra/core#"
    assert f"<{EX}doc/a> <{hydra}view> <{EX}doc/a?page=2>" in found
    assert f"<{EX}doc/a?page=2> <{hydra}next> <{EX}doc/a?page=3>" in found
    count = f'"{MANY + 1}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert f"<{EX}doc/a> <{hydra}totalItems> {count}" in found


@pytest.mark.parametrize("page", [0, -1, 4, 10**9])
def test_a_page_that_there_is_not_is_not_found(snapshot_of, page):
    snapshot = snapshot_of(wide(MANY, 0))
    with pytest.raises(NotFound):
        describe(snapshot, f"{EX}a", page)


def test_a_vocabulary_and_a_graph_of_the_usual_size_are_whole(snapshot_of):
    terms = "\n".join(f"<http://example.org/o#t{i}> rdfs:label 'T{i}' ." for i in range(MANY))
    snapshot = snapshot_of({"a.ttl": f"{terms}\nex:b ex:p 1 ."})
    assert MANY < LONG_PAGE
    for iri in (f"{EX}o", f"{EX}graph/a"):
        assert 1 == describe(snapshot, iri).pages
        assert MANY <= len(describe(snapshot, iri).quads)
