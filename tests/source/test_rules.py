"""What results say of the rule that they break."""

import pytest

EX = "http://example.org/"


def only(findings):
    (one,) = findings.items
    return one


@pytest.fixture
def rule_of(findings_on):
    """A function that gives the rule of the only result on `ex:a ex:p 1`."""

    def run(shapes: str, data: str = "ex:a ex:p 1 ."):
        return only(findings_on(shapes, data)).rule

    return run


def test_a_named_shape_says_what_it_is_in_english_if_it_can(rule_of):
    shape = """
    ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:nodeKind sh:IRI ;
      sh:name "p"@de , "the p"@en ; rdfs:comment "Not this." ;
      sh:description "Was es ist."@de , "What it is."@en-GB .
    """
    rule = rule_of(shape)
    assert ("ex:S", f"{EX}S", f"{EX}S") == (rule.id, rule.shape, rule.help)
    assert ("the p", "What it is.") == (rule.title, rule.description)


def test_a_shape_without_a_name_is_named_by_the_one_around_it(rule_of):
    inside = "sh:property [ sh:path ex:p ; sh:in () ]"
    rule = rule_of(f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; {inside} .")
    assert ("ex:S/In", f"{EX}S") == (rule.id, rule.shape)


def test_a_shape_that_nothing_named_leads_to_is_named_by_its_component(rule_of):
    rule = rule_of(
        "[] a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:in () ] ."
    )
    assert ("In", "", "") == (rule.id, rule.shape, rule.help)


@pytest.mark.parametrize(
    ("constraint", "shown"),
    [
        ("sh:nodeKind sh:IRI", None),
        ("sh:in ( ex:a 'b'@en 1.5 )", 'sh:in ( ex:a "b"@en 1.5 )'),
        ("sh:class ex:C , ex:C", "sh:class ex:C"),
        ("sh:minLength 2", None),
        ("sh:pattern 'b' ; sh:flags 'i'", 'sh:pattern "b" ; sh:flags "i"'),
        ("sh:hasValue '2014'^^xsd:gYear", 'sh:hasValue "2014"^^xsd:gYear'),
        ("sh:not [ sh:minLength 1 ]", None),
        (f"sh:in ( {' '.join(f'ex:{n}' for n in range(30))} )",
         f"sh:in ( {' '.join(f'ex:{n}' for n in range(20))} … )"),
        (f"sh:in ( {' '.join(f'ex:{n}' for n in range(20))} )", None),
        ("sh:not [ sh:not [ sh:not [ sh:not [ sh:not [ sh:minLength 1 ] ] ] ] ]",
         "sh:not [ sh:not [ sh:not [ sh:not [ … ] ] ] ]"),
    ],
)  # fmt: skip
def test_the_broken_constraint_is_shown_as_turtle(findings_on, constraint, shown):
    shape = f"ex:S sh:targetNode ex:a ; sh:path ex:p ; {constraint} ."
    findings = findings_on(shape, "ex:a ex:p 1 .")
    assert (shown or constraint) in {one.rule.constraint for one in findings.items}


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("[ sh:inversePath ex:p ]", "^ex:p"),
        ("( ex:p [ sh:zeroOrMorePath ex:q ] )", "(ex:p/ex:q*)"),
        ("[ sh:alternativePath ( ex:p [ sh:oneOrMorePath ex:q ] ) ]", "(ex:p|ex:q+)"),
        ("[ sh:zeroOrOnePath ( ex:p ex:q ) ]", "(ex:p/ex:q)?"),
        ("[ sh:inversePath ( ex:p ex:q ) ]", "(^ex:q/^ex:p)"),
    ],
)
def test_a_path_is_shown_in_the_syntax_of_sparql(findings_on, path, shown):
    shape = f"ex:S sh:targetNode ex:a ; sh:path {path} ; sh:minCount 9 ."
    assert shown == only(findings_on(shape, "ex:a ex:r 1 .")).path


def test_prefixes_of_data_give_no_rule_another_name(findings_on):
    shape = "ex:S sh:targetNode ex:a ; sh:path ex:q ; sh:minCount 1 ."
    data = "@prefix aaa: <http://example.org/> . aaa:a aaa:p 1 ."
    findings = findings_on(shape, "ex:a ex:p 2 .", **{"data/ttl/0.trig": data})
    assert "ex:S" == only(findings).rule.id
