"""What stored queries are expected to find, and find."""

from dataclasses import replace

import pytest

from kg.settings import Limits
from kg.store.embedded import open_in_memory
from kg.store.expecting import unexpected

PREFIX = "PREFIX ex: <http://example.org/>\n"
SELECT = f"{PREFIX}SELECT * {{ ?s ex:p ?o }}"


@pytest.fixture
def messages(snapshot_of):
    """A function from a query to what is unexpected of it over two triples."""

    def find(text: str) -> list[str]:
        files = {"kg.toml": 'base = "http://example.org/"', "data/ttl/a.ttl": "ex:a ex:p 1, 2 ."}
        snapshot = snapshot_of({**files, "queries/in/q.rq": text})
        limits = replace(Limits(), query_seconds=5)
        found = list(unexpected(snapshot, open_in_memory(snapshot), limits, "queries"))
        assert {("queries/in/q.rq", 2, "http://example.org/queries/in/q")} >= {
            (one.file, one.line, one.focus_node) for one in found
        }
        return [one.message for one in found]

    return find


@pytest.mark.parametrize(
    ("expected", "query"),
    [
        ("rows = 2", SELECT),
        ("rows >= 1", SELECT),
        ("rows = 2", f"{PREFIX}CONSTRUCT {{ ?o ex:q ?s }} {{ ?o ex:p ?s }}"),
        ("rows = 1", f"{PREFIX}ASK {{ ?s ex:p 1 }}"),
        ("rows = 0", f"{PREFIX}ASK {{ ?s ex:p 3 }}"),
    ],
)
def test_what_is_found_as_expected_is_no_result(messages, expected, query):
    assert [] == messages(f"#+ summary: q\n#+ expect: {expected}\n{query}")


def test_more_or_less_is_told_at_the_line_that_expects(messages):
    head = "#+ summary: q\n#+ expect: rows"
    assert ["Expected rows = 1, found 2."] == messages(f"{head} = 1\n{SELECT}")
    assert ["Expected rows >= 3, found 2."] == messages(f"{head} >= 3\n{SELECT}")


def test_a_query_that_fails_is_told(messages):
    head = "#+ summary: q\n#+ expect: rows >= 1\n"
    (message,) = messages(f"{head}{PREFIX}SELECT * {{ ?s ex:p ?_value }}")
    assert "value" in message
    (message,) = messages(f"{head}{PREFIX}SELECT * {{ ?s ex:p }}")
    assert message.startswith("The query fails: ")


def test_what_expects_nothing_is_not_asked(messages):
    assert [] == messages(f"#+ summary: q\n{PREFIX}SELECT * {{ broken")
