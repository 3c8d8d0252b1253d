"""Data in a remote engine is validated as data in files is."""

import json
from pathlib import Path

import pytest
from pyoxigraph import parse

import kg
from kg.errors import ProjectError, RemoteFailed, StoreUnavailable
from kg.rdf.formats import N_TRIPLES
from kg.store import fetching
from kg.store.fetching import fetched
from tests.conftest import canonical, reserved_port
from tests.store.engines import DEFAULT_GRAPH, oxigraph, virtuoso
from tests.store.test_remote import TRIPLES, peer, url_of
from tests.test_cli import SETTINGS
from tests.test_cli import kg as command

DATA = """ex:a a ex:Thing ; rdfs:label 'A', "b\\n_:c"@en ; ex:p [ ex:q 1.5 ] . ex:b a ex:Thing ."""
SHAPES = """ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:P .
ex:P sh:path rdfs:label ; sh:minCount 1 ; sh:message "It has a label." ."""


@pytest.fixture
def project(write_project):
    """A project, and its snapshot."""
    files = {"kg.toml": SETTINGS, "data/a.ttl": DATA, "shapes/s.ttl": SHAPES}
    folder = write_project(files)
    source = kg.load(kg.open_project(folder, {}))
    return folder, kg.build(source, kg.Report((), 0), ())


def facts(body: bytes):
    return canonical(quad.triple for quad in parse(body, N_TRIPLES.engine))


def test_an_engine_is_validated_by_the_shapes_here(project, tmp_path):
    folder, snapshot = project
    with oxigraph(tmp_path / "dumps", snapshot) as (url, _):
        (folder / "data/a.ttl").write_text("is not read")
        done = command("validate", folder, "--endpoint", url, "--format", "json")
        own = command("validate", folder, "--endpoint", "store", KG_STORE_KIND=f"sparql:{url}")
    assert (1, 1) == (done.returncode, own.returncode), done.stderr
    (result,) = (one for one in json.loads(done.stdout)["results"] if one["rule"] == "ex:P")
    assert "http://example.org/b" == result["focusNode"]
    assert {"file": url, "line": 0, "column": 0, "excerpt": ""} == result["place"]
    assert "shapes/s.ttl" == result["shapePlace"]["file"].removeprefix(f"{folder}/")
    assert f"Violation  {url}" in own.stdout


def test_everything_comes_blank_nodes_and_lexical_forms_too(project, tmp_path):
    with oxigraph(tmp_path / "dumps", project[1]) as (url, _):
        expected = canonical({quad.triple for quad in project[1].in_role("data")})
        assert expected == facts(fetched(url))


def engine(count: int, answers, after: int | None = None):
    """A function for a peer: an engine with so many triples, and its answers to the others."""
    counts = iter((count, count if after is None else after))

    def answer(at):
        query = at.server.seen[-1][2]["query"][0]
        if "COUNT" in query:
            row = b'{"n":{"type":"literal","value":"%d"}}' % next(counts)
            at.send(b'{"head":{"vars":["n"]},"results":{"bindings":[%s]}}' % row)
        else:
            answers(at, query)

    return answer


def line(n: int) -> bytes:
    return b'<http://e/s%d> <http://e/p> "_:o" .\n' % n


def in_pages(at, query):
    """Answer pages only."""
    if "LIMIT" not in query:
        at.send(b"too much", status=500)
        return
    offset = int(query.split("OFFSET")[1])
    at.send(b"".join(map(line, range(offset, min(offset + 2, 5)))), TRIPLES)


def test_an_engine_that_does_not_give_all_at_once_is_read_in_pages(monkeypatch):
    monkeypatch.setattr(fetching, "PAGE", 2)
    with peer(engine(5, in_pages)) as server:
        assert b"".join(map(line, range(5))) == fetched(url_of(server))
        assert 3 == sum("LIMIT 2" in form["query"][0] for _, _, form in server.seen)


@pytest.mark.parametrize(
    "triple", [b"_:a <http://e/p> <http://e/o> .\n", b"<http://e/s> <http://e/p> _:b .\n"]
)
def test_nodes_without_names_are_not_read_in_pages(triple):
    def answers(at, query):
        at.send(triple, TRIPLES, 200 if "LIMIT" in query else 500)

    with peer(engine(1, answers)) as server, pytest.raises(RemoteFailed, match="without names"):
        fetched(url_of(server))


@pytest.mark.parametrize(("count", "after"), [(2, 2), (1, 2)])
def test_what_is_not_whole_is_refused(count, after):
    with (
        peer(engine(count, lambda at, _: at.send(line(1), TRIPLES), after)) as server,
        pytest.raises(RemoteFailed, match="changes meanwhile, or its answers are cut"),
    ):
        fetched(url_of(server))


def test_what_is_too_much_is_refused_with_words(monkeypatch):
    monkeypatch.setattr(fetching, "BYTES", 200)
    many = b"".join(map(line, range(100)))
    with (
        peer(engine(100, lambda at, _: at.send(many, TRIPLES))) as server,
        pytest.raises(RemoteFailed, match="Validate dumps of its parts"),
    ):
        fetched(url_of(server))


def test_an_engine_that_is_down_and_what_is_no_url_are_one_line(project):
    folder, _ = project
    with reserved_port() as port:
        url = f"http://u:secret@127.0.0.1:{port}/"
        down = command("validate", folder, "--endpoint", url)
        with pytest.raises(StoreUnavailable):
            fetched(url)
    assert (3, 1) == (down.returncode, down.stderr.count("\n"))
    assert "secret" not in down.stderr
    for options, words in (
        (["example.org"], "must be a URL of http or https"),
        (["store"], "store.kind of this project is worker"),
        (["http://e/", "--watch"], "only files can be"),
    ):
        done = command("validate", folder, "--endpoint", *options)
        assert (2, 1) == (done.returncode, done.stderr.count("\n"))
        assert words in done.stderr
    with pytest.raises(ProjectError):
        fetched("ftp://e/")


@pytest.mark.long
def test_virtuoso_gives_pages_up_to_its_limit(write_project, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "PAGE", 2)
    folder = write_project({"data/a.ttl": "ex:a ex:p 1, 2, 3, 4, 'x'@en . ex:b ex:p ex:a ."})
    snapshot = kg.build(kg.load(kg.open_project(folder, {})), kg.Report((), 0), ())
    with virtuoso(tmp_path / "dumps", snapshot, rows=3) as (url, _):
        body = fetched(url, DEFAULT_GRAPH)
    assert canonical({quad.triple for quad in snapshot.in_role("data")}) == facts(body)


def test_nothing_is_left_behind(project, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    (project[0] / "kg.toml").write_text('[folders]\ndata = "data"\n')
    with peer(engine(1, lambda at, _: at.send(line(1), TRIPLES))) as server:
        done = command("validate", project[0], "--endpoint", url_of(server))
    assert 0 == done.returncode, done.stderr
    assert [] == list(Path(tmp_path / "t").iterdir())
