"""Numbers for Prometheus, from a real server, read by the library that reads them there."""

from contextlib import nullcontext

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.parser import text_string_to_metric_families as read_old_text

from kg.web.counts import Counts
from tests.conftest import serving
from tests.test_server import children

OPEN_METRICS = "application/openmetrics-text; version=1.0.0"


def numbers(server) -> dict[tuple[str, ...], float]:
    """Every sample that the server tells, by its name and the values of its labels."""
    response = server.get("/metrics", OPEN_METRICS)
    assert 200 == response.status_code
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert "no-store" == response.headers["cache-control"]
    families = text_string_to_metric_families(response.text)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.fixture
def folder(write_project):
    return write_project({"a.ttl": "ex:a ex:p 1 ."})


@pytest.mark.parametrize("env", [{}, {"KG_SITE_FROM_BYTES": "true"}], ids=["tasks", "bytes"])
def test_every_request_is_counted_by_kind_and_status(folder, env):
    with serving(str(folder), env=env) as server:
        bodies = [server.get("/doc/a").content for _ in range(5)]
        server.get("/doc/none")
        server.request("POST", "/sparql", data={"query": "ASK {}"})
        found = numbers(server)
        snapshot = server.get("/health").json()["snapshot"]
    assert 5 == found["kg_requests_total", "resource", "200"]
    assert 1 == found["kg_requests_total", "resource", "404"]
    assert 1 == found["kg_requests_total", "sparql", "200"]
    assert 6 == found["kg_request_duration_seconds_count", "resource"]
    assert 6 == found["kg_request_duration_seconds_bucket", "resource", "+Inf"]
    assert found["kg_response_bytes_total", "resource"] > 5 * len(bodies[0])
    assert 1 == found["kg_snapshot_info", snapshot] == found["kg_triples",]


def test_whoever_wants_the_older_text_gets_it(server):
    response = server.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    families = {family.name for family in read_old_text(response.text)}
    assert {"kg_requests", "kg_request_duration_seconds"} <= families


def test_any_of_several_processes_tells_the_numbers_of_all(folder):
    with serving(str(folder), env={"KG_SITE_PROCESSES": "3"}) as server:
        assert 3 == len(children(server.pid))
        for _ in range(30):
            # connections of their own go to any of the processes
            server.get("/doc/a", headers={"connection": "close"})
        assert [30.0] * 5 == [
            numbers(server)["kg_requests_total", "resource", "200"] for _ in range(5)
        ]


def test_only_addresses_that_the_setting_names_may_read_them(folder):
    with serving(str(folder), env={"KG_SITE_METRICS": "203.0.113.0/24"}) as server:
        assert 403 == server.get("/metrics").status_code
        told = {"x-forwarded-for": "203.0.113.9"}
        assert 200 == server.get("/metrics", headers=told).status_code
    with serving(str(folder), env={"KG_SITE_METRICS": ""}) as server:
        assert 404 == server.get("/metrics").status_code


@pytest.mark.parametrize("trusted", [True, False])
def test_what_comes_through_a_proxy_is_not_from_the_machine_itself(server, folder, trusted):
    through = (
        {"x-forwarded-for": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
        {"forwarded": "for=secret"},
    )
    with (
        nullcontext(server)
        if trusted
        else serving(str(folder), env={"KG_SITE_PROXIES": "10.0.0.0/8"}) as asked
    ):
        for headers in through:
            assert 403 == asked.get("/metrics", headers=headers).status_code


def test_the_data_keeps_an_iri_that_it_has(write_project):
    folder = write_project({"a.ttl": "ex:metrics ex:p 1 . ex:health ex:p 2 ."})
    with serving(str(folder), env={"KG_BASE": "http://example.org/"}) as server:
        assert 303 == server.get("/metrics").status_code
        assert 303 == server.get("/health").status_code


def test_counts_of_a_process_outlast_it_and_no_path_is_unknown():
    counts = Counts()
    for process in (0, 1, 64, 65, 1_000):
        counts.belong_to(process)
        counts.add("/sparql", 200, 0.002, 10)
        counts.add("", 599, 1_000.0, 0)
        counts.add("/ä/b", 200, 0.0, 1)
    assert 5 == counts.of("sparql")[0]
    assert 50 == counts.of("sparql")[-1]
    assert 10 == sum(counts.of("resource")[: len(counts.of("resource")) - 2]) / 2
