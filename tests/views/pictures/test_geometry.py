"""Points in well-known text."""

import pytest

from kg.views.pictures.geometry import point_of


@pytest.mark.parametrize(
    "text",
    [
        "POINT(39 35.5)",
        "point (39.0 35.5)",
        " POINT Z (39 35.5 240) ",
        "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(39 35.5)",
        "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(35.5 39)",
    ],
)
def test_points_are_read_in_both_orders_of_axes(text):
    assert point_of(text) == (39, 35.5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "POINT EMPTY",
        "POINT(200 0)",
        "POINT(0 91)",
        "POINT(1)",
        "LINESTRING(0 0, 1 1)",
        "<http://www.opengis.net/def/crs/EPSG/0/31467> POINT(3 5)",
        "POINT(nan nan)",
        "POINT(" + "1" * 10_000 + " 1)",
    ],
)
def test_what_is_no_point_of_the_world_is_none(text):
    assert point_of(text) is None
