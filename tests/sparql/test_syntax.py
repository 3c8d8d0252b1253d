"""The W3C's syntax tests of SPARQL 1.1 queries, over HTTP."""

import pytest

from tests.sparql.known import marked
from tests.sparql.manifest import EVALUATION, SYNTAX, cases, needs_suite

pytestmark = needs_suite

TESTS = [case for case in cases(*SYNTAX, *EVALUATION) if "SyntaxTest" in case.kind]
GOOD = [case for case in TESTS if case.kind.startswith("Positive")]
BAD = [case for case in TESTS if case.kind.startswith("Negative")]


def asked(endpoint, case):
    return endpoint.request(
        "POST",
        "/sparql?default-graph-uri=urn:empty",
        content=case.text().encode(),
        headers={"content-type": "application/sparql-query"},
    )


@pytest.mark.parametrize("case", marked(GOOD))
def test_a_query_inside_the_grammar_is_answered(endpoint, case):
    response = asked(endpoint, case)
    assert 200 == response.status_code, response.text


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
def test_a_query_outside_the_grammar_is_400_with_words(endpoint, case):
    response = asked(endpoint, case)
    assert 400 == response.status_code, response.text
    assert "line" in response.json()["detail"]
