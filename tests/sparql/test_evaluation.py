"""The W3C's evaluation tests of SPARQL 1.1, over HTTP, in every format that holds the answer."""

import pytest
from pyoxigraph import parse

from kg.rdf.formats import CSV, FORMATS, RESULT_FORMATS, format_of_file
from kg.rdf.sparql_text import GRAPH_FORMS, keywords, query_form
from tests.sparql.comparing import (
    READERS,
    as_csv_has_it,
    as_it_is,
    by_value,
    canonical,
    comparable,
    solutions_in,
)
from tests.sparql.known import BY_VALUE, marked
from tests.sparql.manifest import EVALUATION, SUITE, WEB, cases, needs_suite

pytestmark = needs_suite

TESTS = [case for case in cases(*EVALUATION) if case.result]
GRAPHS = [case for case in TESTS if query_form(case.text()) in GRAPH_FORMS]
SOLUTIONS = [case for case in TESTS if case not in GRAPHS]

# a graph without triples: a request that names no graph would be asked of all data
EMPTY = "urn:empty"


def asked(endpoint, case, format_):
    """The answer over the test's data set."""
    # the base of a query is its file's URL, which the protocol cannot say
    parameters = {"query": f"BASE <{WEB}{case.query}>\n{case.text()}"}
    if "FROM" not in keywords(case.text()):
        parameters["default-graph-uri"] = [WEB + file for file in case.data] or EMPTY
        parameters["named-graph-uri"] = [WEB + file for file in case.graphs]
    response = endpoint.get("/sparql", format_.media_type, params=parameters)
    assert 200 == response.status_code, response.text
    assert format_.media_type == response.headers["content-type"].partition(";")[0]
    return response.content


def expected_bytes(case):
    return (SUITE / case.result).read_bytes()


def triples(body, format_, case):
    return canonical(quad.triple for quad in parse(body, format_.engine, base_iri=WEB + case.query))


def offered(case, expected):
    """The formats that can hold the answer; the W3C's CSV says too little for the others."""
    formats = [format_ for format_ in RESULT_FORMATS if format_.boolean or not expected.ask]
    return [CSV] if case.result.endswith(".csv") else formats


@pytest.mark.parametrize("case", marked(GRAPHS))
def test_a_graph_is_what_the_w3c_says_in_every_format(endpoint, case):
    expected = triples(expected_bytes(case), format_of_file(case.result), case)
    for format_ in FORMATS:
        assert expected == triples(asked(endpoint, case, format_), format_, case), format_.name


@pytest.mark.parametrize("case", marked(SOLUTIONS))
def test_solutions_are_what_the_w3c_says_in_every_format(endpoint, case):
    expected = solutions_in(expected_bytes(case), case.result, WEB + case.result)
    read = by_value if case.id in BY_VALUE else as_it_is
    for format_ in offered(case, expected):
        wanted = as_csv_has_it(expected) if format_ is CSV else expected
        answer = READERS[format_.extension](asked(endpoint, case, format_))
        assert comparable(wanted, read) == comparable(answer, read), format_.name


@pytest.mark.parametrize(
    "case", [case for case in SOLUTIONS if case.id in BY_VALUE], ids=lambda case: case.id
)
def test_what_is_compared_by_value_differs_in_how_it_is_written(endpoint, case):
    expected = solutions_in(expected_bytes(case), case.result, WEB + case.result)
    format_ = offered(case, expected)[0]
    answer = READERS[format_.extension](asked(endpoint, case, format_))
    assert comparable(expected, as_it_is) != comparable(answer, as_it_is)


def test_solutions_that_differ_in_one_blank_node_are_told_apart():
    """The comparison itself: else everything would pass."""
    same, other = b"?x\t?y\n_:a\t_:a\n", b"?x\t?y\n_:a\t_:b\n"
    read = READERS["tsv"]
    assert comparable(read(same), as_it_is) == comparable(read(same.replace(b"a", b"c")), as_it_is)
    assert comparable(read(same), as_it_is) != comparable(read(other), as_it_is)
    assert comparable(read(same), as_it_is) != comparable(read(same + b"_:d\t_:d\n"), as_it_is)
