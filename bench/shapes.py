"""SHACL shapes for the generated data: of the usual kinds, with three SPARQL constraints."""

from bench.data import BASE

# about one result for every twenty-five resources
SHAPES = f"""\
@prefix ex: <{BASE}ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:prefixes
  sh:declare [ sh:prefix "ex" ; sh:namespace "{BASE}ontology#"^^xsd:anyURI ] ,
    [ sh:prefix "dcterms" ; sh:namespace "http://purl.org/dc/terms/"^^xsd:anyURI ] .

ex:Resource a sh:NodeShape ;
  sh:targetClass ex:Book, ex:Letter, ex:Map, ex:Person, ex:Place ;
  sh:nodeKind sh:IRI ;
  sh:property ex:label, ex:identifier, ex:created, ex:sized, ex:weighed, ex:linked ;
  sh:sparql ex:in-order, ex:not-its-own-part, ex:light-next .

ex:label a sh:PropertyShape ; sh:path rdfs:label ;
  sh:minCount 2 ; sh:uniqueLang true ; sh:languageIn ( "en" "fr" ) .
ex:identifier a sh:PropertyShape ; sh:path dcterms:identifier ;
  sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:pattern "^R-[0-9]{{7}}$" .
ex:created a sh:PropertyShape ; sh:path dcterms:created ;
  sh:maxCount 1 ; sh:datatype xsd:date ; sh:lessThan dcterms:modified .
ex:sized a sh:PropertyShape ; sh:path ex:size ;
  sh:datatype xsd:integer ; sh:minInclusive 0 .
ex:weighed a sh:PropertyShape ; sh:path ex:weight ; sh:datatype xsd:decimal ; sh:maxExclusive 98.5 .
ex:linked a sh:PropertyShape ; sh:path ex:related ;
  sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:or ( [ sh:class ex:Book ] [ sh:class ex:Letter ]
    [ sh:class ex:Map ] [ sh:class ex:Person ] [ sh:class ex:Place ] ) .

ex:in-order sh:message "It was created before it was modified." ; sh:prefixes ex:prefixes ;
  sh:select '''SELECT $this ?value WHERE {{
    $this dcterms:created ?created ; dcterms:modified ?value FILTER (?value < ?created) }}''' .
ex:not-its-own-part sh:message "It is no part of itself." ; sh:prefixes ex:prefixes ;
  sh:select '''SELECT $this ?value WHERE {{
    $this ex:partOf ?value . ?value ex:partOf $this FILTER (?value != $this) }}''' .
ex:light-next sh:message "What follows is not that heavy." ; sh:prefixes ex:prefixes ;
  sh:select '''SELECT $this ?value WHERE {{
    $this ex:next ?value . ?value ex:weight ?weight FILTER (?weight > 98.0) }}''' .
"""
