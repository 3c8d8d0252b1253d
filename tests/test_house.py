"""The house rules that a program can check: docs/architecture.md says why they are."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO

PACKAGE = REPO / "src" / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))

# what each storey stands on; a module may import from its own storey and those in its row
BELOW = {
    "problems": set(),
    "errors": {"problems"},
    "rdf": {"errors"},
    "patience": set(),
    "checking": {"errors", "rdf", "patience"},
    "settings": {"errors"},
    "project": {"errors", "rdf", "settings"},
    "source": {"errors", "rdf", "settings", "project"},
    "anchoring": {"errors", "rdf", "settings", "project", "source"},
    "scaffold": {"errors", "rdf", "settings", "project", "source", "anchoring"},
    "dataset": {"errors", "problems", "rdf", "settings", "project", "source"},
    "versions": {"errors", "problems", "rdf", "settings", "project", "source", "dataset"},
    "store": {"errors", "rdf", "settings", "project", "source", "dataset", "patience"},
    "views": {"errors", "rdf", "settings", "project", "source", "dataset", "versions"},
    "publication": {
        "errors",
        "rdf",
        "settings",
        "project",
        "source",
        "dataset",
        "versions",
        "store",
    },
    "builds": {
        "errors",
        "rdf",
        "settings",
        "project",
        "source",
        "dataset",
        "versions",
        "store",
        "publication",
    },
    "release": {"errors", "rdf", "settings", "project", "source", "dataset", "store"},
    "web": {
        "errors",
        "rdf",
        "settings",
        "project",
        "source",
        "dataset",
        "versions",
        "store",
        "views",
        "publication",
    },
}
BELOW["export"] = set(BELOW)
SERVING = (
    *("terminal", "announcing", "processes", "reloading", "listening"),
    *("serving", "server", "protocol"),
)
EVERYTHING = {*BELOW, *SERVING, "cli"}
BELOW |= {
    **dict.fromkeys(SERVING, EVERYTHING),
    "cli": EVERYTHING,
    "__main__": EVERYTHING,
    "__init__": EVERYTHING,
}

# who alone may import a library whose traps one place should know
ONLY_IN = {
    "pyld": {"views/jsonld.py"},
    "pyshacl": {"source/shacl/reference.py", "source/shacl/once.py", "source/shacl/again.py"},
    "pyshacl_turbo": {"source/shacl/fast.py"},
    "rdflib": {
        "source/shacl/rdflib_graph.py",
        "source/shacl/reference.py",
        "source/shacl/once.py",
        "source/shacl/again.py",
        "source/checks/reasoning.py",
    },
    "owlready2": {"source/checks/reasoning.py"},
    "owlrl": {"source/checks/reasoning.py"},
    "graphlay": {"views/pictures/layered.py"},
    "edtf": {"source/checks/times.py"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "babel": {"views/language.py"},
    "jinja2": {"views/html.py"},
    "sparq": {"store/sparq.py"},
    "typer": {"cli", "terminal.py", "announcing.py"},
    "prometheus_client": {"web/metrics.py"},
    "numpy": {"dataset/packed.py", "dataset/postings.py", "dataset/texts.py"},
    "regex": {"source/shacl/patterns.py"},
    "watchfiles": {"cli/watch.py", "reloading.py"},
    "uvicorn": {"serving.py", "protocol.py"},
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
            names.extend(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def functions(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_only_go_down(path):
    storey = name_of(path).removesuffix(".py").partition("/")[0]
    # `kg` itself is the public face: from it only the version may be taken
    imported = [name for name in imports(path) if name.startswith("kg.")]
    storeys = {name.split(".")[1] for name in imported if name != "kg.__version__"}
    assert storeys - {storey} <= BELOW[storey]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_file_is_over_250_lines_and_no_function_over_40(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
    assert [f.name for f in functions(path) if f.end_lineno - f.lineno + 1 > 40] == []


def test_functions_are_short():
    lengths = sorted(f.end_lineno - f.lineno + 1 for path in MODULES for f in functions(path))
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 25


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_with_traps_are_imported_in_one_place(path):
    name = name_of(path)
    used = {module.partition(".")[0] for module in imports(path)}
    for library, places in ONLY_IN.items():
        allowed = name in places or name.partition("/")[0] in places
        assert allowed or library not in used, f"{library} is not for {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_media_types_are_written_in_the_format_table_only(path):
    if name_of(path) == "rdf/formats.py":
        return
    spelled = re.findall(r"\b(?:text|application)/[a-z][a-z0-9.+-]+", path.read_text("utf-8"))
    assert spelled == []


@pytest.mark.parametrize(
    "path",
    [*MODULES, *sorted((PACKAGE / "views" / "templates").rglob("*.html"))],
    ids=name_of,
)
def test_no_domain_is_in_the_publisher(path):
    text = path.read_text(encoding="utf-8")
    # the one place where our data set is named is the example in the package's docstring
    if name_of(path) == "__init__.py":
        text = text.partition('"""\n\n')[2]
    assert not re.search(r"claimgraph|\bISIS\b|\bSyria", text)


