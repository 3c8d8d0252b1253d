"""Trees out of rows that say which node hangs on which other (storey 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.views.pages import Value

# how deep a tree is shown
DEPTH = 12
# what a fourth column may say of the way in which a node hangs on another
MARKS = frozenset({"for", "against", "strain"})

Cells = tuple[Value | None, ...]
# a node, how it hangs on another, and the mark of that
_Edge = tuple[Value, Value | None, str]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node, how it hangs on the one above (None for a root), and what hangs on it.

    `mark` is one of `MARKS`, or "" where nothing is said of it;
    `size` is the number of nodes below it; `again` is true where what hangs on it is not shown
    here, because it was before.
    """

    node: Value
    kind: Value | None
    children: tuple["Branch", ...]
    size: int
    again: bool = False
    mark: str = ""


def trees(rows: Iterable[Cells], *, once: bool = False) -> tuple[Branch, ...]:
    """Return the trees that rows of (node, kind, node above, mark) make, in the order of the rows.

    A root is above another and below none; where all go round in circles, the first is taken for
    one. What hangs on a node is shown once in a tree, or `once` in all of them, so that a tree is
    never larger than its rows, and twelve steps deep.
    """
    below: dict[Value, list[_Edge]] = {}
    nodes: dict[Value, bool] = {}
    for node, kind, above, *more in rows:
        if node is not None and above is not None:
            mark = more[0].text if more and more[0] else ""
            below.setdefault(above, []).append((node, kind, mark if mark in MARKS else ""))
            nodes.setdefault(above, True)
            nodes[node] = False
    roots = [node for node, is_root in nodes.items() if is_root] or list(nodes)[:1]
    shown: set[Value] = set()
    return tuple(
        _branch((root, None, ""), below, shown if once else set(), DEPTH) for root in roots
    )


def _branch(
    edge: _Edge, below: Mapping[Value, list[_Edge]], shown: set[Value], depth: int
) -> Branch:
    node, kind, mark = edge
    if node in shown or not depth:
        return Branch(node, kind, (), 0, again=node in below, mark=mark)
    shown.add(node)
    children = tuple(_branch(one, below, shown, depth - 1) for one in below.get(node, ()))
    size = len(children) + sum(child.size for child in children)
    return Branch(node, kind, children, size, mark=mark)
