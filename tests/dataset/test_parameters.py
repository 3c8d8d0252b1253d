"""What can be put into a stored query, how it is named, and what is refused with which words."""

import pytest
from pyoxigraph import Literal, NamedNode

from kg.dataset.queries import stored_query
from kg.errors import ParametersRefused, SourceError

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def parameter(variable: str, header: str = ""):
    """The one parameter of a query with that variable."""
    text = f"{header}PREFIX ex: <{EX}> SELECT * {{ ?s ?p ?{variable} }}"
    (found,) = stored_query("q", text, "queries/q.rq").parameters
    return found


@pytest.mark.parametrize(
    ("variable", "value", "term"),
    [
        ("_name", "Ann", Literal("Ann")),
        ("__name", "Ann", Literal("Ann")),
        ("_name_literal", "Ann", Literal("Ann")),
        ("_name_string", "Ann", Literal("Ann")),
        ("_name_en", "Ann", Literal("Ann", language="en")),
        ("_name_iri", f"{EX}a", NamedNode(f"{EX}a")),
        ("_name_iri", "ex:a", NamedNode(f"{EX}a")),
        ("_name_iri", "urn:a", NamedNode("urn:a")),
        ("_name_integer", "007", Literal("7", datatype=NamedNode(f"{XSD}integer"))),
        ("_name_number", "7", Literal("7", datatype=NamedNode(f"{XSD}integer"))),
        ("_name_number", "7.50", Literal("7.5", datatype=NamedNode(f"{XSD}decimal"))),
        ("_name_number", "7e1", Literal("7e1", datatype=NamedNode(f"{XSD}double"))),
        ("_name_date", "2016-02-29", Literal("2016-02-29", datatype=NamedNode(f"{XSD}date"))),
        ("_name_xsd_gYear", "2016", Literal("2016", datatype=NamedNode(f"{XSD}gYear"))),
        ("_name_boolean", "1", Literal("true", datatype=NamedNode(f"{XSD}boolean"))),
        ("_name_ex_colour", "red", Literal("red", datatype=NamedNode(f"{EX}colour"))),
    ],
)
def test_a_variable_s_name_says_what_its_values_are(variable, value, term):
    found = parameter(variable)
    assert ("name", variable) == (found.name, found.variable)
    assert term == found.term(value, {"ex": EX})
    assert found.required == (not variable.startswith("__"))


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("_name_iri", "not an iri", "no absolute IRI"),
        ("_name_iri", "http://example.org/> } DROP ALL #", "no absolute IRI"),
        ("_name_iri", "nothing", "no absolute IRI"),
        ("_name_integer", "1.5", "no integer"),
        ("_name_integer", "٣", "no integer"),
        ("_name_number", "many", "no number"),
        ("_name_date", "2015-02-29", "no date"),
        ("_name_unsignedByte", "256", "no unsignedByte"),
        ("_name_boolean", "x" * 1000, "..."),
    ],
)
def test_a_value_of_another_type_is_refused_with_words(variable, value, words):
    with pytest.raises(ValueError, match=words) as caught:
        parameter(variable).term(value, {})
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("header", "body", "words"),
    [
        ("", "{ ?s ?p ?_a_nothing }", r"q\.rq:1:.*nothing is no kind of term"),
        ("", "{ ?s ?p ?_a_nope_integer }", "nope is no kind of term"),
        ("", "{ ?s ?_a_iri ?_a }", "the parameter a has two kinds"),
        ("", "{\n BIND(1 AS ?_a) }", r"q\.rq:2:.*cannot be assigned to"),
        ("", "{ ?s ?p ?_page }", "requests use page for something else"),
        ("#+ defaults:\n#+   - b: 1\n", "{ ?s ?p ?_a }", r"q\.rq:1:.*no parameter b; it has: a"),
        ("#+ defaults:\n#+   - a: x\n", "{ ?s ?p ?_a_integer }", "a: 'x' is no integer"),
        ("#+ defaults: [[1]]\n", "{ ?s ?p ?_a }", "expected lines like"),
        ("#+ defaults:\n#+   - a: [\n", "{ ?s ?p ?_a }", r"q\.rq:\d:.*not YAML"),
        ("#+ enumerate:\n#+   - a: x\n", "{ ?s ?p ?_a }", "expected a list of values"),
        ("#+ enumerate:\n#+   - a: [x]\n#+ defaults:\n#+   - a: y\n", "{ ?s ?p ?_a }", "none of x"),
        ("#+ pagination: many\n", "{ ?s ?p ?o }", "expected a number of rows"),
        ("#+ pagination: 0\n", "{ ?s ?p ?o }", "expected a number of rows"),
        ("#+ endpoint: http://dbpedia.org/sparql\n", "{ ?s ?p ?o }", "the data set that it is"),
        ("#+ endpoint_in_url: True\n", "{ ?s ?p ?o }", "nothing is fetched"),
        ("#+ transform:\n#+   key: ?x\n", "{ ?s ?p ?o }", "not supported: .* CONSTRUCT"),
        ("#+ method: DELETE\n", "{ ?s ?p ?o }", "expected GET or POST"),
    ],
)  # fmt: skip
def test_what_a_header_or_a_variable_cannot_say_is_an_error_with_its_place(header, body, words):
    with pytest.raises(SourceError, match=words):
        stored_query("q", f"{header}SELECT * {body}", "queries/q.rq")


