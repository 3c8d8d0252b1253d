"""Bar charts: lengths are in proportion, and below zero is on the other side."""

from kg.views.pages import Value
from kg.views.pictures.chart import Bar, chart_of


def bars(drawing) -> list[tuple[float, float]]:
    return [
        tuple(float(r.get(side).rstrip("%")) for side in ("x", "width"))
        for r in drawing.root.iter("rect")
    ]


def test_lengths_are_in_proportion_and_numbers_are_written_out(drawn):
    picture = chart_of([Bar(Value("a"), 2000), Bar(Value("b"), 500)], "p", "t")
    for drawing in drawn(picture).values():
        (_, long), (_, short) = bars(drawing)
        assert abs(long / short - 4) < 0.01
        assert {"2,000", "500"} <= set(drawing.texts)
    assert [entry.notes[0].text for entry in picture.entries] == ["2,000", "500"]


def test_numbers_below_zero_are_on_the_other_side(drawn):
    (left, length), (right, _) = bars(
        drawn(chart_of([Bar(Value("a"), -3), Bar(Value("b"), 3)], "p", "t"))["wide"]
    )
    assert abs(left + length - right) < 0.01


def test_bars_grow_from_the_right_where_the_language_begins_there(drawn):
    shown = [Bar(Value("a", href="/a"), 10), Bar(Value("b", href="/b"), -5)]
    left, right = (drawn(chart_of(shown, "p", "t", one)) for one in ("en", "ar"))
    for kind, drawing in left.items():
        for (x, width), (mirrored, same) in zip(bars(drawing), bars(right[kind]), strict=True):
            assert width == same
            assert abs(x + width + mirrored - 100) < 0.01


def test_zeros_only_are_drawn(drawn):
    assert len(bars(drawn(chart_of([Bar(Value("a"), 0)], "p", "t"))["narrow"])) == 1
