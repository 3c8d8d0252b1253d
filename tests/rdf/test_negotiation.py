"""RFC 9110, section 12.5.1: https://www.rfc-editor.org/rfc/rfc9110#name-accept"""

import pytest

from kg.errors import NotAcceptable
from kg.rdf.formats import (
    CSV,
    FORMATS,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    TRIG,
    TSV,
    TURTLE,
    XML,
)
from kg.rdf.negotiation import choose, choose_coding, parse_accept

DOCUMENTS = (*FORMATS, HTML)
RESULTS = (*RESULT_FORMATS, HTML)

JENA = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "text/tab-separated-values;q=0.7, text/csv;q=0.5, application/json;q=0.2, "
    "application/xml;q=0.2, */*;q=0.1"
)
CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        # nothing asked for, or anything
        (None, TURTLE), ("", TURTLE), ("  ", TURTLE), (",", TURTLE), ("*/*", TURTLE),
        # one range
        ("text/turtle", TURTLE), ("application/n-triples", N_TRIPLES),
        ("application/ld+json", JSON_LD), ("application/rdf+xml", RDF_XML),
        ("application/trig", TRIG), ("application/n-quads", N_QUADS), ("text/html", HTML),
        # a type with any subtype: the first in the table
        ("text/*", TURTLE), ("application/*", N_TRIPLES),
        # weights
        ("text/turtle;q=0.5, text/html", HTML),
        ("text/turtle;q=0.5, text/html;q=0.4", TURTLE),
        ("text/turtle;q=0.001, text/html;q=0.002", HTML),
        ("text/turtle;q=1.000, text/html;q=0.999", TURTLE),
        ("text/html;q=1., text/turtle;q=0.", HTML),
        # ties: the first in the table, in any order of the header
        ("text/html, text/turtle", TURTLE), ("text/html;q=0.3, application/trig;q=0.3", TRIG),
        # the most specific range decides, wherever it stands
        ("text/*;q=0.9, text/turtle;q=0.1, text/html;q=0.5", HTML),
        ("text/turtle;q=0.1, text/*;q=0.9", HTML),
        ("*/*, text/*;q=0.1", N_TRIPLES),
        ("*/*;q=0.1, application/*;q=0.2, text/html;q=0.3", HTML),
        ("text/*;q=0.1, application/*;q=0.2", N_TRIPLES),
        # q=0 excludes
        ("*/*, text/turtle;q=0", N_TRIPLES),
        ("*/*, application/*;q=0, text/turtle;q=0.0", HTML),
        ("text/*, text/turtle;q=0.000", HTML),
        # the same range twice: the better weight
        ("text/turtle;q=0.1, text/turtle;q=0.9, text/html;q=0.5", TURTLE),
        # empty elements and optional white space
        (",,text/html,,", HTML), (" , text/html ,\t", HTML),
        ("text/html ; q=0.1 , application/trig\t;\tq=0.2", TRIG),
        # letter case
        ("TEXT/HTML", HTML), ("Text/Turtle;Q=0.1, text/html;Q=0.2", HTML),
        # parameters, quoted ones with separators inside
        ("text/turtle;charset=utf-8", TURTLE), ('text/html;a="b"', HTML),
        ('text/html;a="x, text/turtle;q=1, y";q=0.2, application/trig;q=0.5', TRIG),
        ('text/html;a="q=0;q=0"', HTML), (r'text/html;a="\", text/turtle, \""', HTML),
        ("text/html;version=1;q=0.1, application/trig;q=0.2", TRIG),
        ("text/html;level=1;q=0.9;extension=1, text/turtle;q=0.8", HTML),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
        # elements outside the grammar are passed over
        ("text, text/html", HTML), ("text/, /html, text/html", HTML),
        ("text/turtle;q=2, text/html;q=0.1", HTML), ("text/turtle;q=-1, text/html", HTML),
        ("text/turtle;q=0.0001, text/html;q=0.1", HTML), ("text/turtle;q=, text/html", HTML),
        ("text/turtle;q=high, text/html;q=0.1", HTML), ("text /turtle, text/html", HTML),
        ("text/turtle;q=1.1, text/html;q=0.1", HTML), ("*, text/html", HTML),
        ("*/turtle, text/html;q=0.1", HTML),
        # aliases
        ("application/x-turtle", TURTLE), ("text/plain", N_TRIPLES), ("application/json", JSON_LD),
        ("application/xhtml+xml", HTML), ("application/x-trig", TRIG),
        ("application/json, application/ld+json;q=0.1, text/turtle;q=0.5", TURTLE),
        ("application/json;q=0.9, */*;q=0.1", JSON_LD),
        # what is excluded under an alias stays acceptable under its own name
        ("text/plain;q=0, application/*", N_TRIPLES),
    ],
)  # fmt: skip
def test_the_accept_header_chooses_a_document(accept, expected):
    assert expected == choose(accept, DOCUMENTS)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON), ("*/*", JSON), ("application/sparql-results+xml", XML), ("text/csv", CSV),
        ("text/tab-separated-values", TSV), ("application/json", JSON), ("application/xml", XML),
        ("text/xml", XML), ("text/*", CSV), ("application/*", JSON), (CHROMIUM, HTML),
        # SPARQLWrapper 2
        ("application/sparql-results+json,application/json,text/javascript", JSON),
        # Apache Jena
        (JENA, JSON),
        # Comunica
        ("application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7", JSON),
        # YASGUI
        ("application/sparql-results+json,*/*;q=0.9", JSON),
    ],
)  # fmt: skip
def test_the_accept_header_chooses_a_result_format(accept, expected):
    assert expected == choose(accept, RESULTS)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param(CHROMIUM, HTML, id="Chromium"),
        pytest.param(FIREFOX, HTML, id="Firefox"),
        pytest.param(SAFARI, HTML, id="Safari"),
        pytest.param("*/*", TURTLE, id="curl"),
        pytest.param("text/html, text/plain, text/sgml, text/css, */*;q=0.01", HTML, id="lynx"),
        pytest.param(
            "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1",
            RDF_XML,
            id="rdflib without a format",
        ),
        pytest.param("text/turtle, application/x-turtle, */*;q=0.1", TURTLE, id="rdflib turtle"),
        pytest.param("text/plain, */*;q=0.1", N_TRIPLES, id="rdflib nt"),
        pytest.param(
            "application/ld+json, application/json;q=0.9, */*;q=0.1", JSON_LD, id="rdflib json-ld"
        ),
        pytest.param("text/n3, */*;q=0.1", TURTLE, id="rdflib n3"),
        pytest.param(
            "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
            "application/rdf+xml;q=0.7,*/*;q=0.3",
            TURTLE,
            id="Apache Jena",
        ),
        pytest.param(
            "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
            "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
            "application/json;q=0.45,text/n3;q=0.35,application/xml;q=0.3,text/html;q=0.2,"
            "application/xhtml+xml;q=0.18",
            N_QUADS,
            id="Comunica",
        ),
        pytest.param("application/rdf+xml, text/rdf;q=0.6, */*;q=0.1", RDF_XML, id="rapper"),
        pytest.param("application/ld+json", JSON_LD, id="jsonld.js"),
    ],
)
def test_real_clients_get_what_they_read_best(accept, expected):
    assert expected == choose(accept, DOCUMENTS)


