from collections import defaultdict

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.rdf.blank_nodes import told
from kg.rdf.namespaces import RDF

EX = "http://example.org/"


def said_of_a(turtle: str) -> str:
    """The value of ex:a's only property, as it is told."""
    about = defaultdict(list)
    for quad in parse(f"PREFIX ex: <{EX}> {turtle}", RdfFormat.TURTLE):
        about[quad.subject].append(quad)
    (quad,) = about[NamedNode(f"{EX}a")]
    return told(quad.object, about.__getitem__)


def test_a_term_with_a_name_is_itself():
    assert f"<{EX}b>" == said_of_a("ex:a ex:p ex:b .")
    assert '"b"@en' == said_of_a('ex:a ex:p "b"@en .')


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:a ex:p [ ex:q 1 , [ ex:q 2 ] ] .",
        "ex:a ex:p _:z . _:z ex:q _:b , 1 . _:b ex:q 2 .",
    ],
)
def test_labels_and_order_make_no_difference(turtle):
    assert said_of_a("ex:a ex:p _:a . _:b ex:q 2 . _:a ex:q 1 , _:b .") == said_of_a(turtle)


@pytest.mark.parametrize("value", ["[ ex:q 2 ]", "[ ex:r 1 ]", "[]", "[ ex:q 1 , 2 ]"])
def test_what_is_said_makes_one(value):
    assert said_of_a("ex:a ex:p [ ex:q 1 ] .") != said_of_a(f"ex:a ex:p {value} .")


def test_the_last_item_of_a_long_list_counts():
    items = " ".join(map(str, range(3_000)))
    assert said_of_a(f"ex:a ex:p ( {items} 1 ) .") == said_of_a(f"ex:a ex:p ( {items} 1 ) .")
    assert said_of_a(f"ex:a ex:p ( {items} 1 ) .") != said_of_a(f"ex:a ex:p ( {items} 2 ) .")


def test_a_node_within_a_list_counts():
    assert said_of_a("ex:a ex:p ( 1 [ ex:q 1 ] ) .") != said_of_a("ex:a ex:p ( 1 [ ex:q 2 ] ) .")


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:a ex:p _:a . _:a ex:q _:a .",
        "ex:a ex:p _:a . _:a ex:q _:b . _:b ex:q _:a , 1 .",
        f"ex:a ex:p _:a . _:a <{RDF}first> _:a ; <{RDF}rest> _:a .",
        f"ex:a ex:p {'[ ex:q ' * 3_000}1{' ]' * 3_000} .",
    ],
)
def test_what_never_ends_ends(turtle):
    assert "_" in said_of_a(turtle)
