"""Published versions over HTTP: mementos, TimeGate, TimeMap, differences, the feed, tombstones."""

import hashlib
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Barrier
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat

import kg
from kg.store.embedded import open_in_memory
from kg.versions.archive import Archive
from kg.versions.publishing import publish
from kg.web.past import Past
from tests.conftest import serving, triples_of
from tests.versions.conftest import write

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
COUNT = 10
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"

# each version that DCAT tells of, by what it is to be held against
DESCRIBED = """
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX adms: <http://www.w3.org/ns/adms#> PREFIX spdx: <http://spdx.org/rdf/terms#>
SELECT ?number ?date ?note ?id ?page ?url ?size ?digest ?before ?newest {
  GRAPH <http://example.org/graph/description> {
    ?set dcat:hasVersion ?version . ?version a dcat:Dataset ; dcat:isVersionOf ?set ;
      dcat:version ?number ; dcterms:issued ?date ; adms:versionNotes ?note ;
      dcterms:identifier ?id ; dcat:landingPage ?page ; dcat:distribution ?file .
    ?file dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?digest .
    OPTIONAL { ?version dcat:previousVersion/dcat:version ?before }
    BIND(EXISTS { ?set dcat:hasCurrentVersion ?version } AS ?newest)
  }
} ORDER BY ?date
"""

SETTINGS = (
    'base = "http://example.org/"\n[folders]\ndata = "data"\n[checks]\nunused-prefix = "few"\n'
)


def state(number: int) -> dict[str, str]:
    """The files of a version: a value that counts, a thing for each, and what was given up."""
    things = " ".join(f'ex:t{n} rdfs:label "thing {n}" .' for n in range(1, number + 1) if n != 3)
    if number >= 3:
        things += f" ex:t3 <{DCTERMS}isReplacedBy> ex:t2 ."
    if number == COUNT:
        stone = f'<{PROV}invalidatedAtTime> "2026-01-09T00:00:00Z"^^xsd:dateTime'
        things = things.replace(
            'ex:t4 rdfs:label "thing 4"', f"ex:t4 {stone} ; <{DCTERMS}isReplacedBy> ex:t1"
        )
    return {"data/a.ttl": f'ex:a rdfs:label "a" ; ex:count {number} . {things}'}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A project with ten versions, a day apart, served with a state that is in none of them."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "kg.toml").write_text(SETTINGS)
    for number in range(1, COUNT + 1):
        source = kg.load(kg.open_project(write(folder, state(number)), environ={}))
        snapshot = kg.build(source, kg.Report((), 0))
        date = FIRST + timedelta(days=number - 1)
        publish(snapshot, folder / "versions", f"note {number}", date)
    write(folder, state(COUNT))
    new = "<http://example.org/new> <http://example.org/p> 1 ."
    moved = f"<http://example.org/moved> <{DCTERMS}isReplacedBy> <http://example.com/الرقة> ."
    (folder / "data" / "b.ttl").write_text(f"{new}\n{moved}", encoding="utf-8")
    with serving(str(folder)) as server:
        yield server


def date_of(number: int, hours: int = 0) -> str:
    return format_datetime(FIRST + timedelta(days=number - 1, hours=hours), usegmt=True)


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_the_document_leads_to_what_it_was_at_a_date(published, number):
    then = {"accept-datetime": date_of(number, hours=12)}
    led = published.get("/doc/a", "text/turtle", headers=then)
    assert (302, f"/version/{number}/doc/a") == (led.status_code, led.headers["location"])
    assert "accept-datetime" in led.headers["vary"].lower()
    memento = published.get(led.headers["location"], "text/turtle")
    assert date_of(number) == memento.headers["memento-datetime"]
    assert '</doc/a>; rel="original timegate"' in memento.headers["link"]
    assert f"count> {number} " in memento.text or f"count {number} " in memento.text


def test_before_the_first_version_the_first_is_nearest(published):
    led = published.get("/doc/a", headers={"accept-datetime": "Mon, 01 Jan 2001 00:00:00 GMT"})
    assert "/version/1/doc/a" == led.headers["location"]


def test_the_present_is_answered_without_a_date_and_says_where_the_past_is(published):
    now = published.get("/doc/a", "text/turtle")
    assert 200 == now.status_code
    assert "memento-datetime" not in now.headers
    assert "accept-datetime" in now.headers["vary"].lower()
    assert '</timemap/doc/a>; rel="timemap"' in now.headers["link"]
    # what is remembered does not answer for the past
    for _ in range(3):
        led = published.get("/doc/a", "text/turtle", headers={"accept-datetime": date_of(2)})
        assert 302 == led.status_code


