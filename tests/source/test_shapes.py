import os
import subprocess
import sys

import pytest

from kg.errors import ShapesError
from kg.project import open_project
from kg.source.loading import load
from kg.source.report import Severity
from kg.source.shapes import validate

EX = "http://example.org/"
DATA = "ex:a a ex:C ."
SHAPE = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-name .
ex:S-name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:message "It has a name." .
"""
VALUES = """
ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path ex:p ;
"""


@pytest.fixture
def report_on(write_project):
    """A function that validates files, given by the name of their shapes and data."""

    def run(shapes: str, data: str = DATA, **more: str):
        files = {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shapes, **more}
        return validate(load(open_project(write_project(files), {})))

    return run


def only(report):
    (result,) = report.results
    return result


def test_a_violation_says_where_what_and_why(report_on):
    result = only(report_on(SHAPE))
    assert (Severity.VIOLATION, "data/ttl/a.ttl") == (result.severity, result.file)
    assert (f"{EX}a", f"{EX}S-name") == (result.focus_node, result.source_shape)
    assert (f"{EX}name", "", "It has a name.") == (result.path, result.value, result.message)
    assert "MinCountConstraintComponent" == result.component


@pytest.mark.parametrize(
    ("severity", "expected", "conforms"),
    [
        ("sh:Violation", Severity.VIOLATION, False),
        ("sh:Warning", Severity.WARNING, True),
        ("sh:Info", Severity.INFO, True),
        ("ex:Worse", Severity.VIOLATION, False),
    ],
)
def test_only_violations_do_not_conform(report_on, severity, expected, conforms):
    report = report_on(f"{SHAPE} ex:S-name sh:severity {severity} .")
    assert (expected, conforms) == (only(report).severity, report.conforms)


def test_data_that_obeys_its_shapes_conforms(report_on):
    report = report_on(SHAPE, "ex:a a ex:C ; ex:name 'A' .")
    assert ((), 2, True) == (report.results, report.shapes, report.conforms)


def test_without_shapes_the_report_is_empty(write_project):
    report = validate(load(open_project(write_project({"a.ttl": DATA}), {})))
    assert ((), 0, True) == (report.results, report.shapes, report.conforms)


def test_a_shape_that_declares_no_type_is_counted(report_on):
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
    report = report_on(shapes)
    assert (1, 2) == (len(report.results), report.shapes)


def test_a_result_names_the_file_that_describes_its_focus_node(report_on):
    report = report_on(SHAPE, "", **{"data/ttl/b/c.ttl": DATA})
    assert "data/ttl/b/c.ttl" == only(report).file


def test_a_result_names_the_file_of_a_blank_focus_node(report_on):
    report = report_on(SHAPE, "", **{"data/ttl/b.ttl": "[] a ex:C ."})
    assert "data/ttl/b.ttl" == only(report).file


def test_of_several_files_the_one_that_gives_the_type_is_named(report_on):
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:P . "
    shapes += "ex:P sh:path ex:p ; sh:minCount 1 ."
    more = {"data/ttl/0.ttl": "ex:a ex:q 1 .", "data/ttl/z.ttl": "ex:a ex:q 2 ."}
    assert "data/ttl/a.ttl" == only(report_on(shapes, "ex:a a ex:T .", **more)).file


def test_a_focus_node_that_no_file_describes_has_no_file(report_on):
    assert "" == only(report_on(f"{SHAPE} ex:S sh:targetNode ex:nobody .", "ex:b a ex:B .")).file


def test_the_ontology_tells_the_subclasses(report_on):
    report = report_on(SHAPE, "ex:a a ex:D .", **{"ontology/o.ttl": "ex:D rdfs:subClassOf ex:C ."})
    assert f"{EX}a" == only(report).focus_node


def test_the_shapes_are_not_validated_themselves(report_on):
    assert report_on(f"{SHAPE} ex:b a ex:C .", "ex:x a ex:X .").conforms


@pytest.mark.parametrize(
    ("lexical_form", "datatype"),
    [("none", "boolean"), ("2014-02-30", "date"), ("01.5", "integer"), ("", "decimal"),
     ("yesterday", "dateTime"), ("1,5", "double")],
)  # fmt: skip
def test_an_ill_typed_literal_is_found_and_shown_as_written(report_on, lexical_form, datatype):
    result = only(
        report_on(
            VALUES + f"sh:datatype xsd:{datatype} .",
            f'ex:a ex:p "{lexical_form}"^^xsd:{datatype} .',
        )
    )
    assert "DatatypeConstraintComponent" == result.component
    assert f'"{lexical_form}"^^<http://www.w3.org/2001/XMLSchema#{datatype}>' == result.value


@pytest.mark.parametrize(
    ("term", "expected"),
    [("'x'@de", '"x"@de'), ("'x'", '"x"'), ("ex:b", f"<{EX}b>"), (r"'a\"b\nc'", r'"a\"b\nc"'),
     ("'01'^^xsd:integer", '"01"^^<http://www.w3.org/2001/XMLSchema#integer>')],
)  # fmt: skip
def test_a_value_is_written_as_n_triples_writes_it(report_on, term, expected):
    assert expected == only(report_on(VALUES + "sh:in ( 7 ) .", f"ex:a ex:p {term} .")).value


PATHLESS = (
    "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P a sh:PropertyShape ."
)
SPARQL = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [
  sh:message "The end is before the start." ; sh:prefixes ex:prefixes ;
  sh:select "SELECT $this ?value {{ $this e:start ?start ; e:end ?value {} }}" ] .
ex:prefixes sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
DATES = "ex:a a ex:C ; ex:start 2 ; ex:end 1 . ex:b a ex:C ; ex:start 1 ; ex:end 2 ."


def test_a_sparql_constraint_is_evaluated_for_every_focus_node(report_on):
    result = only(report_on(SPARQL.format("FILTER (?value < ?start)"), DATES))
    assert (f"{EX}a", "The end is before the start.") == (result.focus_node, result.message)


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param(SPARQL.format("FILTER ("), id="SPARQL syntax"),
        pytest.param(PATHLESS, id="no path"),
        pytest.param(SHAPE + "ex:S-name sh:minCount 'one' .", id="a second count"),
        pytest.param(SHAPE + "ex:S-name sh:pattern '(' .", id="no regular expression"),
        pytest.param(SHAPE + "ex:S-name sh:or 5 .", id="no shapes"),
    ],
)  # fmt: skip
def test_shapes_that_are_wrong_themselves_are_an_error_of_their_own(report_on, shapes):
    with pytest.raises(ShapesError, match="The shapes cannot be used"):
        report_on(shapes, "ex:a a ex:C ; ex:name 'A', 'B' ; ex:start 2 ; ex:end 1 .")


UNSTABLE = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [
    sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ;
    sh:message "Jemand nennt es."@de, "Someone names it."@en, "On le nomme."@fr ] ;
  sh:property [ sh:path ex:q ; sh:nodeKind sh:IRI ] .
"""


