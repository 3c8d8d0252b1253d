"""Timelines: a day, a month, a year and an open side never look alike."""

import pytest

from kg.views.pages import Value
from kg.views.pictures.axis import day_of
from kg.views.pictures.timeline import Span, timeline_of


def span(name: str, *bounds: str | None) -> Span:
    days = [day_of(b, last=n % 2 == 1) if b else None for n, b in enumerate(bounds)]
    return Span(Value(name, href=f"/doc/{name}"), name, *days)


DAY = span("day", *["2015-09-30"] * 4)
MONTH = span("month", "2015-01-01", "2015-01-31", "2015-01-01", "2015-01-31")
INTERVAL = span("interval", "2014-01-01", "2014-12-31", "2019-01-01", "2019-12-31")
EXACT = span("exact", "2014-03-01", "2014-03-01", "2016-03-01", "2016-03-01")
OPEN = span("open", "2011-05-01", "2011-05-31", None, None)


@pytest.mark.parametrize(
    ("one", "marks"),
    [
        (DAY, {"day": 1, "perhaps": 0, "surely": 0, "open": 0}),
        (MONTH, {"day": 0, "perhaps": 1, "surely": 0, "open": 0}),
        (INTERVAL, {"day": 0, "perhaps": 1, "surely": 1, "open": 0}),
        (EXACT, {"day": 0, "perhaps": 0, "surely": 1, "open": 0}),
        (OPEN, {"day": 0, "perhaps": 1, "surely": 0, "open": 1}),
    ],
    ids=lambda one: one.time if isinstance(one, Span) else "",
)
def test_each_precision_has_marks_of_its_own(one, marks, drawn):
    for drawing in drawn(timeline_of([one], "p", "t")).values():
        assert marks == {name: len(drawing.of_class(name)) for name in marks}


def test_the_earliest_is_on_top_and_rows_are_shared_where_there_is_room(drawn):
    early, late = span("a", *["1900-01-01"] * 4), span("z", *["1999-01-01"] * 4)
    apart = drawn(timeline_of([late, early], "p", "t"))["wide"]
    together = drawn(timeline_of([early, early], "p", "t"))["wide"]
    assert apart.hrefs == ["/doc/a", "/doc/z"]
    assert float(apart.root.get("height")) < float(together.root.get("height"))


def test_a_name_with_no_room_beside_its_bar_stands_above_it_and_is_whole(drawn):
    name = "A campaign that took nearly all of the time there is"
    whole = span(name, "2014-01-01", "2014-01-01", "2019-12-30", "2019-12-30")
    assert name in drawn(timeline_of([whole], "p", "t"))["wide"].texts


def test_a_name_that_is_longer_than_the_drawing_has_two_lines(drawn):
    name = "Sanctions of the Treasury on the network of people who crossed borders"
    narrow = drawn(timeline_of([span(name, *["2014-01-01"] * 4), DAY], "p", "t"))["narrow"].texts
    assert name in " ".join(narrow)
    assert "day" in narrow


def test_the_axis_has_years_or_months(drawn):
    years = drawn(timeline_of([INTERVAL], "p", "t"))["wide"].texts
    assert {"2014", "2016", "2020"} <= set(years)
    months = drawn(timeline_of([MONTH, span("m", *["2015-03-03"] * 4)], "p", "t"))["wide"].texts
    assert {"2015-01", "2015-03"} <= set(months)


def test_a_span_without_any_day_is_in_the_list_only():
    picture = timeline_of([DAY, span("never", None, None, None, None)], "p", "t")
    assert picture.left_out == 1
    assert [entry.name.text for entry in picture.entries] == ["day", "never"]


def test_bounds_in_the_wrong_order_are_drawn_all_the_same(drawn):
    picture = timeline_of(
        [span("wrong", "2019-01-01", "2014-01-01", "2013-01-01", "2012-01-01")], "p", "t"
    )
    for drawing in drawn(picture).values():
        widths = [float(r.get("width").rstrip("%")) for r in drawing.root.iter("rect")]
        assert all(width >= 0 for width in widths)


@pytest.mark.parametrize("text", ["", "soon", "2014-13", "0000", "-0044", "99999", "2014-02-30"])
def test_what_is_no_date_has_no_day(text):
    assert day_of(text) is None


def test_the_first_and_last_days_of_the_calendar_are_drawn(drawn):
    picture = timeline_of(
        [span("all", "0001-01-01", "0001-01-01", "9999-12-31", "9999-12-31")], "p", "t"
    )
    assert len(drawn(picture)["narrow"].of_class("surely")) == 1
