"""What is said of shapes that are wrong themselves: which shape, where, and what instead."""

import pytest

from kg.errors import ShapesError
from kg.project import open_project
from kg.rdf.namespaces import RDF
from kg.source.loading import load
from kg.source.shacl import paths
from kg.source.shapes import validate

DATA = "ex:a a ex:C ; ex:p 'x', 'y' ; ex:q 1 ."
# in front of it stand six lines of prefixes
SHAPE = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P .\nex:P sh:path ex:p ;\n"
QUERY = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql ex:Q .\nex:Q sh:select "


@pytest.fixture
def report_on(write_project):
    """A function that validates the data by shapes, with either engine."""

    def run(shapes: str, data: str = DATA, engine: str = "reference"):
        files = {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shapes}
        return validate(load(open_project(write_project(files), {})), engine)

    return run


@pytest.fixture
def refusal(report_on):
    """A function from shapes to what is said of them, without the first line."""

    def run(shapes: str, data: str = DATA) -> str:
        with pytest.raises(ShapesError) as caught:
            report_on(shapes, data)
        first, _, rest = str(caught.value).partition("\n")
        assert first == "The shapes cannot be used:"
        return rest

    return run


@pytest.mark.parametrize(
    ("said", "place", "near"),
    [
        (f"{SHAPE} sh:minCuont 1 .", "9:2", "minCount"),
        (f"{SHAPE} sh:nodeKind sh:Iri .", "9:14", "IRI"),
        (f"{SHAPE} sh:severity sh:Violatoin .", "9:14", "Violation"),
        (f"{SHAPE} sh:property [ sh:path ex:q ; sh:clas ex:D ] .", "9:31", "class"),
        ("ex:S a sh:NodShape ; sh:targetClass ex:C .", "7:8", "NodeShape"),
        ("ex:S a sh:NodeShape ; sh:targetclass ex:C .", "7:23", "targetClass"),
    ],
)
def test_a_misspelled_term_is_refused_with_its_place_and_the_nearest_term(
    refusal, said, place, near
):
    message = refusal(said)
    assert message.startswith(f"shapes/s.ttl:{place}: sh:")
    assert f"Did you mean sh:{near}?" in message
    assert "^" == message.splitlines()[-1].strip()


@pytest.mark.parametrize(
    "term",
    [
        # SHACL 1.2 Core, SHACL Advanced Features, SHACL JavaScript Extensions
        *("memberShape ex:S", "minListLength 1", "uniqueMembers true", "reifierShape ex:S"),
        *("singleLine true", "subsetOf ex:q", "someValue ex:S", "rootClass ex:C"),
        *("expression ex:e", "target ex:t", "rule ex:r", "js ex:j"),
    ],
)
def test_terms_of_other_versions_never_conform_falsely(refusal, term):
    assert f"sh:{term.split()[0]} is no term of SHACL 1.0" in refusal(f"{SHAPE} sh:{term} .")


@pytest.mark.parametrize(
    ("shapes", "place", "words"),
    [
        (f"{SHAPE} sh:minCount 'one' .", "9:14", "must be an integer"),
        (f"{SHAPE} sh:maxCount 1.5 .", "9:14", "must be an integer"),
        (f"{SHAPE} sh:minCount 1, 2 .", "9:17", "sh:minCount twice"),
        (f"{SHAPE} sh:path ex:q .", "9:10", "sh:path twice"),
        (f"{SHAPE} sh:nodeKind ex:Thing .", "9:14", "must be one of BlankNode"),
        (f"{SHAPE} sh:uniqueLang 'yes' .", "9:16", "must be true or false"),
        (f"{SHAPE} sh:datatype 'string' .", "9:14", "must be an IRI"),
        (f"{SHAPE} sh:class [] .", "9:11", "must be an IRI"),
        (f"{SHAPE} sh:in 5 .", "9:8", "must be a list"),
        (f"{SHAPE} sh:in [ <{RDF}first> 1 ] .", "9:8", "must be a list"),
        (f"{SHAPE} sh:or ex:T .", "9:8", "must be a list"),
        (f"{SHAPE} sh:languageIn 'en' .", "9:16", "must be a list"),
        (f"{SHAPE} sh:pattern '(' .", "9:13", "no regular expression"),
        (f"{SHAPE} sh:pattern 5 .", "9:13", "must be a plain string"),
        (f"{SHAPE} sh:message 5 .", "9:13", "must be a string"),
        (f"{SHAPE} sh:minInclusive ex:a .", "9:18", "must be a literal"),
        (f"{SHAPE} sh:severity 'bad' .", "9:14", "must be an IRI"),
        (f"{SHAPE} sh:node 'S' .", "9:10", "must be a shape"),
        (f"{SHAPE} sh:node ex:Nowhere .", "9:10", "nothing is said of the shape"),
        (f"{SHAPE} a sh:NodeShape .", "8:6", "is a node shape, and so has no sh:path"),
        ("ex:S sh:targetClass ex:C ; sh:property [ sh:minCount 1 ] .", "7:40", "has no sh:path"),
        ("ex:S a sh:PropertyShape ; sh:targetClass ex:C .", "7:1", "shape without sh:path"),
        ("ex:S a sh:NodeShape ; sh:minCount 1 .", "7:23", "is for property shapes"),
        ("ex:S a sh:NodeShape ; sh:targetClass 'C' .", "7:38", "must be an IRI"),
        ("ex:S a sh:NodeShape ; sh:targetNode [] .", "7:37", "must be an IRI or a literal"),
    ],
)
def test_what_breaks_the_syntax_of_shacl_is_named_with_its_place(refusal, shapes, place, words):
    message = refusal(shapes)
    assert message.startswith(f"shapes/s.ttl:{place}: ")
    assert words in message.splitlines()[0]
    assert "http://example.org/" in message.splitlines()[0], "the shape is named"


