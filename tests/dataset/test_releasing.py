"""What a header says of releases."""

import pytest

from kg.dataset.queries import stored_query
from kg.errors import SourceError

BODY = "SELECT ?this ?name { ?this ?p ?name }\n"


def stored(*header: str):
    """The stored query with these lines in its header."""
    return stored_query("q", "".join(f"#+ {line}\n" for line in header) + BODY, "q.rq")


def test_a_query_without_the_key_is_in_no_release():
    assert stored("summary: Names").release is None


def test_a_table_says_which_properties_its_columns_are_of():
    lines = ["release: table", "title: Names", "title-fr: Noms", "columns: thing, name"]
    found = stored(*lines, "properties:", "  - name: rdfs:label").release
    assert "table" == found.kind
    assert [("en", "Names"), ("fr", "Noms")] == [(t.language, t.value) for t in found.titles]
    assert ["thing, name"] == [c.value for c in found.columns]
    assert (("name", "http://www.w3.org/2000/01/rdf-schema#label"),) == found.properties


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["release: tabel"], r"q\.rq:1:13: .*did you mean table\?"),
        (["release: table", "properties:", "  - name: nope:x"], r"q\.rq:2:.*the prefix nope:"),
        (
            ["release: table", "properties:", "  - name"],
            r"q\.rq:2:.*expected `- name: prefix:name`",
        ),
        (["properties:", "  - name: rdfs:label"], r"q\.rq:1:.*only with `#\+ release: table`"),
    ],
    ids=["no such kind", "no such prefix", "no property", "no table"],
)
def test_what_cannot_be_meant_is_refused_with_its_line(lines, message):
    with pytest.raises(SourceError, match=message):
        stored(*lines)
