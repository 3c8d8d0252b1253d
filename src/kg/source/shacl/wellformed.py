"""Say what is wrong with shapes themselves, and where (storey 1), before an engine is asked.

Engines pass over what they do not know, so that data would conform to a rule whose name is
misspelled, or newer than they are.
Source: https://www.w3.org/TR/shacl/#syntax-rules
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import chain

from pyoxigraph import Literal

from kg.errors import ShapesError, SlowPattern, with_caret
from kg.rdf.namespaces import RDF, SH
from kg.rdf.terms import Term, text_of
from kg.source.loading import Source
from kg.source.locating import Mention, places_of
from kg.source.places import OBJECT, PREDICATE, SUBJECT
from kg.source.shacl.circles import circle_problems
from kg.source.shacl.graph import Problem, Said, mention, shown
from kg.source.shacl.paths import path_problems
from kg.source.shacl.queries import query_problems
from kg.source.shacl.terms import CHOICES, LISTS, ONCE, PROPERTIES, VALUES, WITH_PATH
from kg.source.statements import Statement

# problems that are shown
SHOWN = 20


def require_well_formed(source: Source) -> None:
    """Raise ShapesError, with the place of each problem, where the shapes cannot be used."""
    if problems := list(dict.fromkeys(_problems(_said(source)))):
        raise _error(source, problems)


def slow(source: Source, error: SlowPattern) -> ShapesError:
    """Return the error with the places of the shape and of the literal."""
    said = _said(source)
    shape = next((group[0] for node, group in said.about.items() if str(node) == error.shape), None)
    value = next(_literals(source, error.text), None)
    if shape is None or value is None:
        # the text is one that a query has made, or the shape has no statement of its own
        return ShapesError(f"The shapes cannot be used: {error}")
    at = places_of(source, [here := mention(value, OBJECT)])[here]
    told = f"{error.shape}: {error} The literal is at {at}."
    return _error(source, [(_expression(shape, said), told)])


def _literals(source: Source, text: str) -> Iterator[Statement]:
    for file in source.files:
        for number, quad in enumerate(file.quads):
            literal = isinstance(quad.object, Literal) and quad.object.value == text
            if literal and file.role != "shapes":
                yield Statement(file.path, number, quad)


def _expression(shape: Statement, said: Said) -> Mention:
    """Return the pattern of a shape, or else the shape."""
    patterns = said.all(shape.quad.subject, "pattern")
    return mention(patterns[0], OBJECT) if patterns else mention(shape, SUBJECT)


def _said(source: Source) -> Said:
    return Said(file for file in source.files if file.role == "shapes")


def _error(source: Source, problems: Sequence[Problem]) -> ShapesError:
    at = places_of(source, {where for where, _ in problems})
    in_order = sorted((at[where], message) for where, message in problems)
    lines = ["The shapes cannot be used:"]
    for place, message in in_order[:SHOWN]:
        lines.append(f"{place}: {message}")
        lines.extend(with_caret(place.excerpt, place.column) if place.line else ())
    if len(in_order) > SHOWN:
        lines.append(f"and {len(in_order) - SHOWN:,} more.")
    return ShapesError("\n".join(lines))


def _problems(said: Said) -> Iterator[Problem]:
    for node, group in list(said.about.items()):
        yield from chain.from_iterable(map(_unknown, group))
        yield from chain.from_iterable(_value(one, said) for one in group)
        yield from _repeated(node, group)
        yield from _shape(node, group, said)
    yield from path_problems(said)
    yield from query_problems(said)
    yield from circle_problems(said)


def _unknown(statement: Statement) -> Iterator[Problem]:
    """Yield terms of SHACL's namespace that SHACL 1.0 does not have."""
    predicate, value = statement.quad.predicate, statement.quad.object
    if predicate.value.startswith(SH) and predicate.value.removeprefix(SH) not in PROPERTIES:
        yield mention(statement, PREDICATE), _not_known(predicate, PROPERTIES)
    known = CHOICES.get(predicate.value)
    text = text_of(value)
    if known and text.startswith(SH) and text.removeprefix(SH) not in known:
        yield mention(statement, OBJECT), _not_known(value, known)


def _not_known(term: Term, known: frozenset[str]) -> str:
    # in lower case, because that is how most are misspelled
    names = {name.lower(): name for name in sorted(known)}
    near = get_close_matches(text_of(term).removeprefix(SH).lower(), names, n=1)
    hint = f" Did you mean sh:{names[near[0]]}?" if near else ""
    return f"{shown(term)} is no term of SHACL 1.0 here, and would not be checked.{hint}"


def _value(statement: Statement, said: Said) -> Iterator[Problem]:
    """Yield what a property of SHACL cannot have as its value."""
    node, value = statement.quad.subject, statement.quad.object
    name = statement.quad.predicate.value.removeprefix(SH)
    if not statement.quad.predicate.value.startswith(SH):
        return
    where = mention(statement, OBJECT)
    if name in VALUES and not VALUES[name][0](value):
        if text_of(value).startswith(SH) and statement.quad.predicate.value in CHOICES:
            # said already, with the nearest term
            return
        yield where, f"sh:{name} of {node} must be {VALUES[name][1]}, not {shown(value)}."
    elif name in LISTS:
        try:
            list(said.items(value))
        except ValueError:
            yield where, f"sh:{name} of {node} must be a list in brackets, not {shown(value)}."
    elif name == "pattern" and (fault := _bad_pattern(value, said.values(node, "flags"))):
        yield where, f"sh:pattern of {node} is no regular expression: {fault}."


def _bad_pattern(pattern: Term, flags: list[Term]) -> str:
    # imported here because most shapes have no expression
    from kg.source.shacl.patterns import fault_of

    letters = "".join(text_of(term) for term in flags if isinstance(term, Literal))
    return fault_of(text_of(pattern), letters)


def _repeated(node: Term, group: list[Statement]) -> Iterator[Problem]:
    """Yield second values of what a shape has once."""
    first: dict[str, Term] = {}
    for one in group:
        name = one.quad.predicate.value.removeprefix(SH)
        if not one.quad.predicate.value.startswith(SH) or name not in ONCE:
            continue
        if first.setdefault(name, one.quad.object) != one.quad.object:
            yield mention(one, OBJECT), f"{node} has sh:{name} twice, and may have it once."


def _shape(node: Term, group: list[Statement], said: Said) -> Iterator[Problem]:
    """Yield what a node shape has that only a property shape may, and the other way."""
    types = {text_of(term) for term in said.values(node, "type", RDF)}
    path = said.all(node, "path")
    typed = next((one for one in group if one.quad.predicate.value == f"{RDF}type"), None)
    if f"{SH}PropertyShape" in types and not path and typed:
        yield mention(typed, SUBJECT), f"{node} is a property shape without sh:path."
    if f"{SH}NodeShape" in types and path:
        yield mention(path[0], PREDICATE), f"{node} is a node shape, and so has no sh:path."
    if f"{SH}NodeShape" in types and not path:
        for one in group:
            name = one.quad.predicate.value.removeprefix(SH)
            if one.quad.predicate.value.startswith(SH) and name in WITH_PATH:
                yield (
                    mention(one, PREDICATE),
                    f"{node}: sh:{name} is for property shapes, and this has no sh:path.",
                )
    for one in said.all(node, "property"):
        if not said.all(one.quad.object, "path"):
            told = f"{one.quad.object}, a property of {node}, has no sh:path."
            yield mention(one, OBJECT), told
