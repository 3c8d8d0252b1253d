"""Every format of reports says of every planted fault where it is."""

import html

import pytest

from kg.source.reports.table import REPORT_FORMATS, find_report_format
from tests.source.conftest import result
from tests.source.planted import CASES, RDF_PREFIX, place_of, unmarked
from tests.source.reports.reading import READERS


def test_there_are_sixty_planted_faults_and_a_reader_for_every_format():
    assert len(CASES) >= 60
    assert [row.name for row in REPORT_FORMATS] == list(READERS)


@pytest.mark.parametrize(
    ("shapes", "data"), [pytest.param(*texts, id=name) for name, *texts in CASES]
)
def test_every_format_shows_file_line_and_column_of_a_planted_fault(findings_on, shapes, data):
    expected = place_of("»", data, "data/ttl/a.ttl")
    findings = findings_on(RDF_PREFIX + unmarked(shapes), unmarked(data))
    shown = {row.name: READERS[row.name](row.write(findings)) for row in REPORT_FORMATS}
    assert {name: [str(expected)] for name in READERS} == shown


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
def test_a_report_is_the_same_in_every_run(findings, row):
    results = [result(value=f'"{n}"', line=n, column=1) for n in range(1, 9)]
    assert row.write(findings(*results)) == row.write(findings(*results[::-1]))


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
def test_a_report_without_results_is_written(findings, row):
    assert row.write(findings())


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
@pytest.mark.parametrize("text", ["12:30 h", "two words", "http://e.org/ no IRI"])
def test_a_focus_node_that_is_a_literal_is_shown_as_one(findings, row, text):
    given = result(focus_node=text, value=f'"{text}"@de', path="")
    shown = html.unescape(row.write(findings(given)))
    assert f"<{text}>" not in shown
    assert text in shown


@pytest.mark.parametrize("name", ["text", "html", "sarif", "junit", "markdown", "github"])
def test_a_literal_of_ten_megabytes_is_cut_for_people(findings, name):
    text = "x" * 10_000_000
    given = result(value=f'"{text}"', message=text)
    assert len(find_report_format(name).write(findings(given))) < 10_000


def test_a_format_is_found_by_its_name_in_any_case():
    assert "sarif" == find_report_format("SARIF").name
    assert find_report_format("pdf") is None
