"""Checks of content negotiation: every format, weights, wildcards, odd headers, refusals."""

from collections.abc import Iterator

from kg.checking.check import Check, Judgement, Level, require
from kg.checking.discovery import NOTHING, is_page
from kg.checking.exchange import Answer
from kg.checking.reading import format_of, ground, triples_of
from kg.checking.site import Site
from kg.rdf.formats import FORMATS, HTML, JSON_LD, N_QUADS, RDF_XML, TRIG, TURTLE, AnyFormat

ACCEPT = "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1"

# what real libraries send
CLIENTS = (
    "application{0}rdf+xml,text{0}rdf+n3;q=0.9,application{0}xhtml+xml;q=0.5,*/*;q=0.1",
    "text{0}turtle, application{0}ld+json;q=0.9, */*;q=0.1",
)
# each is odd, and none is a reason to fail
ODD = ("nonsense", "{t};q=abc", "{t};q=2", ";;;", ",,{t},,", '{t};x="a,b;c"', "{t}, " * 400)


def formats_are_offered(site: Site) -> Iterator[Judgement]:
    """Judge whether a document can be had in a format that all clients of RDF read."""
    for url in site.documents:
        usual = (TURTLE, RDF_XML, JSON_LD)
        found = [one for one in usual if _is(site.client.get(url, one.media_type), one)]
        yield require(found, site.client.get(url, TURTLE.media_type))


def types_are_what_was_asked(site: Site) -> Iterator[Judgement]:
    """Judge the answer to every format that is asked for alone: that format or 406."""
    for url in site.documents:
        for format_ in (*FORMATS, HTML):
            answer = site.client.get(url, format_.media_type)
            yield require(_is(answer, format_) or answer.status in (406, 415), answer)


def bodies_are_their_types(site: Site) -> Iterator[Judgement]:
    """Judge whether each format can be read as what it says it is."""
    for url in site.documents:
        for answer in _variants(site, url):
            wrong = ""
            try:
                triples_of(site.client, answer)
            except ValueError as error:
                wrong = str(error)
            yield require(not wrong, answer, wrong)


def variants_say_the_same(site: Site) -> Iterator[Judgement]:
    """Judge whether all formats of a document hold the same triples."""
    for url in site.documents:
        read = [(answer, _ground(site, answer)) for answer in _variants(site, url)]
        known = [(answer, triples) for answer, triples in read if triples is not None]
        for answer, triples in known[1:]:
            first, expected = known[0]
            said = f"{len(triples - expected)} triples more and {len(expected - triples)} fewer"
            yield require(triples == expected, answer, f"{said} than in {first.media_type}")


def weights_decide(site: Site) -> Iterator[Judgement]:
    """Judge whether the greater weight wins, in either order and in any case."""
    for url in site.documents:
        formats = _offered(site, url)[:2]
        if len(formats) < 2:
            continue
        one, other = formats
        for low, high in ((one, other), (other, one)):
            for accept in (
                f"{low.media_type};q=0.2, {high.media_type};q=0.9",
                f"{high.media_type} ; Q=0.7,{low.media_type};q=0.699",
                f"{low.media_type};q=0.001 , {high.media_type.upper()}",
            ):
                answer = site.client.get(url, accept)
                yield require(_is(answer, high), answer)


def zero_excludes(site: Site) -> Iterator[Judgement]:
    """Judge whether what has weight 0 is not sent, whatever a wildcard allows."""
    for url in site.documents:
        for format_ in _offered(site, url)[:2]:
            answer = site.client.get(url, f"*/*;q=0.5, {format_.media_type};q=0")
            yield require(not _is(answer, format_), answer)


def specific_wins(site: Site) -> Iterator[Judgement]:
    """Judge whether a type that is named goes before a wildcard."""
    for url in site.documents:
        for format_ in _offered(site, url)[:2]:
            answer = site.client.get(url, f"*/*;q=0.1, {format_.media_type}")
            yield require(_is(answer, format_), answer)


