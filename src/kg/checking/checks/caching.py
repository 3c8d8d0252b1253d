"""Checks of what caches and careful clients rely on: Vary, tags, dates, HEAD."""

from collections.abc import Iterator

from kg.checking.check import Check, Judgement, Level, require
from kg.checking.discovery import NOTHING, RDF
from kg.checking.exchange import Answer, joined
from kg.checking.site import Site
from kg.rdf.formats import GZIP, HTML, N_TRIPLES, TURTLE

HTTP = "https://www.rfc-editor.org/rfc/rfc9110#section-"

# what a 304 repeats of the 200
REPEATED = ("etag", "vary", "cache-control", "content-location", "expires")
# what HEAD must not say otherwise than GET
SAME = (*REPEATED, "content-type", "link", "last-modified", "access-control-allow-origin")


def negotiated_varies(site: Site) -> Iterator[Judgement]:
    """Judge Vary of what depends on Accept: 200, 406 and 304."""
    for url in site.documents:
        answers = _variants(site, url)
        if len({one.media_type for one in answers}) < 2:
            continue
        refused = site.client.get(url, NOTHING)
        held = [_again(site, one) for one in answers[:1]]
        others = [one for one in (refused, *held) if one.status in (304, 406)]
        for answer in (*answers, *others):
            yield require(answer.has("vary", "accept"), answer, _said(answer, "vary"))


def documents_have_tags(site: Site) -> Iterator[Judgement]:
    """Judge whether documents have an entity tag."""
    for url in site.documents:
        answer = site.client.get(url, RDF)
        yield require("etag" in answer.headers, answer, "no ETag")


def documents_are_fresh_for(site: Site) -> Iterator[Judgement]:
    """Judge whether documents say how long they may be kept."""
    for url in site.documents:
        answer = site.client.get(url, RDF)
        good = {"cache-control", "expires"} & set(answer.headers)
        yield require(good, answer, "no Cache-Control and no Expires")


def tags_differ(site: Site) -> Iterator[Judgement]:
    """Judge whether formats of one URL have tags of their own."""
    for url in site.documents:
        by_type = {one.media_type: one for one in _variants(site, url) if "etag" in one.headers}
        tags = [one.headers["etag"] for one in by_type.values()]
        for answer in list(by_type.values())[1:]:
            good = tags.count(answer.headers["etag"]) == 1
            yield require(good, answer, f"{_said(answer, 'etag')}, as another format has")


def tags_are_known_again(site: Site) -> Iterator[Judgement]:
    """Judge whether what the client has is not sent again."""
    for answer in _tagged(site):
        tag = answer.headers["etag"].removeprefix("W/")
        for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = _again(site, answer, held)
            yield require(again.status == 304 and not again.body, again)


def tags_of_others_are_not(site: Site) -> Iterator[Judgement]:
    """Judge whether the tag of another format does not pass for this one's."""
    for url in site.documents:
        tags = {one.media_type: one.headers.get("etag") for one in _variants(site, url)}
        variants = _variants(site, url)
        if len(variants) < 2:
            continue
        first, other = variants[:2]
        tag = tags[other.media_type]
        if tag and tag != tags[first.media_type]:
            again = _again(site, first, tag)
            yield require(again.status == 200, again, f"though {tag} is of another format")


def not_modified_repeats(site: Site) -> Iterator[Judgement]:
    """Judge whether a 304 repeats what caches need."""
    for answer in _tagged(site):
        again = _again(site, answer)
        if again.status == 304:
            differ = [name for name in REPEATED if _value(again, name) != _value(answer, name)]
            yield require(not differ, again, f"{', '.join(differ)} other than of the 200")


def dates_are_known_again(site: Site) -> Iterator[Judgement]:
    """Judge whether what has not been modified since is not sent again."""
    for url in site.documents:
        answer = site.client.get(url, RDF)
        date = answer.headers.get("last-modified")
        if date:
            again = site.client.get(url, RDF, if_modified_since=date)
            yield require(again.status == 304, again)


def heads_are_gets(site: Site) -> Iterator[Judgement]:
    """Judge whether HEAD says what GET says."""
    for url in site.documents:
        for got in _variants(site, url):
            head = site.client.head(url, dict(got.request.headers).get("Accept"))
            differ = [name for name in SAME if _value(head, name) != _value(got, name)]
            length = head.headers.get("content-length")
            if length and length != got.headers.get("content-length", length):
                differ.append("content-length")
            good = head.status == got.status and not differ
            yield require(good, head, f"{', '.join(differ) or 'status'} other than of GET")


