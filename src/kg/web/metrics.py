"""`/metrics` (storey 4): what Prometheus and its like read, for addresses that may.

Source: https://prometheus.io/docs/specs/om/open_metrics_spec/
"""

from collections.abc import Iterator
from ipaddress import ip_network

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric

from kg import __version__
from kg.publication import Publication
from kg.web.counts import BOUNDS, BYTES, KINDS, SECONDS, STATUSES, TIMES, Counts
from kg.web.forwarded import HEADERS, address_of, among
from kg.web.observed import is_told


def router(publication: Publication, counts: Counts) -> APIRouter:
    """Return the route; where no address may read it, or the data has such an IRI, none."""
    routes = APIRouter()
    snapshot, allowed = publication.snapshot, publication.project.site.metrics
    networks = tuple(map(ip_network, allowed))
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Numbers(publication, counts))

    async def metrics(request: Request) -> Response:
        """Answer with the numbers in the form that is wanted."""
        client = address_of(request.client.host if request.client else "")
        hidden = not is_told(request.scope) and any(
            name.encode() in HEADERS for name in request.headers
        )
        if hidden or not (client and among(client, networks)):
            raise HTTPException(
                403, "Metrics are for the addresses that the setting site.metrics names."
            )
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        headers = {"Cache-Control": "no-store", "Content-Type": media_type, "Vary": "Accept"}
        return Response(encode(registry), headers=headers)

    if allowed and not snapshot.describes(f"{snapshot.base}metrics"):
        routes.add_route("/metrics", metrics, ["GET", "HEAD"])
    return routes


class Numbers:
    """What is told, made anew for everyone who asks."""

    def __init__(self, publication: Publication, counts: Counts) -> None:
        self._publication = publication
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Yield the families of numbers."""
        snapshot = self._publication.snapshot
        yield InfoMetricFamily("kg_build", "The program.", {"version": __version__})
        yield InfoMetricFamily("kg_snapshot", "The data that is served.", {"id": snapshot.id})
        yield GaugeMetricFamily("kg_triples", "Triples of the default graph.", snapshot.triples)
        yield from self._requests()

    def _requests(self) -> Iterator[Metric]:
        counted = CounterMetricFamily(
            "kg_requests", "Requests by the first part of their path.", labels=["kind", "status"]
        )
        sent = CounterMetricFamily(
            "kg_response_bytes", "Bytes of bodies sent.", labels=["kind"], unit="bytes"
        )
        lasted = HistogramMetricFamily(
            "kg_request_duration_seconds", "Seconds from the headers of a request to the end of "
            "its answer.", labels=["kind"], unit="seconds",
        )  # fmt: skip
        for kind in KINDS:
            numbers = self._counts.of(kind)
            for status, number in zip(STATUSES, numbers, strict=False):
                if number:
                    counted.add_metric([kind, str(status) if status else "other"], number)
            if any(numbers):
                sent.add_metric([kind], numbers[BYTES])
                lasted.add_metric([kind], _buckets(numbers), numbers[SECONDS])
        yield from (counted, sent, lasted)


def _buckets(numbers: tuple[float, ...]) -> list[tuple[str, float]]:
    """Return how many took up to each bound; each bucket holds those before it."""
    upper = [*(str(bound) for bound in BOUNDS), "+Inf"]
    return [(bound, sum(numbers[TIMES : TIMES + n + 1])) for n, bound in enumerate(upper)]
