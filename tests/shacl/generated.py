"""Ten thousand triples with hundreds of faults, always the same, and shapes of every kind."""

import random
from collections.abc import Iterator

PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# for each property what is good, and what breaks a rule; a value may be several, or none
VALUES = {
    "ex:name": (['"one"', '"two"'], ["", '"one", "two"', '"one", "One"@en']),
    "ex:count": (["1", "22"], ['"x"', "1.5", '"abc"^^xsd:integer', '"7"^^xsd:int', "ex:one"]),
    "ex:in": (["ex:paris", "ex:france"], ["ex:anne", '"Paris"', "ex:nowhere", "[]", "ex:anne, 5"]),
    "ex:page": (["ex:page1", "ex:page2"], ['"page"', "[]", "5"]),
    "ex:score": (["5", "9.9", "1.0e0"], ["0", "10", "11.5", '"five"', "-1e0", "ex:five"]),
    "ex:born": (
        ['"1950-01-02"^^xsd:date', '"1999-12-31"^^xsd:date'],
        ['"1850-01-01"^^xsd:date', '"2050-01-01"^^xsd:date', '"1950"', '"1950"^^xsd:gYear'],
    ),
    "ex:died": (['"2010-01-01"^^xsd:date', ""], ['"1900-05-05"^^xsd:date', '"later"', "2015"]),
    "ex:at": (
        ['"2020-01-01T00:00:00Z"^^xsd:dateTime'],
        ['"2010-01-01T00:00:00Z"^^xsd:dateTime', '"2019-01-01T00:00:00+02:00"^^xsd:dateTime'],
    ),
    "ex:code": (
        ['"AB-12"', '"xy-99"', "ex:AB-12"],
        ['"A-1"', '"A-1234567890123456789012345678901234567890"', "[]", '"AB12"'],
    ),
    "ex:label": (
        ['"a"@en, "b"@fr', '"a"@en-GB'],
        ['"a"@de', '"a"', '"a"@en, "b"@en', "5", '"a"@EN, "b"@en'],
    ),
    "ex:same": (['"same"'], ['"other"', "", '"same", "more"']),
    "ex:apart": (['"apart"'], ['"one"', '"apart", "two"']),
    "ex:low": (["1", "2"], ["9", "5", '"low"', "5.0"]),
    "ex:kind": (["ex:red", "ex:green", '"blue"'], ["ex:blue", '"blue"@en', '"red"', "5", '"5"']),
    "ex:must": (["ex:must, ex:more"], ["ex:more", ""]),
    "ex:logic": (["1", '"word"', "ex:yes"], ["2.5", "ex:no", '"word"@en', "-3", "true"]),
    "ex:hands": (
        ["ex:left, ex:right", "ex:left, ex:right, ex:paris"],
        ["ex:left", "ex:left, ex:left2, ex:right", "ex:both, ex:left", "ex:paris", ""],
    ),
    "ex:next": (["ex:paris", "ex:page1"], ["ex:loop", "ex:anne", "ex:far"]),
    "ex:flag": (["true", "false"], ['"none"^^xsd:boolean', '"yes"', "1", '"1"^^xsd:boolean']),
}

WORLD = """
ex:City rdfs:subClassOf ex:Town . ex:Town rdfs:subClassOf ex:Place .
ex:Author rdfs:subClassOf ex:Thing .
ex:paris a ex:City ; ex:name "Paris" ; ex:partOf ex:france . ex:france a ex:Place .
ex:anne a ex:Person ; ex:knows ex:anne . ex:loop ex:partOf ex:loop .
ex:far ex:partOf ex:further . ex:further ex:partOf ex:furthest . ex:furthest ex:name "end", "fin" .
ex:left a ex:Hand, ex:Left . ex:left2 a ex:Hand, ex:Left . ex:right a ex:Hand, ex:Right .
ex:both a ex:Hand, ex:Left, ex:Right .
ex:x1 ex:odd "extra" ; ex:name "x" . ex:x2 ex:name "y" ; ex:allowed 1 ; a ex:Closed .
ex:x1 a ex:Closed . ex:x3 a ex:Closed ; ex:odd ex:even, [] .
"""

