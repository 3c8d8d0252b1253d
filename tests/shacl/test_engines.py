"""The fast engine finds what the reference finds, and the reference what pyshacl alone finds."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pyshacl
import pytest

from kg.errors import ProjectError
from kg.project import open_project
from kg.settings import Validation
from kg.source.loading import load
from kg.source.report import ValidationResult
from kg.source.shacl import reference
from kg.source.shacl.preparing import prepared
from kg.source.shacl.rdflib_graph import graph_of, quiet, results_in
from kg.source.shacl.terms import PROPERTIES
from kg.source.shapes import validate
from tests.shacl import generated

EX = "http://example.org/"

# where the engines differ, who is right, and why: which engine alone has results that look so
DIFFERENCES = {
    "rdflib compares what SPARQL cannot, such as a string with a number": (
        "reference",
        lambda one: one.component == "SPARQLConstraintComponent",
    ),
    "pyshacl takes a year for its first day, SHACL wants a result for what cannot be compared": (
        "fast",
        lambda one: one.component.startswith("MinInclusive") and "#gYear>" in one.value,
    ),
    "pyshacl lets a date be less than a number, SHACL wants a result for what cannot be compared": (
        "fast",
        lambda one: one.component.startswith("LessThan") and one.source_shape == f"{EX}s-born",
    ),
}


@pytest.fixture(scope="module")
def generated_source(tmp_path_factory):
    """A function that loads generated data of some size."""

    def make(triples: int):
        folder = tmp_path_factory.mktemp("generated")
        for name, text in (
            ("kg.toml", ""),
            ("data/ttl/a.ttl", generated.data(triples)),
            ("shapes/s.ttl", generated.PREFIXES + generated.SHAPES),
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return load(open_project(folder, {}))

    return make


def compared(one: ValidationResult) -> ValidationResult:
    """A result without its message: where a shape has none, the words are each engine's own."""
    return replace(one, message="")


def test_both_engines_find_the_same_in_generated_data_with_faults_or_the_difference_is_explained(
    generated_source,
):
    source = generated_source(10_000)
    assert 9_500 < len(list(source.quads("data"))) < 10_500
    found = {
        engine: {compared(one) for one in validate(source, engine).results}
        for engine in ("reference", "fast")
    }
    assert min(map(len, found.values())) > 500
    for reason, (engine, described) in DIFFERENCES.items():
        (other,) = found.keys() - {engine}
        explained = {one for one in found[engine] - found[other] if described(one)}
        assert explained, f"no longer so: {reason}"
        found[engine] -= explained
    assert found["reference"] == found["fast"]


def test_generated_faults_break_every_kind_of_constraint(generated_source):
    results = validate(generated_source(10_000), "fast").results
    components = Counter(one.component.removesuffix("ConstraintComponent") for one in results)
    kinds = {name for name in PROPERTIES if f"sh:{name} " in generated.SHAPES}
    # those that set something for others, describe a shape or a path, or are no rule
    kinds -= {name for name in kinds if name.startswith("target") or name.endswith("Path")}
    kinds -= {"ask", "deactivated", "declare", "flags", "ignoredProperties", "message", "parameter"}
    kinds -= {"path", "prefix", "prefixes", "namespace", "property", "qualifiedValueShape"}
    kinds -= {"qualifiedValueShapesDisjoint", "select", "severity", "validator"}
    missing = {name for name in kinds if name.lower() not in {c.lower() for c in components}}
    assert missing == set()
    assert f"{EX}AtMost" in components


def test_both_engines_find_the_same_in_the_claim_graph(source, report):
    fast = validate(source, "fast")
    assert report.results
    assert [compared(one) for one in report.results] == [compared(one) for one in fast.results]
    assert report.shapes == fast.shapes


def test_what_a_shape_says_is_the_message_of_both_engines(generated_source):
    source = generated_source(1_000)
    said = [
        {one.message for one in validate(source, engine).results if one.source_shape.endswith(name)}
        for engine in ("reference", "fast")
        for name in ("s-count",)
    ]
    assert said == [{"A whole number."}] * 2


def test_what_is_computed_once_changes_no_result(generated_source):
    """pyshacl alone, on the same graphs, with no function of it replaced."""
    source = generated_source(1_500)
    shapes = prepared(tuple(source.quads("shapes")))
    with quiet():
        _, graph, _ = pyshacl.validate(
            graph_of(source.quads("data")), shacl_graph=graph_of(shapes), inference="none"
        )
    alone = list(results_in(graph))
    assert len(alone) > 50
    ours = reference.run(tuple(source.quads("data")), shapes)
    assert set(map(without_list, alone)) == set(map(without_list, ours))


def without_list(result):
    """The result without the message of sh:in: pyshacl names the list in an order by chance."""
    of_list = result.component == "InConstraintComponent"
    return replace(result, message="") if of_list else result


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_results_are_in_the_same_order_each_time(generated_source, engine):
    source = generated_source(1_000)
    assert validate(source, engine) == validate(source, engine)


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_results_have_places_and_ill_typed_literals_their_lexical_forms(generated_source, engine):
    results = validate(generated_source(3_000), engine).results
    # two targets are in no file: they are named by the shapes only
    elsewhere = {"text", f"{EX}unknown"}
    assert elsewhere == {one.focus_node for one in results if not one.line}
    assert all(one.shape_place.line for one in results)
    assert any(one.value.startswith('"none"^^') for one in results)


def test_an_engine_that_nobody_knows_is_refused(generated_source):
    with pytest.raises(
        ProjectError, match=r"faster: no engine of validation\. Known: reference, fast"
    ):
        validate(generated_source(100), "faster")


WITHOUT = """
import sys
sys.modules["pyshacl_turbo"] = None
from kg.cli.app import main
sys.argv = ["kg", "validate", sys.argv[1], "--engine", "fast"]
main()
"""


def test_without_the_package_the_command_says_what_to_install(generated_source):
    root = generated_source(100).project.root
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(root)], capture_output=True, text=True, check=False
    )
    assert 2 == done.returncode
    assert "pip install 'kg-publisher[fast]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_engine_is_a_setting(generated_source):
    source = generated_source(100)
    project = replace(source.project, validation=Validation(engine="fast"))
    assert validate(source, "fast") == validate(replace(source, project=project))
    with pytest.raises(ProjectError, match="none of reference, fast"):
        Validation(engine="quick")


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_only_xsd_string_is_the_datatype_of_plain_strings(write_project, engine):
    own = f"<{EX}types#string>"
    folder = write_project(
        {
            "kg.toml": "",
            "data/ttl/a.ttl": f'ex:a a ex:C ; ex:p "x"^^{own} , "y" .',
            "shapes/s.ttl": f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . "
            f"ex:P a sh:PropertyShape ; sh:path ex:p ; sh:datatype {own} .",
        }
    )
    report = validate(load(open_project(folder, {})), engine)
    assert ['"y"'] == [result.value for result in report.results]
