"""Which views fit an answer: by the types of its columns, by the URL, by a comment."""

import pytest

from kg.rdf.namespaces import XSD
from kg.views.pages import Value
from kg.views.pictures.graph import Relation
from kg.views.query_views import WKT, default_view, fitting_views
from kg.views.relations import Linking, linking, related, tree_rows, triples_in


def iri(text: str) -> dict[str, str]:
    return {"type": "uri", "value": f"http://example.org/{text}"}


def literal(text: str, datatype: str) -> dict[str, str]:
    return {"type": "literal", "value": text, "datatype": datatype}


POINT = literal("POINT(39 36)", WKT)
DATE = literal("2015-09-30", f"{XSD}date")
EDTF = literal("2015-09/..", "http://id.loc.gov/datatypes/edtf/EDTF")
NUMBER = literal("7", f"{XSD}integer")
TEXT = {"type": "literal", "value": "a"}
MARK = {"type": "literal", "value": "against"}
BLANK = {"type": "bnode", "value": "b0"}


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
        ("#defaultView:Graph", "graph"),
        ("#defaultView:Tree", "tree"),
        ("#defaultView:ImageGrid", ""),
        ("SELECT ?defaultView {}", ""),
    ],
)
def test_the_comment_of_wikidata_names_a_view(query, view):
    assert default_view(query) == view


PROPERTY = {f"http://example.org/{name}" for name in ("knows", "likes")}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"a": iri("a"), "b": iri("b")}, Linking((0, 1))),
        ({"a": iri("a"), "n": NUMBER, "b": iri("b"), "c": BLANK}, Linking((0, 2, 3))),
        ({"a": iri("a"), "how": iri("knows"), "b": iri("b")}, Linking((0, 2), 1)),
        ({"s": iri("a"), "p": iri("unheard"), "o": iri("b")}, Linking((0, 2), 1)),
        ({"a": iri("a"), "how": iri("knows"), "b": iri("b"), "m": MARK}, Linking((0, 2), 1, 3)),
        ({"a": iri("a"), "how": iri("knows"), "b": TEXT}, None),
        ({"a": iri("a"), "how": iri("knows")}, None),
        ({"a": iri("a")}, None),
        ({"a": TEXT, "b": NUMBER}, None),
    ],
)
def test_two_columns_of_things_or_a_property_between_them_relate(row, found):
    assert linking(list(row), [row], PROPERTY.__contains__) == found


def test_texts_may_stand_among_the_values_of_properties():
    rows = [{"s": iri("a"), "p": iri("knows"), "o": one} for one in (iri("b"), TEXT)]
    assert linking(["s", "p", "o"], rows, PROPERTY.__contains__) == Linking((0, 2), 1)


A, B, C = (Value(name, iri=f"http://example.org/{name}") for name in "abc")
KNOWS = Value("knows")


def test_rows_are_relations_and_trees():
    by = Linking((0, 2), 1)
    rows = [(A, KNOWS, B), (A, KNOWS, B), (A, KNOWS, Value("text")), (A, KNOWS, None)]
    assert related(rows, by) == (Relation(A, B, KNOWS),)
    assert tree_rows(rows[:1], by) == [(A, KNOWS, B, None)]
    levels = Linking((0, 1, 2))
    assert related([(A, B, C)], levels) == (Relation(A, B), Relation(B, C))
    assert tree_rows([(A, B, C)], levels) == [(B, None, A), (C, None, B)]


def test_triples_that_an_engine_writes_and_no_parser_takes_are_passed_over():
    good = b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n"
    assert len(triples_in(good + b"<http://example.org/a b> a 1 .")) == 1
    assert triples_in(b"<") == []


def test_a_text_that_is_longer_than_dates_is_no_date_to_draw():
    years = ", ".join(str(year) for year in range(1900, 1950))
    text = literal(f"{{{years}}}", EDTF["datatype"])
    assert {} == fitting_views(["a", "d"], [{"a": iri("a"), "d": text}])
