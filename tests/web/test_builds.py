"""Two builds of the same data are the same bytes; an edit changes what it must and no more.

The rule for an edit of one claim's label: RDF changes in the documents of the claim, of its graph
and of the data set (whose counts and digests are computed). A page changes there, and wherever it
shows the claim's name, be it in a statement, in a link from it or in a row of a panel; every page
that changes has a link to the claim.
"""

import shutil
from pathlib import Path

import pytest

import kg
from kg.dataset.addresses import document_path
from kg.dataset.catalogue import with_description
from kg.dataset.description import describe
from kg.dataset.document import about_document
from kg.dataset.dumps import write_dumps
from kg.dataset.frame import described_data_set
from kg.rdf.formats import JSON_LD, N_QUADS, TURTLE
from kg.settings import Limits
from kg.store.embedded import open_in_memory
from kg.store.tabling import tables_of
from kg.views.html import render
from kg.views.representation import represent
from kg.views.resource import resource_page
from kg.views.site import site_part
from kg.web.sitemap import documents_of
from tests.conftest import REPO

pytestmark = pytest.mark.long

CLAIM = "https://w3id.org/claimgraph/id/claim/c-0045"


def build(folder: Path, dumps: Path) -> kg.Snapshot:
    source = kg.load(kg.open_project(folder, environ={}))
    snapshot = kg.build(source, kg.Report((), 0), kg.read_queries(source))
    dumps.mkdir()
    return with_description(snapshot, write_dumps(snapshot, dumps))


def tags(snapshot: kg.Snapshot, *formats, step: int = 1) -> dict[tuple[str, str], str]:
    """The entity tags of documents in these formats and as a page, by IRI and format."""
    dataset, site = described_data_set(snapshot), site_part(snapshot)
    tables = tables_of(snapshot, open_in_memory(snapshot), Limits())
    assert tables.failures == ()
    found = {}
    for _, iri in documents_of(snapshot)[::step]:
        if not snapshot.describes(iri) and iri not in snapshot.documents:
            continue
        description = describe(snapshot, iri)
        about = tuple(about_document(snapshot, description, dataset))
        for format_ in formats:
            body = represent(snapshot, description, format_, about)
            found[iri, format_.extension] = body.etag
        found[iri, "html"] = render(resource_page(snapshot, site, description, tables)).etag
    return found


@pytest.fixture(scope="module")
def copies(tmp_path_factory) -> tuple[Path, Path]:
    """The project twice, where one claim's label is another in the second."""
    root = tmp_path_factory.mktemp("builds")
    for name in ("first", "second"):
        for folder in ("data", "ontology", "shapes", "queries"):
            shutil.copytree(REPO / folder, root / name / folder)
        shutil.copy(REPO / "kg.toml", root / name)
    claim = root / "second" / "data" / "ttl" / "claims" / "0045.ttl"
    text = claim.read_text(encoding="utf-8")
    edited = text.replace("8,289 civilian deaths", "8,289 deaths of civilians", 1)
    assert edited != text
    claim.write_text(edited, encoding="utf-8")
    return root / "first", root / "second"


@pytest.fixture(scope="module")
def first(copies, tmp_path_factory) -> kg.Snapshot:
    return build(copies[0], tmp_path_factory.mktemp("dumps") / "a")


def test_two_builds_are_the_same_to_the_byte(copies, first, tmp_path):
    again = build(copies[0], tmp_path / "b")
    assert first.id == again.id
    formats = (TURTLE, N_QUADS, JSON_LD)
    assert tags(first, *formats, step=5) == tags(again, *formats, step=5)
    dumps = [write_dumps(snapshot, folder) for snapshot, folder in _folders(tmp_path, first, again)]
    assert [d.sha256 for d in dumps[0]] == [d.sha256 for d in dumps[1]]


def _folders(tmp_path: Path, *snapshots: kg.Snapshot):
    for number, snapshot in enumerate(snapshots):
        folder = tmp_path / str(number)
        folder.mkdir()
        yield snapshot, folder


def test_an_edit_of_one_claim_changes_that_claim_and_what_shows_its_name(copies, first, tmp_path):
    second = build(copies[1], tmp_path / "c")
    assert first.id != second.id
    before, after = tags(first, TURTLE), tags(second, TURTLE)
    assert before.keys() == after.keys()
    changed = {key for key in before if before[key] != after[key]}
    graph = "https://w3id.org/claimgraph/graph/claims/0045"
    of_all = {
        "https://w3id.org/claimgraph/dataset",
        "https://w3id.org/claimgraph/graph/description",
    }
    assert {iri for iri, kind in changed if kind == "ttl"} - of_all == {CLAIM, graph}, changed
    shown = {iri for iri, kind in changed if kind == "html"} - of_all
    assert CLAIM in shown
    link = document_path(second, CLAIM)
    site, tables = site_part(second), tables_of(second, open_in_memory(second), Limits())
    for iri in shown - {CLAIM, graph}:
        page = render(resource_page(second, site, describe(second, iri), tables)).body.decode()
        assert link in page, f"{iri} changed and does not name the claim"