@pytest.mark.parametrize(
    "date",
    [
        "yesterday",
        "2026-01-01",
        "",
        "Thu, 01 Jan 2026 00:00:00 +99999999999999",
        "1 Jan 2026 00:00:00",
    ],
)
def test_what_is_no_date_is_refused(published, date):
    assert 400 == published.get("/doc/a", headers={"accept-datetime": date}).status_code


def test_a_time_map_lists_the_versions_that_know_the_document(published):
    answer = published.get("/timemap/doc/t7")
    assert "application/link-format" == answer.headers["content-type"].partition(";")[0]
    mementos = [line for line in answer.text.splitlines() if "memento" in line]
    assert [f"/version/{n}/doc/t7" for n in range(7, COUNT + 1)] == [
        line[1:].partition(">")[0].removeprefix(published.url) for line in mementos
    ]
    assert 'rel="first memento"' in mementos[0]
    assert f'datetime="{date_of(7)}"' in mementos[0]
    assert 404 == published.get("/timemap/doc/nothing").status_code


def test_a_version_answers_in_every_format_with_the_same_triples(published):
    suffixes = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
    found = [
        triples_of(published.get(f"/version/2/doc/a.{suffix}").content, engine)
        for suffix, engine in suffixes.items()
    ]
    assert found[0] == found[1] == found[2]
    context = json.loads(published.get("/version/2/doc/a.jsonld").content)["@context"]
    assert 200 == published.get(context).status_code


def test_links_inside_a_version_stay_there_and_its_page_says_that_it_is_past(published):
    thing = published.get("/version/2/a")
    assert (303, "/version/2/doc/a") == (thing.status_code, thing.headers["location"])
    page = published.get("/version/2/doc/a.html").text
    assert 'role="alert"' in page
    assert "/version/2/doc/a.ttl" in page


def test_a_dump_of_a_version_has_its_id(published):
    listed = published.get("/version", "application/json").json()["versions"]
    assert list(range(1, COUNT + 1)) == [one["number"] for one in listed]
    for one in listed:
        dump = published.get(one["dump"])
        assert one["id"] == hashlib.sha256(dump.content).hexdigest()


def test_the_description_tells_of_every_version_what_the_list_and_the_files_say(published):
    rows = published.get("/sparql", "application/json", params={"query": DESCRIBED}).json()
    told = [{k: v["value"] for k, v in row.items()} for row in rows["results"]["bindings"]]
    listed = published.get("/version", "application/json").json()["versions"]
    assert [str(one["number"]) for one in listed] == [row["number"] for row in told]
    for one, row in zip(listed, told, strict=True):
        dump = published.get(one["dump"]).content
        assert f"http://example.org{one['dump']}" == row["url"]
        assert (str(len(dump)), hashlib.sha256(dump).hexdigest()) == (row["size"], row["digest"])
        assert datetime.fromisoformat(one["date"]) == datetime.fromisoformat(row["date"])
        assert one["note"] == row["note"]
        assert f"urn:sha256:{one['id']}" == row["id"]
        led = published.get(row["page"].removeprefix("http://example.org"), "text/html")
        assert 200 == published.get(led.headers["location"], "text/html").status_code
        assert row.get("before") == (str(one["number"] - 1) if one["number"] > 1 else None)
    assert [row["number"] for row in told if row["newest"] == "true"] == [str(COUNT)]


def test_what_changed_is_told_as_a_patch_json_and_a_page(published):
    patch = published.get("/diff/1/2", "application/rdf-patch").text
    kinds = [line[0] for line in patch.splitlines() if line[:2] in ("A ", "D ")]
    assert ["D", "A", "A"] == kinds
    told = published.get("/diff/1/2/doc/a", "application/json").json()
    assert ("1", "2") == (
        told["removed"][0]["object"]["value"],
        told["added"][0]["object"]["value"],
    )
    assert "http://example.org/a" == told["iri"]
    page = published.get("/diff/1/2/doc/a", "text/html")
    assert (200, True) == (page.status_code, "<ins>" in page.text)
    assert ["http://example.org/moved", "http://example.org/new"] == [
        one["subject"]["value"]
        for one in published.get("/diff/10/now", "application/json").json()["added"]
    ]


@pytest.mark.parametrize(
    "path",
    ["/version/11/doc/a", "/version/0/doc/a", "/version/x/doc/a", "/version/1/doc/t9", "/diff/1/99",
     "/diff/1/2/doc/nothing", "/diff/1/2?format=pdf"],
)  # fmt: skip
def test_a_version_or_document_that_there_is_not_is_not_found(published, path):
    answer = published.get(path, "application/json;q=0.5, application/problem+json")
    assert (404, True) == (answer.status_code, bool(answer.json()["detail"]))


