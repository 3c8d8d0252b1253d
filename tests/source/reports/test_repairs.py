"""Whoever reads nothing but the text report can mend the data: here a script does.

It takes the place and the words of each result, and knows the syntax of Turtle's terms, but
nothing of the shapes or of the fault that was planted.
"""

import re
from collections.abc import Callable

import pytest

from kg.source.reports.text import report_as_text
from tests.conftest import PREFIXES
from tests.source.planted import CASES, RDF_PREFIX, unmarked

# a term as Turtle writes it, without those that have others inside
TERM = re.compile(
    r"""<[^>]*> | \[\s*\]
    | (?: \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
        | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
      (?: @[\w-]+ | \s*\^\^\s*(?:<[^>]*>|[\w:]+) )?
    | [+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?<!\.)
    | _?[\w-]*:(?:[\w-]|\\,)* | \w+""",
    re.VERBOSE,
)
BLOCK = re.compile(r"^Violation  .*?:(?P<line>\d+):(?P<column>\d+)\n(?P<rest>.*?)\n\n", re.M | re.S)

# a value of each datatype and kind that rules ask for
VALUES = {"xsd:integer": "7", "xsd:date": '"2014-02-28"^^xsd:date', "sh:IRI": "ex:mended"}


class Advice:
    """What one block of the report says: the offset in the data, and its lines by their names."""

    def __init__(self, block: re.Match[str], data: str) -> None:
        lines = data.split("\n")[: int(block["line"]) - 1]
        self.offset = sum(len(line) + 1 for line in lines) + int(block["column"]) - 1
        self.said = dict(re.findall(r"^  (\w+) +(.*)$", block["rest"], flags=re.M))
        self.rule, _, self.parameter = self.said.get("rule", "").partition(" ")


def replaced(data: str, advice: Advice, term: str) -> str:
    """The data with another term at the place."""
    end = TERM.match(data, advice.offset).end()
    return data[: advice.offset] + term + data[end:]


def added(data: str, *statement: str) -> str:
    return f"{data}\n{' '.join(statement)} ."


def of_length(advice: Advice) -> str:
    return '"' + "x" * int(advice.parameter) + '"'


def next_to(step: int) -> Callable[[str, Advice], str]:
    return lambda data, advice: replaced(data, advice, str(int(advice.parameter) + step))


def without_value(data: str, advice: Advice) -> str:
    """The data without the object at the place, and the comma before it."""
    end = TERM.match(data, advice.offset).end()
    return re.sub(r",\s*$", "", data[: advice.offset]) + data[end:]


def without_statement(data: str, advice: Advice) -> str:
    """The data without the predicate at the place, and its only object."""
    predicate = TERM.match(data, advice.offset)
    object_ = TERM.search(data, predicate.end())
    return data[: advice.offset] + data[object_.end() :]


def with_enough(data: str, advice: Advice) -> str:
    for number in range(int(advice.parameter)):
        data = added(data, advice.said["focus"], advice.said["path"], f'"added {number}"')
    return data


def without_language(data: str, advice: Advice) -> str:
    return replaced(data, advice, TERM.match(data, advice.offset)[0].partition("@")[0])


def first_of_list(parameter: str) -> str:
    return TERM.search(parameter)[0]


def also_there(data: str, advice: Advice) -> str:
    """The data with the value at both properties, which are to have the same ones."""
    for path in (advice.said["path"], advice.parameter):
        data = added(data, advice.said["focus"], path, advice.said["value"])
    return data


# what to do about each kind of rule
REPAIRS: dict[str, Callable[[str, Advice], str]] = {
    "sh:class": lambda data, advice: added(data, advice.said["value"], "a", advice.parameter),
    "sh:datatype": lambda data, advice: replaced(data, advice, VALUES[advice.parameter]),
    "sh:nodeKind": lambda data, advice: replaced(data, advice, VALUES[advice.parameter]),
    "sh:minInclusive": next_to(0),
    "sh:maxInclusive": next_to(0),
    "sh:minExclusive": next_to(1),
    "sh:maxExclusive": next_to(-1),
    "sh:minLength": lambda data, advice: replaced(data, advice, of_length(advice)),
    "sh:maxLength": lambda data, advice: replaced(data, advice, of_length(advice)),
    "sh:pattern": lambda data, advice: replaced(data, advice, advice.parameter.replace("^", "")),
    "sh:languageIn": lambda data, advice: replaced(
        data, advice, f'"mended"@{first_of_list(advice.parameter)[1:-1]}'
    ),
    "sh:in": lambda data, advice: replaced(data, advice, first_of_list(advice.parameter)),
    "sh:hasValue": lambda data, advice: added(
        data, advice.said["focus"], advice.said["path"], advice.parameter
    ),
    "sh:minCount": with_enough,
    "sh:maxCount": without_value,
    "sh:uniqueLang": without_language,
    "sh:closed": without_statement,
    "sh:disjoint": lambda data, advice: replaced(data, advice, '"mended"'),
    "sh:equals": also_there,
}

# faults whose terms have others inside them, or of which the report says no rule, are for people
MENDED = [
    "value: class", "value: datatype", "value: datatype, ill-typed", "value: datatype, boolean",
    "value: datatype, decimal", "value: datatype, double", "value: nodeKind",
    "value: minExclusive", "value: minInclusive", "value: maxExclusive", "value: maxInclusive",
    "value: minLength", "value: maxLength", "value: pattern", "value: languageIn", "value: in",
    "value: in, relative", "value: in, escaped", "value: disjoint", "value: equals, too many",
    "value: equals, too few", "value: minCount", "value: minCount, untyped", "value: maxCount",
    "value: uniqueLang", "value: hasValue", "node: closed", "node: closed, a",
    "path: inverse", "path: sequence", "path: alternative", "path: members of a list",
    "path: zeroOrMore", "path: zeroOrMore, itself", "path: oneOrMore", "path: zeroOrOne",
]  # fmt: skip


def mended(data: str, report: str) -> str:
    """The data as the report says to mend it, from its end, so that places stay true."""
    advice = [Advice(block, PREFIXES + data) for block in BLOCK.finditer(report)]
    text = PREFIXES + data
    for one in sorted(advice, key=lambda one: -one.offset):
        text = REPAIRS[one.rule](text, one)
    return text.removeprefix(PREFIXES)


def test_the_script_is_held_against_at_least_twenty_faults():
    assert len(MENDED) >= 20


@pytest.mark.parametrize("name", MENDED)
def test_a_script_that_reads_only_the_report_mends_the_file(findings_on, name):
    (shapes, data), *_ = [texts for one, *texts in CASES if one == name]
    shapes, data = RDF_PREFIX + unmarked(shapes), unmarked(data)
    report = report_as_text(findings_on(shapes, data))
    assert "does not conform" in report
    again = report_as_text(findings_on(shapes, mended(data, report)))
    assert again.startswith("conforms: "), f"{mended(data, report)}\n{again}"
