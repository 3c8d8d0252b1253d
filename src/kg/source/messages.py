"""What a result says where its shape says nothing (storey 1): one sentence for each constraint.

Engines have words of their own for this, each its own, with terms as their libraries write them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.rdf.namespaces import SH
from kg.rdf.terms import text_of
from kg.source.loading import Source
from kg.source.report import ValidationResult
from kg.source.rules import Rulebook

# the parameter of the constraint, as Turtle writes it, comes in the place of {}
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "And": "It does not conform to all of the shapes {}.",
        "Class": "It is not an instance of {}.",
        "Closed": "The shape is closed and has no such property.",
        "Datatype": "It is not a literal of {} in a valid form.",
        "Disjoint": "It is a value of {} as well.",
        "Equals": "The values are not those of {}.",
        "HasValue": "{} is not among the values.",
        "In": "It is not one of the values that are allowed.",
        "LanguageIn": "It is not in one of the languages {}.",
        "LessThan": "It is not less than each value of {}.",
        "LessThanOrEquals": "It is greater than a value of {}, or cannot be compared with it.",
        "MaxCount": "At most {} of these may be there.",
        "MaxExclusive": "It is not less than {}.",
        "MaxInclusive": "It is greater than {}, or cannot be compared with it.",
        "MaxLength": "It is longer than {} characters.",
        "MinCount": "At least {} of these must be there.",
        "MinExclusive": "It is not greater than {}.",
        "MinInclusive": "It is less than {}, or cannot be compared with it.",
        "MinLength": "It is shorter than {} characters.",
        "Node": "It does not conform to {}.",
        "NodeKind": "It is not of the kind {}.",
        "Not": "It conforms to {}, which it must not.",
        "Or": "It conforms to none of the shapes {}.",
        "Pattern": "It does not match {}.",
        "QualifiedMaxCount": "More values than {} conform to the shape of these values.",
        "QualifiedMinCount": "Fewer values than {} conform to the shape of these values.",
        "UniqueLang": "Another value is in the same language.",
        "Xone": "It conforms to none of the shapes {}, or to several.",
    }
)


def with_messages(
    results: Iterable[ValidationResult], source: Source
) -> Iterator[ValidationResult]:
    """Yield the results, those of shapes without `sh:message` with words of ours.

    Source: https://www.w3.org/TR/shacl/#message
    """
    speaking = {
        text_of(quad.subject)
        for quad in source.quads("shapes")
        if quad.predicate.value == f"{SH}message"
    }
    rules = None
    for result in results:
        words = WORDS.get(result.component.removesuffix("ConstraintComponent"))
        if words and result.source_shape not in speaking:
            # most sets of shapes say everything themselves, and need none
            rules = rules or Rulebook(source)
            _, _, parameter = rules.rule_of(result).constraint.partition(" ")
            yield replace(result, message=words.format(parameter.partition(" ; sh:")[0]))
        else:
            yield result
