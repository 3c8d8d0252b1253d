"""How many rows an answer may have, in every store and format."""

import pytest

from kg.errors import ResultTooLarge
from kg.rdf.formats import FORMATS, RESULT_FORMATS
from kg.store.base import SparqlRequest

ROWS = "{ VALUES ?x { 1 2 3 4 5 } }"
TRICKY = r'{ VALUES ?x { "},{" "},{\"},{" "<result>" "a\nb\n\nc" 5 } }'


def limited(store, query, format_, rows):
    return store.answer(SparqlRequest(query, format_, 30, 1_000_000, rows=rows)).body


@pytest.mark.parametrize("pattern", [ROWS, TRICKY], ids=["numbers", "marks in texts"])
@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.name)
def test_an_answer_of_more_rows_than_the_limit_is_refused_in_every_format(store, format_, pattern):
    query = f"SELECT ?x {pattern}"
    assert limited(store, query, format_, 6) == limited(store, query, format_, 5)
    with pytest.raises(ResultTooLarge, match="than 4 rows") as caught:
        limited(store, query, format_, 4)
    assert 4 == caught.value.limit


@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.name)
def test_rows_without_a_value_count(store, format_):
    query = "SELECT ?y { VALUES ?x { 1 2 3 } }"
    limited(store, query, format_, 3)
    with pytest.raises(ResultTooLarge):
        limited(store, query, format_, 2)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
def test_a_graph_of_more_triples_than_the_limit_is_refused_in_every_format(store, format_):
    query = f"CONSTRUCT {{ ex:a ex:p ?x }} {ROWS}"
    limited(store, query, format_, 5)
    with pytest.raises(ResultTooLarge):
        limited(store, query, format_, 4)
