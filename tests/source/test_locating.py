"""Where results are said to be. `»` in a text stands before the expected place, `«` before the
related one; neither is part of the text."""

import pytest

from kg.project import open_project
from kg.source.loading import load
from kg.source.report import Place
from kg.source.shapes import validate
from tests.conftest import PREFIXES

EX = "http://example.org/"
TARGET = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property »[ sh:path ex:p ; {} ] ."
NODE = "»ex:S a sh:NodeShape ; sh:targetNode ex:a ; {} ."
PATH = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property »[ sh:path {} ] ."
SELECT = 'sh:sparql [ sh:message "Wrong." ; sh:select "SELECT {} WHERE {{ {} }}" ]'

VALUES = {
    "class": ("sh:class ex:C", "ex:a ex:p »ex:b . ex:b a ex:D ."),
    "class, blank": ("sh:class ex:C", "ex:a ex:p [ a ex:C ], »[ a ex:D ] ."),
    "class, anonymous": ("sh:class ex:C", "ex:a ex:p ex:c , # why [\n  »[ ] . ex:c a ex:C ."),
    "class, labelled": ("sh:class ex:C", "_:x a ex:D . ex:a ex:p »_:x."),
    "datatype": ("sh:datatype xsd:integer", 'ex:a ex:p 1 ,\n\t»"1"^^xsd:string ; ex:q "1" .'),
    "datatype, ill-typed": ("sh:datatype xsd:date", 'ex:a ex:p »"2014-02-30" ^^ xsd:date .'),
    "datatype, boolean": ("sh:datatype xsd:integer", "ex:a ex:q true ; ex:p »true."),
    "datatype, decimal": ("sh:datatype xsd:integer", "ex:a ex:p 1,»1.5,2.<ex:b> ex:p .5 ."),
    "datatype, double": ("sh:datatype xsd:integer", "ex:a ex:p -1, »-1.E-3 ."),
    "nodeKind": ("sh:nodeKind sh:IRI", "ex:a ex:p ex:b, »'''a # ' '' \n; \"''', ex:c ."),
    "nodeKind, list": ("sh:nodeKind sh:IRI", "ex:a ex:p »( 1 ( 2 [] ) ) ."),
    "minExclusive": ("sh:minExclusive 2", "ex:a ex:p 3, »2 ."),
    "minInclusive": ("sh:minInclusive 2", "ex:a ex:p 2, »1 ."),
    "maxExclusive": ("sh:maxExclusive 2", "ex:a ex:p 1, »2 ."),
    "maxInclusive": ("sh:maxInclusive 2", "ex:a ex:p 2, »+3 ."),
    "minLength": ("sh:minLength 2", "ex:a ex:p 'ab', »'\\'', \"\"\"\"q\"\\\"\"\"\" ."),
    "maxLength": ("sh:maxLength 2", "ex:a ex:p 'é\N{GRINNING FACE}', »'\\u00e9\\t3' ."),
    "pattern": ("sh:pattern '^a'", '@prefix e: <http://example.org/>. e:a e:p "a" , »"""b\n""" .'),
    "languageIn": ("sh:languageIn ( 'en' )", "ex:a ex:p 'a'@en, »'b'@de-AT, 'c'@en-GB ."),
    "in": ("sh:in ( ex:x ex:y )", "PREFIX p: <http://example.org/>\np:a p:p p:x, »p:z."),
    "in, relative": ("sh:in ( ex:x )", "@base <http://example.org/> . <a> <p> <x> , »<y> ."),
    "in, escaped": ("sh:in ( ex:x )", "ex:a ex:p »ex:y\\,z , <http://example.org/\\u0078> ."),
    "disjoint": ("sh:disjoint ex:q", "ex:a ex:q 1, 2 ; ex:p »2 ."),
    "equals, too many": ("sh:equals ex:q", "ex:a ex:q 1 ; ex:p 1, »2 ."),
    "equals, too few": ("sh:equals ex:q", "ex:a ex:p 1 ; ex:q 1, »2 ."),
    "lessThan": ("sh:lessThan ex:q", "ex:a ex:q 2 ; ex:p 1 ; ex:p »2 ."),
    "lessThanOrEquals": ("sh:lessThanOrEquals ex:q", "ex:a ex:q 2 ; ex:p 2, »3 ."),
    "not": ("sh:not [ sh:datatype xsd:integer ]", "ex:a ex:p 'x', »1 ."),
    "and": ("sh:and ( [ sh:minInclusive 2 ] )", "ex:a ex:p 2 , »1 ."),
    "or": ("sh:or ( [ sh:datatype xsd:date ] [ sh:nodeKind sh:IRI ] )", "ex:a ex:p ex:b, »1 ."),
    "xone": ("sh:xone ( [ sh:minLength 1 ] [ sh:minLength 2 ] )", "ex:a ex:p 'a', »'ab' ."),
    "node": ("sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", "ex:a ex:p »[ ex:r 1 ] ."),
    "minCount": ("sh:minCount 2", "ex:b ex:p ex:a . ex:a ex:q 1 .\n»ex:a a ex:C ; ex:p 1 ."),
    "minCount, untyped": (
        "sh:minCount 1", "# ex:a\n<#ex:a> ex:q ex:a. »ex:a ex:q 1 . ex:a ex:r 2."),
    "maxCount": ("sh:maxCount 2", "ex:a ex:p 1 ; ex:q 5 ; ex:p 2, »3 ."),
    "uniqueLang": ("sh:uniqueLang true", "ex:a ex:p 'a'@en, 'a'@de, »'b'@en , 'c' ."),
    "hasValue": ("sh:hasValue 1", "»ex:a ex:p 2 ; ex:q 1 ."),
    "qualifiedMinCount": (
        "sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1", "»ex:a ex:p ex:b ."),
    "qualifiedMaxCount": (
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1",
        "ex:a ex:q 1 ; »ex:p ex:b , ex:c ."),
    "sparql, value": (
        SELECT.format("$this ?value", "$this $PATH ?value FILTER (?value > 1)"),
        "ex:a ex:p 1, »2 ; ex:q 2 ."),
    "sparql, none": (SELECT.format("$this", "$this $PATH 2"), "ex:a ex:q 2 ; »ex:p 1, 2 ."),
}  # fmt: skip
NODES = {
    "closed": (
        "sh:closed true ; sh:property [ sh:path ex:p ]",
        "ex:a ex:p 1 ; # ex:q 2\n  »ex:q 2 ."),
    "closed, a": ("sh:closed true ; sh:property [ sh:path ex:p ]", "ex:a ex:p 1 ; »a ex:C ."),
    "nodeKind": ("sh:nodeKind sh:BlankNode", "ex:b ex:q ex:a . »ex:a ex:q 1 ."),
    "class": ("sh:class ex:C", "ex:a ex:p 1 . \t»ex:a a ex:D ."),
    "never described": ("sh:class ex:C", "ex:b ex:q ex:c, »ex:a ."),
    "not": ("sh:not [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ]", "[] ex:q []. »ex:a ex:p 1."),
    "sparql": (
        SELECT.format("$this", "$this <http://example.org/p> 1 . "),
        "ex:a ex:p 1 ;\n ex:q 1 . »ex:a a ex:C ."),
    "sparql, value": (
        SELECT.format("$this ?value", "$this <http://example.org/p> ?value FILTER (?value > 1)"),
        "ex:a ex:q 1 ; ex:p 1 , »2 ."),
    "sparql, path": (
        SELECT.format("$this ?path", "$this ?path 1 "), "ex:a ex:q 2 ;\n\n»ex:p 1 ; ex:r 3 ."),
    "sparql, path and value": (
        SELECT.format("$this ?path ?value", "$this ?path ?value FILTER (?value > 1)"),
        "ex:a ex:q 1 ; ex:p 1 , »2 ."),
}  # fmt: skip

