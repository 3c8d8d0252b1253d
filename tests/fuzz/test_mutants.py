"""Changed files and queries of the W3C's suites against a running server: the short form.

The long form is `python scripts/fuzz.py 10000`.
"""

import pytest

from tests.conftest import serving
from tests.fuzz.mutants import mutants, w3c, write_target, wrong_about_file, wrong_about_query

QUERIES, FILES = 150, 4


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of a small project with a shape."""
    folder = tmp_path_factory.mktemp("target")
    write_target(folder)
    with serving(str(folder), "--allow-violations") as running:
        yield running


def test_no_changed_query_makes_the_server_fail(server):
    wrong = []
    for query in mutants(w3c(".rq"), QUERIES, seed=1):
        headers = {"content-type": "application/sparql-query"}
        asked = server.request(
            "POST", "/sparql?timeout=2", "application/json", content=query, headers=headers
        )
        wrong += [(query, found) for found in [wrong_about_query(asked)] if found]
    assert [] == wrong
    assert 200 == server.get("/health").status_code


def test_no_changed_file_makes_the_server_fail_or_name_a_place_that_is_not_in_it(server):
    wrong = []
    for data in mutants(w3c(".ttl"), FILES, seed=2):
        asked = server.request(
            "POST", "/validate", "application/json", content=data,
            headers={"content-type": "text/turtle"},
        )  # fmt: skip
        wrong += [(data, found) for found in [wrong_about_file(asked, data)] if found]
    assert [] == wrong
    assert 200 == server.get("/health").status_code
