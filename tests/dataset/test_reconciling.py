"""Which resources queries mean."""

from kg.dataset.labels import label_index
from kg.dataset.reconciling import Wanted, candidates

EX = "http://example.org/"
FILE = """
ex:Town rdfs:subClassOf ex:Place .
ex:a a ex:Town ; rdfs:label "Springfield" ; ex:in ex:one . ex:one rdfs:label "Illinois" .
ex:b a ex:Place ; rdfs:label "Springfield" ; ex:in ex:two . ex:two rdfs:label "Oregon" .
"""


def found(snapshot_of, **wanted):
    snapshot = snapshot_of({"a.ttl": FILE})
    results = candidates(snapshot, label_index(snapshot), Wanted(limit=5, **wanted))
    return [(one.iri.removeprefix(EX), one.score, one.sure) for one in results]


def test_of_two_that_are_called_the_same_neither_is_sure(snapshot_of):
    expected = [("a", 100, False), ("b", 100, False)]
    assert expected == found(snapshot_of, text="Springfield")


def test_a_value_by_its_label_tells_them_apart(snapshot_of):
    expected = [("b", 100, True), ("a", 90, False)]
    values = ((f"{EX}in", ("oregon",)),)
    assert expected == found(snapshot_of, text="Springfield", values=values)


def test_values_alone_find_what_has_them(snapshot_of):
    assert [("b", 100, True)] == found(snapshot_of, text="", values=((f"{EX}in", (f"{EX}two",)),))


def test_instances_of_subclasses_are_of_the_class(snapshot_of):
    assert ["a", "b"] == [
        one[0] for one in found(snapshot_of, text="Springfield", types=(f"{EX}Place",))
    ]
    assert ["a"] == [one[0] for one in found(snapshot_of, text="Springfield", types=(f"{EX}Town",))]
