"""Dumps over a real server: bytes, ranges, validators and headers."""

import gzip
import hashlib

import pytest
import zstandard

from kg.dataset.dumps import DUMP_NAMES
from kg.web.responses import CACHED
from tests.conftest import serving

TYPES = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "gz": "application/gzip",
    "zst": "application/zstd",
}


@pytest.mark.parametrize("name", sorted(DUMP_NAMES))
def test_every_dump_is_answered_with_its_own_type_and_tag(server, name):
    response = server.get(f"/{name}", headers={"accept-encoding": "identity"})
    assert 200 == response.status_code
    assert TYPES[name.rpartition(".")[2]] == response.headers["content-type"]
    assert "content-encoding" not in response.headers
    digest = hashlib.sha256(response.content).hexdigest()
    assert f'"{digest[:32]}"' == response.headers["etag"]
    assert "bytes" == response.headers["accept-ranges"]
    assert CACHED == response.headers["cache-control"]
    assert "/" == response.links["collection"]["url"]


@pytest.mark.parametrize("name", sorted(DUMP_NAMES))
def test_head_says_what_get_would(server, name):
    get, head = server.get(f"/{name}"), server.request("HEAD", f"/{name}")
    assert (200, b"") == (head.status_code, head.content)
    for header in ("content-length", "content-type", "etag", "last-modified", "link"):
        assert get.headers[header] == head.headers[header]


@pytest.mark.parametrize("extension", ["nq", "trig", "ttl", "jsonld"])
def test_packed_dumps_hold_the_plain_one(server, extension):
    plain = server.get(f"/dump.{extension}").content
    assert plain == gzip.decompress(server.get(f"/dump.{extension}.gz").content)
    packed = server.get(f"/dump.{extension}.zst").content
    assert plain == zstandard.ZstdDecompressor().decompress(packed)


def test_the_digest_of_the_n_quads_is_the_id_of_the_snapshot(server, snapshot):
    assert snapshot.id == hashlib.sha256(server.get("/dump.nq").content).hexdigest()


def test_last_modified_is_the_day_that_the_data_says(server, write_project):
    assert "Mon, 23 Nov 2026 00:00:00 GMT" == server.get("/dump.nq").headers["last-modified"]
    dataset = "ex:d a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/modified> "
    for value, expected in (
        ("'2024-02-03T04:05:06+02:00'^^xsd:dateTime", "Sat, 03 Feb 2024 02:05:06 GMT"),
        ("'2999-01-01'^^xsd:date", None),
        ("'last week'", None),
    ):
        with serving(str(write_project({"a.ttl": f"{dataset}{value} ."}))) as other:
            assert expected == other.get("/dump.nq").headers.get("last-modified")
            # a range with a condition is answered without the header, too
            early = {"range": "bytes=0-0", "if-range": "Sat, 03 Feb 2024 02:05:06 GMT"}
            assert 200 == other.get("/dump.nq", headers=early).status_code


@pytest.mark.parametrize(
    ("range_", "start", "end"), [("0-99", 0, 100), ("100-", 100, None), ("-7", -7, None)]
)
def test_a_range_is_answered_by_206_with_just_that(server, range_, start, end):
    whole = server.get("/dump.nq").content
    part = server.get("/dump.nq", headers={"range": f"bytes={range_}"})
    assert (206, whole[start:end]) == (part.status_code, part.content)
    first = start % len(whole)
    last = first + len(part.content) - 1
    assert f"bytes {first}-{last}/{len(whole)}" == part.headers["content-range"]
    assert server.get("/dump.nq").headers["etag"] == part.headers["etag"]


def test_several_ranges_come_as_parts(server):
    part = server.get("/dump.nq", headers={"range": "bytes=0-9,100-109"})
    assert 206 == part.status_code
    assert part.headers["content-type"].startswith("multipart/byteranges")
    assert b"bytes 100-109/" in part.content


def test_a_download_that_broke_off_is_completed_from_where_it_stopped(server):
    whole = server.get("/dump.nq.gz")
    resumed = {"range": "bytes=1000-", "if-range": whole.headers["etag"]}
    rest = server.get("/dump.nq.gz", headers=resumed)
    assert 206 == rest.status_code
    assert whole.content == whole.content[:1000] + rest.content


@pytest.mark.parametrize("condition", ['"other"', "Mon, 23 Nov 2026 00:00:00 GMT", "W/{etag}"])
def test_if_another_file_was_begun_the_whole_is_sent(server, condition):
    etag = server.get("/dump.nq.gz").headers["etag"]
    headers = {"range": "bytes=1000-", "if-range": condition.format(etag=etag)}
    assert 200 == server.get("/dump.nq.gz", headers=headers).status_code


def test_a_range_past_the_end_is_416_with_the_size(server):
    size = server.get("/dump.nq").headers["content-length"]
    response = server.get("/dump.nq", headers={"range": f"bytes={size}-"})
    assert 416 == response.status_code
    assert f"bytes */{size}" == response.headers["content-range"]


def test_ranges_in_other_units_and_of_head_are_ignored(server):
    assert 200 == server.get("/dump.nq", headers={"range": "lines=1-2"}).status_code
    head = server.request("HEAD", "/dump.nq", headers={"range": "bytes=0-9"})
    assert 200 == head.status_code


def test_who_holds_the_file_gets_304(server):
    first = server.get("/dump.ttl")
    for condition in (first.headers["etag"], f'"x", W/{first.headers["etag"]}', "*"):
        again = server.get("/dump.ttl", headers={"if-none-match": condition})
        assert (304, b"") == (again.status_code, again.content)
        for header in ("etag", "cache-control", "last-modified"):
            assert first.headers[header] == again.headers[header]
    other = server.get("/dump.nq", headers={"if-none-match": first.headers["etag"]})
    assert 200 == other.status_code


def test_writing_a_dump_is_405_and_another_name_is_404(server):
    response = server.request("PUT", "/dump.nq")
    assert 405 == response.status_code
    assert 404 == server.get("/dump.csv").status_code


def test_a_thing_that_is_called_like_a_dump_is_still_described(write_project):
    names = ("dump.nq", "dump", ".well-known/void")
    turtle = "".join(f"<http://example.org/{name}> rdfs:label 'L' . " for name in names)
    with serving(str(write_project({"a.ttl": turtle}))) as server:
        assert server.get("/dump.nq").headers["content-type"].startswith("application/n-quads")
        for name in names:
            iri = f"http%3A%2F%2Fexample.org%2F{name.replace('/', '%2F')}"
            assert "label" in server.get(f"/resource?iri={iri}", accept="text/turtle").text
