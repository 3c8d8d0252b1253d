"""An export has the published versions, and says of them what the server says."""

from datetime import UTC, datetime, timedelta

import pytest

import kg
from kg.versions.publishing import publish
from tests.conftest import serving
from tests.export.comparing import BROWSER, FOREIGN, Comparison, client, crawl
from tests.export.conftest import exported_to
from tests.export.serving import nginx
from tests.versions.conftest import write

SETTINGS = (
    'base = "http://example.org/"\n[folders]\ndata = "data"\n[checks]\nunused-prefix = "few"\n'
)
BEGINNING = [
    *("/version", "/version/1/", "/version/2/doc/a", "/version/1/doc/a", "/version/1/a"),
    *("/timemap/doc/a", "/diff/1/2", "/diff/2/now", "/changes.atom", "/ontology/changes"),
    *("/version/1/dump.nq", "/version/3/doc/a", "/timemap/doc/nothing"),
]


@pytest.mark.long
def test_versions_are_in_the_export_with_all_their_documents(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "kg.toml").write_text(SETTINGS)
    for number in (1, 2, 3):
        text = f'ex:a rdfs:label "a" ; ex:count {number} . ex:C{number} a owl:Class .'
        text += "".join(f" ex:C{old} a owl:Class ." for old in range(1, number))
        source = kg.load(kg.open_project(write(folder, {"data/a.ttl": text}), environ={}))
        if number < 3:
            date = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
            publish(kg.build(source, kg.Report((), 0)), folder / "versions", "note", date)
    exported_to(tmp_path / "site", folder)
    with (
        serving(str(folder)) as running,
        nginx(tmp_path / "site", tmp_path / "run") as url,
        client(running.url) as one,
        client(url) as other,
    ):
        comparison = Comparison(one, other)
        seen = crawl(comparison, BEGINNING, (BROWSER,), FOREIGN.search)
        memento = other.get("/version/1/doc/a", headers={"accept": "text/turtle"})
    assert [] == comparison.differences
    assert {"/version/1/doc/a.ttl", "/version/2/doc/a.ttl"} <= seen
    assert "memento-datetime" in memento.headers
