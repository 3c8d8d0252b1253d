"""Points in well-known text (storey 3), longitude first as GeoSPARQL's default system has it.

Source: https://docs.ogc.org/is/22-047r1/22-047r1.html#wkt-literal
"""

import re

NUMBER = r"-?\d{1,3}(?:\.\d{1,20})?"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
POINT = re.compile(
    rf"\s*(?:<(?P<system>[^<>]*)>)?\s*POINT\s*(?:Z|M|ZM)?\s*"
    rf"\(\s*(?P<x>{NUMBER})\s+(?P<y>{NUMBER})(?:\s+[-\d.]{{1,30}}){{0,2}}\s*\)\s*",
    re.IGNORECASE,
)


def point_of(text: str) -> tuple[float, float] | None:
    """Return longitude and latitude of a point, None where the text is none or outside the world.

    >>> point_of("POINT(39.0 35.95)")
    (39.0, 35.95)
    """
    matched = POINT.fullmatch(text[:300])
    if not matched or matched["system"] not in (None, CRS84, EPSG4326):
        return None
    x, y = float(matched["x"]), float(matched["y"])
    # EPSG:4326 has the latitude first
    if matched["system"] == EPSG4326:
        x, y = y, x
    return inside(x, y)


def inside(east: float, north: float) -> tuple[float, float] | None:
    """Return longitude and latitude where they are those of a place, else None."""
    return (east, north) if abs(east) <= 180 and abs(north) <= 90 else None
