"""Regular expressions of shapes that would take for ever."""

import pytest

from kg.errors import ShapesError, SlowPattern
from kg.project import open_project
from kg.source.loading import load
from kg.source.shacl import patterns
from kg.source.shapes import validate

# Python's `re` takes years for this
TEXT = "a" * 5_000 + "!"
PATTERN = (
    'ex:S a sh:NodeShape ; sh:targetNode ex:a ;\n sh:property [ sh:path ex:p ; sh:pattern "{}" ].'
)
QUERY = """ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:message "No." ; sh:select
  'SELECT $this { $this <http://example.org/p> ?x FILTER (REGEX (?x, "^(a+)+$")) }' ] ."""
REPLACE = QUERY.replace('REGEX (?x, "^(a+)+$")', 'REPLACE (?x, "^(a+)+$", "b") = "c"')


@pytest.fixture
def validated(write_project):
    """A function that validates a text at ex:a by shapes."""

    def run(shapes: str, text: str = TEXT, engine: str = "reference"):
        data = f"ex:a a ex:C ;\n ex:p '{text}' ."
        files = {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shapes}
        return validate(load(open_project(write_project(files), {})), engine)

    return run


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_an_expression_that_takes_for_ever_is_refused_with_its_place_and_the_literals(validated):
    with pytest.raises(ShapesError) as caught:
        validated(PATTERN.format("^(a+)+$"))
    told = str(caught.value)
    assert told.startswith("The shapes cannot be used:\nshapes/s.ttl:8:42: _:")
    assert "the expression ^(a+)+$ takes longer than 0.05 s on 'aaa" in told
    assert "… (5,001 characters)'" in told
    assert "a+ for (a+)+" in told
    assert "The literal is at data/ttl/a.ttl:8:7." in told
    assert 'sh:pattern "^(a+)+$"' in told, "the line is shown"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("shapes", [QUERY, REPLACE])
def test_an_expression_in_a_query_is_bounded_too(validated, shapes):
    with pytest.raises(ShapesError, match=r"s\.ttl:7:1: <http://example\.org/S>: the expression"):
        validated(shapes)


@pytest.mark.usefixtures("impatient")
def test_a_text_that_a_query_makes_has_no_place(validated):
    shapes = QUERY.replace("REGEX (?x,", """REGEX (REPLACE (?x, "!", "?"),""")
    with pytest.raises(ShapesError, match=r"^The shapes cannot be used: the expression"):
        validated(shapes)


def test_the_fast_engine_takes_linear_time(validated):
    (result,) = validated(PATTERN.format("^(a+)+$"), engine="fast").results
    assert "PatternConstraintComponent" == result.component


@pytest.mark.parametrize("engine", ["reference", "fast"])
@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [("^(a+)+$", "a" * 30, 0), ("^[A-Z]", "a", 1), ("^\\\\w$", "é", 0)],
)
def test_others_find_what_they_found(validated, engine, pattern, text, found):
    assert found == len(validated(PATTERN.format(pattern), text, engine).results)


def test_letters_are_known_by_their_properties_as_xpath_has_it(validated):
    pattern = PATTERN.format("^\\\\p{Lu}$")
    assert [0, 1] == [len(validated(pattern, text).results) for text in "Éé"]


def test_flags_are_kept(validated):
    shapes = PATTERN.format("^A").replace("sh:pattern", 'sh:flags "i" ; sh:pattern')
    assert not validated(shapes, "a").results


def test_the_error_crosses_from_process_to_process():
    from pickle import dumps, loads

    error = SlowPattern("a", "b", 1.0)
    error.shape = "<x>"
    copy = loads(dumps(error))
    assert (SlowPattern, str(error), "<x>", "b") == (type(copy), str(copy), copy.shape, copy.text)


def test_a_literal_of_ten_megabytes_is_matched(validated):
    assert 1 == len(validated(PATTERN.format("^[a-y]+$"), "a" * 10_000_000 + "z").results)


def test_an_expression_that_takes_all_memory_is_refused_too(validated):
    with pytest.raises(
        ShapesError, match=r"takes more memory than it may have on 'aaa.*a\.ttl:8:7"
    ):
        validated(PATTERN.format("^(a|aa)+b$"), "a" * 10_000_000)
