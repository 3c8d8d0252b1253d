"""`kg check` finds in other endpoints what is known to be wrong with them."""

import importlib

import pytest
from pyoxigraph import RdfFormat, parse

from kg.checking.limits import Limits
from kg.checking.reports.table import REPORTS
from kg.checking.running import check_site
from tests.conftest import REPO

DATA = "<http://127.0.0.1:{port}/a> a <urn:c> ; <urn:p> <http://127.0.0.1:{port}/b> ."

# the faults that were known before, and what follows from an endpoint alone; each checked by hand
KNOWN = {
    "oxigraph": {"service-call", "results-csv", "results-vary", "thing-answers", "cors-sparql"},
    "rdflib_endpoint": {
        *("service-call", "from-fetch", "results-tsv", "results-vary", "results-boolean"),
        *("query-bad", "query-two", "query-missing", "query-media-type", "update-get"),
        *("thing-answers", "service-description"),
    },
}


@pytest.fixture
def peer_of(monkeypatch):
    """A function that returns how bench/ runs a peer; bench/ is not installed with the package."""
    monkeypatch.syspath_prepend(REPO)
    return lambda name: importlib.import_module(f"bench.subjects.{name}")


@pytest.mark.long
@pytest.mark.parametrize("name", KNOWN)
def test_the_known_faults_of_a_peer_are_found(name, peer_of, tmp_path):
    peer = peer_of(name)
    path = tmp_path / "data.ttl"
    path.write_text(DATA.format(port=80), encoding="utf-8")
    with peer.serving(path, tmp_path) as served:
        url = f"http://127.0.0.1:{served.port}{peer.PATH.partition('?')[0]}"
        found = check_site(url, Limits(seconds=120))
        again = check_site(url, Limits(seconds=120))
    wrong = {one.check.id for one in found.results if one.faults}
    assert KNOWN[name] <= wrong
    # it was none the worse for being looked at
    assert wrong == {one.check.id for one in again.results if one.faults}
    earl = REPORTS["earl"](found)
    assert list(parse(earl, RdfFormat.TURTLE))
