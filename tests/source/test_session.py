"""A session gives the reports that new runs give, after every kind of edit."""

import random
import shutil

import pyshacl
import pytest

import kg
from kg.errors import KgError, ShapesError, SourceError
from kg.source.checking import check
from kg.source.known import Known
from kg.source.session import Session
from tests.conftest import REPO
from tests.shacl import generated

# what shapes of the generated kind look at: lines of one thing each
LINES = generated.data(480).splitlines()
HEAD = next(n for n, line in enumerate(LINES) if line.startswith("ex:t0 "))


@pytest.fixture
def session():
    session = Session()
    yield session
    session.close()


@pytest.fixture
def folder(tmp_path):
    """Generated data with faults, in three files."""
    (tmp_path / "kg.toml").write_text("")
    for name in ("data/ttl", "ontology", "shapes"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "shapes/s.ttl").write_text(generated.PREFIXES + generated.SHAPES)
    write(tmp_path / "data/ttl/a.ttl", LINES[HEAD::2])
    write(tmp_path / "data/ttl/b.ttl", LINES[HEAD + 1 :: 2])
    (tmp_path / "ontology/o.ttl").write_text(generated.PREFIXES + generated.WORLD)
    return tmp_path


def write(path, lines):
    path.write_text("\n".join([generated.PREFIXES, *lines]), encoding="utf-8")


def anew(project, engine=""):
    source = kg.load(project)
    return check(source, by_shapes=lambda one: kg.validate(one, engine))


class Editor:
    """Makes edits of all kinds, the same ones in every run."""

    def __init__(self, folder):
        self.folder = folder
        self.random = random.Random(6)
        self.kinds = (self.drop, self.add, self.swap, self.move, self.retype, self.blank,
                      self.subclass, self.file, self.link)  # fmt: skip

    def edit(self, number):
        self.kinds[number % len(self.kinds)](number)

    def lines(self, name="a"):
        path = self.folder / f"data/ttl/{name}.ttl"
        return path, path.read_text().splitlines()[len(generated.PREFIXES.splitlines()) + 1 :]

    def one_of(self, lines):
        return self.random.randrange(len(lines))

    def drop(self, _):
        path, lines = self.lines()
        lines.pop(self.one_of(lines))
        write(path, lines)

    def add(self, number):
        path, lines = self.lines("b")
        write(path, [*lines, f"ex:new{number} a ex:Thing ; ex:count 1, 2, 3.5 ; ex:name 'n' ."])

    def swap(self, _):
        path, lines = self.lines()
        at = self.one_of(lines)
        lines[at] = lines[at].replace("ex:count", "ex:score", 1)
        write(path, lines)

    def move(self, _):
        path, lines = self.lines()
        other, more = self.lines("b")
        write(other, [*more, lines.pop(self.one_of(lines))])
        write(path, lines)

    def retype(self, _):
        path, lines = self.lines("b")
        at = self.one_of(lines)
        lines[at] = lines[at].replace("a ex:Thing", "a ex:Author, ex:Closed", 1)
        write(path, lines)

    def blank(self, number):
        path, lines = self.lines("b")
        write(path, [f"[] ex:knows [ a ex:Person ; ex:q {number} ] .", *lines])

    def subclass(self, _):
        path = self.folder / "ontology/o.ttl"
        line = "\nex:Thing rdfs:subClassOf ex:Closed ."
        text = path.read_text()
        path.write_text(text.replace(line, "") if line in text else text + line)

    def file(self, number):
        path = self.folder / "data/ttl/c.ttl"
        if path.exists():
            path.unlink()
        else:
            write(
                path, [f"ex:c{number} a ex:Thing ; ex:next ex:t1 . ex:t1 ex:knows ex:c{number} ."]
            )

    def link(self, _):
        path, lines = self.lines()
        one, other = (self.random.randrange(19) for _ in range(2))
        write(path, [*lines, f"ex:t{one} ex:next ex:t{other} . ex:t{other} ex:partOf ex:loop ."])


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_after_each_of_many_edits_the_report_is_that_of_a_new_run(folder, session, engine):
    project = kg.open_project(folder, {})
    editor, seen = Editor(folder), set()
    for number in range(27):
        _, report = session.report(project, engine)
        assert anew(project, engine) == report, number
        seen.add(report)
        editor.edit(number)
    assert len(seen) > 20, "the edits change what is found"


