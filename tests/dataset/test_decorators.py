import pytest

from kg.dataset.decorators import decorators, is_deeper
from kg.errors import SourceError


@pytest.mark.parametrize(
    ("line", "deeper"),
    [("#+   - a: b", True), ("#+ - a", True), ("#+     - b", True), ("#+ a: b", False),
     ("#+  a: b", False), ("#+", False), ("# - a", False)],
)  # fmt: skip
def test_deeper_lines_belong_to_the_key_above(line, deeper):
    assert deeper == is_deeper(line)


def test_values_are_text_whatever_yaml_would_make_of_them():
    header = "#+ defaults:\n#+   - a: 2015-01-01\n#+   - b: no\n#+   - c: 007\n#+   - d:\nASK {}"
    found = decorators("q.rq", header)["defaults"].table()
    assert {"a": "2015-01-01", "b": "no", "c": "007", "d": ""} == found


@pytest.mark.parametrize(
    "value", [" {a: x}", "\n#+   - a: x", "\n#+   a: x", "\n# aside\n#+ - a: x"]
)
def test_a_table_may_be_written_in_every_form_that_yaml_has(value):
    assert {"a": "x"} == decorators("q.rq", f"#+ defaults:{value}\nASK {{}}")["defaults"].table()


def test_names_without_values_have_none():
    text = "#+ enumerate:\n#+   - a\n#+   - b: [1, 2]\nASK {}"
    assert {"a": None, "b": ["1", "2"]} == decorators("q.rq", text)["enumerate"].table()


@pytest.mark.parametrize(
    ("text", "line"),
    [("#+ summary: x\n#+ defaults:\n#+   - a: [", 3), ("#+ defaults: {a", 1),
     ("#+ defaults:\n#+   - a: x: y\nASK {}", 2)],
)  # fmt: skip
def test_what_is_no_yaml_is_an_error_at_its_line(text, line):
    with pytest.raises(SourceError) as caught:
        decorators("q.rq", text)
    (problem,) = caught.value.problems
    assert ("q.rq", line) == (problem.file, problem.line)
    assert "not YAML" in problem.message


def test_objects_are_never_made():
    found = decorators("q.rq", "#+ defaults:\n#+   - a: !!python/name:os.system x\nASK {}")
    assert {"a": "x"} == found["defaults"].table()


def test_a_key_without_a_space_behind_its_colon_is_refused_at_its_line():
    with pytest.raises(SourceError, match=r"^q\.rq:2:1: not YAML: expected a name, a colon"):
        decorators("q.rq", "#+ summary: x\n#+ pagination:50\nASK {}")
