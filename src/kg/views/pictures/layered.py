"""Where the nodes and lines of a graph stand (storey 3), by the layout engine graphlay.

It is the only module that knows of the engine: sizes go in, places come out, the same each time.
Source: https://github.com/aarkue/graphlay
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphlay

# pixels between layers and between nodes; what is wider than a page costs more than what is higher
LAYERS, NODES, PAGE, SCREEN = 48.0, 16.0, 1008.0, 900.0
# pixels between lines that turn side by side, and how many of them have room
LANE, LANES = 8.0, 16

Point = tuple[float, float]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in pixels: the whole, the middle of each node, and the corners of each line.

    A line leads from its source to its target; each of its parts is level or upright.
    """

    size: Size
    nodes: tuple[Point, ...]
    lines: tuple[tuple[Point, ...], ...]


def layout(
    sizes: Sequence[Size], links: Sequence[tuple[int, int]], words: float = 0.0
) -> Layout | None:
    """Return places for nodes of these sizes, in layers from the left, or from the top where that
    is too wide.

    `links` are pairs of nodes by their numbers, `words` is how wide the longest word on a line is,
    in pixels. None where the engine finds no places. It takes a third of a second for 60 nodes and
    150 lines.
    """
    nodes = [
        {"size": {"width": wide, "height": high}, "shape": "box", "key": str(number)}
        for number, (wide, high) in enumerate(sizes)
    ]
    edges = [{"source": one, "target": other, "weight": 1.0} for one, other in links]
    busiest = max(Counter(one for one, _ in links).values(), default=0)
    turns = LANE * min(busiest, LANES) if words else 0.0
    # a word has room on the level part of a line from the left, and on the upright part of others
    ways = (("leftright", LAYERS + words + turns), ("topbottom", LAYERS + turns / 2))
    found = []
    for way, gap in ways:
        placed = _placed(nodes, edges, way, gap)
        if placed and placed.size[0] <= PAGE:
            return placed
        found.append(placed)
    return min(filter(None, found), key=_effort, default=None)


def _effort(one: Layout) -> float:
    """Return how much a reader has to scroll, to the side three times as unwillingly."""
    return 3 * max(one.size[0] / PAGE, 1) + max(one.size[1] / SCREEN, 0.5)


def _placed(
    nodes: list[dict[str, Any]], edges: list[dict[str, Any]], way: str, gap: float
) -> Layout | None:
    spacing = {"layer_gap": gap, "node_gap": NODES, "dummy_gap": 14.0, "port_gap": 10.0}
    try:
        found = graphlay.layout(
            {"nodes": nodes, "edges": edges}, options={"direction": way, "spacing": spacing}
        )
    except graphlay.GraphlayError:
        return None
    return _layout(found)


def _layout(found: graphlay.Layout) -> Layout:
    low, high = found.bounds["min"], found.bounds["max"]

    def moved(point: Mapping[str, float]) -> Point:
        return round(point["x"] - low["x"], 1), round(point["y"] - low["y"], 1)

    return Layout(
        size=(high["x"] - low["x"], high["y"] - low["y"]),
        nodes=tuple(moved(node["center"]) for node in found.nodes),
        lines=tuple(tuple(map(moved, edge["points"])) for edge in found.edges),
    )
