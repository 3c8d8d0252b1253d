"""Each check finds what it is for, at its place, and nothing in what is right.

`»` in a text stands before the place of each fault and is no part of it.
"""

import re

import pytest

from kg.errors import ProjectError
from kg.project import open_project
from kg.source.checking import check, found_by
from kg.source.checks.table import CHECKS, EVERY, check_of, switched_on
from kg.source.loading import load
from kg.source.report import Severity
from tests.conftest import PREFIXES, REPO

EX = "http://example.org/"
BASE = {"kg.toml": f'base = "{EX}"'}
ONTOLOGY = "ex:Thing a owl:Class . ex:name a owl:DatatypeProperty . ex:part a owl:ObjectProperty ."
HASH = "@prefix o: <http://example.org/o#> .\n"
TERMS = HASH + "o:Thing a owl:Class . o:name a owl:DatatypeProperty ."
EDTF = "@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .\n"
SEM = EDTF + "@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .\n"
TIME = EDTF + "@prefix time: <http://www.w3.org/2006/time#> .\n"

# what is wrong, by check: files with marks; the role of a folder is its name
WRONG = {
    "undeclared-term": [
        {"ontology/o.ttl": ONTOLOGY, "data/ttl/a.ttl": "ex:a a ex:Thing ; »ex:nmae 'A' ."},
        {"ontology/o.ttl": ONTOLOGY, "data/ttl/a.ttl": "ex:a a »ex:Thnig ; ex:name 'A' ."},
        {"ontology/o.ttl": ONTOLOGY, "data/ttl/a.ttl": "ex:a ex:name 1 .",
         "shapes/s.ttl": "ex:S a sh:NodeShape ; sh:targetClass »ex:Thin ."},
        {"ontology/o.ttl": TERMS, "data/ttl/a.ttl": HASH + "ex:a ex:about »o:nam ; o:name 1 ."},
        {"ontology/o.ttl": ONTOLOGY + " ex:part rdfs:range »ex:Thin .",
         "data/ttl/a.ttl": "ex:a ex:part ex:a ."},
    ],
    "unused-term": [
        {"ontology/o.ttl": "ex:Thing a owl:Class . »ex:name a owl:DatatypeProperty .",
         "data/ttl/a.ttl": "ex:a a ex:Thing .", "shapes/s.ttl": "ex:S sh:path ex:name ."},
    ],
    "dangling-iri": [
        {"data/ttl/a.ttl": "ex:a rdfs:seeAlso »ex:b , ex:a , <http://example.net/c> ."},
        {"data/ttl/a.ttl": "ex:a rdfs:seeAlso »ex:b . ex:c rdfs:seeAlso ex:b ; a ex:C ."},
        {"data/ttl/a.ttl": "ex:a rdfs:seeAlso [ rdfs:seeAlso »<http://example.org/x/y> ] ."},
    ],
    "iri-form": [
        {"data/ttl/a.ttl": "»<http://example.org/%41> a ex:C ."},
        {"data/ttl/a.ttl": "»<http://example.org/a%20b> a ex:C ."},
        {"data/ttl/a.ttl": "»<http://example.org/a+b> a ex:C ."},
        {"data/ttl/a.ttl": "»<http://example.org/%c3%a9> a ex:C ."},
        {"data/ttl/a.ttl": "»<http://example.org/a//b> a ex:C ."},
        {"data/ttl/a.ttl": "»<http://example.org/a.> a ex:C ."},
        {"data/ttl/a.ttl": "»<http://example.org/a/../b> a ex:C ."},
    ],
    "iri-twin": [
        {"data/ttl/a.ttl": "ex:a a ex:C ; ex:p »ex:A ."},
        {"data/ttl/a.ttl": "ex:a a ex:C ; ex:p »<http://example.org/a/> ."},
        {"data/ttl/a.ttl": "ex:a a ex:C ; ex:p »<https://example.org/a> ."},
        {"data/ttl/a.ttl": "ex:a a ex:C ; ex:p »<http://example.org/%61> ."},
        {"data/ttl/a.ttl": "ex:a ex:p <https://x.org/c> , <https://x.org/c> , »<http://x.org/c>; "
                           "ex:q <https://x.org/c> ."},
    ],
    "relative-iri": [{"a.ttl": "ex:b a ex:C . ex:c a ex:C . »<a> a ex:C ."}],
    "invalid-literal": [
        {"data/ttl/a.ttl": 'ex:a ex:p 1 , »"2014-02-30"^^xsd:date ; ex:q "2014"^^xsd:gYear .'},
        {"data/ttl/a.ttl": 'ex:a ex:p »"x"^^xsd:integer , "1"^^<http://example.org/d> .'},
    ],
    "non-canonical-literal": [
        {"data/ttl/a.ttl": "ex:a ex:p 1 , »01 , »+2 , 1.5 , »1.50 , 1.0 , 1e0 , true ."},
        {"data/ttl/a.ttl": 'ex:a ex:p »"1"^^xsd:boolean , »"2014-01-01+00:00"^^xsd:date .'},
    ],
    "language-tag": [
        {"data/ttl/a.ttl": "ex:a ex:p 'x'@en , »'x'@english , »'y'@de-1996-1996 , 'z'@de-CH-1996 ,"
                           " »'x'@en-a-bb-a-cc , 'y'@en-x-a-a-english ."},
    ],
    "language-case": [
        {"data/ttl/a.ttl": "ex:a ex:p 'x'@en-GB , 'x'@»EN , 'y'@»de-at , \"@EN\" , 'z'@zh-Hant ."}
    ],
    "unused-prefix": [
        {"data/ttl/a.ttl": "»@prefix no: <http://example.net/> .\n# no:a\nex:a ex:p 'no:b' ."},
        {"data/ttl/a.ttl": "»PREFIX no: <http://example.net/>\nex:a ex:p <http://example.net/b> ."},
    ],
    "prefix-clash": [
        {"data/ttl/a.ttl": "»@prefix foaf: <http://foaf.org/> .\nex:a foaf:p 1 ."},
        {"data/ttl/a.ttl": "»@prefix e: <http://e.org/> .\nex:a e:p 1 .",
         "data/ttl/b.ttl": "@prefix e: <http://d.org/> .\nex:b e:p 1 .",
         "data/ttl/c.ttl": "@prefix e: <http://d.org/> .\nex:c e:p 1 ."},
    ],
    "duplicate-definition": [
        {"data/ttl/a.ttl": "ex:a a ex:C .", "data/ttl/b.ttl": "ex:b a ex:C . »ex:a a ex:C ."},
        {"data/ttl/a.ttl": "ex:a rdfs:label 'a' .", "data/ttl/b.ttl": "»ex:a skos:prefLabel 'a' ."},
    ],
    "edtf-bounds": [
        {"data/ttl/a.ttl": SEM + 'ex:a ex:on "2014-05"^^edtf:EDTF ; sem:hasEarliestBeginTimeStamp '
         '»"2014-04-30"^^xsd:date ; sem:hasLatestEndTimeStamp "2014-05-31"^^xsd:date .'},
        {"data/ttl/a.ttl": SEM + 'ex:a ex:on "2014-05/.."^^edtf:EDTF ; sem:hasLatestEndTimeStamp '
         '»"2014-05-31"^^xsd:date ; sem:hasBeginTimeStamp "2014-05-31"^^xsd:date .'},
        {"data/ttl/a.ttl": EDTF + 'ex:a ex:on »"in May"^^edtf:EDTF .'},
        {"data/ttl/a.ttl": TIME + 'ex:a ex:on "2014"^^edtf:EDTF ; time:hasBeginning '
         '[ time:inXSDDate »"2015-01-01"^^xsd:date ] ; '
         'time:hasEnd [ time:inXSDDate "2014-12-31"^^xsd:date ] .'},
    ],
}  # fmt: skip