def locations_are_true(site: Site) -> Iterator[Judgement]:
    """Judge whether Content-Location answers with the same bytes."""
    for url in site.documents:
        for got in _variants(site, url):
            named = got.headers.get("content-location")
            if named:
                there = site.client.get(joined(url, named))
                good = (there.body, there.media_type) == (got.body, got.media_type)
                yield require(good, there, f"not what {got.request} brings")


def packed_varies(site: Site) -> Iterator[Judgement]:
    """Judge Vary and tags where an answer is packed on demand."""
    for url in site.documents:
        plain = site.client.get(url, RDF)
        packed = site.client.get(url, RDF, accept_encoding=GZIP.name)
        if "content-encoding" in packed.headers and "content-encoding" not in plain.headers:
            tag = packed.headers.get("etag", "")
            own = tag != plain.headers.get("etag") or tag.startswith("W/") or not tag
            said = f"{_said(packed, 'vary')}, {_said(packed, 'etag')}"
            yield require(packed.has("vary", "accept-encoding") and own, packed, said)
            yield require(packed.body == plain.body, packed, "unpacked not the same")


def _variants(site: Site, url: str) -> list[Answer]:
    accepts = (TURTLE, HTML, N_TRIPLES)
    answers = (site.client.get(url, one.media_type) for one in accepts)
    by_type = {one.media_type: one for one in answers if one.status == 200}
    return list(by_type.values())


def _tagged(site: Site) -> Iterator[Answer]:
    for url in site.documents:
        yield from (one for one in _variants(site, url) if "etag" in one.headers)


def _again(site: Site, answer: Answer, tag: str = "") -> Answer:
    accept = dict(answer.request.headers).get("Accept")
    held = tag or answer.headers.get("etag", '"none"')
    return site.client.get(answer.request.url, accept, if_none_match=held)


def _value(answer: Answer, name: str) -> str:
    return answer.headers.get(name, "")


def _said(answer: Answer, name: str) -> str:
    return f"{name}: {answer.headers[name]}" if name in answer.headers else f"no {name}"


CHECKS = (
    Check(
        "vary",
        Level.MUST,
        f"{HTTP}12.5.5",
        "What depends on Accept says Vary: Accept: 200, 304 and 406.",
        negotiated_varies,
    ),
    Check("etag", Level.SHOULD, f"{HTTP}8.8.3", "A document has an ETag.", documents_have_tags),
    Check(
        "cache-control",
        Level.ADVICE,
        "https://www.rfc-editor.org/rfc/rfc9111#section-5.2",
        "A document says how long it may be kept.",
        documents_are_fresh_for,
    ),
    Check(
        "etag-differs",
        Level.MUST,
        f"{HTTP}8.8.3.3",
        "Formats of one URL have ETags of their own.",
        tags_differ,
    ),
    Check(
        "not-modified",
        Level.SHOULD,
        f"{HTTP}13.1.2",
        "If-None-Match with the tag, alone, weak, in a list or as *, gives 304.",
        tags_are_known_again,
    ),
    Check(
        "not-modified-own",
        Level.MUST,
        f"{HTTP}13.1.2",
        "The tag of another format does not give 304.",
        tags_of_others_are_not,
    ),
    Check(
        "not-modified-headers",
        Level.MUST,
        f"{HTTP}15.4.5",
        "A 304 repeats ETag, Vary, Cache-Control, Content-Location and Expires of the 200.",
        not_modified_repeats,
    ),
    Check(
        "not-modified-since",
        Level.SHOULD,
        f"{HTTP}13.1.3",
        "If-Modified-Since with the date of Last-Modified gives 304.",
        dates_are_known_again,
    ),
    Check("head", Level.SHOULD, f"{HTTP}9.3.2", "HEAD has the headers of GET.", heads_are_gets),
    Check(
        "content-location",
        Level.MUST,
        f"{HTTP}8.7",
        "Content-Location answers with the same bytes.",
        locations_are_true,
    ),
    Check(
        "content-coding",
        Level.MUST,
        f"{HTTP}8.8.3.3",
        "A packed answer says Vary: Accept-Encoding, has an ETag of its own, and is the same.",
        packed_varies,
    ),
)
