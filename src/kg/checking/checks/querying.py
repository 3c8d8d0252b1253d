"""Checks of the SPARQL protocol: the forms of a request, and what is to be refused.

All queries are constants or end at once. No update is sent: where a query is expected, an update
with nothing in it (`INSERT DATA {}`) goes, by GET, and changes nothing whoever runs it.
"""

from collections.abc import Iterator

from kg.checking.asking import by_form, by_get, by_post, with_parameters
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.exchange import Request
from kg.checking.reading import boolean_of
from kg.checking.site import Site
from kg.rdf.formats import JSON, SPARQL_QUERY, TEXT, TURTLE

PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/#"

ASK = "ASK {}"
# changes nothing, whoever runs it
EMPTY_UPDATE = "INSERT DATA {}"
# no graph has this name
NOWHERE = "urn:x-kg-check:nothing"

# outside the grammar
BAD = ("ASK {", "SELECT * WHERE { ?s ?p }", "nonsense", "ASK {} ASK {}", "")


def queries_by_get(site: Site) -> Iterator[Judgement]:
    """Judge a query in the URL."""
    if site.endpoint:
        yield from _asked(site, by_get(site.endpoint, ASK, JSON.media_type))


def queries_by_form(site: Site) -> Iterator[Judgement]:
    """Judge a query in a form."""
    if site.endpoint:
        yield from _asked(site, by_form(site.endpoint, (("query", ASK),), JSON.media_type))


def queries_by_post(site: Site) -> Iterator[Judgement]:
    """Judge a query that is the body."""
    if site.endpoint:
        yield from _asked(site, by_post(site.endpoint, ASK.encode(), JSON.media_type))


def data_set_of_request(site: Site) -> Iterator[Judgement]:
    """Judge whether the request's data set is used, or refused."""
    if site.endpoint:
        asked = by_get(
            site.endpoint,
            "ASK { ?s ?p ?o }",
            JSON.media_type,
            (("default-graph-uri", NOWHERE),),
        )
        answer = site.client.ask(asked)
        good = boolean_of(answer) is False or 400 <= answer.status < 500
        yield require(good, answer, "the data set that the request names has no triples")


def bad_queries_are_refused(site: Site) -> Iterator[Judgement]:
    """Judge what comes for text outside the grammar."""
    for query in BAD if site.endpoint else ():
        yield from _refused(site, by_get(site.endpoint, query, JSON.media_type))


def two_queries_are_refused(site: Site) -> Iterator[Judgement]:
    """Judge what comes for two queries in one request."""
    if site.endpoint:
        twice = (("query", ASK), ("query", "SELECT * {} LIMIT 0"))
        yield from _refused(site, with_parameters(site.endpoint, twice, JSON.media_type))
        yield from _refused(site, by_form(site.endpoint, twice, JSON.media_type))


def forms_need_a_query(site: Site) -> Iterator[Judgement]:
    """Judge what comes for a form without a query."""
    if site.endpoint:
        yield from _refused(site, by_form(site.endpoint, (("kg-check", "1"),), JSON.media_type))


def other_types_are_refused(site: Site) -> Iterator[Judgement]:
    """Judge what comes for a query of a type that none is, and for one without a type."""
    if site.endpoint:
        for media_type in (TEXT.media_type, TURTLE.media_type):
            asked = by_post(site.endpoint, ASK.encode(), JSON.media_type, media_type)
            yield from _refused(site, asked)


def other_charsets_are_refused(site: Site) -> Iterator[Judgement]:
    """Judge what comes for bytes that are no UTF-8."""
    if site.endpoint:
        yield from _refused(site, by_post(site.endpoint, b"ASK {} # \xff\xfe", JSON.media_type))


def updates_are_no_queries(site: Site) -> Iterator[Judgement]:
    """Judge what comes for an update with nothing in it, sent as a query."""
    if site.endpoint:
        yield from _refused(site, by_get(site.endpoint, EMPTY_UPDATE, JSON.media_type))


def updates_by_get_are_refused(site: Site) -> Iterator[Judgement]:
    """Judge what comes for an update with nothing in it, by GET, which never may change data."""
    if site.endpoint:
        asked = with_parameters(site.endpoint, (("update", EMPTY_UPDATE),))
        yield from _refused(site, asked)


def versions_are_taken(site: Site) -> Iterator[Judgement]:
    """Judge what comes for the version that SPARQL 1.2 lets a media type have."""
    if site.endpoint:
        media_type = f"{SPARQL_QUERY.media_type}; version=1.2"
        asked = by_post(site.endpoint, ASK.encode(), JSON.media_type, media_type)
        yield from _asked(site, asked)


def _asked(site: Site, asked: Request) -> Iterator[Judgement]:
    answer = site.client.ask(asked)
    yield require(boolean_of(answer) is True, answer, "not the answer true in SPARQL's JSON")


def _refused(site: Site, asked: Request) -> Iterator[Judgement]:
    answer = site.client.ask(asked)
    yield require(400 <= answer.status < 500, answer, "a status of 400 to 499 refuses")


CHECKS = (
    Check(
        "query-get",
        Level.MUST,
        f"{PROTOCOL}query-via-get",
        "A query in the URL is answered.",
        queries_by_get,
    ),
    Check(
        "query-form",
        Level.MUST,
        f"{PROTOCOL}query-via-post-urlencoded",
        "A query in a form is answered.",
        queries_by_form,
    ),
    Check(
        "query-post",
        Level.MUST,
        f"{PROTOCOL}query-via-post-direct",
        "A query that is the body is answered.",
        queries_by_post,
    ),
    Check(
        "query-dataset",
        Level.MUST,
        f"{PROTOCOL}dataset",
        "The data set that the request names is the one that is asked, or is refused.",
        data_set_of_request,
    ),
    Check(
        "query-bad",
        Level.MUST,
        f"{PROTOCOL}query-failure",
        "Text outside the grammar of SPARQL is refused.",
        bad_queries_are_refused,
    ),
    Check(
        "query-two",
        Level.MUST,
        f"{PROTOCOL}query-operation",
        "A request with two queries is refused.",
        two_queries_are_refused,
    ),
    Check(
        "query-missing",
        Level.MUST,
        f"{PROTOCOL}query-operation",
        "A form without a query is refused.",
        forms_need_a_query,
    ),
    Check(
        "query-media-type",
        Level.MUST,
        f"{PROTOCOL}query-operation",
        "A body of a type that no query has is refused.",
        other_types_are_refused,
    ),
    Check(
        "query-charset",
        Level.MUST,
        f"{PROTOCOL}query-via-post-direct",
        "A query that is not in UTF-8 is refused.",
        other_charsets_are_refused,
    ),
    Check(
        "query-version",
        Level.ADVICE,
        "https://www.w3.org/TR/sparql12-protocol/#query-via-post-direct",
        "A version beside the media type, as SPARQL 1.2 has it, does no harm.",
        versions_are_taken,
    ),
    Check(
        "update-as-query",
        Level.MUST,
        f"{PROTOCOL}query-operation",
        "An update that is sent as a query is refused; the one that is sent is empty.",
        updates_are_no_queries,
    ),
    Check(
        "update-get",
        Level.MUST,
        f"{PROTOCOL}update-operation",
        "An update by GET is refused; the one that is sent is empty.",
        updates_by_get_are_refused,
    ),
)
