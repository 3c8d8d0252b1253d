"""What classes and properties are used for: counted once, and the same however they are kept."""

from kg.dataset.packed import packed
from kg.dataset.snapshot import instances, subclasses

EX = "http://example.org/"
DATA = """
ex:River rdfs:subClassOf ex:Water . ex:Canal rdfs:subClassOf ex:River .
ex:Water rdfs:subClassOf ex:River .
ex:b a ex:River ; ex:length 3, 4 . ex:a a ex:Canal, ex:River ; ex:length 3 .
ex:b-2 a ex:Canal . [] a ex:Canal ; ex:width 2 .
"""


def test_uses_are_those_of_the_default_graph(snapshot_of):
    shapes = "ex:b a ex:Lake ; ex:depth 1 ."
    uses = snapshot_of({"kg.toml": "", "data/ttl/a.ttl": DATA, "shapes/s.ttl": shapes}).uses
    assert {f"{EX}River": 2, f"{EX}Canal": 3} == dict(uses.classes)
    assert (3, 1) == (uses.properties[f"{EX}length"], uses.properties[f"{EX}width"])
    assert f"{EX}depth" not in uses.properties
    assert 2 == uses.of_class[f"{EX}River"][f"{EX}length"]
    assert f"{EX}a" == uses.first[f"{EX}length"].subject.value
    assert f"{EX}width" not in uses.first


def test_members_of_subclasses_are_members_also_where_classes_are_in_a_circle(snapshot_of):
    whole = snapshot_of({"data/a.ttl": DATA})
    for snapshot in (whole, packed(whole)):
        members = [f"{EX}a", f"{EX}b", f"{EX}b-2"]
        assert members == list(instances(snapshot, f"{EX}Water"))
        assert members == list(instances(snapshot, f"{EX}River"))
        assert [f"{EX}a", f"{EX}b-2"] == list(instances(snapshot, f"{EX}Canal"))
        assert 0 == len(instances(snapshot, f"{EX}Lake"))
        assert {f"{EX}{name}" for name in ("River", "Canal", "Water")} == subclasses(
            snapshot, f"{EX}Water"
        )


def test_packed_members_are_read_as_a_tuple_is(snapshot_of):
    whole = snapshot_of({"data/a.ttl": DATA})
    before, after = whole.uses.members, packed(whole).uses.members
    assert dict(before) == {class_: tuple(after[class_]) for class_ in after}
    assert len(before) == len(after)
    own, kept = before[f"{EX}River"], after[f"{EX}River"]
    assert (own[0], own[-1], own[1:]) == (kept[0], kept[-1], kept[1:])
    assert own == (*kept[:2], *kept[2:])
    assert f"{EX}Lake" not in after