# what is right, although it is close to what is wrong
RIGHT = [
    {"ontology/o.ttl": "<http://foreign.org/C> a owl:Class .", "data/ttl/a.ttl": "ex:a ex:p 1 ."},
    {"data/ttl/a.ttl": "ex:a a ex:Thing ; ex:name 1 ."},
    {"ontology/o.ttl": TERMS + "o:thing a owl:ObjectProperty .",
     "data/ttl/a.ttl": HASH + "ex:a a o:Thing ; o:name 1 ; o:thing ex:a ."},
    {"ontology/o.ttl": "ex:P a owl:Class . ex:Q a owl:Class ; rdfs:subClassOf ex:P .",
     "data/ttl/a.ttl": "ex:a a ex:Q ."},
    {"ontology/o.ttl": "ex:o a owl:Ontology ; owl:versionIRI <http://example.org/o/1> .",
     "data/ttl/a.ttl": "ex:a rdfs:seeAlso <http://example.org/graph/a> , <http://example.org/> ."},
    {"data/ttl/a.ttl": "@base <http://example.org/> . <a> a ex:C . <b-1.2_~c> a ex:C ."},
    {"data/ttl/a.ttl": "PREFIX : <http://a.org/>\nex:a :p 1 .",
     "data/ttl/b.ttl": "PREFIX : <http://b.org/>\nex:b :p '1'^^:d ."},
    {"data/ttl/a.ttl": "ex:a a ex:C .", "ontology/o.ttl": "ex:a skos:note 'n' .",
     "data/ttl/b.ttl": "ex:a skos:note 'm' . _:a a ex:C .", "data/ttl/c.ttl": "_:a a ex:C ."},
    {"data/ttl/a.ttl": SEM + 'ex:a ex:on "2014~"^^edtf:EDTF ; sem:hasEarliestBeginTimeStamp '
     '"2013-06-01"^^xsd:date ; sem:hasLatestEndTimeStamp "2015-06-01"^^xsd:date .'},
    {"data/ttl/a.ttl": SEM + 'ex:a ex:on "[..2013]"^^edtf:EDTF ; '
     'sem:hasLatestEndTimeStamp "2013-12-31"^^xsd:date .'},
]  # fmt: skip