def test_only_what_an_edit_can_have_changed_is_judged_again(folder, session, monkeypatch):
    project = kg.open_project(folder, {})
    judged = []
    session.report(project)
    kept = session.again.kept
    assert len(kept.results) > 30
    judge = kept.judge
    monkeypatch.setattr(kept, "judge", lambda pair: judged.append(pair) or judge(pair))
    path, lines = Editor(folder).lines()
    write(path, [*lines, "ex:t0 ex:count 77 ."])
    session.report(project)
    assert session.again.kept is kept
    assert {"http://example.org/t0"} == {str(node) for _, node in judged}


def test_shapes_that_change_are_validated_by(folder, session):
    project = kg.open_project(folder, {})
    session.report(project)
    path = folder / "shapes/s.ttl"
    path.write_text(path.read_text().replace("sh:maxLength 40", "sh:maxLength 5"))
    assert anew(project) == session.report(project)[1]


def test_a_literal_that_nothing_can_be_compared_with_is_told_and_then_forgotten(folder, session):
    project = kg.open_project(folder, {})
    path, lines = Editor(folder).lines()
    before = session.report(project)[1]
    write(path, [*lines, "ex:t0 ex:born 'x'^^xsd:date ; ex:died '2000-13-01'^^xsd:date ."])
    assert anew(project) == session.report(project)[1]
    write(path, lines)
    assert before == session.report(project)[1]


def test_after_an_error_the_next_report_is_whole(folder, session):
    project = kg.open_project(folder, {})
    before = session.report(project)[1]
    for name, error in (("data/ttl/a.ttl", SourceError), ("shapes/s.ttl", ShapesError)):
        text = (folder / name).read_text()
        broken = text.replace("ex:t0 a", "ex:t0 a a a").replace("sh:maxLength", "sh:maxLenght")
        (folder / name).write_text(broken)
        with pytest.raises(error):
            session.report(project)
        (folder / name).write_text(text)
        assert before == session.report(project)[1]
    shutil.rmtree(folder / "data")
    with pytest.raises(KgError):
        session.report(project)


def test_shapes_that_an_engine_cannot_take_leave_the_libraries_as_they_were(folder, session):
    before = {**vars(pyshacl.shape.Shape)}
    with (folder / "shapes/s.ttl").open("a") as shapes:
        shapes.write("\nex:S ex:p <<( ex:a ex:b ex:c )>> .")
    with pytest.raises(ShapesError, match="triple term") as raised:
        session.report(kg.open_project(folder, {}))
    assert raised.value
    assert before == {**vars(pyshacl.shape.Shape)}


def test_an_edit_of_the_claim_graph_gives_the_report_of_a_new_run(tmp_path, session):
    for name in ("data", "ontology", "shapes", "queries", "kg.toml"):
        copy = shutil.copytree if (REPO / name).is_dir() else shutil.copy
        copy(REPO / name, tmp_path / name)
    project = kg.open_project(tmp_path, {})
    session.report(project, "fast")
    path = (
        next((tmp_path / "data/ttl").rglob("*c-0045*"), None)
        or sorted((tmp_path / "data/ttl").rglob("*.ttl"))[40]
    )
    path.write_text(path.read_text().replace("skos:prefLabel", "rdfs:label", 1))
    report = session.report(project, "fast")[1]
    assert report.results
    assert anew(project, "fast") == report


def test_only_files_that_have_changed_are_parsed_again(folder):
    project, known, read = kg.open_project(folder, {}), Known(), []
    first = kg.load(project, read.append, known)
    assert first == kg.load(project)
    read.clear()
    assert first == kg.load(project, read.append, known)
    assert [] == read
    path, lines = Editor(folder).lines()
    write(path, lines[1:])
    assert kg.load(project) == kg.load(project, read.append, known)
    assert path.stat().st_size == sum(read)
