"""Queries for fewer rows, their number, or the values of a variable: asked of a real engine."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.rdf.sparql_parts import counting, page_of, parts, values_of

EX = "http://example.org/"


@pytest.fixture(scope="module")
def numbers() -> Store:
    """Things 1 to 30, each with its number and whether it is odd."""
    value, odd = NamedNode(f"{EX}value"), NamedNode(f"{EX}odd")
    store = Store()
    for n in range(1, 31):
        thing = NamedNode(f"{EX}{n}")
        store.add(Quad(thing, value, Literal(n)))
        store.add(Quad(thing, odd, Literal(bool(n % 2))))
    return store


def found(store, query) -> list[int]:
    return [int(row[0].value) for row in store.query(query, prefixes={"ex": EX})]


ALL = "SELECT ?n { ?s ex:value ?n } ORDER BY ?n"
QUERIES = [
    (ALL, list(range(1, 31))),
    (f"{ALL} LIMIT 7", list(range(1, 8))),
    (f"{ALL} # LIMIT 2\nOFFSET 25", list(range(26, 31))),
    (f"{ALL} OFFSET 3 LIMIT 9 # the end", list(range(4, 13))),
    (f"{ALL} LIMIT 4 VALUES ?n {{ 3 8 9 10 11 }}", [3, 8, 9, 10]),
    ("SELECT ?n { { SELECT ?n { ?s ex:value ?n } ORDER BY ?n LIMIT 3 } } ORDER BY ?n", [1, 2, 3]),
    (f"PREFIX e: <{EX}>\nselect?n{{?s e:value ?n FILTER(?n<4&&?n>1)}}order by ?n", [2, 3]),
    ('SELECT ?n { ?s ex:value ?n FILTER(?n < 3 && "} LIMIT 1" != \'{\') } ORDER BY ?n', [1, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), QUERIES)
@pytest.mark.parametrize("size", [1, 3, 10, 100])
def test_the_pages_of_a_query_are_its_rows_in_order(numbers, query, expected, size):
    assert expected == found(numbers, query)
    pages = [found(numbers, page_of(query, size, at)) for at in range(0, len(expected), size)]
    assert expected == [n for page in pages for n in page]
    assert [] == found(numbers, page_of(query, size, len(expected)))


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_number_of_rows_is_counted(numbers, query, expected):
    assert [len(expected)] == found(numbers, counting(query))


@pytest.mark.parametrize("where", ["", "WHERE ", "where\n# {\n"])
def test_the_rows_of_a_query_that_names_graphs_are_counted(where):
    graph = NamedNode(f"{EX}g")
    store = Store()
    store.extend(Quad(graph, graph, Literal(n), graph) for n in (1, 2))
    store.add(Quad(graph, graph, Literal(3)))
    query = f"SELECT ?o FROM {graph} {where}{{ ?s ?p ?o }} ORDER BY ?o"
    assert [1, 2] == found(store, query)
    assert [2] == found(store, counting(query))
    rows = store.query(values_of(query, "o", 9))
    assert ["1", "2"] == sorted(row["o"].value for row in rows)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s ex:value ?n ; ex:odd ?odd FILTER(?n < 9) } LIMIT 1",
        "SELECT (COUNT(*) AS ?k) WHERE { ?s ex:value ?n ; ex:odd ?odd } GROUP BY ?n",
        "CONSTRUCT { ?s ex:p ?odd } WHERE { ?s ex:value ?n ; ex:odd ?odd }",
        "ASK { ?s ex:odd ?odd }",
    ],
)
def test_what_a_variable_may_be_is_asked_of_the_data(numbers, query):
    rows = numbers.query(values_of(query, "odd", 10), prefixes={"ex": EX})
    assert ["false", "true"] == sorted(row["odd"].value for row in rows)


@pytest.mark.parametrize("text", ["", "SELECT", "SELECT ?s", "SELECT * { ?s ?p ?o", "} {", "{}"])
def test_what_is_no_query_has_no_parts(text):
    assert parts(text) is None
    assert counting(text) is None
    assert values_of(text, "x", 1) is None
    assert text == page_of(text, 1, 0)
