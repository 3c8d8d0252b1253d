"""Planted faults, at least one for each constraint component, and where each of them is.

`»` in a text stands before the expected place, `«` before the related one; neither is part of the
text.
"""

from kg.source.report import Place
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
