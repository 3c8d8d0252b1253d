import pytest

from kg.dataset.queries import find_query, read_queries, stored_query
from kg.errors import ProjectError, SourceError
from kg.project import open_project
from kg.source.loading import load

EX = "http://example.org/"
TEXT = """\
#+ summary: Deaths by place
#+ description: How many died, and where.
#+ tags: [deaths, places]
#+ expect: rows >= 3
SELECT * { ?s ?p ?o }
"""


@pytest.fixture
def queries_of(write_project):
    """A function that reads the stored queries of a project, given as {path: text}."""

    def read(files: dict[str, str], new_base: str | None = None):
        folder = write_project({"kg.toml": "", "data/ttl/a.ttl": "ex:a ex:p 1 .", **files})
        return read_queries(load(open_project(folder, {}).with_rebase(new_base)))

    return read


def test_the_header_says_what_a_query_answers():
    query = stored_query("deaths", TEXT, "queries/deaths.rq")
    assert ("Deaths by place", "How many died, and where.") == (query.summary, query.description)
    assert (("deaths", "places"), (">=", 3)) == (query.tags, query.expect)
    assert ("deaths", TEXT) == (query.name, query.text)


def test_a_byte_order_mark_is_no_part_of_a_query(queries_of, tmp_path):
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/deaths.rq").write_text(TEXT, encoding="utf-8-sig")
    (query,) = queries_of({})
    assert ("Deaths by place", TEXT) == (query.summary, query.text)


def test_a_query_without_a_header_is_called_by_its_name():
    query = stored_query("all", "ASK {}", "queries/all.rq")
    assert ("all", "", (), None) == (query.summary, query.description, query.tags, query.expect)


@pytest.mark.parametrize(
    ("line", "tags"),
    [("#+ tags: a", ("a",)), ("#+ tags: [a,b , c]", ("a", "b", "c")), ("#+ tags: []", ()),
     ("#+tags:a", ("a",)), ("#+ tags:", ()), ("#+ tags: [a]\r", ("a",))],
)  # fmt: skip
def test_tags_are_a_list(line, tags):
    assert tags == stored_query("q", f"{line}\nASK {{}}", "q.rq").tags


@pytest.mark.parametrize(
    ("value", "expected"), [("rows = 0", ("=", 0)), ("rows >= 12", (">=", 12))]
)
def test_expectations_are_a_relation_and_a_number(value, expected):
    assert expected == stored_query("q", f"#+ expect: {value}\nASK {{}}", "q.rq").expect


def test_what_other_texts_take_for_the_end_of_a_line_ends_no_header():
    text = "#+ description: one\u2028two\n#+ expect: rows >= 3\n#+ pagination: 5\nASK {}"
    query = stored_query("q", text, "q.rq")
    assert ("one\u2028two", (">=", 3), 5) == (query.description, query.expect, query.page_size)


def test_plain_comments_are_no_header():
    assert "q" == stored_query("q", "# summary: no\nASK {}", "q.rq").summary


def test_a_value_keeps_its_colons_and_hashes():
    query = stored_query("q", "#+ summary: Who: what #1?\nASK {}", "q.rq")
    assert "Who: what #1?" == query.summary


@pytest.mark.parametrize(
    "wrong",
    ["#+ sumary: x", "#+ summary", "#+", "#+ : x", "#+ expect: rows > 3", "#+ expect: 3",
     "#+ expect: rows >= many", "#+ expect: rows>=3"],
)  # fmt: skip
def test_a_wrong_header_is_an_error_at_its_line(wrong):
    with pytest.raises(SourceError) as caught:
        stored_query("q", f"#+ summary: x\n{wrong}\nASK {{}}", "queries/q.rq")
    (problem,) = caught.value.problems
    assert ("queries/q.rq", 2) == (problem.file, problem.line)


def test_a_line_like_a_header_inside_of_the_query_is_none():
    text = 'SELECT * { ?s ?p """\n#+ not a header\n""" }'
    assert text == stored_query("q", text, "q.rq").text


def test_queries_are_read_sorted_and_named_by_path(queries_of):
    files = {"queries/b.rq": "ASK {}", "queries/a/c.rq": "ASK {}", "queries/README.md": "no"}
    assert ["a/c", "b"] == [query.name for query in queries_of(files)]


def test_without_a_folder_there_are_no_queries(queries_of):
    assert () == queries_of({})


def test_queries_speak_of_the_base_that_the_data_was_moved_to(queries_of):
    files = {"queries/q.rq": f"ASK {{ <{EX}a> ?p ?o }}"}
    (query,) = queries_of(files, "http://new.example/")
    assert "ASK { <http://new.example/a> ?p ?o }" == query.text


def test_a_query_that_is_not_utf_8_is_an_error(queries_of, tmp_path):
    queries_of({"queries/q.rq": "ASK {}"})
    (tmp_path / "queries" / "q.rq").write_bytes(b"# \xff")
    with pytest.raises(ProjectError, match=r"q\.rq: cannot be read as UTF-8"):
        queries_of({})


@pytest.mark.parametrize(
    ("name", "found"),
    [("a/x", "a/x"), ("y", "b/y"), ("x", None), ("b", None), ("", None)],
)
def test_a_query_is_found_by_its_name_or_by_its_last_part_where_that_is_the_only_one(name, found):
    queries = [stored_query(one, "ASK {}", "q.rq") for one in ("a/x", "b/x", "b/y")]
    query = find_query(queries, name)
    assert found == (query and query.name)