def test_every_block_of_the_style_sheet_is_closed():
    # a merge may take the last line of one section for that of another
    text = (PACKAGE / "views" / "static" / "kg.css").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert [] == re.findall(r"\n  /\* |\{[^{}]*\n/\*", text)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_mutable_is_at_module_level(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    mutable = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
    assigned = [n for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign)]
    names = [ast.unparse(n).partition(" ")[0] for n in assigned if isinstance(n.value, mutable)]
    assert set(names) <= {"__all__"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_public_name_has_a_docstring(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module says what it is for"
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_every_public_name_exists():
    package = importlib.import_module("kg")
    assert [name for name in package.__all__ if not hasattr(package, name)] == []
    assert package.__all__ == sorted(package.__all__)


def imported_by(code: str) -> set[str]:
    """Return the packages and modules that a fresh process has when it has run the code."""
    told = f"{code}\nimport sys\nprint(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", told], text=True).split())


def test_a_worker_starts_without_what_pages_and_files_need():
    found = imported_by("import kg.store.child")
    assert "pyoxigraph" in found
    assert not found & {
        "numpy",
        "rdflib",
        "yaml",
        "rich",
        "kg.dataset.snapshot",
        "kg.source.loading",
    }


def test_the_command_line_starts_without_what_the_server_needs():
    assert not imported_by("import kg.cli.app") & {"numpy", "rdflib", "fastapi", "kg.errors"}
    assert not imported_by("import kg.cli.validate") & {"numpy", "fastapi", "jinja2", "kg.web"}


def test_every_module_but_the_command_line_has_its_tests():
    tested = {path.relative_to(REPO / "tests").as_posix() for path in REPO.glob("tests/**/*.py")}
    without = {"__init__.py", "__main__.py", "terminal.py", "announcing.py", "store/child.py"}
    missing = []
    for path in MODULES:
        name = name_of(path)
        if path.name == "__init__.py" or name in without or name in GROUPED or name[:4] == "cli/":
            continue
        folder, _, file = name.rpartition("/")
        expected = f"{folder}/test_{file}".lstrip("/")
        if expected not in tested:
            missing.append(expected)
    assert missing == []