@pytest.mark.parametrize(
    "accept",
    ["image/png", "text/html;q=0", "*/*;q=0", "image/*, audio/*", "text/turtle;q=0, image/png",
     "text/html;q=0.0, */*;q=0.000",
     # no element can be read: whoever asks for something unreadable is told so
     "text/turtle;q=2", "nonsense", "*", "\x00", ";", ";;;", "; q=1"],
)  # fmt: skip
def test_nothing_acceptable_is_an_error_with_the_alternatives(accept):
    with pytest.raises(NotAcceptable) as caught:
        choose(accept, DOCUMENTS)
    assert tuple(format_.media_type for format_ in DOCUMENTS) == caught.value.offered


def test_a_refused_alias_does_not_refuse_the_format_itself():
    assert N_TRIPLES == choose("text/plain;q=0, */*", (N_TRIPLES,))


def test_a_named_type_with_weight_0_is_not_rescued_by_its_alias():
    with pytest.raises(NotAcceptable):
        choose("application/ld+json;q=0, application/json", (JSON_LD,))


def test_ranges_come_in_the_order_of_the_header():
    ranges = parse_accept("b/b;q=0.2, a/*, */*;q=0")
    assert [("b", "b", 0.2, 2), ("a", "*", 1.0, 1), ("*", "*", 0.0, 0)] == [
        (r.type, r.subtype, r.quality, r.specificity) for r in ranges
    ]


def test_a_long_header_of_quotes_is_read_in_no_time():
    with pytest.raises(NotAcceptable):
        choose('"' * 50_000 + "," * 50_000, DOCUMENTS)
    assert "" == choose_coding("gzip;q=" * 50_000, ("gzip",))


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, ""), ("", ""), ("gzip", "gzip"), ("GZIP", "gzip"), ("zstd, gzip", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"), ("gzip;q=1, zstd;q=0.5", "gzip"), ("*", "zstd"),
        ("*;q=0", ""), ("gzip;q=0", ""), ("zstd;q=0, *", "gzip"), ("identity", ""),
        ("identity;q=0.5, gzip;q=0.4", ""), ("identity;q=0, gzip;q=0.1", "gzip"), ("br", ""),
        (" gzip ; q=0.5 , , zstd;q=0.1", "gzip"), ("gzip;q=2", ""), ("x-gzip", ""),
    ],
)  # fmt: skip
def test_the_accept_encoding_header_chooses_a_coding(header, coding):
    assert coding == choose_coding(header, ("zstd", "gzip"))
