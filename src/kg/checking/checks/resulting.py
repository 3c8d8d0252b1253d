"""Checks of results: each format, and the answers to ASK and CONSTRUCT."""

import csv
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.checking.asking import by_get
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.discovery import NOTHING
from kg.checking.exchange import Answer
from kg.checking.reading import boolean_of, format_of, result_format_of, rows_of, triples_of
from kg.checking.site import Site
from kg.rdf.formats import (
    CSV,
    FORMATS,
    JSON,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TSV,
    TURTLE,
    XML,
    ResultFormat,
)

ACCEPTED = "https://www.w3.org/TR/sparql11-protocol/#conneg"

# one row, with what formats get wrong: a comma, quotes, a language, nothing
QUERY = (
    "SELECT ?text ?iri ?none { VALUES (?text ?iri ?none) "
    '{ ("a, \\"b\\""@en <http://e/x,y> UNDEF) } }'
)
ROW = (("text", Literal('a, "b"', language="en")), ("iri", NamedNode("http://e/x,y")))
CONSTRUCT = 'CONSTRUCT { <http://e/s> <http://e/p> "o" } {}'


def _rows_in(site: Site, format_: ResultFormat) -> Iterator[Judgement]:
    """Judge a SELECT in a format that the reader of results knows."""
    if not site.endpoint:
        return
    answer = site.client.ask(by_get(site.endpoint, QUERY, format_.media_type))
    if answer.status == 406:
        yield None
        return
    try:
        rows = rows_of(answer) if answer.media_type == format_.media_type else None
        came = f"asked for {format_.name}, not its one row"
    except ValueError as error:
        rows, came = None, str(error)
    yield require(rows == [dict(ROW)], answer, came)


def json_rows(site: Site) -> Iterator[Judgement]:
    """Judge a SELECT in JSON."""
    return _rows_in(site, JSON)


def xml_rows(site: Site) -> Iterator[Judgement]:
    """Judge a SELECT in XML."""
    return _rows_in(site, XML)


def tsv_rows(site: Site) -> Iterator[Judgement]:
    """Judge a SELECT in TSV."""
    return _rows_in(site, TSV)


def csv_rows(site: Site) -> Iterator[Judgement]:
    """Judge a SELECT in CSV."""
    if not site.endpoint:
        return
    answer = site.client.ask(by_get(site.endpoint, QUERY, CSV.media_type))
    expected = [["text", "iri", "none"], ['a, "b"', "http://e/x,y", ""]]
    try:
        found = list(csv.reader(answer.body.decode().splitlines()))
    except (UnicodeDecodeError, csv.Error):
        found = []
    good = answer.media_type == CSV.media_type and found == expected
    yield require(good or answer.status == 406, answer, "asked for CSV, not its one row")


def booleans(site: Site) -> Iterator[Judgement]:
    """Judge an ASK in the formats that have booleans."""
    for format_ in (JSON, XML) if site.endpoint else ():
        for query, expected in (("ASK {}", True), ("ASK { FILTER(false) }", False)):
            answer = site.client.ask(by_get(site.endpoint, query, format_.media_type))
            good = boolean_of(answer) is expected and answer.media_type == format_.media_type
            yield require(good, answer, f"not {expected} in {format_.name}")


def graphs(site: Site) -> Iterator[Judgement]:
    """Judge a CONSTRUCT in formats of RDF: that format or 406, and in one at least."""
    if not site.endpoint:
        return
    answers = [
        (one, site.client.ask(by_get(site.endpoint, CONSTRUCT, one.media_type)))
        for one in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
    ]
    for format_, answer in answers:
        good = answer.media_type == format_.media_type and _is_one_triple(site, answer)
        yield require(good or answer.status == 406, answer, f"not the triple in {format_.name}")
    yield require(any(a.status == 200 for _, a in answers), answers[0][1], "in no format of RDF")


def results_without_accept(site: Site) -> Iterator[Judgement]:
    """Judge what comes where no format is named."""
    if not site.endpoint:
        return
    for accept in (None, "*/*"):
        answer = site.client.ask(by_get(site.endpoint, "SELECT * {} LIMIT 0", accept))
        known = result_format_of(answer.media_type) is not None
        yield require(answer.status == 200 and known, answer, "no format of SPARQL results")
        answer = site.client.ask(by_get(site.endpoint, CONSTRUCT, accept))
        good = answer.status == 200 and format_of(answer.media_type) in FORMATS
        yield require(good, answer, "no format of RDF")


def unknown_formats(site: Site) -> Iterator[Judgement]:
    """Judge what comes where a format is asked for that no results have."""
    if site.endpoint:
        answer = site.client.ask(by_get(site.endpoint, "ASK {}", NOTHING))
        yield require(answer.status == 406, answer)


def results_vary(site: Site) -> Iterator[Judgement]:
    """Judge Vary of results, which caches may keep."""
    if site.endpoint:
        one, other = (
            site.client.ask(by_get(site.endpoint, QUERY, format_.media_type))
            for format_ in (JSON, XML)
        )
        if one.status == other.status == 200 and one.media_type != other.media_type:
            good = one.has("vary", "accept") or one.has("cache-control", "no-store")
            yield require(good, one, "no Vary: Accept, and another format by Accept")


def _is_one_triple(site: Site, answer: Answer) -> bool:
    try:
        return len(triples_of(site.client, answer) or ()) == 1
    except ValueError:
        return False


CHECKS = (
    Check("results-json", Level.MUST, ACCEPTED, "A SELECT comes in JSON.", json_rows),
    Check("results-xml", Level.MUST, ACCEPTED, "A SELECT comes in XML, or that is 406.", xml_rows),
    Check("results-csv", Level.MUST, ACCEPTED, "A SELECT comes in CSV, or that is 406.", csv_rows),
    Check("results-tsv", Level.MUST, ACCEPTED, "A SELECT comes in TSV, or that is 406.", tsv_rows),
    Check(
        "results-boolean",
        Level.MUST,
        "https://www.w3.org/TR/sparql11-results-json/#ask-result-form",
        "An ASK comes as a boolean, in JSON and in XML.",
        booleans,
    ),
    Check(
        "results-graph",
        Level.MUST,
        ACCEPTED,
        "A CONSTRUCT comes in the format of RDF that was asked for, or that is 406.",
        graphs,
    ),
    Check(
        "results-default",
        Level.MUST,
        "https://www.w3.org/TR/sparql11-protocol/#query-success",
        "Without a preference results come in a standard format, never as a page.",
        results_without_accept,
    ),
    Check(
        "results-none",
        Level.ADVICE,
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.7",
        "A format that results do not have is 406.",
        unknown_formats,
    ),
    Check(
        "results-vary",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5",
        "Results that depend on Accept say Vary: Accept, or must not be kept.",
        results_vary,
    ),
)
