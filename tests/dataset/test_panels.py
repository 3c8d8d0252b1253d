"""Headers of stored queries that say where their rows are shown."""

import pytest
from pyoxigraph import Literal

from kg.dataset.panels import bound
from kg.dataset.queries import stored_query
from kg.errors import SourceError
from kg.settings import Limits
from kg.store.embedded import open_in_memory
from kg.store.tabling import tables_of

EX = "http://example.org/"
QUERY = f"PREFIX ex: <{EX}>\nSELECT ?this ?n {{ ?this ex:p ?n }}"


def panel(header: str, query: str = QUERY):
    return stored_query("q", f"{header}\n{query}", "queries/q.rq").panel


def test_a_query_without_about_or_show_has_no_panel():
    assert panel("#+ summary: s\n#+ view: list\n#+ title: t") is None


def test_classes_are_named_by_the_prefixes_of_the_query_by_known_ones_or_by_iri():
    found = panel("#+ about: ex:C, <http://other.example/D> rdfs:Resource").about
    known = "http://www.w3.org/2000/01/rdf-schema#Resource"
    assert (f"{EX}C", "http://other.example/D", known) == found


def test_what_is_not_said_has_a_default():
    found = panel("#+ about: ex:C\n#+ summary: What is it?")
    assert ("main", "table", 100.0) == (found.place, found.view, found.order)
    assert (Literal("What is it?", language="en"),) == found.titles


def test_headings_notes_and_columns_are_said_in_several_languages():
    found = panel(
        "#+ show: overview\n#+ title: Names\n#+ title-ar: أسماء\n#+ note-fr: dit\n#+ columns: a, b"
    )
    assert {"en": "Names", "ar": "أسماء"} == {t.language: t.value for t in found.titles}
    assert (Literal("dit", language="fr"),) == found.notes
    assert (Literal("a, b", language="en"),) == found.columns
    assert found.overview


@pytest.mark.parametrize(
    ("header", "message", "column"),
    [
        ("#+ about: nope:C", "neither the query nor the data declares the prefix nope:", 11),
        ("#+ about: C", "expected a prefixed name or an IRI in < >, not 'C'", 11),
        ("#+ about:", "expected a class: a prefixed name, or an IRI in < >", 10),
        (
            "#+ show: overveiw",
            "expected one of overview, main, beside, half, list, above; did you mean overview?",
            10,
        ),
        ("#+ about: ex:C\n#+ view: tabel", "did you mean table?", 10),
        ("#+ about: ex:C\n#+ order: first", "expected a number", 11),
        ("#+ about: ex:C\n#+ order: nan", "expected a number", 11),
        ("#+ abuot: ex:C", "expected `#+ key: value`", 1),
    ],
)
def test_a_wrong_value_is_named_with_its_place(header, message, column):
    with pytest.raises(SourceError) as error:
        panel(header)
    (problem,) = error.value.problems
    assert message in problem.message
    line = header.count("\n") + 1
    assert ("queries/q.rq", line, column) == (problem.file, problem.line, problem.column)


@pytest.mark.parametrize("end", ["", "\n", " # a comment", "\nORDER BY ?n LIMIT 5"])
def test_a_bound_query_gives_the_rows_of_one_resource(snapshot_of, end):
    data = f"<{EX}a> <{EX}p> 1, 2 . <{EX}b> <{EX}p> 3 ."
    files = {"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": data}
    files["queries/q.rq"] = "#+ show: overview\n" + bound(QUERY + end, f"{EX}a")
    snapshot = snapshot_of(files)
    tables = tables_of(snapshot, open_in_memory(snapshot), Limits())
    assert [] == list(tables.failures)
    ((_, rows),) = tables.of_overview()
    assert {"1", "2"} == {row[0].value for row in rows}
