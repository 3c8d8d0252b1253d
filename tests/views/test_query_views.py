"""Which views fit an answer: by the types of its columns, by the URL, by a comment."""

import pytest

from kg.rdf.namespaces import XSD
from kg.views.query_views import WKT, default_view, fitting_views


def iri(text: str) -> dict[str, str]:
    return {"type": "uri", "value": f"http://example.org/{text}"}


def literal(text: str, datatype: str) -> dict[str, str]:
    return {"type": "literal", "value": text, "datatype": datatype}


POINT = literal("POINT(39 36)", WKT)
DATE = literal("2015-09-30", f"{XSD}date")
EDTF = literal("2015-09/..", "http://id.loc.gov/datatypes/edtf/EDTF")
NUMBER = literal("7", f"{XSD}integer")
TEXT = {"type": "literal", "value": "a"}


@pytest.mark.parametrize(
    ("row", "views"),
    [
        ({"a": iri("a"), "p": POINT}, {"map": (0, 1)}),
        ({"n": NUMBER, "p": POINT, "a": iri("a")}, {"map": (2, 1, 0), "chart": (2, 0)}),
        ({"a": TEXT, "lat": NUMBER, "long": NUMBER}, {"map": (0, 2, 1), "chart": (0, 1)}),
        ({"a": iri("a"), "d": DATE}, {"timeline": (0, 1)}),
        ({"a": iri("a"), "d": EDTF}, {"timeline": (0, 1)}),
        ({"a": iri("a"), "from": DATE, "to": DATE}, {"timeline": (0, 1, 2)}),
        ({"a": TEXT, "n": NUMBER}, {"chart": (0, 1)}),
        ({"n": NUMBER}, {}),
        ({"a": iri("a"), "b": TEXT}, {}),
        ({"a": iri("a"), "p": literal("POINT(999 0)", WKT)}, {}),
    ],
)
def test_views_fit_the_types_of_columns(row, views):
    assert fitting_views(list(row), [row]) == views


def test_a_column_with_one_other_cell_does_not_fit():
    rows = [{"a": iri("a"), "p": POINT}, {"a": iri("b"), "p": TEXT}, {"a": iri("c")}]
    assert fitting_views(["a", "p"], rows) == {}
    assert fitting_views(["a", "p"], [rows[0], rows[2]]) == {"map": (0, 1)}


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ("#defaultView:Map\nSELECT * {}", "map"),
        ("SELECT * {}\n  # defaultview: timeline", "timeline"),
        ("#defaultView:BarChart", "chart"),
        ("#defaultView:ImageGrid", ""),
        ("SELECT ?defaultView {}", ""),
    ],
)
def test_the_comment_of_wikidata_names_a_view(query, view):
    assert default_view(query) == view