@pytest.mark.parametrize(
    "path",
    ["'p'", "[]", "[ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ]", "[ sh:alternativePath () ]",
     "[ sh:alternativePath ex:p ]", "( ex:p 'q' )", "[ sh:inversePath 5 ]",
     "_:p . _:p sh:inversePath _:p"],
)  # fmt: skip
def test_what_is_no_path_is_named_with_its_place(refusal, path):
    message = refusal(f"ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path {path} .")
    assert message.startswith("shapes/s.ttl:7:57: ")
    assert "path" in message.splitlines()[0]


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("'SELECT $this WHERE {'", "cannot be read"),
        ("'SELECT $this WHERE { $this no:such ?x }'", "no sh:declare for the prefix no:"),
        ("'SELECT $this WHERE { FILTER (?x + ) }'", "cannot be read"),
        ("'ASK { SERVICE <http://localhost:9/> { } }'", "SERVICE may not be used"),
        (f"'ASK {'{' * 5_000}{'}' * 5_000}'", "nested deeper than 100"),
        (f"'ASK {{ FILTER ({'!' * 60_000}true) }}'", "longer than 50,000 characters"),
        ("'SELECT $this WHERE { FILTER (ex:f($this)) }'", "no sh:declare for the prefix ex:"),
        ("'SELECT $this WHERE { FILTER (<urn:f>($this)) }'", "custom function <urn:f>"),
        ("5", "must be a plain string"),
    ],
)
def test_a_query_that_is_none_is_named_with_its_place(refusal, select, words):
    message = refusal(f"{QUERY} {select} .")
    assert message.startswith("shapes/s.ttl:8:17: ")
    assert words in message.splitlines()[0]


def test_a_constraint_without_a_query_is_named(refusal):
    assert "has no sh:select" in refusal("ex:S a sh:NodeShape ; sh:sparql [ sh:message 'x' ] .")


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:node ex:S .",
        "ex:S a sh:NodeShape ; sh:not ex:T .\nex:T a sh:NodeShape ; sh:node ex:S .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:node ex:S ] .",
        "ex:S a sh:NodeShape ; sh:or ( [ sh:class ex:C ] [ sh:and ( ex:S ) ] ) .",
        "ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p ; sh:property ex:P .",
    ],
)
def test_a_shape_that_refers_to_itself_is_refused_in_words(refusal, shapes):
    message = refusal(f"{shapes}")
    assert "refers to itself, which SHACL 1.0 leaves undefined" in message


def test_a_circle_of_thousands_of_shapes_needs_no_stack(refusal):
    count = 5_000
    shapes = "\n".join(
        f"ex:S{n} a sh:NodeShape ; sh:node ex:S{(n + 1) % count} ." for n in range(count)
    )
    assert 1 == refusal(shapes).count("refers to itself")


@pytest.mark.parametrize(
    "path",
    [
        f"( {'ex:p ' * 10_000})",
        f"{'[ sh:inversePath ' * 10_000} ex:p {' ]' * 10_000}",
        f"{'[ sh:alternativePath ( ex:q ' * 3_000} ex:p {') ]' * 3_000}",
        f"{'[ sh:zeroOrMorePath ' * 8} ex:p {' ]' * 8}",
        f"[ sh:alternativePath ( {'ex:p ' * 10_000}) ]",
    ],
    ids=["in a row", "in one another", "alternatives", "repeated", "many alternatives"],
)
def test_a_path_that_no_engine_would_end_with_is_refused(refusal, path):
    message = refusal(f"ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path {path} .")
    assert message.startswith("shapes/s.ttl:7:57: the path of <http://example.org/S> ")


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_the_longest_path_that_is_allowed_is_followed(report_on, engine):
    chain = " ".join(f"ex:n{n} ex:next ex:n{n + 1} ." for n in range(paths.LENGTH))
    steps = "ex:next " * paths.LENGTH
    shapes = f"ex:S a sh:PropertyShape ; sh:targetNode ex:n0 ; sh:path ( {steps}) ; sh:maxCount 0 ."
    assert 1 == len(report_on(shapes, chain, engine).results)
    nested = "[ sh:inversePath " * paths.LENGTH + "ex:next" + " ]" * paths.LENGTH
    shapes = f"ex:S a sh:PropertyShape ; sh:targetNode ex:n0 ; sh:path {nested} ; sh:maxCount 0 ."
    assert 1 == len(report_on(shapes, chain, engine).results)


def test_many_problems_are_counted(refusal):
    shapes = "\n".join(f"ex:S{n} sh:minCount 'x' ." for n in range(30))
    assert refusal(shapes).endswith("and 10 more.")


def test_problems_stand_in_the_order_of_their_places(refusal):
    places = [line.split(": ")[0] for line in refusal(
        "ex:S a sh:NodShape ;\n sh:in 5 ;\n sh:minCuont 1 ."
    ).splitlines() if line.startswith("shapes/")]  # fmt: skip
    assert ["shapes/s.ttl:7:8", "shapes/s.ttl:8:8", "shapes/s.ttl:9:2"] == places


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_a_literal_of_ten_megabytes_is_validated_and_shown_whole(report_on, engine):
    text = "x" * 10_000_000
    shapes = f"{SHAPE} sh:datatype xsd:integer ; sh:maxLength 9 ; sh:pattern '^(x+x+)$' ."
    report = report_on(shapes, f"ex:a a ex:C ; ex:p '{text}' .", engine)
    assert {"DatatypeConstraintComponent", "MaxLengthConstraintComponent"} == {
        one.component for one in report.results
    }
    assert {len(text) + 2} == {len(one.value) for one in report.results}
