"""What changed between two states, as quads, a patch and JSON."""

import json

import pytest
from pyoxigraph import Store

from kg.errors import NotFound
from kg.rdf.formats import N_QUADS
from kg.versions.difference import as_json, as_patch, difference, difference_of

EX = "http://example.org/"
OLD = {"data/a.ttl": 'ex:a ex:p 1 ; rdfs:label "a" . ex:b ex:p ex:a .'}
NEW = {"data/a.ttl": 'ex:a ex:p 2 ; rdfs:label "a" . ex:b ex:p ex:a . ex:c ex:p "c"@en .'}


def test_only_what_one_state_lacks_is_told(state):
    change = difference(state(OLD), state(NEW))
    assert ['"1"'] == [str(quad.object).partition("^")[0] for quad in change.removed]
    assert ['"2"', '"c"@en'] == [str(quad.object).partition("^")[0] for quad in change.added]
    assert (f"{EX}a", f"{EX}c") == change.subjects


def test_a_patch_makes_the_new_state_out_of_the_old(state):
    old, new = state(OLD), state(NEW)
    patch = as_patch(difference(old, new), old.id, new.id)
    store = Store()
    store.extend(old.quads)
    for line in patch.splitlines():
        kind, _, rest = line.partition(" ")
        if kind in ("A", "D"):
            change = Store()
            change.load(rest.encode(), N_QUADS.engine)
            (store.add if kind == "A" else store.remove)(next(iter(change)))
    assert set(new.quads) == set(store)
    assert f"H prev <urn:sha256:{old.id}> ." == patch.splitlines()[1]


def test_the_difference_of_a_resource_is_that_of_its_description(state):
    change = difference_of(state(OLD), state(NEW), f"{EX}a")
    assert {f"{EX}a"} == set(change.subjects)
    assert () == difference_of(state(OLD), state(NEW), f"{EX}b").subjects
    born = difference_of(state(OLD), state(NEW), f"{EX}c")
    assert (0, 1) == (len(born.removed), len(born.added))


def test_what_neither_state_describes_is_not_found(state):
    with pytest.raises(NotFound):
        difference_of(state(OLD), state(NEW), f"{EX}nothing")


def test_blank_nodes_of_a_resource_are_the_same_where_only_others_have_changed(state):
    nodes = "ex:a ex:p [ ex:q 1 ] ."
    before = state({"data/a.ttl": nodes, "data/b.ttl": "ex:b ex:p [ ex:q 0 ] ."})
    after = state({"data/a.ttl": nodes, "data/b.ttl": "ex:b ex:p [ ex:q 9 ], [ ex:q 8 ] ."})
    change = difference_of(before, after, f"{EX}a")
    assert ((), ()) == (change.removed, change.added)


def test_json_has_each_term_as_sparql_has_it(state):
    document = json.loads(as_json(difference(state(OLD), state(NEW)), old=1, new=2))
    assert (1, 2) == (document["old"], document["new"])
    (removed,) = document["removed"]
    assert {"type": "uri", "value": f"{EX}a"} == removed["subject"]
    assert "http://www.w3.org/2001/XMLSchema#integer" == removed["object"]["datatype"]
    assert {"type": "literal", "value": "c", "xml:lang": "en"} == document["added"][1]["object"]
    assert f"{EX}graph/a" == removed["graph"]
