"""The command line as its users meet it: real processes, their output and their exit codes."""

import json
import os
import re
import select
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from kg.source.reports.table import REPORT_FORMATS
from tests.conftest import REPO, serving
from tests.terminals import on_terminal

GOOD = "ex:a a ex:Thing ; rdfs:label 'A thing'@en .\n"
SHAPES = """
ex:ThingShape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:ThingShape-label .
ex:ThingShape-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ;
  sh:message "A thing needs a label. Add rdfs:label." .
"""
SETTINGS = """
base = "http://example.org/"
[folders]
data = "data"
"""


def kg(*arguments: object, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run `kg` to its end; servers that should not start are stopped after 20 seconds."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **env},
    )


def test_data_that_conforms_exits_with_0(write_project):
    folder = write_project({"kg.toml": SETTINGS, "data/a.ttl": GOOD, "shapes/a.ttl": SHAPES})
    result = kg("validate", folder)
    # the prefixes that a test's files begin with are not all used
    assert 0 == result.returncode
    assert result.stdout.splitlines()[-1].startswith("conforms: 2 shapes, ")
    assert "Violation" not in result.stdout


def test_data_that_does_not_conform_exits_with_1_and_names_file_focus_node_and_advice(
    write_project,
):
    files = {"kg.toml": SETTINGS, "data/a.ttl": "ex:a a ex:Thing .", "shapes/a.ttl": SHAPES}
    result = kg("validate", write_project(files))
    assert result.returncode == 1
    for expected in ("Violation  data/a.ttl", "ex:a", "ex:ThingShape-label", "Add rdfs:label."):
        assert expected in result.stdout


def test_shapes_can_be_named_for_any_folder(write_project):
    folder = write_project({"in/a.ttl": "ex:a a ex:Thing .", "rules.ttl": SHAPES})
    assert kg("validate", folder / "in").returncode == 0
    assert kg("validate", folder / "in", "--shapes", folder / "rules.ttl").returncode == 1
    assert kg("validate", folder / "in/a.ttl", "--shapes", folder / "rules.ttl").returncode == 1


FAULTY = {"kg.toml": SETTINGS, "data/a.ttl": "ex:a a ex:Thing .", "shapes/a.ttl": SHAPES}


def test_several_reports_are_written_in_one_run_one_of_them_to_standard_output(write_project):
    folder = write_project(FAULTY)
    formats = (f"sarif={folder}/a.sarif", f"Turtle={folder}/a=b.ttl", "json")
    options = [text for name in formats for text in ("--format", name)]
    result = kg("validate", folder, *options)
    assert (1, "") == (result.returncode, result.stderr)
    assert json.loads(result.stdout)["conforms"] is False
    assert "2.1.0" == json.loads((folder / "a.sarif").read_text())["version"]
    assert "sh:ValidationReport" in (folder / "a=b.ttl").read_text()


def test_where_every_report_is_a_file_the_verdict_is_still_said(write_project):
    folder = write_project(FAULTY)
    result = kg("validate", folder, "--format", f"junit={folder}/a.xml")
    assert (1, "") == (result.returncode, result.stdout)
    assert "does not conform: 2 shapes, 1 violation, 8 infos\n" == result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["serif"], "--format serif: no such format of reports. Did you mean sarif?"),
        (["pdf"], "Known: text, html, json, "),
        (["text", "json"], "only one report can go to standard output."),
        (["text=a", "json=a"], "only one report can go to the file a."),
        (["text="], "'' is no file in a folder that there is."),
        (["text=no/such/folder/a"], "is no file in a folder that there is."),
        (["text=/"], "is no file in a folder that there is."),
        (["text=/dev/full"], "/dev/full: cannot be written: No space left on device."),
    ],
)
def test_a_report_that_cannot_be_written_is_one_line(write_project, options, words):
    arguments = [text for option in options for text in ("--format", option)]
    result = kg("validate", write_project(FAULTY), *arguments)
    assert (2, 1) == (result.returncode, result.stderr.count("\n"))
    assert words in result.stderr


