"""Read answers without the engine's help, and compare them up to the labels of blank nodes.

Solutions are compared as graphs: a row is a blank node with one triple for each binding. So the
canonical form of RDF datasets (RDFC-1.0) decides about both.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.rdf.namespaces import XSD

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
NS = "{http://www.w3.org/2005/sparql-results#}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ROW = NamedNode("urn:row")

TRUTH = {"true": "1", "false": "0"}


@dataclass(frozen=True)
class Solutions:
    """Variables in order and rows of terms by variable; `boolean` is set for ASK instead."""

    variables: tuple[str, ...] = ()
    rows: tuple[dict, ...] = ()
    boolean: bool | None = None

    @property
    def ask(self) -> bool:
        """Whether this answers an ASK."""
        return self.boolean is not None


def from_json(body: bytes) -> Solutions:
    """Source: https://www.w3.org/TR/sparql11-results-json/"""
    document = json.loads(body)
    if "boolean" in document:
        return Solutions(boolean=document["boolean"])
    rows = (
        {name: _json_term(term) for name, term in row.items()}
        for row in document["results"]["bindings"]
    )
    return Solutions(tuple(document["head"]["vars"]), tuple(rows))


def _json_term(term: dict):
    make = {"uri": NamedNode, "bnode": BlankNode}.get(term["type"])
    if make:
        return make(term["value"])
    return _literal(term["value"], term.get("xml:lang"), term.get("datatype"))


def from_xml(body: bytes) -> Solutions:
    """Source: https://www.w3.org/TR/rdf-sparql-XMLres/"""
    root = ElementTree.fromstring(body)
    assert f"{NS}sparql" == root.tag
    boolean = root.find(f"{NS}boolean")
    if boolean is not None:
        return Solutions(boolean={"true": True, "false": False}[boolean.text])
    variables = tuple(element.get("name") for element in root.iter(f"{NS}variable"))
    rows = (
        {binding.get("name"): _xml_term(binding[0]) for binding in result}
        for result in root.iter(f"{NS}result")
    )
    return Solutions(variables, tuple(rows))


def _xml_term(element):
    text = element.text or ""
    if element.tag == f"{NS}uri":
        return NamedNode(text)
    if element.tag == f"{NS}bnode":
        return BlankNode(f"x{text.encode().hex()}")
    assert f"{NS}literal" == element.tag
    return _literal(text, element.get(LANG), element.get("datatype"))


def _literal(text: str, language: str | None, datatype: str | None) -> Literal:
    if language:
        return Literal(text, language=language)
    return Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text)


def from_tsv(body: bytes) -> Solutions:
    """Source: https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv"""
    head, *lines = body.decode().split("\n")
    assert lines.pop() == "", "every line has an end"
    names = head.rstrip("\r").split("\t") if head else []
    assert all(name.startswith("?") for name in names)
    variables = tuple(name[1:] for name in names)
    return Solutions(variables, tuple(_row(variables, line) for line in lines))


def _row(variables: tuple[str, ...], line: str) -> dict:
    fields = line.rstrip("\r").split("\t")
    pairs = zip(variables, fields, strict=True) if variables else ()
    return {name: _tsv_term(field) for name, field in pairs if field}


def _tsv_term(field: str):
    if field.startswith("_:"):
        return BlankNode(field[2:])
    [quad] = parse(f"<urn:s> <urn:p> {field} .", RdfFormat.TURTLE)
    return quad.object


def from_csv(body: bytes) -> Solutions:
    """The rows as CSV has them: strings and blank nodes, "" where nothing is bound.

    Source: https://www.w3.org/TR/sparql11-results-csv-tsv/#csv
    """
    head, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
    variables = tuple(head)
    terms = ([_csv_term(field) for field in row] for row in rows)
    # a row of one empty field is an empty line
    filled = (row or [Literal("")] * len(variables) for row in terms)
    return Solutions(variables, tuple(dict(zip(variables, r, strict=True)) for r in filled))


def _csv_term(field: str):
    return BlankNode(field[2:]) if field.startswith("_:") else Literal(field)


def as_csv_has_it(solutions: Solutions) -> Solutions:
    """What is left of solutions in CSV: of literals and IRIs, their characters."""
    rows = (
        {name: _left(row.get(name, Literal(""))) for name in solutions.variables}
        for row in solutions.rows
    )
    return Solutions(solutions.variables, tuple(rows))


def _left(term):
    return term if isinstance(term, BlankNode) else Literal(term.value)


def from_turtle(body: bytes, base: str) -> Solutions:
    """Source: https://www.w3.org/2001/sw/DataAccess/tests/result-set"""
    objects = defaultdict(list)
    for quad in parse(body, RdfFormat.TURTLE, base_iri=base):
        objects[quad.subject, quad.predicate.value.removeprefix(RS)].append(quad.object)
    [subject] = {node for node, predicate in objects if predicate == "resultVariable"}
    rows = (
        {objects[b, "variable"][0].value: objects[b, "value"][0] for b in objects[row, "binding"]}
        for row in objects[subject, "solution"]
    )
    return Solutions(tuple(v.value for v in objects[subject, "resultVariable"]), tuple(rows))


READERS = {
    "srj": from_json,
    "srx": from_xml,
    "tsv": from_tsv,
    "csv": from_csv,
}


def solutions_in(body: bytes, name: str, base: str) -> Solutions:
    """The solutions in a file of that name."""
    suffix = name.rpartition(".")[2]
    return from_turtle(body, base) if suffix == "ttl" else READERS[suffix](body)


def comparable(solutions: Solutions, read: Callable) -> tuple:
    """What is equal for solutions that differ in order and in labels of blank nodes only.

    `read` is `as_it_is` or `by_value`.
    """
    triples = []
    for number, row in enumerate(solutions.rows):
        node = BlankNode(f"row{number}")
        triples.append(Triple(node, ROW, ROW))
        triples.extend(
            Triple(node, NamedNode(f"urn:variable:{name}"), read(term))
            for name, term in row.items()
        )
    return frozenset(solutions.variables), solutions.ask, solutions.boolean, canonical(triples)


def canonical(triples: Iterable[Triple]) -> tuple[str, ...]:
    """The lines of a graph's canonical N-Quads, sorted.

    Source: https://www.w3.org/TR/rdf-canon/
    """
    dataset = Dataset(Quad(*triple, DefaultGraph()) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(str(quad) for quad in dataset))


def as_it_is(term):
    """The term."""
    return term


def by_value(term):
    """A number or truth value as one way of writing it, any other term as it is.

    What looks like one and has no type is one too, because CSV has no types.
    """
    if not isinstance(term, Literal) or term.language:
        return term
    if term.value in TRUTH and term.datatype.value in (f"{XSD}boolean", f"{XSD}string"):
        return Literal(TRUTH[term.value], datatype=term.datatype)
    try:
        value = Decimal(term.value).normalize()
    except ArithmeticError:
        return term
    return Literal(str(value), datatype=term.datatype)
