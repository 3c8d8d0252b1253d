"""A new record is filled from the project's template, or a clear line says why not."""

import re
import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.errors import ProjectError
from kg.project import open_project
from kg.scaffold.project import NewProject, make_project
from kg.scaffold.template import filled, read_template

HEAD = "#: file data/NN.ttl\n#: first id/NN\n"
TEXT = "Wages rose by 4 percent in 2023, the union said. The café paid €300 more.\n"


@pytest.fixture
def project(tmp_path):
    wanted = NewProject("claims", "https://a.example/", "A", ("en",), date(2026, 11, 28))
    make_project(tmp_path / "a", wanted)
    (tmp_path / "a/texts/wages.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a"


@pytest.fixture
def unruled(project):
    """The project without shapes, where they are not what is tested: they take seconds."""
    shutil.rmtree(project / "shapes")
    (project / "shapes").mkdir()
    return project


def claim(project, command, *options):
    # in this process: to start another takes longer than all that is tested
    text = project / "texts/wages.txt"
    return CliRunner().invoke(app, ["claim", command, str(text), str(project), *options])


def fields(**values):
    return [part for name, value in values.items() for part in ("--set", f"{name}={value}")]


def test_a_text_and_a_claim_of_it_are_recorded_and_conform(project):
    described = fields(label="Article on wages", title="On “wages”", author="Its author")
    done = claim(project, "document", *described)
    assert (0, True) == (done.exit_code, "want nothing more" in done.stdout), done.output
    said = fields(
        label="The union: wages rose",
        gloss='Wages were 4 percent higher in 2023: "rose".',
        type="quantitative",
        predicate="term/visitors-came",
        author="id/actor/wages-author",
        speaker="id/actor/exampleton-council",
        edtf="2023",
        measure="measure:area",
        exactness="exact",
        value=4,
        min=4,
        max=4,
        unit="unit:PERCENT",
    )
    parts = (
        "--part",
        "source=the union said",
        "--part",
        "quantity=4 percent",
        "--part",
        "time=2023",
    )
    done = claim(project, "new", "--span", "Wages … in 2023", *parts, *said)
    assert (0, True) == (done.exit_code, "want nothing more" in done.stdout), done.output
    source = kg.load(open_project(project, environ={}))
    assert kg.check(source).conforms
    assert 0 == CliRunner().invoke(app, ["fmt", "--check", str(project)]).exit_code
    text, folder = str(project / "texts/wages.txt"), str(project)
    assert "4 in place" in CliRunner().invoke(app, ["anchors", text, folder]).stdout
    assert not any("Wages rose" in str(quad) for quad in source.quads("data")), "no text is stored"


def test_what_one_claim_does_to_another_is_an_edge_and_a_record_of_it(project):
    again = (project / "data/ttl/claims/0001.ttl").read_text("utf-8")
    second = (
        again.replace("c-0001", "c-0002").replace("p-0001", "p-0002").replace('"0001"', '"0002"')
    )
    (project / "data/ttl/claims/0002.ttl").write_text(second, encoding="utf-8")
    run, folder = CliRunner().invoke, str(project)
    edge = ["claim", "argument", "c-0002", "rebuts", "c-0001", folder, "--set", "note=It says no."]
    done = run(app, edge)
    assert (0, True) == (done.exit_code, "want nothing more" in done.stdout), done.output
    source = kg.load(open_project(project, environ={}))
    (said,) = {q.object.value for q in source.quads("data") if q.predicate.value.endswith("rebuts")}
    assert "https://a.example/id/claim/c-0001" == said
    assert 0 == run(app, ["fmt", "--check", folder]).exit_code
    wrong = run(app, ["claim", "argument", "c-0002", "rebts", "c-0009", folder]).stdout
    assert "data/ttl/arguments/0002.ttl:" in wrong
    assert "Did you mean rebuts?" in wrong
    assert "Point rdf:object at one cg:Claim" in wrong
    bare = project / "data/ttl/bare.ttl"
    bare.write_text(
        (project / "data/ttl/arguments/0001.ttl").read_text("utf-8").partition("<id/arg")[0]
    )
    (project / "data/ttl/arguments/0001.ttl").unlink()
    (project / "data/ttl/arguments/0002.ttl").unlink()
    assert "This edge between two claims has no record." in run(app, ["validate", folder]).stdout


def test_the_terms_of_a_list_are_asked_for_by_its_name(unruled):
    asked = CliRunner().invoke(app, ["query", "terms", str(unruled), "-p", "list=exactness"])
    assert 9 == asked.stdout.count("scheme/exactness/")
    assert 9 + 1 == len(asked.stdout.splitlines())
    whole = CliRunner().invoke(app, ["query", "terms", str(unruled)]).stdout
    assert "https://a.example/term/" in whole, "one of the project's own"


def test_what_is_not_given_is_a_comment_and_the_shapes_ask_for_it(project):
    claim(project, "document", *fields(label="Article", title="Wages"))
    done = claim(project, "new", "--span", "0:31")
    assert 0 == done.exit_code
    assert "data/ttl/claims/0002.ttl:" in done.stdout
    assert "The English label is missing." in done.stdout
    written = (project / "data/ttl/claims/0002.ttl").read_text("utf-8")
    assert '  # rdfs:label "$label"@en ;' in written
    assert "@prefix claim-type:" in written, "a line that is filled by hand has its prefix"


def test_numbers_are_not_given_twice(unruled):
    claim(unruled, "document", *fields(label="Article", title="Wages"))
    (unruled / "data/ttl/gone.ttl").write_text(
        "<https://a.example/id/claim/c-0041> <http://www.w3.org/2002/07/owl#deprecated> true .",
        encoding="utf-8",
    )
    assert "0042.ttl" in claim(unruled, "new", "--span", "0:31").stdout
    assert "0043.ttl" in claim(unruled, "new", "--span", "0:31").stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "--span: say where"),
        (("--span", "0:500"), "0:500 is no span of it: it has 74 code points"),
        (("--span", "wages"), "'wages' is not in it"),
        (("--span", "0:5", "--part", "sauce=0:5"), "--part sauce: the template has no such name"),
        (("--span", "0:5", "--set", "lable=x"), "Did you mean label?"),
        (("--span", "0:5", "--set", "label"), "write it once, as NAME=VALUE"),
        (("--span", "0:5", "--set", "edtf=May"), "edtf=May: no date of EDTF"),
        (("--span", "0:5", "--set", "author=a b"), "author='a b': cannot stand in <$author>"),
        (("--span", "0:5", "--set", "stance=a;b"), "cannot stand in stance:$stance"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_written(unruled, options, words):
    claim(unruled, "document", *fields(label="Article", title="Wages"))
    done = claim(unruled, "new", *options)
    assert (2, True) == (done.exit_code, words in done.stderr), done.output
    assert ["0001.ttl"] == [path.name for path in (unruled / "data/ttl/claims").iterdir()]


def test_a_text_that_no_document_has_is_refused_and_a_record_is_not_overwritten(unruled):
    assert 0 == claim(unruled, "document", *fields(label="Article", title="Wages")).exit_code
    done = claim(unruled, "document", *fields(label="Article", title="Wages"))
    assert (2, True) == (
        done.exit_code,
        "is there already, and nothing is overwritten" in done.stderr,
    )
    (unruled / "texts/wages.txt").write_text("Another text", encoding="utf-8")
    for options in ((), ("--document", "id/doc/wages")):
        done = claim(unruled, "new", "--span", "Another", *options)
        assert (2, True) == (done.exit_code, "If it was changed, kg anchors says" in done.stderr)


def test_values_stand_as_what_their_place_is():
    lines = 'ex:a ex:b "$text", <$iri>, ex:$name, $term, $number .'
    template = read_template("t.ttl", f"{HEAD}@prefix ex: <http://e/> .\n{lines}\n")
    values = {"text": 'a "b"\n', "iri": "id/é", "name": "x", "term": "ex:y", "number": "-1.5"}
    text = filled(template, values)
    assert 'ex:a ex:b "a \\"b\\"\\n", <id/é>, ex:x, ex:y, -1.5 .' in text
    assert "<other:y>" in filled(template, {**values, "term": "other:y"})


def test_lines_and_blocks_stay_where_their_condition_holds():
    text = f"{HEAD}a  #? b\nc  #? no b\n#? b\nd  #? e\nf\n#? end\n$g\nh"
    template = read_template("t.ttl", text)
    assert ["c", "  # $g", "h"] == filled(template, {}).splitlines()
    assert ["a", "d", "f", "<x>", "h"] == filled(template, {"b": "1", "e": "1", "g": "x"}).split()
    assert ["c", "h"] == filled(template, {"g": ""}).split(), "an empty value leaves lines out"


def test_a_template_without_a_header_is_refused():
    with pytest.raises(ProjectError, match=re.escape("t.ttl: a template begins with #: file")):
        read_template("t.ttl", "<a> <b> <c> .")


def test_a_project_without_templates_is_told_where_they_come_from(unruled):
    (unruled / "data/templates/document.ttl").unlink()
    done = claim(unruled, "document")
    assert (2, True) == (done.exit_code, "kg init makes one" in done.stderr)