def test_the_feed_has_an_entry_for_each_version_the_newest_first(published):
    answer = published.get("/changes.atom")
    assert "application/atom+xml" == answer.headers["content-type"]
    feed = ElementTree.fromstring(answer.content)
    titles = [one.text for one in feed.findall("{*}entry/{*}title")]
    assert [f"Version {n}" for n in range(COUNT, 0, -1)] == titles
    assert "note 10" == feed.findtext("{*}entry/{*}summary")


def test_what_was_merged_is_led_to_what_it_is_now(published):
    for path in ("/t3", "/doc/t3", "/resource?iri=http://example.org/t3"):
        answer = published.get(path)
        assert (308, "/t2") == (answer.status_code, answer.headers["location"])


def test_what_was_merged_into_something_elsewhere_is_led_there(published):
    answer = published.get("/moved")
    where = f"http://example.com/{quote('الرقة')}"
    assert (308, where) == (answer.status_code, answer.headers["location"])


def test_what_was_withdrawn_is_gone_and_its_past_is_not(published):
    for path in ("/t4", "/doc/t4", "/doc/t4.ttl"):
        answer = published.get(path, "application/problem+json")
        assert (410, ["http://example.org/t1"]) == (answer.status_code, answer.json()["replacedBy"])
    assert 410 == published.get("/doc/t4", "text/html").status_code
    assert 200 == published.get("/version/5/doc/t4", "text/turtle").status_code
    assert f"/version/{COUNT}/doc/t4" in published.get("/timemap/doc/t4").text


def test_the_newest_version_can_be_served_alone(tmp_path):
    write(tmp_path, state(1))
    (tmp_path / "kg.toml").write_text(SETTINGS)
    command = [sys.executable, "-m", "kg", "publish", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    (tmp_path / "data" / "a.ttl").write_text("this is no Turtle")
    with serving(str(tmp_path), "--published") as server:
        assert "thing 1" in server.get("/doc/t1", "text/turtle").text
        assert "  validated before it was published\n" in server.printed
        assert "validated before it was published" in server.get("/", "text/html").text
        assert (
            "http://example.org/t1"
            in server.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).text
        )


def test_a_page_tells_what_changed_in_the_terms_and_the_ontology_leads_there(tmp_path):
    header = "ex:onto a owl:Ontology ; owl:versionIRI <http://example.org/onto/%d> . "
    terms = 'ex:Log a owl:Class ; rdfs:label "log"@en . ex:Wood a owl:Class .'
    stone = f" ex:Log owl:deprecated true ; <{DCTERMS}isReplacedBy> ex:Wood ."
    prior = " ex:onto owl:priorVersion <http://example.org/onto/1> ."
    (tmp_path / "kg.toml").write_text(SETTINGS)
    for number, text in enumerate((header % 1 + terms, header % 2 + terms + stone + prior)):
        write(tmp_path, {"data/a.ttl": "ex:a a ex:Wood .", "ontology/o.ttl": text})
        source = kg.load(kg.open_project(tmp_path, environ={}))
        date = FIRST + timedelta(days=number)
        publish(kg.build(source, kg.Report((), 0)), tmp_path / "versions", date=date)
    with serving(str(tmp_path)) as server:
        ontology = server.get("/ontology", "text/html").text
        assert 'href="/ontology/changes"' in ontology
        log = ontology.partition('<section class="term" id="term-ex:Log">')[2]
        assert "<strong>Deprecated</strong>" in log.partition("</section>")[0]
        page = server.get("/ontology/changes", "text/html").text
        newest = page.partition('id="kg-2"')[2].partition("</section>")[0]
        versions = ["http://example.org/onto/2", "http://example.org/onto/1"]
        assert versions == re.findall("<code>(.*?)</code>", newest)
        assert "Prior version:" in newest
        # what is deprecated, and behind an arrow what replaces it
        deprecated = newest.partition("Deprecated")[2].partition("</ul>")[0]
        assert ["log", "→", "Wood"] == re.findall("(?<=>)log|→|Wood(?=<)", deprecated)
        assert 'href="/diff/1/2"' in newest
        assert "Added" in page.partition('id="kg-1"')[2]
        assert 406 == server.get("/ontology/changes", "text/turtle").status_code


def test_a_version_is_read_once_however_many_ask_for_it(tmp_path):
    (tmp_path / "kg.toml").write_text(SETTINGS)
    source = kg.load(kg.open_project(write(tmp_path, state(1)), environ={}))
    snapshot = kg.build(source, kg.Report((), 0))
    version, _ = publish(snapshot, tmp_path / "versions", "", FIRST)
    store, archive = open_in_memory(snapshot), Archive((version,), snapshot.base)
    past = Past(kg.Publication(source.project, snapshot, store, archive=archive))
    together = Barrier(8)

    def asked() -> object:
        together.wait()
        return past.documents(1)

    with ThreadPoolExecutor(8) as threads:
        found = [one.result() for one in [threads.submit(asked) for _ in range(8)]]
    assert all(one is found[0] for one in found)