HEADER = """\
#+ summary: Things
#+ parameters:
#+   - kind: Which kind: one of the list
#+ defaults:
#+   - kind: b
#+   - date: 2015-01-01
#+ enumerate:
#+   - kind:
#+     - a
#+     - b
#+   - thing
#+ pagination: 25
#+ endpoint_in_url: False
#+ method: GET
"""


def test_the_header_of_grlc_is_read_as_it_is():
    header = HEADER.replace("Which kind: one", "Which kind, one")
    text = f"{header}SELECT * {{ ?_thing_iri ?p ?_kind FILTER(?d > ?_date_date) }}"
    query = stored_query("q", text, "q.rq")
    kind, thing, date = query.parameters
    assert ("thing", True, True, ()) == (
        thing.name, thing.required, thing.suggested, thing.choices
    )  # fmt: skip
    assert ("kind", False, "b", ("a", "b")) == (
        kind.name,
        kind.required,
        kind.default,
        kind.choices,
    )
    assert "Which kind, one of the list" == kind.description
    assert "2015-01-01" == date.default
    assert 25 == query.page_size


def test_a_description_that_is_no_yaml_is_named():
    with pytest.raises(SourceError, match=r"q\.rq:3: *.*not YAML|q\.rq:3:1"):
        stored_query("q", f"{HEADER}SELECT * {{ ?_thing_iri ?p ?_kind, ?_date_date }}", "q.rq")


@pytest.fixture
def query():
    text = "#+ defaults:\n#+   - n: 5\nSELECT * { ?s ?p ?_n_integer . ?s ?_p_iri ?__o }"
    return stored_query("q", text, "q.rq")


def test_what_is_given_is_bound_and_what_is_not_has_its_default_or_stays(query):
    assert query.asked({"p": "ex:p", "n": "6"}, {"ex": EX}).endswith(
        f'?s ?p "6"^^<{XSD}integer> . ?s <{EX}p> ?__o }}'
    )
    assert query.asked({"p": f"{EX}p", "n": "", "o": ""}, {}).endswith(
        f'?s ?p "5"^^<{XSD}integer> . ?s <{EX}p> ?__o }}'
    )
    assert query.example.endswith(f'?s ?p "5"^^<{XSD}integer> . ?s ?_p_iri ?__o }}')


def test_every_wrong_unknown_and_missing_parameter_is_named(query):
    with pytest.raises(ParametersRefused) as caught:
        query.asked({"n": "x", "q": "1"}, {})
    assert {"n", "q", "p"} == set(caught.value.wrong)
    assert "'x' is no integer." == caught.value.wrong["n"]
    assert "n, p, o" in caught.value.wrong["q"]
    assert "must be given" in caught.value.wrong["p"]
