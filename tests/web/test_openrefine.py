"""A table of names as people write them, reconciled, extended and exported by OpenRefine itself."""

import csv
import io
from pathlib import Path

import pytest

from tests.web.refine import openrefine

TABLE = Path(__file__).with_name("misspelt.csv")
BASE = "https://w3id.org/claimgraph/id/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
EXACT = "http://www.w3.org/2004/02/skos/core#exactMatch"
# names that the service is sure of, so that OpenRefine matches them by itself
CERTAIN = 34


@pytest.fixture(scope="module")
def refine(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("openrefine")
    with openrefine(folder, f"{server.url}/reconcile") as running:
        running.create(TABLE)
        yield running


def rows_of(refine) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(refine.export())))


def test_a_table_of_names_is_matched_extended_and_exported(refine):
    assert refine.types_of("name")
    refine.reconcile("name")
    refine.add("name", "cell.recon.match.id", "certain")
    rows = rows_of(refine)
    certain = [row for row in rows if row["certain"]]
    assert (50, CERTAIN) == (len(rows), len(certain))
    assert [] == [row for row in certain if row["certain"] != BASE + row["expected"]]

    # the others by hand: a look at the first candidate of each, and one command
    refine.match_best("name")
    refine.add("name", "cell.recon.match.id", "iri")
    one = {"limit": "1"}
    columns = [{"id": iri, "name": iri, "settings": one} for iri in (LABEL, RDF_TYPE, EXACT)]
    refine.extend("name", columns)
    rows = rows_of(refine)
    assert [] == [row for row in rows if row["iri"] != BASE + row["expected"]]
    assert 50 == len(rows)
    expected = {
        "skos:prefLabel": "Raqqa",
        "rdf:type": "place",
        "skos:exactMatch": "http://www.wikidata.org/entity/Q283368",
    }
    raqqa = [row for row in rows if row["iri"] == f"{BASE}place/raqqa"]
    assert 4 * [expected] == [{name: row[name] for name in expected} for row in raqqa]
