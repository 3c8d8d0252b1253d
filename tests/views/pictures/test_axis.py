"""Lines of an axis: at round numbers, few enough for their words."""

from datetime import date

import pytest

from kg.views.pictures.axis import figure, numbers, years


@pytest.mark.parametrize(
    "bounds", [(0, 1), (0, 4217), (-7, 12), (5, 5), (0, 0), (1e-6, 2e-6), (0, 1e12), (-9, -3)]
)
def test_numbers_have_the_bounds_between_them(bounds):
    found = numbers(*bounds, 5)
    assert found[0].at <= bounds[0] <= bounds[1] <= found[-1].at
    assert 2 <= len(found) <= 12


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2015-03-04", "2015-03-04"),
        ("2015-01-01", "2016-02-01"),
        ("2001-01-01", "2019-12-31"),
        ("0001-01-01", "9999-12-31"),
    ],
)
@pytest.mark.parametrize("room", [270, 704])
def test_years_have_the_days_between_them_and_room_for_their_words(first, last, room):
    days = [date.fromisoformat(day).toordinal() for day in (first, last)]
    found = years(*days, room)
    assert found[0].at <= days[0] <= days[1] <= found[-1].at
    assert 2 <= len(found) <= room / 40 + 2


def test_figures_are_grouped_by_thousands():
    assert [figure(n) for n in (1234567.0, 0.5, -3.0)] == ["1,234,567", "0.5", "-3"]
