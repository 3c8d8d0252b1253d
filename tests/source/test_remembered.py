import pytest

from kg.project import open_project
from kg.source.loading import load
from kg.source.remembered import remembered
from kg.source.report import Severity
from kg.source.shapes import validate

SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:message "It has a n\u00e4me." .
"""


@pytest.fixture
def cache(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def source_of(write_project):
    """A function that loads a project with that data and those shapes."""

    def make(data: str = "ex:a a ex:C .", shapes: str = SHAPES):
        files = {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shapes}
        return load(open_project(write_project(files), {}))

    return make


def files_in(cache):
    return [path for path in cache.rglob("*") if path.is_file()]


def never(source):
    raise AssertionError(f"validated again: {source.base}")


@pytest.mark.usefixtures("cache")
def test_the_report_is_the_validators(source_of):
    source = source_of()
    assert validate(source) == remembered(source, validate)


@pytest.mark.usefixtures("cache")
def test_unchanged_files_are_not_validated_again(source_of):
    first = remembered(source_of(), validate)
    again = remembered(source_of(), never)
    assert first == again
    assert Severity.VIOLATION is again.results[0].severity


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    "changed",
    [
        {"data": "ex:a a ex:C ; ex:name 'A' ."},
        {"shapes": SHAPES.replace("minCount 1", "minCount 0")},
    ],
    ids=["data", "shapes"],
)
def test_a_changed_file_is_validated_anew(source_of, changed):
    remembered(source_of(), validate)
    assert remembered(source_of(**changed), validate).conforms


@pytest.mark.usefixtures("cache")
def test_words_have_the_prefixes_of_the_files_as_they_are(source_of):
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:class ex:D ."
    first = remembered(source_of(shapes=shapes), validate)
    other = "@prefix e: <http://example.org/> . " + shapes.replace("ex:", "e:")
    again = remembered(source_of(shapes=other), validate)
    assert ["It is not an instance of ex:D.", "It is not an instance of e:D."] == [
        report.results[0].message for report in (first, again)
    ]


@pytest.mark.usefixtures("cache")
def test_a_change_of_comments_only_is_no_change(source_of):
    remembered(source_of(), validate)
    assert remembered(source_of("# why\nex:a a ex:C ."), never).results


@pytest.mark.usefixtures("cache")
def test_places_are_those_of_the_files_as_they_are(source_of):
    first = remembered(source_of(), validate).results[0]
    again = remembered(source_of("# why\n ex:a a ex:C .", f"# why\n\n{SHAPES}"), never).results[0]
    assert [(7, 1), (8, 2)] == [(one.line, one.column) for one in (first, again)]
    assert [9, 11] == [one.shape_place.line for one in (first, again)]
    assert ["ex:a a ex:C .", " ex:a a ex:C ."] == [first.excerpt, again.excerpt]


@pytest.mark.usefixtures("cache")
def test_triples_that_move_from_one_file_to_another_are_validated_anew(source_of, write_project):
    remembered(source_of(), validate)
    (write_project({}) / "data/ttl/a.ttl").rename(write_project({}) / "data/ttl/b.ttl")
    moved = load(open_project(write_project({}), {}))
    assert "data/ttl/b.ttl" == remembered(moved, validate).results[0].file


@pytest.mark.parametrize(
    "damage",
    [
        "", "{", "[]", "null", "7", "{}", "\x00", '{"results": []}',
        '{"results": 5, "shapes": 1}', '{"results": [[]], "shapes": 1}',
        '{"results": [null], "shapes": 1}', '{"results": [[0, ""]], "shapes": 1}',
        '{"results": [[9, "", "", "", "", "", "", ""]], "shapes": 1}',
    ],
)  # fmt: skip
def test_a_damaged_memory_is_ignored_and_mended(source_of, cache, damage):
    source = source_of()
    expected = remembered(source, validate)
    (path,) = files_in(cache)
    path.write_text(damage, encoding="utf-8")
    assert expected == remembered(source, validate)
    assert expected == remembered(source, never)


def test_a_memory_that_is_not_text_is_ignored(source_of, cache):
    source = source_of()
    expected = remembered(source, validate)
    (path,) = files_in(cache)
    path.write_bytes(b"\xff\xfe")
    assert expected == remembered(source, validate)


def test_a_cache_that_cannot_be_written_is_no_failure(source_of, tmp_path_factory, monkeypatch):
    file = tmp_path_factory.mktemp("cache") / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    source = source_of()
    assert validate(source) == remembered(source, validate)


def test_nothing_half_written_is_left(source_of, cache):
    remembered(source_of(), validate)
    assert [".json"] == [path.suffix for path in files_in(cache)]


def test_an_empty_variable_means_the_home_folder(source_of, tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(home))
    remembered(source_of(), validate)
    assert 1 == len(files_in(home / ".cache" / "kg"))