SHAPES = """
ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .

ex:Thing a sh:NodeShape, rdfs:Class ;
  sh:property ex:s-name, ex:s-count, ex:s-in, ex:s-page, ex:s-score, ex:s-born, ex:s-died, ex:s-at,
    ex:s-code, ex:s-label, ex:s-same, ex:s-apart, ex:s-low, ex:s-kind, ex:s-must, ex:s-logic,
    ex:s-left, ex:s-right, ex:s-flag, ex:s-asked, ex:s-off ;
  sh:property ex:p-inverse, ex:p-either, ex:p-row, ex:p-any, ex:p-some, ex:p-maybe ;
  sh:sparql ex:q-plain, ex:q-value, ex:q-path .
ex:s-name sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:severity sh:Warning .
ex:s-count sh:path ex:count ; sh:datatype xsd:integer ; sh:message "A whole number."@en .
ex:s-in sh:path ex:in ; sh:class ex:Place ; sh:node ex:Inside .
ex:s-page sh:path ex:page ; sh:nodeKind sh:IRI .
ex:s-score sh:path ex:score ; sh:minExclusive 0 ; sh:maxExclusive 10.0 ; sh:severity sh:Info .
ex:s-born sh:path ex:born ; sh:minInclusive "1900-01-01"^^xsd:date ;
  sh:maxInclusive "2000-01-01"^^xsd:date ; sh:lessThan ex:died .
ex:s-died sh:path ex:died ; sh:maxCount 1 ; sh:datatype xsd:date .
ex:s-at sh:path ex:at ; sh:minInclusive "2019-01-01T00:00:00Z"^^xsd:dateTime .
ex:s-code sh:path ex:code ; sh:minLength 4 ; sh:maxLength 40 ;
  sh:pattern "^(http.*)?[a-z]+-[0-9]+$" ; sh:flags "i" .
ex:s-label sh:path ex:label ; sh:languageIn ( "en" "fr" ) ; sh:uniqueLang true .
ex:s-same sh:path ex:same ; sh:equals ex:twin .
ex:s-apart sh:path ex:apart ; sh:disjoint ex:name .
ex:s-low sh:path ex:low ; sh:lessThanOrEquals ex:high .
ex:s-kind sh:path ex:kind ; sh:in ( ex:red ex:green "blue" ) .
ex:s-must sh:path ex:must ; sh:hasValue ex:must .
ex:s-logic sh:path ex:logic ; sh:not [ sh:datatype xsd:boolean ] ;
  sh:or ( [ sh:datatype xsd:integer ] [ sh:datatype xsd:string ] [ sh:in ( ex:yes ) ] ) ;
  sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:minInclusive 0 ] [ sh:datatype xsd:string ] ) ;
  sh:and ( [ sh:maxLength 100 ] [ sh:not [ sh:hasValue "never" ] ] [ sh:not [ sh:in ( -3 ) ] ] ) .
ex:s-left sh:path ex:hands ; sh:qualifiedValueShape [ sh:class ex:Left ] ;
  sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 .
ex:s-right sh:path ex:hands ; sh:qualifiedValueShape [ sh:class ex:Right ] ;
  sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 .
ex:s-flag sh:path ex:flag ; sh:datatype xsd:boolean .
ex:s-off sh:path ex:count ; sh:maxCount 0 ; sh:deactivated true .
ex:Inside a sh:NodeShape ; sh:nodeKind sh:IRI ; sh:property [ sh:path ex:partOf ; sh:maxCount 1 ] .

ex:p-inverse sh:path [ sh:inversePath ex:knows ] ; sh:maxCount 0 .
ex:p-either sh:path [ sh:alternativePath ( ex:count ex:score ) ] ; sh:nodeKind sh:Literal .
ex:p-row sh:path ( ex:next ex:name ) ; sh:maxCount 0 .
ex:p-any sh:path ( ex:next [ sh:zeroOrMorePath ex:partOf ] ) ; sh:nodeKind sh:IRI ; sh:maxCount 3 .
ex:p-some sh:path ( ex:next [ sh:oneOrMorePath ex:partOf ] ) ; sh:not [ sh:hasValue ex:loop ] .
ex:p-maybe sh:path ( ex:next [ sh:zeroOrOnePath ex:partOf ] ) ; sh:not [ sh:hasValue ex:further ] .

ex:q-plain sh:message "It was born before it died." ; sh:prefixes ex:prefixes ;
  sh:select "SELECT $this WHERE { $this ex:born ?b ; ex:died ?d FILTER (?d < ?b) }" .
ex:q-value sh:message "{?value} is not {$this}'s page."@en ; sh:prefixes ex:prefixes ;
  sh:select "SELECT $this ?value WHERE { $this ex:page ?value FILTER (isLiteral(?value)) }" .
ex:q-path sh:message "A count is above the score." ; sh:prefixes ex:prefixes ;
  sh:select '''SELECT $this (ex:count AS ?path) ?value WHERE {
    $this ex:count ?value ; ex:score ?score FILTER (?value > ?score) }''' .
ex:s-asked sh:path ex:low ; sh:sparql [ sh:prefixes ex:prefixes ; sh:message "Not above nine." ;
  sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER (?value > 8) }" ] ;
  ex:atMost 8 .

ex:AtMost a sh:ConstraintComponent ; sh:parameter [ sh:path ex:atMost ; sh:datatype xsd:integer ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:message "More than {$atMost}." ;
    sh:ask "ASK { FILTER ($value <= $atMost) }" ] .

ex:Closing a sh:NodeShape ; sh:targetClass ex:Closed ; sh:closed true ;
  sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ex:allowed ) ;
  sh:property [ sh:path ex:name ; sh:maxCount 1 ] .
ex:Nodes a sh:NodeShape ; sh:targetNode ex:paris, ex:anne, "text", ex:unknown ; sh:class ex:Town .
ex:Subjects a sh:NodeShape ; sh:targetSubjectsOf ex:knows ; sh:not [ sh:class ex:Person ] .
ex:Objects a sh:NodeShape ; sh:targetObjectsOf ex:in ; sh:nodeKind sh:IRI .
"""


def data(triples: int, seed: int = 6) -> str:
    """A Turtle document of about that many triples; a third of the things have a fault or two."""
    choose = random.Random(seed)
    return PREFIXES + WORLD + "\n".join(_thing(n, choose) for n in range(triples // 24))


def _thing(number: int, choose: random.Random) -> str:
    bad = set(choose.sample(list(VALUES), choose.choice((0, 0, 1, 2))))
    said = list(_said(bad, choose))
    twin, high = '"same"', "5"
    kind = choose.choice(("ex:Thing", "ex:Author"))
    return f"ex:t{number} a {kind} ; ex:twin {twin} ; ex:high {high} ; {' ; '.join(said)} ."


def _said(bad: set[str], choose: random.Random) -> Iterator[str]:
    for name, values in VALUES.items():
        value = choose.choice(values[name in bad])
        if value:
            yield f"{name} {value}"