def test_known_results_are_hidden_and_do_not_fail(write_project):
    folder = write_project(FAULTY)
    kg("validate", folder, "--format", f"json={folder}/known.json")
    write_project({"data/a.ttl": "\n\n# moved\nex:a a ex:Thing ."})
    result = kg("validate", folder, "--baseline", folder / "known.json")
    assert 0 == result.returncode
    hidden = f"Hidden: 9 known results of {folder}/known.json.\n"
    assert f"{hidden}conforms: 2 shapes, no results\n" == result.stdout
    write_project({"data/b.ttl": "ex:b a ex:Thing ."})
    result = kg("validate", folder, "--baseline", folder / "known.json")
    assert 1 == result.returncode
    assert "data/b.ttl:7:1" in result.stdout
    assert "data/a.ttl" not in result.stdout


def test_files_are_named_from_where_the_command_runs(write_project, monkeypatch):
    folder = write_project({f"sub/{name}": text for name, text in FAULTY.items()})
    monkeypatch.chdir(folder)
    assert "Violation  sub/data/a.ttl:7:1" in kg("validate", "sub", GITHUB_WORKSPACE="").stdout
    monkeypatch.chdir(folder / "sub")
    assert "Violation  data/a.ttl:7:1" in kg("validate", GITHUB_WORKSPACE="").stdout
    assert "Violation  sub/data/a.ttl:7:1" in kg("validate", GITHUB_WORKSPACE=str(folder)).stdout