def marked(files):
    """The files without their marks, and the places at which these stood, as shown."""
    found = []
    clean = {}
    for name, text in files.items():
        head = PREFIXES if name.endswith(".ttl") else ""
        whole = head + text
        while (at := whole.find("»")) >= 0:
            line, column = whole.count("\n", 0, at) + 1, at - whole.rfind("\n", 0, at)
            found.append(f"{name}:{line}:{column}")
            whole = whole[:at] + whole[at + 1 :]
        clean[name] = whole[len(head) :]
    return clean, found


@pytest.fixture
def results_of(write_project):
    def find(files):
        project = "a.ttl" not in files
        folder = write_project({**(BASE if project else {}), **files})
        return found_by(CHECKS, load(open_project(folder, {})))

    return find


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, cases in WRONG.items() for n in range(len(cases))]
)
def test_what_is_wrong_is_found_at_its_place(results_of, name, number):
    files, expected = marked(WRONG[name][number])
    results = [
        one
        for one in results_of(files)
        # the prefixes that every file of a test begins with are not used in every one
        if one.component == f"kg:{name}" and not (name == "unused-prefix" and one.line < 7)
    ]
    assert expected == [str(one.place) for one in results], results
    for one in results:
        assert one.focus_node
        assert one.message.endswith((".", "?"))
        assert check_of(one.component).severity is one.severity
        assert one.excerpt


@pytest.mark.parametrize("files", RIGHT, ids=range(len(RIGHT)))
def test_nothing_is_found_in_what_is_right(results_of, files):
    found = [one for one in results_of(files) if one.component != "kg:unused-prefix"]
    assert [] == found


def test_every_check_has_an_example_that_it_finds_something_in():
    assert [one.id for one in CHECKS] == [*WRONG]


def test_every_check_is_documented_and_nothing_else_is():
    text = (REPO / "docs" / "checks.md").read_text(encoding="utf-8")
    checks = EVERY
    assert [one.id for one in checks] == re.findall(r"^## (\S+)$", text, re.MULTILINE)
    for one in checks:
        section = text.partition(f"## {one.id}\n")[2].partition("\n## ")[0]
        assert f"{one.severity.label}." in section
        assert one.title in section
        assert " ".join(one.why.split()) in " ".join(section.split())
        assert one.help == f"docs/checks.md#{one.id}"


def test_a_misspelt_term_is_answered_with_the_nearest_one(results_of):
    files = {"ontology/o.ttl": ONTOLOGY, "data/ttl/a.ttl": "ex:a ex:nmae 1 ."}
    (found,) = [one for one in results_of(files) if one.component == "kg:undeclared-term"]
    assert found.message.endswith("Did you mean name?")
    assert (f"<{EX}nmae>", f"{EX}a") == (found.value, found.focus_node)


def test_a_finding_beside_another_names_both_places(results_of):
    files = {"data/ttl/a.ttl": "ex:a a ex:C .", "data/ttl/b.ttl": "ex:a a ex:C ."}
    (found,) = [one for one in results_of(files) if one.component == "kg:duplicate-definition"]
    assert ("data/ttl/b.ttl", "data/ttl/a.ttl") == (found.file, found.related.file)


def test_our_own_data_has_no_violation_and_no_warning(source):
    results = found_by(switched_on(CHECKS, dict(source.project.checks)), source)
    assert [] == [one for one in results if one.severity is not Severity.INFO]


# ---- switching off ------------------------------------------------------------------------

FILES = {"data/ttl/a.ttl": "ex:a ex:b 01 , 'x'@EN ."}


def checked(write_project, settings):
    folder = write_project({**FILES, "kg.toml": f'base = "{EX}"\n[checks]\n{settings}'})
    return {one.component for one in check(load(open_project(folder, {}))).results}


def test_a_check_is_switched_off_with_a_reason(write_project):
    assert {"kg:language-case", "kg:non-canonical-literal"} <= checked(write_project, "")
    off = checked(write_project, 'language-case = "tags are compared without case here"')
    assert "kg:language-case" not in off
    assert "kg:non-canonical-literal" in off


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('language-case = ""', r"language-case: the value is the reason .* not be empty"),
        ('language-case = " "', "may not be empty"),
        ('langauge-case = "x"', r"there is no check langauge-case\. Did you mean language-case\?"),
        ('"kg:unused-term" = "x"', r"Did you mean unused-term\?"),
        ('zzz = "x"', "there is no check zzz. Known: dangling-iri, "),
        ("language-case = true", r"\[checks\]: must be a table of lines"),
    ],
)
def test_switching_off_without_a_reason_or_what_is_not_there_is_refused(
    write_project, settings, message
):
    with pytest.raises(ProjectError, match=message):
        checked(write_project, settings)
