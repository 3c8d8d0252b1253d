from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kg.errors import ProjectError
from kg.project import Folders, Limits, Site, StoreSettings, open_project


@pytest.fixture
def settings(tmp_path):
    """A function that opens a project whose kg.toml has that text."""

    def open_with(toml: str, **environ: str):
        (tmp_path / "kg.toml").write_text(toml, encoding="utf-8")
        for folder in ("d", "o", "s", "q"):
            (tmp_path / folder).mkdir(exist_ok=True)
        return open_project(tmp_path, environ)

    return open_with


def test_an_empty_kg_toml_means_the_default_layout(settings):
    project = settings("")
    assert Folders("data/ttl", "ontology", "shapes", "queries") == project.folders
    assert (Site(), StoreSettings(), Limits()) == (project.site, project.store, project.limits)
    assert "" == project.base


def test_a_folder_without_kg_toml_is_data_throughout(tmp_path):
    project = open_project(tmp_path, {})
    plain = Folders(data=".", ontology="", shapes="", queries="queries", versions="")
    assert plain == project.folders


def test_a_single_file_is_a_project_of_its_own(tmp_path):
    (tmp_path / "a.ttl").touch()
    project = open_project(tmp_path / "a.ttl", {})
    assert (tmp_path, "a.ttl") == (project.root, project.file)


