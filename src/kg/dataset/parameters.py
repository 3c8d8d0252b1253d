"""Parameters of stored queries (storey 2): variables whose names say what may be put there.

The names are grlc's: `?_name` must be given, `?__name` may be, and what follows the name is the
kind of its term: `_iri`, a language as in `_en`, a type of XML Schema as in `_integer`, or any
datatype as in `_xsd_date`. So the file is a whole query that every engine and editor reads.
Source: https://github.com/CLARIAH/grlc#parameter-mapping
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.dataset.decorators import Decorator
from kg.rdf.namespaces import XSD
from kg.rdf.sparql_binding import ASSIGNED, Use, uses
from kg.rdf.sparql_text import declared_prefixes
from kg.source.checks.datatypes import FORMS, INTEGERS, canonical, is_valid

VARIABLE = re.compile(
    r"(?P<optional>__?)(?P<name>[^\W_]+)(?:_(?P<kind>[^\W_]+)(?:_(?P<local>\w+))?)?"
)
LANGUAGE = re.compile("[a-z]{2,3}")
TEXT = frozenset({"literal", "string"})
NUMBERS = ("integer", "decimal", "double")

# what a request says beside a query's parameters
RESERVED = ("format", "lang", "page", "pageSize", "timeout", "view")

# characters of a value that an error repeats
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a stored query can be asked with.

    `variable` is its name in the query, without the question mark; `kind` is "iri", "text",
    "number", or the IRI of a datatype; `language` the tag of its literals, or "". Where there is
    a `default`, nobody must give it. `choices` are all values that there are, empty for any;
    `suggested` says that the data has the likely ones.
    """

    name: str
    variable: str
    kind: str
    language: str = ""
    required: bool = True
    description: str = ""
    default: str | None = None
    choices: tuple[str, ...] = ()
    suggested: bool = False

    @property
    def datatype(self) -> str:
        """The local name of the type in XML Schema, "" for IRIs, text and other datatypes."""
        name = self.kind.removeprefix(XSD)
        return name if name in FORMS or name in INTEGERS else ""

    def term(self, value: str, prefixes: Mapping[str, str]) -> NamedNode | Literal:
        """Return the term that a value in a request stands for; IRIs may be prefixed names.

        Raises: ValueError with what is expected.
        """
        if self.choices and value not in self.choices:
            raise ValueError(f"{_short(value)} is none of {', '.join(self.choices)}.")
        if self.kind == "iri":
            return _node(value, prefixes)
        if self.language:
            return Literal(value, language=self.language)
        if self.kind == "text":
            return Literal(value)
        return _typed(value, self.kind)


def _node(value: str, prefixes: Mapping[str, str]) -> NamedNode:
    prefix, _, local = value.partition(":")
    try:
        return NamedNode(prefixes[prefix] + local if prefix in prefixes else value)
    except ValueError:
        raise ValueError(
            f"{_short(value)} is no absolute IRI, such as http://example.org/a, "
            "nor a prefixed name."
        ) from None


def _typed(value: str, kind: str) -> Literal:
    value = value.strip(" \t\r\n")
    candidates = [f"{XSD}{name}" for name in NUMBERS] if kind == "number" else [kind]
    for datatype in candidates:
        if is_valid(value, datatype):
            return Literal(canonical(value, datatype), datatype=NamedNode(datatype))
    name = kind if kind == "number" else candidates[0].removeprefix(XSD)
    raise ValueError(f"{_short(value)} is no {name}.")


def _short(value: str) -> str:
    return repr(value if len(value) <= SHOWN else f"{value[:SHOWN]}...")


def parameters_of(text: str, said: Mapping[str, Decorator], file: str) -> tuple[Parameter, ...]:
    """Return the parameters of a query, in the order of the header, then of the text.

    Raises: SourceError where a variable or a decorator cannot be understood.
    """
    where = Decorator("", file, 1, text.partition("\n")[0])
    found: dict[str, Parameter] = {}
    for use in uses(text):
        parameter = _parameter(use.name, text, where)
        if parameter is None:
            continue
        if use.how == ASSIGNED:
            raise _at(use, text, file, f"?{use.name} is a parameter, and cannot be assigned to")
        if found.setdefault(parameter.name, parameter) != parameter:
            raise _at(use, text, file, f"the parameter {parameter.name} has two kinds")
    _require_known(found, said)
    order = list(said["parameters"].table()) if "parameters" in said else []
    names = sorted(found, key=lambda name: order.index(name) if name in order else len(order))
    described = tuple(_described(found[name], said) for name in names)
    for one in described:
        _require_usable(one, said, declared_prefixes(text))
    return described


