"""Lines and rings cut at the edges of a window."""

from itertools import pairwise

from kg.views.pictures.clipping import clipped_line, clipped_ring

BOX = (0, 0, 10, 10)


def test_a_ring_around_the_window_becomes_the_window():
    assert set(clipped_ring([(-5, -5), (20, -5), (20, 20), (-5, 20)], BOX)) == {
        (0, 0),
        (10, 0),
        (10, 10),
        (0, 10),
    }


def test_a_ring_inside_stays_and_one_outside_goes():
    ring = ((1, 1), (2, 1), (2, 2))
    assert clipped_ring(ring, BOX) == ring
    assert clipped_ring([(20, 20), (30, 20), (30, 30)], BOX) == ()


def test_a_line_that_leaves_and_comes_back_is_two_lines():
    line = [(1, 1), (5, 1), (5, 15), (6, 15), (6, 5)]
    assert clipped_line(tuple(pairwise(line)), BOX) == (
        ((1, 1), (5, 1), (5, 10)),
        ((6, 10), (6, 5)),
    )


def test_a_line_that_crosses_is_cut_at_both_ends():
    assert clipped_line((((-5, 5), (15, 5)),), BOX) == (((0, 5), (10, 5)),)
    assert clipped_line((((-5, -5), (-1, 20)),), BOX) == ()