def test_a_single_file_ignores_the_kg_toml_beside_it(tmp_path):
    (tmp_path / "kg.toml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "a.ttl").touch()
    assert "" == open_project(tmp_path / "a.ttl", {}).base


def test_a_file_of_an_unknown_format_is_refused(tmp_path):
    (tmp_path / "a.docx").touch()
    with pytest.raises(ProjectError, match=r"a\.docx: the file's suffix names no RDF format"):
        open_project(tmp_path / "a.docx", {})


def test_a_missing_place_is_named(tmp_path):
    with pytest.raises(ProjectError, match="nowhere: no such folder or file"):
        open_project(tmp_path / "nowhere", {})


def test_a_place_that_cannot_even_be_looked_for_is_named(tmp_path):
    with pytest.raises(ProjectError, match="aaa: cannot be opened: File name too long"):
        open_project(tmp_path / ("a" * 300), {})


def test_every_setting_is_read_from_kg_toml(settings):
    project = settings("""
        base = "https://example.org/"
        [folders]
        data = "d"
        ontology = "o"
        shapes = "s"
        queries = "q"
        [site]
        host = "0.0.0.0"
        port = 80
        classes = ["http://example.org/A", "http://example.org/B"]
        [store]
        kind = "embedded"
        workers = 5
        [limits]
        query_seconds = 1.5
        result_bytes = 10
        body_bytes = 20
    """)
    assert "https://example.org/" == project.base
    assert Folders("d", "o", "s", "q") == project.folders
    assert Site("0.0.0.0", 80, ("http://example.org/A", "http://example.org/B")) == project.site
    assert StoreSettings("embedded", 5) == project.store
    assert Limits(1.5, 10, 20) == project.limits


@pytest.mark.parametrize(
    ("variable", "value", "section", "name", "expected"),
    [
        ("KG_FOLDERS_DATA", "d", "folders", "data", "d"),
        ("KG_FOLDERS_SHAPES", "", "folders", "shapes", ""),
        ("KG_SITE_HOST", "::1", "site", "host", "::1"),
        ("KG_SITE_PORT", "81", "site", "port", 81),
        ("KG_SITE_CLASSES", "http://e/A  http://e/B", "site", "classes", ("http://e/A", "http://e/B")),
        ("KG_STORE_KIND", "embedded", "store", "kind", "embedded"),
        ("KG_STORE_WORKERS", "0", "store", "workers", 0),
        ("KG_LIMITS_QUERY_SECONDS", "0.5", "limits", "query_seconds", 0.5),
        ("KG_LIMITS_RESULT_BYTES", "1", "limits", "result_bytes", 1),
        ("KG_LIMITS_RESULT_ROWS", "1", "limits", "result_rows", 1),
        ("KG_LIMITS_BODY_BYTES", "1", "limits", "body_bytes", 1),
    ],
)  # fmt: skip
def test_an_environment_variable_overrides_kg_toml(
    settings, variable, value, section, name, expected
):
    toml = '[folders]\ndata = "o"\n[site]\nport = 1\nclasses = ["urn:x"]\n[store]\nworkers = 9\n'
    project = settings(toml, **{variable: value})
    assert expected == getattr(getattr(project, section), name)


@pytest.mark.parametrize(
    ("toml", "environ", "named"),
    [
        ('[folders]\nshapes = "shpes"', {}, r"kg\.toml \[folders\] shapes: .*shpes: no such"),
        ("", {"KG_FOLDERS_QUERIES": "nowhere"}, r"KG_FOLDERS_QUERIES: .*nowhere: no such"),
    ],
)
def test_a_folder_that_somebody_named_must_be_there(settings, toml, environ, named):
    with pytest.raises(ProjectError, match=named):
        settings(toml, **environ)


def test_the_environment_overrides_the_base(settings):
    project = settings('base = "http://a.example/"', KG_BASE="http://b.example/")
    assert "http://b.example/" == project.base


def test_the_environment_holds_for_a_folder_without_kg_toml(tmp_path):
    project = open_project(tmp_path, {"KG_BASE": "http://e.example/", "KG_SITE_PORT": "1"})
    assert ("http://e.example/", 1) == (project.base, project.site.port)


def test_the_environment_is_the_process_own_by_default(tmp_path, monkeypatch):
    monkeypatch.setenv("KG_SITE_PORT", "1234")
    assert 1234 == open_project(tmp_path).site.port


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("bas = 1", r"kg\.toml: unknown setting bas\. Did you mean base\?"),
        ("[limits]\nquery_seconds = 0", r"limits\.query_seconds: must be from"),
        ("[limits]\nquery_seconds = 1e12", r"limits\.query_seconds: must be from"),
        ('[site]\nclasses = ["not an iri <"]', r"site\.classes: 'not an iri <' is not an absolute"),
        ("[sites]", r"kg\.toml: unknown setting sites\. Did you mean site\?"),
        ('root = "/"', r"kg\.toml: unknown setting root"),
        ('file = "a"', r"kg\.toml: unknown setting file"),
        ('rebase = "http://e/"', r"kg\.toml: unknown setting rebase"),
        ("[site]\nprot = 1", r"kg\.toml \[site\]: unknown setting prot\. Did you mean port\?"),
        (
            "[store]\nxyzzy = 1",
            r"kg\.toml \[store\]: unknown setting xyzzy\. Known: default_graph, engine, federation",
        ),
        ("site = 3", r"kg\.toml \[site\]: must be a table, not 3"),
        ("[site]\nport = 'http'", r"kg\.toml \[site\] port: must be int, not 'http'"),
        ("[site]\nport = true", r"kg\.toml \[site\] port: must be int, not True"),
        ("[site]\nport = -1", r"kg\.toml \[site\] port: must be finite and not negative"),
        ("[site]\nport = 80.5", r"kg\.toml \[site\] port: must be int, not 80\.5"),
        ("[site]\nhost = 1", r"kg\.toml \[site\] host: must be str, not 1"),
        ("[site]\nclasses = [1]", r"kg\.toml \[site\] classes: must be a list of strings"),
        ("[site]\nclasses = 1", r"kg\.toml \[site\] classes: must be a list of strings"),
        ("[limits]\nquery_seconds = []", r"query_seconds: must be float, not \[\]"),
        ("[limits]\nquery_seconds = -0.1", r"query_seconds: must be finite and not negative"),
        ("[limits]\nquery_seconds = nan", r"query_seconds: must"),
        ("[limits]\nquery_seconds = inf", r"query_seconds: must"),
        ("base = ", r"kg\.toml: not TOML"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(settings, toml, message):
    with pytest.raises(ProjectError, match=message):
        settings(toml)


def test_a_variable_that_is_no_setting_is_refused_where_it_is_named_like_one(settings):
    with pytest.raises(
        ProjectError, match=r"unknown setting KG_SITE_PROT\. Did you mean KG_SITE_PORT\?"
    ):
        settings("", KG_SITE_PROT="1")
    settings("", KG_CHROMIUM="/usr/bin/chromium", KG_SERVICE_HOST="10.0.0.1")


def test_a_wrong_environment_variable_is_refused_by_its_own_name(settings):
    with pytest.raises(ProjectError, match="KG_SITE_PORT: must be int, not 'http'"):
        settings("", KG_SITE_PORT="http")


def test_a_kg_toml_may_begin_with_a_byte_order_mark(tmp_path):
    (tmp_path / "kg.toml").write_text('base = "http://e.example/"', encoding="utf-8-sig")
    assert "http://e.example/" == open_project(tmp_path, {}).base


def test_a_kg_toml_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "kg.toml").write_bytes(b'base = "\xff"')
    with pytest.raises(ProjectError, match="not TOML"):
        open_project(tmp_path, {})


@pytest.mark.parametrize(
    "iri",
    ["https://example.org/", "http://example.org/a/", "http://é.example/"],
)
def test_an_absolute_http_iri_can_be_the_base(settings, iri):
    assert iri == settings(f'base = "{iri}"').base


@pytest.mark.parametrize(
    "iri",
    ["example.org/", "/a/", "https://example.org", "ftp://example.org/", "urn:x:", "http://e x/",
     "http://<e>/", "https://"],
)  # fmt: skip
def test_anything_else_cannot_be_the_base(settings, iri):
    with pytest.raises(ProjectError, match=r"base: .* cannot be a base IRI"):
        settings(f"base = '{iri}'")


def test_a_project_is_rebased_by_option(tmp_path):
    project = open_project(tmp_path, {}).with_rebase("http://new.example/")
    assert "http://new.example/" == project.rebase


def test_no_option_rebases_nothing(tmp_path):
    project = open_project(tmp_path, {})
    assert project == project.with_rebase(None)


def test_a_wrong_option_is_refused_by_its_name(tmp_path):
    with pytest.raises(ProjectError, match="--base: 'x' cannot be a base IRI"):
        open_project(tmp_path, {}).with_rebase("x")


def test_a_project_never_changes(tmp_path):
    with pytest.raises(FrozenInstanceError):
        open_project(tmp_path, {}).root = Path()
