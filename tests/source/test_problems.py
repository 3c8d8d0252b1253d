"""What is said of files that cannot be read."""

import pytest

from kg.errors import SourceError
from kg.project import open_project
from kg.source.loading import load

RDF_NS = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def problems_of(folder):
    with pytest.raises(SourceError) as caught:
        load(open_project(folder, {}))
    return caught.value.problems


def test_the_error_names_every_file_that_cannot_be_read(write_project):
    files = {"a.ttl": "ex:a ex:p .", "b.ttl": "", "c/d.ttl": "\n  ex:a nope:p 1 ."}
    places = [(p.file, p.line) for p in problems_of(write_project(files))]
    assert [("a.ttl", 7), ("c/d.ttl", 8)] == places


def test_a_syntax_error_shows_the_line_with_a_caret(tmp_path):
    (tmp_path / "a.ttl").write_text("\n<urn:a> <urn:p> , .\n", encoding="utf-8")
    (problem,) = problems_of(tmp_path)
    place, line, caret = str(problem).splitlines()
    assert place.startswith("a.ttl:2:17: ")
    assert "    <urn:a> <urn:p> , ." == line
    assert line.index(",") == caret.index("^")


def test_columns_count_characters_not_bytes(tmp_path):
    (tmp_path / "a.ttl").write_text('<urn:é> <urn:p> "é\N{GRINNING FACE}" , .', encoding="utf-8")
    (problem,) = problems_of(tmp_path)
    assert "." == problem.excerpt[problem.column - 1]


def test_lines_that_end_in_crlf_count_once(tmp_path):
    (tmp_path / "a.ttl").write_bytes(b"<urn:a> <urn:p> 1 .\r\n\r\n<urn:a> <urn:p> , .\r\n")
    (problem,) = problems_of(tmp_path)
    assert (3, "<urn:a> <urn:p> , .") == (problem.line, problem.excerpt)


def test_a_byte_order_mark_is_passed_over_and_shifts_no_column(tmp_path):
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> , .", encoding="utf-8-sig")
    with_mark = problems_of(tmp_path)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> , .", encoding="utf-8")
    assert problems_of(tmp_path) == with_mark


def test_bytes_that_are_not_utf_8_are_a_problem_of_their_line(tmp_path):
    (tmp_path / "a.ttl").write_bytes(b'<urn:a> <urn:p> 1 .\n<urn:a> <urn:p> "\xff" .')
    (problem,) = problems_of(tmp_path)
    assert 2 == problem.line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", '{"@context": "http://example.org/context", "@id": "http://example.org/a"}'),
    ],
)
def test_a_problem_without_a_place_still_names_its_file(write_project, name, text):
    (problem,) = problems_of(write_project({name: text}))
    assert (name, 0, 0) == (problem.file, problem.line, problem.column)
    assert str(problem).startswith(f"{name}: ")
    assert "None" not in problem.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"<rdf:RDF {RDF_NS}>\n<rdf:Description></rdf:RDF>", 2),
        (f"<rdf:RDF {RDF_NS} xmlns:e='http://e.org/'>\n<rdf:Description>\n<e:b>2", 3),
    ],
    ids=["mismatched", "broken off"],
)
def test_rdf_xml_that_is_no_whole_xml_is_a_problem_with_a_place(write_project, text, line):
    (problem,) = problems_of(write_project({"a.rdf": text}))
    assert ("a.rdf", line) == (problem.file, problem.line)
    assert problem.column > 0


def test_a_long_line_is_shown_around_the_place_only(write_project):
    text = "<urn:a> <urn:p> 1 . " * 5_000 + "<urn:a> <urn:p> , ." + " " * 5_000
    (problem,) = problems_of(write_project({"a.nt": text.replace(" 1 ", " <urn:o> ")}))
    assert len(str(problem)) < 400
    shown, caret = str(problem).splitlines()[-2:]
    assert problem.excerpt[problem.column - 1] == shown[len(caret) - 1]
