"""The canonical form: RDFC-1.0 where that ends, and an honest answer where it does not."""

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from kg.dataset.canonical import AT_ONCE, canonical_lines, largest_tangle, snapshot_id

EX = "http://example.org/"
TANGLED = "<http://e/a> <http://e/p> " + "[ <http://e/p> " * 12 + "1" + " ]" * 12 + " ."
HOPELESS = "\n".join(
    f"_:n{i} <http://e/p> _:n{j} ." for i in range(14) for j in range(14) if i != j
)


def quads_of(turtle: str) -> list[Quad]:
    return [Quad(*quad.triple) for quad in parse(turtle, RdfFormat.TURTLE)]


def by_the_engine(quads) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} .\n" for quad in dataset)


@pytest.mark.parametrize(
    "turtle",
    ["", "<http://e/a> <http://e/p> 1 .", "<http://e/a> <http://e/p> [] , [] .",
     '<http://e/a> <http://e/p> "_:no blank node" .', TANGLED,
     # what Python takes for the end of a line, and N-Quads does not
     TANGLED.replace("1", '"a\u2028b\x85c"'),
     "<http://e/a> <http://e/p> (1 2 3), (1 1 1 1 1 1 1 1) ."],
)  # fmt: skip
def test_the_lines_are_those_of_the_standard(turtle):
    quads = quads_of(turtle)
    assert (by_the_engine(quads), True) == canonical_lines(quads)


def test_labels_and_order_change_nothing():
    one = quads_of("_:a <http://e/p> _:b . _:b <http://e/q> 1 .")
    other = quads_of("_:y <http://e/q> 1 . _:x <http://e/p> _:y .")
    assert canonical_lines(one) == canonical_lines(other)


def test_what_cannot_be_told_apart_in_time_keeps_its_labels():
    quads = quads_of(HOPELESS)
    lines, canonical = canonical_lines(quads, patience=0.5)
    assert not canonical
    assert sorted(f"{quad} .\n" for quad in quads) == lines
    assert 64 == len(snapshot_id(lines))


def test_only_nodes_that_look_alike_and_touch_are_a_tangle():
    assert 0 == largest_tangle(quads_of("<http://e/a> <http://e/p> [ <http://e/q> 1 ] ."))
    alike = "\n".join(f"<http://e/{n}> <http://e/p> [ <http://e/q> [] ] ." for n in range(50))
    assert largest_tangle(quads_of(alike)) <= AT_ONCE
    assert largest_tangle(quads_of(TANGLED)) > AT_ONCE


@pytest.mark.long
def test_a_hopeless_folder_is_published_all_the_same(snapshot_of):
    snapshot = snapshot_of({"a.ttl": HOPELESS + " ex:a ex:p 1 ."})
    assert not snapshot.canonical
    assert snapshot.describes(f"{EX}a")
