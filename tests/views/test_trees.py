"""Trees out of rows."""

import itertools

from kg.views.pages import Value
from kg.views.trees import DEPTH, trees

A, B, C, D, FOR = (Value(name) for name in ("a", "b", "c", "d", "for"))


def shape(branches):
    return [(one.node.text, one.size, one.again, shape(one.children)) for one in branches]


def test_what_hangs_on_nothing_is_a_root():
    found = trees([(B, FOR, A), (C, FOR, B), (D, FOR, A)])
    assert [
        ("a", 3, False, [("b", 1, False, [("c", 0, False, [])]), ("d", 0, False, [])])
    ] == shape(found)
    assert (None, FOR) == (found[0].kind, found[0].children[0].kind)


def test_there_is_a_tree_for_each_root_in_the_order_of_the_rows():
    assert ["c", "a"] == [tree.node.text for tree in trees([(B, FOR, C), (D, FOR, A)])]


def test_what_hangs_twice_is_shown_whole_once_in_a_tree():
    found = trees([(B, FOR, A), (C, FOR, A), (D, FOR, B), (B, FOR, C)])
    ((_, _, _, [first, (_, _, _, [again])]),) = shape(found)
    assert ("b", 1, False, [("d", 0, False, [])]) == first
    assert ("b", 0, True, []) == again


def test_what_hangs_in_two_trees_is_shown_whole_in_each_or_once_in_all():
    rows = [(B, FOR, A), (B, FOR, D), (C, FOR, B)]
    sizes = [[child.size for child in tree.children] for tree in trees(rows)]
    assert [[1], [1]] == sizes
    assert [[1], [0]] == [[child.size for child in t.children] for t in trees(rows, once=True)]


def test_circles_end():
    assert [("b", 2, False, [("a", 1, False, [("b", 0, True, [])])])] == shape(
        trees([(A, FOR, B), (B, FOR, A)])
    )


def test_a_tree_of_any_depth_is_cut():
    nodes = [Value(str(number)) for number in range(5000)]
    (tree,) = trees([(below, FOR, above) for above, below in itertools.pairwise(nodes)])
    depth = 0
    while tree.children:
        (tree,), depth = tree.children, depth + 1
    assert DEPTH == depth
    assert tree.again


def test_rows_with_an_empty_end_are_passed_over():
    assert () == trees([(None, FOR, A), (B, FOR, None)])