PATHS = {
    "inverse": ("[ sh:inversePath ex:p ] ; sh:class ex:C", "«ex:a ex:q 1 . »ex:b ex:p ex:a ."),
    "inverse, missing": ("[ sh:inversePath ex:p ] ; sh:minCount 1", "ex:b ex:p 1 . »ex:a ex:q 1 ."),
    "sequence": (
        "( ex:p ex:q ) ; sh:datatype xsd:integer", "«ex:a ex:p [ ex:q 1, »'x' ; ex:r 'x' ] ."),
    "sequence, missing": ("( ex:p ex:q ) ; sh:minCount 1", "»ex:a ex:p [ ex:r 1 ] ."),
    "sequence, inverse": (
        "( ex:p [ sh:inversePath ex:q ] ) ; sh:class ex:C", "«ex:a ex:p ex:b . »[] ex:q ex:b ."),
    "alternative": (
        "[ sh:alternativePath ( ex:p ex:q ) ] ; sh:datatype xsd:integer",
        "«ex:a ex:p 1 ; ex:q 2, »'x' ; ex:r 'x' ."),
    "members of a list": (
        "( ex:p [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:datatype xsd:integer",
        "«ex:a ex:p ( 1 2 »'x' 4 ) ."),
    "zeroOrMore": (
        "[ sh:zeroOrMorePath ex:p ] ; sh:class ex:C",
        "«ex:a ex:p ex:b ; a ex:C . ex:b ex:p ex:a, »ex:c ; a ex:C . ex:c ex:q 1 ."),
    "zeroOrMore, itself": (
        "[ sh:zeroOrMorePath ex:p ] ; sh:class ex:C", "»ex:a ex:p ex:b . ex:b a ex:C ."),
    "oneOrMore": (
        "[ sh:oneOrMorePath ex:p ] ; sh:class ex:C",
        "«ex:a ex:p ex:b . ex:b a ex:C ; ex:p [ a ex:C ], »ex:d ."),
    "zeroOrOne": (
        "[ sh:zeroOrOnePath ex:p ] ; sh:class ex:C", "«ex:a a ex:C ; ex:p »ex:b . ex:b ex:p ex:c."),
    "maxCount": ("( ex:p ex:q ) ; sh:maxCount 1", "«ex:a ex:p [ ex:q 1 ], [ ex:q »2 ] ."),
}  # fmt: skip

CASES = [
    *((f"value: {name}", TARGET.format(rule), data) for name, (rule, data) in VALUES.items()),
    *((f"node: {name}", NODE.format(rule), data) for name, (rule, data) in NODES.items()),
    *((f"path: {name}", PATH.format(path), data) for name, (path, data) in PATHS.items()),
]
RDF_PREFIX = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "


def unmarked(text: str) -> str:
    return text.replace("»", "").replace("«", "")


def place_of(mark: str, text: str, file: str) -> Place:
    """The place before which the mark stands in a text that follows the prefixes."""
    before, marked, _ = (PREFIXES + text).partition(mark)
    if not marked:
        return Place()
    before = unmarked(before)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Place(file, line, column)


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
