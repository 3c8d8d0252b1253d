"""Where results are said to be."""

import pytest

from kg.project import open_project
from kg.source.loading import load
from kg.source.report import Place
from kg.source.shapes import validate
from tests.source.planted import CASES, EX, RDF_PREFIX, TARGET, place_of, unmarked


def without_excerpt(place: Place) -> Place:
    return Place(place.file, place.line, place.column)


@pytest.fixture
def report_on(write_project):
    """A function that validates files, given by the name of their shapes and data."""

    def run(shapes: str, data: str, **more: str):
        files = {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shapes, **more}
        return validate(load(open_project(write_project(files), {})))

    return run


@pytest.mark.parametrize(
    ("shapes", "data"), [pytest.param(*texts, id=name) for name, *texts in CASES]
)
def test_a_planted_fault_is_found_in_its_place(report_on, shapes, data):
    shapes = RDF_PREFIX + shapes
    (result,) = report_on(unmarked(shapes), unmarked(data)).results
    assert place_of("»", data, "data/ttl/a.ttl") == without_excerpt(result.place)
    assert place_of("«", data, "data/ttl/a.ttl") == without_excerpt(result.related)
    assert place_of("»", shapes, "shapes/s.ttl") == without_excerpt(result.shape_place)


def test_the_line_of_a_place_is_kept_for_showing(report_on):
    (result,) = report_on(
        TARGET.format("sh:nodeKind sh:IRI").replace("»", ""), "\tex:a ex:p\t1 .\r\n"
    ).results
    assert "\tex:a ex:p\t1 ." == result.excerpt


def test_of_a_long_line_only_what_is_around_the_place_is_kept(report_on):
    data = "ex:b ex:p 1 . " * 1_000 + "ex:a ex:p 2 ." + " ex:b ex:p 1 ." * 1_000
    (result,) = report_on(TARGET.format("sh:nodeKind sh:IRI").replace("»", ""), data).results
    assert (7, 14_011) == (result.line, result.column)
    assert 120 == len(result.excerpt)
    assert result.excerpt[60:].startswith("2 . ex:b")


RULE = (
    "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ] ."
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_line_ends_and_a_byte_order_mark_shift_nothing(report_on, write_project, mark, end):
    report_on(RULE, "")
    lines = [b"# \xc3\xa9", b"<http://example.org/a>", b"  <http://example.org/p> 'x' ."]
    file = write_project({}) / "data/ttl/a.ttl"
    file.write_bytes(mark + end.join(lines))
    (result,) = validate(load(open_project(write_project({}), {}))).results
    assert Place("data/ttl/a.ttl", 3, 26, lines[2].decode()) == result.place


def test_a_term_is_found_in_the_file_that_says_it(report_on):
    more = {"data/ttl/z.ttl": "ex:a ex:q 1 ;\n ex:p 'x' ."}
    (result,) = report_on(RULE, "ex:a a ex:C .", **more).results
    assert Place("data/ttl/z.ttl", 8, 7, " ex:p 'x' .") == result.place


def test_a_term_in_a_graph_of_a_trig_file_is_found(report_on):
    trig = "@prefix ex: <http://example.org/> . ex:g {\nex:a ex:p 'x' } GRAPH ex:h { [] ex:p 1 }"
    (result,) = report_on(RULE, "", **{"data/ttl/b.trig": trig}).results
    assert (
        Place("data/ttl/b.trig", 2, 11, "ex:a ex:p 'x' } GRAPH ex:h { [] ex:p 1 }") == result.place
    )


def test_a_term_in_n_triples_is_found(report_on):
    triple = f'<{EX}b> <{EX}p> <{EX}c> .\n<{EX}a> <{EX}p> "x" .\n'
    (result,) = report_on(RULE, "", **{"data/ttl/b.nt": triple}).results
    assert ("data/ttl/b.nt", 2, 47) == (result.file, result.line, result.column)


def test_of_another_format_the_file_is_known(report_on):
    json_ld = f'{{"@id": "{EX}a", "{EX}p": "x"}}'
    (result,) = report_on(RULE, "", **{"data/ttl/b.jsonld": json_ld}).results
    assert Place("data/ttl/b.jsonld") == result.place


def test_two_wrong_values_in_two_files_are_two_places(report_on):
    more = {"data/ttl/z.ttl": "ex:a ex:p 2 ."}
    report = report_on(RULE, "ex:a ex:p 1 .", **more)
    assert ["data/ttl/a.ttl", "data/ttl/z.ttl"] == [result.file for result in report.results]


def test_results_follow_the_file(report_on):
    data = "\n".join(f"ex:a ex:p {number} ." for number in (3, 10, 1, 2))
    lines = [result.line for result in report_on(RULE, data).results]
    assert [7, 8, 9, 10] == lines


@pytest.mark.parametrize("text", ["", "ex:a ex:p", "\x00 nonsense ]]] .", "] ."])
def test_a_file_that_was_changed_since_gives_its_name_only(report_on, write_project, text):
    report_on(RULE, "ex:a ex:p 1 .")
    source = load(open_project(write_project({}), {}))
    (write_project({}) / "data/ttl/a.ttl").write_text(text)
    (result,) = validate(source).results
    assert Place("data/ttl/a.ttl") == result.place


def test_a_file_that_is_gone_gives_its_name_only(report_on, write_project):
    report_on(RULE, "ex:a ex:p 1 .")
    source = load(open_project(write_project({}), {}))
    (write_project({}) / "data/ttl/a.ttl").unlink()
    (result,) = validate(source).results
    assert Place("data/ttl/a.ttl") == result.place


def test_a_moved_base_changes_no_place(report_on, write_project):
    report_on(RULE, "ex:a ex:p 1 .")
    project = open_project(write_project({}), {"KG_BASE": EX}).with_rebase("http://new.example/")
    (result,) = validate(load(project)).results
    assert ("http://new.example/a", 7, 11) == (result.focus_node, result.line, result.column)
