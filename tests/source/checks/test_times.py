import pytest

from kg.source.checks.times import implied


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2014", ("2014-01-01", "2014-12-31", "2014-01-01", "2014-12-31")),
        ("201X", ("2010-01-01", "2019-12-31", "2010-01-01", "2019-12-31")),
        ("2015-09-30~", ("2015-09-30",) * 4),
        ("2015-09/2018-01", ("2015-09-01", "2015-09-30", "2018-01-01", "2018-01-31")),
        ("../2015-09", (None, None, "2015-09-01", "2015-09-30")),
        ("2011-05/", ("2011-05-01", "2011-05-31", None, None)),
        ("[..2013]", (None, "2013-12-31", None, "2013-12-31")),
    ],
)
def test_a_date_implies_these_bounds(text, bounds):
    assert bounds == implied(text)


@pytest.mark.parametrize("text", ["", "in May", "2014-13", "30.9.2015", "2014/x", "[", "x" * 1_000])
def test_what_is_no_date_implies_none(text):
    assert implied(text) is None
