"""Labels beside points: none on another, none outside, none missing where there is room."""

from itertools import combinations

from kg.views.pictures.labels import Dot, labels
from kg.views.pictures.lettering import fitted, lines, width

SIZE = (700.0, 440.0)


def boxes(dots):
    found = []
    for dot, label in zip(dots, labels(dots, SIZE, 13), strict=True):
        if label:
            long = width(label.text, 13)
            start = {"start": 0, "middle": long / 2, "end": long}[label.anchor]
            x, y = dot.x + label.x - start, dot.y + label.y
            found.append((x, y - 10, x + long, y + 3))
    return found


def test_no_label_stands_on_another_or_outside():
    dots = [Dot(40 + 61 * (n % 11), 30 + 41 * (n // 11), 6, f"Place {n}") for n in range(110)]
    found = boxes(dots)
    assert len(found) > 40
    for one, other in combinations(found, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= SIZE[0] and b[3] <= SIZE[1] for b in found)


def test_labels_at_an_edge_stand_on_the_other_side():
    right, left = labels([Dot(690, 200, 5, "East"), Dot(10, 200, 5, "West")], SIZE, 13)
    assert (right.anchor, left.anchor) == ("end", "start")


def test_the_first_dot_chooses_first():
    same = [Dot(300, 200, 5, "a" * 12)] * 30
    found = labels(same, SIZE, 13)
    assert found[0] is not None
    assert found[-1] is None


def test_texts_fit_into_their_room():
    assert width(fitted("a very long name of a place", 13, 90), 13) <= 90
    assert all(width(line, 13) <= 120 for line in lines("word " * 60, 13, 120, 3))
    assert len(lines("word " * 60, 13, 120, 3)) == 3
    assert lines("short", 13, 120, 3) == ("short",)