# modules whose behaviour another file's tests show, and which
GROUPED = {
    "release/asking.py": "release/test_tables.py and release/test_writing.py",
    "release/part.py": "release/test_crate.py",
    "views/llms.py": "web/test_llms.py",
    "export/accept.py": "export/test_nginx.py: headers are weighed",
    "export/addresses.py": "export/test_nginx.py: everything that is linked to",
    "export/apache.py": "export/test_nginx.py: both servers",
    "export/asking.py": "export/test_nginx.py",
    "export/collecting.py": "export/test_nginx.py",
    "export/nginx.py": "export/test_nginx.py",
    "export/publishing.py": "export/test_nginx.py",
    "export/replies.py": "export/test_nginx.py",
    "export/rules.py": "export/test_nginx.py",
    "export/site.py": "export/test_folders.py and export/test_nginx.py",
    "checking/limits.py": "checking/test_running.py",
    "checking/exchange.py": "checking/test_running.py",
    "checking/check.py": "checking/test_running.py",
    "checking/reading.py": "checking/test_running.py",
    "checking/site.py": "checking/test_running.py",
    "checking/asking.py": "checking/test_running.py",
    "checking/client.py": "checking/test_running.py",
    "checking/discovery.py": "checking/test_running.py",
    "checking/checks/discovering.py": "checking/test_running.py",
    "checking/checks/dereferencing.py": "checking/test_running.py",
    "checking/checks/negotiating.py": "checking/test_running.py",
    "checking/checks/caching.py": "checking/test_running.py",
    "checking/checks/sharing.py": "checking/test_running.py",
    "checking/checks/querying.py": "checking/test_running.py",
    "checking/checks/resulting.py": "checking/test_running.py",
    "checking/checks/describing.py": "checking/test_running.py",
    "checking/checks/calling.py": "checking/test_running.py",
    "checking/checks/serving.py": "checking/test_running.py",
    "checking/checks/closing.py": "checking/test_running.py",
    "checking/checks/table.py": "checking/test_running.py",
    "checking/reports/text.py": "checking/test_reports.py",
    "checking/reports/json.py": "checking/test_reports.py",
    "checking/reports/junit.py": "checking/test_reports.py",
    "checking/reports/earl.py": "checking/test_reports.py",
    "checking/reports/table.py": "checking/test_reports.py",
    "web/reconcile_manifest.py": "web/test_reconcile.py, where every part is reached by it",
    "web/reconcile_requests.py": "web/test_reconcile.py: every refusal over HTTP",
    "anchoring/anchors.py": "anchoring/test_moving.py",
    "scaffold/template.py": "scaffold/test_record.py",
    "anchoring/mending.py": "anchoring/test_moving.py",
    "errors.py": "test_cli.py: every message as a user sees it",
    "problems.py": "source/test_problems.py and test_cli.py: places and carets as a user sees them",
    "settings.py": "test_project.py",
    "dataset/indexing.py": "dataset/test_snapshot.py",
    "views/error_page.py": "web/test_error_pages.py",
    "views/feed.py": "web/test_versions.py",
    "views/versions_page.py": "web/test_versions.py",
    "views/changelog_page.py": "versions/test_changelog.py and web/test_versions.py",
    "source/checks/published.py": "versions/test_terms.py",
    "versions/keeping.py": "versions/test_publishing.py",
    "versions/archive.py": "web/test_versions.py",
    "web/mementos.py": "web/test_versions.py",
    "web/past.py": "web/test_versions.py",
    "web/openapi/linking.py": "web/openapi/test_document.py",
    "web/openapi/past.py": "web/openapi/test_document.py",
    "versions/version.py": "versions/test_publishing.py",
    "versions/reading.py": "versions/test_publishing.py",
    "versions/describing.py": "web/test_versions.py and web/test_descriptions.py",
    "processes.py": "test_server.py",
    "listening.py": "test_server.py",
    "serving.py": "test_server.py",
    "builds/build.py": "test_reloading.py",
    "builds/cache.py": "test_reloading.py",
    "builds/inputs.py": "test_reloading.py",
    "builds/manifest.py": "test_reloading.py",
    "builds/values.py": "dataset/test_packed.py: what is packed is read from files",
    "dataset/texts.py": "dataset/test_packed.py: a string is found by its number",
    "cli/building.py": "test_reloading.py",
    "web/current.py": "test_reloading.py",
    "web/refusals.py": "test_protocol.py",
    "web/simple_request.py": "test_protocol.py",
    "web/counts.py": "web/test_metrics.py",
    "publication.py": "a value without behaviour",
    "dataset/tables.py": "store/test_tabling.py",
    "dataset/void.py": "dataset/test_catalogue.py and web/test_descriptions.py",
    "dataset/dcat.py": "dataset/test_catalogue.py and web/test_descriptions.py",
    "dataset/human.py": "dataset/test_catalogue.py",
    "dataset/service.py": "dataset/test_catalogue.py and web/test_descriptions.py",
    "rdf/terms.py": "views/test_representation.py: the order of triples",
    "source/finding.py": "source/test_loading.py",
    "rdf/xml.py": "source/test_problems.py and views/test_representation.py",
    "store/seclusion.py": "store/test_refusals.py and store/test_worker.py",
    "store/base.py": "store/test_contract.py",
    "store/embedded.py": "store/test_contract.py",
    "store/worker.py": "store/test_contract.py",
    "store/opening.py": "store/test_contract.py",
    "store/remote_client.py": "store/test_remote.py",
    "store/remote_errors.py": "store/test_remote.py",
    "store/remote_query.py": "store/test_remote.py",
    "patience.py": "store/test_remote.py: servers that send a byte at a time",
    "source/report.py": "source/test_shapes.py",
    "source/known.py": "source/test_session.py",
    "source/shacl/again.py": "source/test_session.py",
    "source/shacl/part.py": "source/test_parallel.py",
    "source/shacl/circles.py": "source/shacl/test_wellformed.py",
    "source/shacl/fast.py": "shacl/test_engines.py and shacl/test_suite.py",
    "source/shacl/graph.py": "source/shacl/test_wellformed.py",
    "source/shacl/once.py": "shacl/test_engines.py: with and without",
    "source/shacl/paths.py": "source/shacl/test_wellformed.py",
    "source/shacl/preparing.py": "shacl/test_suite.py: prefixes-001, uniqueLang-002",
    "source/shacl/queries.py": "source/shacl/test_wellformed.py",
    "source/shacl/rdflib_graph.py": "source/test_shapes.py",
    "source/shacl/reference.py": "source/test_shapes.py and shacl/test_suite.py",
    "source/shacl/terms.py": "source/shacl/test_wellformed.py",
    "source/encoding.py": "source/test_recovery.py",
    "source/wording.py": "source/test_recovery.py",
    "source/checks/expectations.py": "store/test_expecting.py",
    "source/checks/check.py": "source/checks/test_table.py",
    "source/checks/duplicates.py": "source/checks/test_table.py",
    "source/checks/facts.py": "source/checks/test_table.py",
    "source/checks/iris.py": "source/checks/test_table.py",
    "source/checks/languages.py": "source/checks/test_table.py",
    "source/checks/literals.py": "source/checks/test_table.py",
    "source/checks/prefixes.py": "source/checks/test_table.py",
    "source/checks/terms.py": "source/checks/test_table.py",
    "source/checks/written.py": "source/checks/test_table.py",
    "source/statements.py": "source/test_locating.py and source/test_paths.py",
    "source/formatting/order.py": "source/formatting/test_document.py",
    "source/formatting/reader.py": "source/formatting/test_document.py",
    "source/formatting/tree.py": "source/formatting/test_document.py",
    "source/formatting/writer.py": "source/formatting/test_document.py",
    "source/tokens.py": "source/test_turtle.py",
    "views/pages.py": "values without behaviour",
    "views/values.py": "views/test_html.py",
    "views/compose.py": "views/test_html.py",
    "views/pictures/picture.py": "views/pictures/test_every.py",
    "views/pictures/basemap.py": "views/pictures/test_map.py",
    "views/pictures/layered.py": "views/pictures/test_graph.py",
    "views/pictures/line_words.py": "views/pictures/test_graph.py",
    "views/relations.py": "views/test_query_views.py",
    "views/pictures/tree_boxes.py": "views/pictures/test_tree.py",
    "views/pictures/points.py": "views/pictures/test_map.py",
    "views/pictures/lettering.py": "views/pictures/test_labels.py",
    "views/resource.py": "views/test_html.py",
    "views/layout.py": "views/test_html.py",
    "views/overview.py": "views/test_html.py",
    "views/list_files.py": "web/test_lists.py",
    "views/list_names.py": "web/test_lists.py",
    "views/list_page.py": "web/test_lists.py",
    "views/list_view.py": "web/test_lists.py",
    "views/ordering.py": "web/test_lists.py",
    "views/site.py": "views/test_html.py and web/test_readers.py",
    "views/verdict.py": "views/test_html.py and views/test_language.py",
    "views/query_page.py": "web/test_sparql.py",
    "views/validate_page.py": "web/test_validate.py",
    "views/rules.py": "views/test_ontology_page.py",
    "views/data_page.py": "web/test_about.py",
    "views/stored.py": "web/test_queries.py",
    "views/stored_form.py": "web/test_queries.py",
    "web/asking.py": "web/test_sparql.py and web/test_queries.py",
    "web/proposals.py": "web/test_queries.py",
    "web/openapi/doors.py": "web/openapi/test_document.py",
    "web/openapi/sparql.py": "web/openapi/test_document.py",
    "web/openapi/parts.py": "web/openapi/test_document.py",
    "web/openapi/stored.py": "web/openapi/test_document.py",
    "web/query_request.py": "web/test_queries.py",
    "dataset/languages.py": "views/test_language.py",
    "web/app.py": "web/test_resources.py",
    "web/context.py": "web/test_resources.py",
    "web/pages.py": "web/test_resources.py",
    "web/answers.py": "web/test_exchange.py",
    "web/codings.py": "web/test_exchange.py",
    "web/signposts.py": "web/test_links.py",
    "web/requests.py": "web/test_sparql.py and web/test_validate.py",
    "web/responses.py": "web/test_resources.py",
    "web/service_description.py": "web/test_sparql.py",
}