UNSTABLE_FILES = {
    "kg.toml": "",
    "data/ttl/a.ttl": "ex:a a ex:C ; ex:q [], 1 .",
    "shapes/s.ttl": UNSTABLE,
}
PROGRAM = """
import kg, pathlib, sys
print(kg.validate(kg.load(kg.open_project(pathlib.Path(sys.argv[1]), {}))))
"""


def test_two_runs_are_equal(write_project):
    source = load(open_project(write_project(UNSTABLE_FILES), {}))
    assert validate(source) == validate(source)


def test_two_processes_find_the_same(write_project):
    command = [sys.executable, "-c", PROGRAM, str(write_project(UNSTABLE_FILES))]
    printed = {
        subprocess.check_output(command, env={**os.environ, "PYTHONHASHSEED": seed}, text=True)
        for seed in "1234"
    }
    assert 1 == len(printed)


def test_of_several_messages_the_english_one_is_reported(report_on):
    assert "Someone names it." in {result.message for result in report_on(UNSTABLE).results}


def test_results_are_sorted_worst_first(report_on):
    mild = SHAPE.replace("ex:S", "ex:A").replace("ex:name", "ex:b")
    mild += "ex:A-name sh:severity sh:Info ."
    found = [result.severity for result in report_on(SHAPE + mild).results]
    assert [Severity.VIOLATION, Severity.INFO] == found


def test_a_literal_that_no_rule_can_compare_is_a_result_and_stops_nothing(report_on, capfd):
    shapes = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property ex:P .\n"
    shapes += "ex:P sh:path ex:from ; sh:lessThanOrEquals ex:to ."
    data = 'ex:a ex:from "2015-13-01"^^xsd:date ; ex:to "2015-01-01"^^xsd:date .'
    result = only(report_on(shapes, data))
    assert "http://example.org/from" == result.path
    assert result.message.startswith("2015-13-01 is no value of this datatype.")
    assert ("", "") == capfd.readouterr(), "and no library prints a traceback"
