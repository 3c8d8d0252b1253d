"""A packed snapshot answers as the one that it was packed from, object by object."""

import pickle

import pytest
from pyoxigraph import NamedNode, Quad

from kg.builds.values import read_values, write_values
from kg.dataset.catalogue import with_description
from kg.dataset.description import describe
from kg.dataset.labels import indexed, label_index
from kg.dataset.matching import beginning, find
from kg.dataset.packed import packed, packed_labels
from kg.dataset.texts import texts
from kg.rdf.terms import reading_order

ODD = """
ex:a a ex:C ; rdfs:label "zwei\\nZeilen \\\\n", "الرقة"@ar, "" ;
  ex:part [ ex:part [ ex:n 1, 01 ] ] .
ex:b rdfs:label "a \\"quote\\" \\r\\u0085\\u2028 and tab\\t"@en-GB ;
  ex:list ( 1 "two" ex:a ) ; ex:to ex:a .
<https://example.org/ü> ex:to <urn:x>, ex:a ; rdfs:label 'space at the end ' .
"""


@pytest.fixture(params=["claim graph", "odd"])
def whole(request, snapshot_of):
    if request.param == "odd":
        return with_description(snapshot_of({"data/ttl/a.ttl": ODD}))
    return request.getfixturevalue("snapshot")


def test_a_packed_snapshot_has_the_same_quads_in_the_same_order(whole):
    small = packed(whole)
    assert list(whole.quads) == list(small.quads)
    assert len(whole.quads) == len(small.quads)
    for place in (0, 7, -1, len(whole.quads) - 1):
        assert whole.quads[place] == small.quads[place]
    for part in (slice(3), slice(5, 9), slice(-4, None), slice(2, 20, 3), slice(9, 5)):
        assert whole.quads[part] == small.quads[part]
    assert sorted(whole.quads, key=reading_order) == list(small.quads)
    with pytest.raises(IndexError):
        small.quads[len(small.quads)]


@pytest.mark.parametrize("index", ["by_subject", "by_object", "by_graph"])
def test_a_packed_index_has_the_same_rows_by_the_same_terms(whole, index):
    before, after = getattr(whole, index), getattr(packed(whole), index)
    assert set(before) == set(after)
    assert len(before) == len(after)
    assert dict(before) == {term: tuple(rows) for term, rows in after.items()}
    longest = max(before, key=lambda term: len(before[term]))
    assert before[longest][2:40:3] == after[longest][2:40:3]
    assert before[longest][-1] == after[longest][-1]
    for none in ("", "<http://example.org/none>", "_:none", "<zzz"):
        assert none not in after
        assert () == after.get(none, ())


def test_descriptions_are_the_same(whole):
    small = packed(whole)
    iris = [name[1:-1] for name in whole.by_subject if name.startswith("<")]
    assert len(iris) > 2
    for iri in iris[:200]:
        assert describe(whole, iri) == describe(small, iri)
        assert whole.objects(NamedNode(iri), "http://www.w3.org/2000/01/rdf-schema#label") == (
            small.objects(NamedNode(iri), "http://www.w3.org/2000/01/rdf-schema#label")
        )
    assert whole.describes(iris[0])
    assert not small.describes("http://example.org/none")


def test_names_are_found_alike(whole):
    before = label_index(whole)
    after = packed_labels(before)
    assert list(before.names) == list(after.names)
    assert list(before.keys) == list(after.keys)
    for asked in ("Raqqa", "الرقة", "zwei Zeilen", "a quote", "ISIL (Daesh)", "sdf", ""):
        assert find(before, asked, 9, texts=True) == find(after, asked, 9, texts=True)
        assert list(beginning(before, asked, 9)) == list(beginning(after, asked, 9))


def test_what_is_packed_is_read_from_files_as_it_was_written(whole, tmp_path):
    small, names = packed(whole), packed_labels(label_index(whole))
    write_values(tmp_path, (small, names))
    read, read_names = read_values(tmp_path)
    assert list(small.quads) == list(read.quads)
    assert dict(whole.by_object) == {term: tuple(rows) for term, rows in read.by_object.items()}
    assert find(names, "Raqqa", 5) == find(read_names, "Raqqa", 5)
    assert not read.quads.lines.utf8.flags.writeable
    # its quads are in the arrays, of which the pickle has nothing
    assert len((tmp_path / "build.pickle").read_bytes()) < len(pickle.dumps(tuple(whole.quads)))


def test_nothing_is_packed_and_read_as_nothing(tmp_path):
    assert [] == list(texts([]))
    write_values(tmp_path, (texts([]), packed_labels(indexed(()))))
    strings, names = read_values(tmp_path)
    assert [] == list(strings)
    assert () == find(names, "Raqqa", 5)
    assert 0 == len(names.names)


def test_a_string_is_found_by_its_number_from_either_end():
    packed_texts = texts(["Raqqa", "", "الرقة"])
    assert ("Raqqa", "", "الرقة") == packed_texts[:]
    assert "الرقة" == packed_texts[-1]
    assert ("", "الرقة") == packed_texts[1:9]
    for place in (3, -4):
        with pytest.raises(IndexError):
            packed_texts[place]


def test_a_quad_that_is_looked_for_is_there(whole):
    small = packed(whole)
    quad = whole.quads[len(whole.quads) // 2]
    assert quad in small.about(quad.subject)
    other = Quad(quad.subject, quad.predicate, NamedNode("http://example.org/none"))
    assert other not in small.about(quad.subject)
