"""Trees out of rows that say which node hangs on which other (storey 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.views.pages import Value

# how deep a tree is shown
DEPTH = 12

Cells = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node, how it hangs on the one above (None for a root), and what hangs on it.

    `size` is the number of nodes below it; `again` is true where what hangs on it is not shown
    here, because it was before.
    """

    node: Value
    kind: Value | None
    children: tuple["Branch", ...]
    size: int
    again: bool = False


def trees(rows: Iterable[Cells], *, once: bool = False) -> tuple[Branch, ...]:
    """Return the trees that rows of (node, kind, node above) make, in the order of the rows.

    A root is above another and below none; where all go round in circles, the first is taken for
    one. What hangs on a node is shown once in a tree, or `once` in all of them, so that a tree is
    never larger than its rows, and twelve steps deep.
    """
    below: dict[Value, list[tuple[Value, Value | None]]] = {}
    nodes: dict[Value, bool] = {}
    for node, kind, above, *_ in rows:
        if node is not None and above is not None:
            below.setdefault(above, []).append((node, kind))
            nodes.setdefault(above, True)
            nodes[node] = False
    roots = [node for node, is_root in nodes.items() if is_root] or list(nodes)[:1]
    shown: set[Value] = set()
    return tuple(_branch(root, None, below, shown if once else set(), DEPTH) for root in roots)


def _branch(
    node: Value,
    kind: Value | None,
    below: Mapping[Value, list[tuple[Value, Value | None]]],
    shown: set[Value],
    depth: int,
) -> Branch:
    if node in shown or not depth:
        return Branch(node, kind, (), 0, again=node in below)
    shown.add(node)
    children = tuple(_branch(one, how, below, shown, depth - 1) for one, how in below.get(node, ()))
    return Branch(node, kind, children, len(children) + sum(child.size for child in children))
