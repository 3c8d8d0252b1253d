"""The rows that pages show, asked once."""

import pytest
from pyoxigraph import NamedNode

from kg.settings import Limits, StoreSettings
from kg.store.embedded import open_in_memory
from kg.store.opening import copied, for_tables, open_store
from kg.store.tabling import tables_of

EX = "http://example.org/"
DATA = """
ex:a a ex:C ; ex:p 2, 1 .
ex:b a ex:D ; ex:p 3 .
ex:c a ex:E ; ex:p 4 .
ex:D rdfs:subClassOf ex:C .
"""
PREFIX = f"PREFIX ex: <{EX}>\n"
SELECT = f"{PREFIX}SELECT ?this ?n {{ ?this ex:p ?n }}"


@pytest.fixture
def tables(snapshot_of):
    """A function that returns the tables of small data with these stored queries."""

    def make(**queries: str):
        files = {"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": DATA}
        files |= {f"queries/{name}.rq": text for name, text in queries.items()}
        snapshot = snapshot_of(files)
        return tables_of(snapshot, open_in_memory(snapshot), Limits())

    return make


def numbers(tables, name: str, class_: str) -> list[list[str]]:
    found = tables.about(NamedNode(EX + name), (EX + class_,))
    return [[row[0].value for row in rows] for _, rows in found]


def test_rows_are_found_by_this_on_pages_of_the_class_and_its_subclasses(tables):
    found = tables(q=f"#+ about: ex:C\n{SELECT}")
    assert [["1", "2"]] == numbers(found, "a", "C")
    assert [["3"]] == numbers(found, "b", "D")
    assert [] == numbers(found, "c", "E"), "not of the class"
    assert [] == numbers(found, "a-stranger", "C"), "no rows, no panel"


def test_rdfs_resource_means_every_page(tables):
    assert [["4"]] == numbers(tables(q=f"#+ about: rdfs:Resource\n{SELECT}"), "c", "E")


def test_tables_stand_by_order_then_by_name(tables):
    found = tables(
        a=f"#+ about: ex:C\n{SELECT}",
        b=f"#+ about: ex:C\n{SELECT}",
        z=f"#+ about: ex:C\n#+ order: 1\n{SELECT}",
    )
    assert ["z", "a", "b"] == [table.query.name for table in found.tables]


def test_rows_keep_the_order_of_the_query_and_are_sorted_where_it_has_none(tables):
    ordered = tables(q=f"#+ about: ex:C\n{SELECT} ORDER BY DESC(?n)")
    assert [["2", "1"]] == numbers(ordered, "a", "C")
    assert [["1", "2"]] == numbers(tables(q=f"#+ about: ex:C\n{SELECT}"), "a", "C")


def test_what_is_shown_on_the_overview_is_not_on_other_pages(tables):
    found = tables(q=f"#+ show: overview\n{PREFIX}SELECT (COUNT(*) AS ?n) {{ ?s ex:p ?o }}")
    ((table, rows),) = found.of_overview()
    assert ("n",) == table.columns
    assert [("4",)] == [(row[0].value,) for row in rows]
    assert [] == numbers(found, "a", "C")


def test_the_same_row_is_shown_once_and_an_unbound_cell_is_none(tables):
    query = f"{PREFIX}SELECT ?this ?x {{ ?this ex:p ?n OPTIONAL {{ ?this ex:none ?x }} }}"
    found = tables(q=f"#+ about: ex:C\n{query}")
    (((table, rows)),) = found.about(NamedNode(f"{EX}a"), (f"{EX}C",))
    assert (("x",), ((None,),)) == (table.columns, rows)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("ASK {}", "Only the rows of a SELECT"),
        ("SELECT ?n { ?s ?p ?n }", "?this"),
        ("SELECT ?this { ?this ?p", "line"),
        ("SELECT ?this { SERVICE <http://e.example/> { ?this ?p ?o } }", "SERVICE is refused"),
        ("INSERT DATA { <a:> <a:> <a:> }", "SELECT"),
    ],
)
def test_a_query_that_fails_is_left_out_and_says_why_in_one_line(tables, query, reason):
    found = tables(bad=f"#+ about: ex:C\n{query}", good=f"#+ about: ex:C\n{SELECT}")
    assert ["good"] == [table.query.name for table in found.tables]
    (failure,) = found.failures
    assert failure.startswith("The rows of bad are not shown: ")
    assert reason in failure
    assert "\n" not in failure


def test_a_query_that_takes_too_long_is_left_out_whatever_engine_answers(snapshot_of, tmp_path):
    slow = "SELECT (COUNT(*) AS ?this) { ?s ?p ?o . " + "".join(
        f"?a{n} ?b{n} ?c{n} . " for n in range(9)
    )
    files = {"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": DATA}
    files["queries/slow.rq"] = f"#+ about: ex:C\n{PREFIX}{slow}}}"
    files["queries/swift.rq"] = f"#+ about: ex:C\n{SELECT}"
    snapshot = snapshot_of(files)
    settings = StoreSettings(kind="sparql:http://127.0.0.1:9/")
    store = for_tables(settings, copied(settings, snapshot, tmp_path / "store"))
    found = tables_of(snapshot, store, Limits(panel_seconds=5))
    store.close()
    assert ["swift"] == [table.query.name for table in found.tables]
    (failure,) = found.failures
    assert "slow" in failure
    assert "5 s" in failure


def test_a_store_for_tables_leaves_the_copy_that_others_read(snapshot_of, tmp_path):
    files = {"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": DATA}
    files["queries/q.rq"] = f"#+ about: ex:C\n{SELECT}"
    snapshot, settings = snapshot_of(files), StoreSettings(workers=1)
    copy = copied(settings, snapshot, tmp_path / "store")
    first = for_tables(settings, copy)
    before = tables_of(snapshot, first, Limits())
    first.close()
    second = open_store(settings, snapshot, copy)
    try:
        assert before == tables_of(snapshot, second, Limits())
    finally:
        second.close()
    assert copy.path.exists()