def kg_on_terminal(*arguments: object, **env: str) -> str:
    """What `kg` prints where standard output is a terminal."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return on_terminal(command, "stdout", **env)[0]


def test_colours_are_for_terminals_and_for_those_who_want_them(write_project):
    folder = write_project(FAULTY)
    coloured = kg_on_terminal("validate", folder, NO_COLOR="")
    assert "\x1b[31m\x1b[1mViolation\x1b[0m  data/a.ttl:7:1" in coloured
    for plain in (
        kg_on_terminal("validate", folder, NO_COLOR="1"),
        kg_on_terminal("validate", folder, NO_COLOR="", TERM="dumb"),
        kg("validate", folder, NO_COLOR="").stdout,
    ):
        assert "\x1b" not in plain
        assert re.sub("\x1b\\[[0-9]+m", "", coloured).replace("\r", "") == plain.replace("\r", "")


def test_nothing_in_the_data_speaks_to_the_terminal(write_project):
    data = "ex:a a ex:Thing ; ex:q '\x1b[2J\x07' . # \x1b]0;title\x07"
    folder = write_project({**FAULTY, "data/a.ttl": data})
    assert "\x1b" not in kg("validate", folder).stdout


@pytest.mark.parametrize("command", ["validate", "serve"])
def test_a_turtle_syntax_error_names_file_line_and_column_and_nothing_is_served(
    write_project, command
):
    folder = write_project({"good.ttl": GOOD, "sub/bad.ttl": "ex:a ex:b 1 ;\n  zz:c 1 .\n"})
    result = kg(command, folder)
    assert result.returncode == 2
    assert "sub/bad.ttl:8:" in result.stderr
    assert "  zz:c 1 ." in result.stderr, "the line is shown"
    assert "zz:" in result.stderr.splitlines()[0], "and what is wrong with it"
    assert "http://" not in result.stdout


def test_every_broken_file_is_named_in_one_run(write_project):
    folder = write_project({"one.ttl": "ex:a .", "two.ttl": "ex:b ex:c ex:d", "three.ttl": GOOD})
    result = kg("validate", folder)
    assert "one.ttl:7:" in result.stderr
    assert "two.ttl:7:" in result.stderr


def test_files_that_cannot_be_read_are_results_in_reports_for_programs(write_project):
    folder = write_project({"data/a b.ttl": "ex:a ex:p ex:b ex:c .", "data/b.ttl": "ex:a ex:p 1 ."})
    names = [row.name for row in REPORT_FORMATS]
    written = {name: folder.parent / f"report.{name}" for name in names}
    options = [f"--format={name}={file}" for name, file in written.items()]
    result = kg("validate", folder, *options, GITHUB_WORKSPACE=str(folder))
    assert 2 == result.returncode
    assert "data/a b.ttl:" in result.stderr
    for name, file in written.items():
        text = file.read_text(encoding="utf-8")
        assert re.search("a b.ttl|a%20b.ttl|a&#32;b.ttl", text), name
        assert re.search("syntax|cannot be read", text), name
        assert "b.ttl:1" not in text.replace("a b.ttl:1", ""), name
    (found,) = json.loads(written["sarif"].read_text(encoding="utf-8"))["runs"][0]["results"]
    region = found["locations"][0]["physicalLocation"]["region"]
    assert ("kg:syntax", "error") == (found["ruleId"], found["level"])
    assert f"data/a b.ttl:{region['startLine']}:{region['startColumn']}" in result.stderr


def test_a_report_for_programs_on_standard_output_is_whole_where_a_file_cannot_be_read(
    write_project,
):
    folder = write_project({"data/a.ttl": "ex:a ex:p"})
    result = kg("validate", folder, "--format", "json")
    assert 2 == result.returncode
    assert ["kg:syntax"] == [one["rule"] for one in json.loads(result.stdout)["results"]]
    assert "" == kg("validate", folder).stdout


def test_a_violation_stops_serve_with_the_report(write_project):
    files = {"kg.toml": SETTINGS, "data/a.ttl": "ex:a a ex:Thing .", "shapes/a.ttl": SHAPES}
    result = kg("serve", write_project(files), "--port", 0)
    assert result.returncode == 1
    assert "Add rdfs:label." in result.stderr
    assert "--allow-violations" in result.stderr, "it says what to do"


def test_allowed_violations_are_said_loudly_on_every_page(write_project):
    files = {"kg.toml": SETTINGS, "data/a.ttl": "ex:a a ex:Thing .", "shapes/a.ttl": SHAPES}
    with serving(str(write_project(files)), "--allow-violations") as server:
        for path in ("/", "/doc/a.html", "/sparql", "/nothing-here"):
            page = server.get(path, accept="text/html").text
            assert "This data does not conform to its shapes" in page, path


def test_a_missing_folder_is_one_line(tmp_path):
    result = kg("serve", tmp_path / "nowhere")
    assert result.returncode == 2
    expected = f"kg: {tmp_path}/nowhere: no such folder or file. Name a folder or file of RDF.\n"
    assert expected == result.stderr


def test_an_empty_folder_is_one_line(tmp_path):
    result = kg("serve", tmp_path)
    assert result.returncode == 2
    assert 1 == result.stderr.count("\n")
    assert "holds no RDF file" in result.stderr


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff", b"ex:a ex:b '\xff' ."])
def test_a_file_that_is_no_text_is_named(tmp_path, content):
    (tmp_path / "binary.ttl").write_bytes(content)
    result = kg("serve", tmp_path)
    assert result.returncode == 2
    assert "binary.ttl:1:" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_cannot_be_read_is_named(write_project):
    folder = write_project({"secret.ttl": GOOD})
    if os.geteuid() == 0:
        # root may read every file but the memory of a process at an address without any
        (folder / "secret.ttl").unlink()
        (folder / "secret.ttl").symlink_to("/proc/self/mem")
    else:
        (folder / "secret.ttl").chmod(0)
    result = kg("serve", folder)
    assert result.returncode == 2
    assert "secret.ttl: cannot be read: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_link_to_nowhere_is_named_and_not_passed_over(write_project):
    folder = write_project({"good.ttl": GOOD})
    (folder / "gone.ttl").symlink_to(folder / "missing.ttl")
    result = kg("serve", folder)
    assert result.returncode == 2
    assert "gone.ttl: cannot be read: No such file or directory" in result.stderr


def test_a_port_in_use_is_one_line(write_project):
    folder = write_project({"a.ttl": GOOD})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = kg("serve", folder, "--port", port)
    assert result.returncode == 2
    expected = f"kg: cannot listen on 127.0.0.1:{port}: Address already in use. Try --port 0.\n"
    assert expected == result.stderr


def test_a_base_that_the_data_does_not_use_is_one_line_that_names_the_right_one(write_project):
    folder = write_project({"data/a.ttl": GOOD, "kg.toml": SETTINGS.replace(".org", ".net")})
    result = kg("serve", folder)
    assert result.returncode == 2
    assert 1 == result.stderr.count("\n")
    assert "http://example.net/: no subject of the data starts with it" in result.stderr
    assert "http://example.org/" in result.stderr


@pytest.mark.parametrize("base", ["example.org/", "http://example.org", "ftp://example.org/", ""])
def test_a_base_that_is_none_is_refused(write_project, base):
    result = kg("validate", write_project({"a.ttl": GOOD}), KG_BASE=base or "x")
    assert result.returncode == 2
    assert "cannot be a base IRI" in result.stderr


def test_an_unknown_setting_is_named_with_the_nearest_known_one(write_project):
    folder = write_project({"kg.toml": SETTINGS + "[site]\nprot = 1\n", "data/a.ttl": GOOD})
    result = kg("validate", folder)
    expected = "kg: kg.toml [site]: unknown setting prot. Did you mean port?\n"
    assert (2, expected) == (result.returncode, result.stderr)


def test_shapes_that_are_wrong_themselves_are_said_to_be(write_project):
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:P . ex:P sh:minCount 1 ."
    )
    folder = write_project({"in/a.ttl": GOOD, "rules.ttl": shapes})
    result = kg("validate", folder / "in", "--shapes", folder / "rules.ttl")
    assert result.returncode == 2
    assert "kg: The shapes cannot be used:" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_query_is_read_from_a_file_from_its_name_and_from_standard_input(write_project):
    text = "#+ summary: All things\nSELECT ?label { ?s rdfs:label ?label }\n"
    folder = write_project({"kg.toml": SETTINGS, "data/a.ttl": GOOD, "queries/all.rq": text})
    by_name = kg("query", "all", folder)
    assert (0, "label\r\nA thing\r\n") == (by_name.returncode, by_name.stdout.replace("\n", "\r\n"))
    assert by_name.stdout == kg("query", folder / "queries/all.rq", folder).stdout
    assert by_name.stdout == kg("query", "-", folder, stdin=text).stdout


def test_a_query_that_is_nowhere_is_answered_with_those_there_are(write_project):
    files = {"kg.toml": SETTINGS, "data/a.ttl": GOOD, "queries/all.rq": "SELECT * { ?s ?p ?o }"}
    result = kg("query", "al", write_project(files))
    expected = "kg: al: neither a .rq file nor a stored query. Stored: all.\n"
    assert (2, expected) == (result.returncode, result.stderr)


def test_the_header_of_a_query_may_use_the_prefixes_of_the_data_wherever_it_is_read(write_project):
    text = "#+ about: ex:Thing\nSELECT ?this { ?this ?p ?o }\n"
    folder = write_project({"kg.toml": SETTINGS, "data/a.ttl": GOOD, "queries/all.rq": text})
    assert [0, 0] == [
        kg("query", folder / "queries/all.rq", folder).returncode,
        kg("query", "-", folder, stdin=text).returncode,
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "kg: p: This parameter must be given: ?_p_iri in the query."),
        (["-p", "p=ex:a", "-p", "p=ex:b"], "kg: --param p=ex:b: write it once, as NAME=VALUE."),
        (["-p", "p"], "kg: --param p: write it once, as NAME=VALUE."),
    ],
)
def test_a_stored_query_is_asked_with_what_it_needs_or_not_at_all(write_project, options, words):
    files = {"kg.toml": SETTINGS, "data/a.ttl": GOOD, "queries/q.rq": "SELECT * { ?_p_iri ?p ?o }"}
    result = kg("query", "q", write_project(files), *options)
    assert (2, "", f"{words}\n") == (result.returncode, result.stdout, result.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["validate", "--format", "json"], ["query", "all"]])
def test_an_output_that_takes_no_more_is_told_in_one_line(write_project, command):
    files = {"kg.toml": SETTINGS, "data/a.ttl": GOOD, "queries/all.rq": "SELECT * { ?s ?p ?o }"}
    words = [sys.executable, "-m", "kg", *command, write_project(files)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    said = "kg: standard output: cannot be written: No space left on device.\n"
    assert (2, said) == (done.returncode, done.stderr)


def test_a_malformed_query_is_named_with_line_and_column(write_project):
    result = kg("query", "-", write_project({"a.ttl": GOOD}), stdin="SELECT *\n{ ?s ex:p }")
    assert result.returncode == 2
    assert "kg: line 2, column 3: found '?s ex:p }'" in result.stderr


def test_the_line_that_an_error_quotes_is_not_obeyed(write_project):
    code = "\x1b]0;title\x07"
    told = kg("validate", write_project({"bad.ttl": f"ex:a ex:p '{code}' ex:q ."})).stderr
    assert "\ufffd]0;title\ufffd" in told
    assert code not in told


def test_a_table_has_nothing_that_a_terminal_would_obey(write_project):
    text = r'SELECT ("a\u001B[2J\r\nb" AS ?x) {}'
    table = kg("query", "-", write_project({"a.ttl": GOOD}), "--format", "table", stdin=text).stdout
    assert [["a\ufffd[2J\ufffd"], ["b"]] == [
        line.strip("│ ").split() for line in table.splitlines()[3:5]
    ]
    assert "\x1b" not in table


def test_query_answers_in_the_format_that_is_named(write_project):
    folder = write_project({"a.ttl": GOOD})
    assert '"boolean":true' in kg("query", "-", folder, "--format", "srj", stdin="ASK {}").stdout
    graph = kg("query", "-", folder, "--format", "nt", stdin="CONSTRUCT WHERE { ?s a ?c }").stdout
    assert "<http://example.org/a>" in graph
    refused = kg("query", "-", folder, "--format", "ttl", stdin="SELECT * { ?s ?p ?o }")
    assert (2, True) == (
        refused.returncode,
        "can be answered in srj, srx, csv, tsv" in refused.stderr,
    )


def test_a_single_file_in_any_format_is_a_project(tmp_path):
    (tmp_path / "one.nt").write_text("<http://e.org/a> <http://e.org/p> <http://e.org/b> .\n")
    (tmp_path / "other.ttl").write_text("this is not read")
    assert kg("validate", tmp_path / "one.nt").returncode == 0


@pytest.mark.parametrize("step", ['doing("counting sheep")', 'steps_bar("counting sheep", 9)'])
def test_a_long_step_is_told_in_a_line_where_nobody_looks_at_a_terminal(step):
    script = f"""if True:
        import sys, kg.terminal
        kg.terminal.LONG = 0
        with kg.terminal.{step}:
            sys.stdin.read()
    """
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        told, _, _ = select.select([process.stderr], [], [], 60)
        process.stdin.close()
        assert told
        assert "kg: counting sheep ...\n" == process.stderr.read()


def test_serve_says_where_how_much_the_verdict_and_what_to_try(server):
    first, title, counts, verdict, *_ = server.printed.splitlines()
    assert title.strip() == server.get("/reconcile").json()["name"]
    assert first.startswith("http://127.0.0.1:")
    for word in (" files", " triples", " claims, "):
        assert word in counts
    assert "conforms" in verdict
    assert "curl -L -H 'Accept: text/turtle'" in server.printed


def test_the_version_is_told():
    assert f"kg {version('kg-publisher')}\n" == kg("--version").stdout


@pytest.mark.parametrize("command", ["", "validate", "serve", "query"])
def test_help_is_enough_to_start(command):
    shown = kg(*command.split(), "--help").stdout
    assert "Usage" in shown
    assert len(shown.split()) > 30


def test_the_whole_data_set_can_be_moved_to_another_base():
    with serving(str(REPO), "--base", "http://127.0.0.1:9/x/") as server:
        graph = server.get("/doc/claim/c-0045.nt").text
        listed = server.get("/doc/claim/c-0045.html").text
    assert "<http://127.0.0.1:9/x/id/claim/c-0045>" in graph
    assert "w3id.org/claimgraph" not in graph
    assert "w3id.org/claimgraph" not in listed