def _require_usable(
    parameter: Parameter, said: Mapping[str, Decorator], prefixes: Mapping[str, str]
) -> None:
    """Raise SourceError where a default or a choice is no value of the parameter."""
    given = [("defaults", parameter.default), *(("enumerate", one) for one in parameter.choices)]
    for key, value in given:
        if value is None:
            continue
        try:
            parameter.term(str(value), prefixes)
        except ValueError as error:
            raise said[key].wrong(f"{key}: {parameter.name}: {error}") from error


def _at(use: Use, text: str, file: str, message: str) -> Exception:
    line = text.count("\n", 0, use.start) + 1
    return Decorator("", file, line, text.split("\n")[line - 1]).wrong(message)


def _parameter(variable: str, text: str, where: Decorator) -> Parameter | None:
    """Return what the variable's name says, or None where it is no parameter's."""
    matched = VARIABLE.fullmatch(variable)
    if not matched:
        return None
    name, required = matched["name"], matched["optional"] == "_"
    if name in RESERVED:
        raise where.wrong(f"?{variable}: requests use {name} for something else")
    kind, language = _kind(matched["kind"] or "literal", matched["local"], text)
    if not kind:
        raise where.wrong(f"?{variable}: {matched['kind']} is no kind of term: docs/queries.md")
    return Parameter(name, variable, kind, language, required)


def _kind(word: str, local: str | None, text: str) -> tuple[str, str]:
    """Return the kind and the language that the end of a variable's name stands for."""
    if local:
        prefixes = {"xsd": XSD, **declared_prefixes(text)}
        return (f"{prefixes[word]}{local}" if word in prefixes else ""), ""
    if word in ("iri", "number"):
        return word, ""
    if word in TEXT:
        return "text", ""
    if word in FORMS or word in INTEGERS:
        return f"{XSD}{word}", ""
    return ("text", word) if LANGUAGE.fullmatch(word) else ("", "")


def _require_known(found: Mapping[str, Parameter], said: Mapping[str, Decorator]) -> None:
    for key in ("parameters", "defaults", "enumerate"):
        for name in said[key].table() if key in said else ():
            if name not in found:
                known = ", ".join(found) or "none"
                message = f"{key}: the query has no parameter {name}; it has: {known}"
                raise said[key].wrong(message)


def _described(parameter: Parameter, said: Mapping[str, Decorator]) -> Parameter:
    words, defaults, listed = (
        said[key].table() if key in said else {} for key in ("parameters", "defaults", "enumerate")
    )
    name = parameter.name
    choices = listed.get(name)
    if choices is not None and not isinstance(choices, list):
        raise said["enumerate"].wrong(f"{name}: expected a list of values, or nothing at all")
    return Parameter(
        name, parameter.variable, parameter.kind, parameter.language,
        required=parameter.required and name not in defaults,
        description=str(words.get(name) or ""),
        default=None if defaults.get(name) is None else str(defaults[name]),
        choices=tuple(choices or ()),
        suggested=name in listed and not choices,
    )  # fmt: skip


def missing_or_wrong(
    parameters: tuple[Parameter, ...], given: Mapping[str, str], prefixes: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield (name, what is wrong) for each parameter that is wrong, unknown or missing."""
    known = {one.name: one for one in parameters}
    for name, value in given.items():
        if name not in known:
            names = ", ".join(known) or "no parameters"
            yield name, f"There is no such parameter. The query has: {names}."
        elif value:
            try:
                known[name].term(value, prefixes)
            except ValueError as error:
                yield name, str(error)
    for one in parameters:
        if one.required and not given.get(one.name):
            yield one.name, f"This parameter must be given: ?{one.variable} in the query."


def terms_of(
    parameters: tuple[Parameter, ...], given: Mapping[str, str], prefixes: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    """Return the terms by variable: of what is given, else the default; "" counts as not given."""
    values = ((one, given.get(one.name) or one.default) for one in parameters)
    return {one.variable: one.term(value, prefixes) for one, value in values if value}
