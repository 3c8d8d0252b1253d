"""The terms of SHACL 1.0, and what their values must be (storey 1).

Source: https://www.w3.org/TR/shacl/#syntax-rules and https://www.w3.org/ns/shacl.ttl
"""

import re
from collections.abc import Callable
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.rdf.namespaces import RDF, SH, XSD
from kg.rdf.terms import Term


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


NODE_KINDS = frozenset(
    {"IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}
)
SEVERITIES = frozenset({"Violation", "Warning", "Info"})
CLASSES = _names(
    """
    AbstractResult ConstraintComponent NodeKind NodeShape Parameter Parameterizable
    PrefixDeclaration PropertyGroup PropertyShape ResultAnnotation SPARQLAskExecutable
    SPARQLAskValidator SPARQLConstraint SPARQLConstructExecutable SPARQLExecutable
    SPARQLSelectExecutable SPARQLSelectValidator Severity Shape ValidationReport ValidationResult
    Validator
    """
)
PROPERTIES = _names(
    """
    alternativePath and annotationProperty annotationValue annotationVarName ask class closed
    conforms construct datatype deactivated declare defaultValue description detail disjoint
    entailment equals flags focusNode group hasValue ignoredProperties in inversePath labelTemplate
    languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message
    minCount minExclusive minInclusive minLength name namespace node nodeKind nodeValidator not
    oneOrMorePath optional or order parameter path pattern prefix prefixes property
    propertyValidator qualifiedMaxCount qualifiedMinCount qualifiedValueShape
    qualifiedValueShapesDisjoint result resultAnnotation resultMessage resultPath resultSeverity
    select severity shapesGraph shapesGraphWellFormed sourceConstraint sourceConstraintComponent
    sourceShape sparql suggestedShapesGraph targetClass targetNode targetObjectsOf targetSubjectsOf
    uniqueLang validator value xone zeroOrMorePath zeroOrOnePath
    """
)

# what some properties' values must be, for which there are finitely many terms
CHOICES = MappingProxyType(
    {f"{RDF}type": CLASSES, f"{SH}nodeKind": NODE_KINDS, f"{SH}severity": SEVERITIES}
)


def _is_integer(term: Term) -> bool:
    if not isinstance(term, Literal) or term.datatype.value != f"{XSD}integer":
        return False
    return bool(re.fullmatch("[+-]?[0-9]+", term.value))


def _is_boolean(term: Term) -> bool:
    if not isinstance(term, Literal) or term.datatype.value != f"{XSD}boolean":
        return False
    return term.value in ("true", "false", "1", "0")


def _is_string(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value == f"{XSD}string"


def _is_text(term: Term) -> bool:
    return _is_string(term) or (isinstance(term, Literal) and bool(term.language))


def _is_iri(term: Term) -> bool:
    return isinstance(term, NamedNode)


def _is_node(term: Term) -> bool:
    return isinstance(term, NamedNode | BlankNode)


def _is_literal(term: Term) -> bool:
    return isinstance(term, Literal)


def _is_node_kind(term: Term) -> bool:
    return term in {NamedNode(SH + name) for name in NODE_KINDS}


def _is_target(term: Term) -> bool:
    return isinstance(term, NamedNode | Literal)


Rule = tuple[Callable[[Term], bool], str]


def _rules(names: str, holds: Callable[[Term], bool], words: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), (holds, words))


# what a value must be: a test, and its words
VALUES = MappingProxyType(
    {
        **_rules("minCount maxCount minLength maxLength", _is_integer, "an integer"),
        **_rules("qualifiedMinCount qualifiedMaxCount", _is_integer, "an integer"),
        **_rules("uniqueLang closed deactivated", _is_boolean, "true or false"),
        **_rules("qualifiedValueShapesDisjoint", _is_boolean, "true or false"),
        **_rules("class datatype equals disjoint lessThan lessThanOrEquals", _is_iri, "an IRI"),
        **_rules("targetClass targetSubjectsOf targetObjectsOf severity", _is_iri, "an IRI"),
        **_rules("minInclusive maxInclusive", _is_literal, "a literal"),
        **_rules("minExclusive maxExclusive", _is_literal, "a literal"),
        **_rules("pattern flags select ask prefix", _is_string, "a plain string"),
        **_rules("message", _is_text, "a string, with or without a language"),
        **_rules("node property not qualifiedValueShape", _is_node, "a shape"),
        **_rules("path", _is_node, "a property or a path"),
        **_rules("sparql", _is_node, "a node with a query"),
        **_rules("targetNode", _is_target, "an IRI or a literal"),
        **_rules("nodeKind", _is_node_kind, f"one of {', '.join(sorted(NODE_KINDS))} in sh:"),
    }
)
LISTS = frozenset({"in", "languageIn", "ignoredProperties", "and", "or", "xone"})
SHAPE_LISTS = frozenset({"and", "or", "xone"})
SHAPES = frozenset({"node", "property", "not", "qualifiedValueShape"})

# what a shape may have once; several values of the other constraints must all hold
ONCE = _names(
    """
    closed datatype deactivated flags ignoredProperties in languageIn maxCount maxExclusive
    maxInclusive maxLength minCount minExclusive minInclusive minLength nodeKind path
    qualifiedMaxCount qualifiedMinCount qualifiedValueShapesDisjoint select ask severity uniqueLang
    """
)
# what is said of the values of a property, and means nothing without one
WITH_PATH = frozenset({"lessThan", "lessThanOrEquals", "maxCount", "minCount", "uniqueLang"})