def anything_is_answered(site: Site) -> Iterator[Judgement]:
    """Judge what comes without an Accept header, and where it allows everything."""
    for url in site.documents:
        for accept in (None, "*/*", ""):
            answer = site.client.get(url, accept)
            yield require(answer.status == 200, answer)


def clients_get_data(site: Site) -> Iterator[Judgement]:
    """Judge what libraries of RDF get, whose Accept ends with a wildcard."""
    for url in site.documents:
        for accept in CLIENTS:
            answer = site.client.get(url, accept.format("/"))
            yield require(format_of(answer.media_type), answer)


def unknown_types_are_refused(site: Site) -> Iterator[Judgement]:
    """Judge what comes where nothing is acceptable."""
    for url in site.documents:
        answer = site.client.get(url, NOTHING)
        yield require(answer.status == 406, answer)


def odd_headers_do_no_harm(site: Site) -> Iterator[Judgement]:
    """Judge what comes for headers outside the grammar, or at its edge."""
    for url in site.documents[:1]:
        for accept in ODD:
            answer = site.client.get(url, accept.format(t=TURTLE.media_type))
            yield require(200 <= answer.status < 500, answer)


def _is(answer: Answer, format_: AnyFormat) -> bool:
    if format_ is HTML:
        return answer.status == 200 and is_page(answer)
    return answer.status == 200 and format_of(answer.media_type) is format_


def _variants(site: Site, url: str) -> list[Answer]:
    """Return the answers in those formats of RDF that are offered."""
    answers = [(one, site.client.get(url, one.media_type)) for one in FORMATS]
    return [answer for one, answer in answers if _is(answer, one)]


def _offered(site: Site, url: str) -> list[AnyFormat]:
    formats = (TURTLE, JSON_LD, RDF_XML, HTML, TRIG, N_QUADS)
    return [one for one in formats if _is(site.client.get(url, one.media_type), one)]


def _ground(site: Site, answer: Answer) -> frozenset[tuple[str, str, str]] | None:
    try:
        triples = triples_of(site.client, answer)
    except ValueError:
        # said by another check
        return None
    return None if triples is None else ground(triples)


CHECKS = (
    Check(
        "format-offered",
        Level.MUST,
        "https://www.w3.org/TR/ldp/#ldprs-get-turtle",
        "A document can be had as Turtle, RDF/XML or JSON-LD, by Accept.",
        formats_are_offered,
    ),
    Check(
        "format-asked",
        Level.SHOULD,
        ACCEPT,
        "What is asked for alone comes in that format, or is 406.",
        types_are_what_was_asked,
    ),
    Check(
        "format-true",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc9110#section-8.3",
        "A body can be read as what its Content-Type says.",
        bodies_are_their_types,
    ),
    Check(
        "format-same",
        Level.MUST,
        "https://www.w3.org/TR/webarch/#frag-coneg",
        "All formats of a document hold the same triples.",
        variants_say_the_same,
    ),
    Check("accept-weights", Level.SHOULD, ACCEPT, "The greater weight wins.", weights_decide),
    Check("accept-zero", Level.SHOULD, ACCEPT, "What has weight 0 is not sent.", zero_excludes),
    Check(
        "accept-specific",
        Level.SHOULD,
        ACCEPT,
        "A type that is named goes before a wildcard of less weight.",
        specific_wins,
    ),
    Check(
        "accept-anything",
        Level.MUST,
        ACCEPT,
        "Without Accept, and where it allows everything, a document answers 200.",
        anything_is_answered,
    ),
    Check(
        "accept-clients",
        Level.SHOULD,
        ACCEPT,
        "Libraries of RDF, whose Accept ends with */*, get RDF.",
        clients_get_data,
    ),
    Check(
        "accept-none",
        Level.ADVICE,
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.7",
        "Where nothing that is offered is acceptable, the answer is 406.",
        unknown_types_are_refused,
    ),
    Check(
        "accept-odd",
        Level.SHOULD,
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.1",
        "An odd Accept is answered or refused, and is no error of the server.",
        odd_headers_do_no_harm,
    ),
)
