"""Parameters of stored queries as fields of a form (storey 3)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import NamedNode

from kg.dataset.parameters import Parameter
from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import XSD
from kg.rdf.sparql_text import declared_prefixes
from kg.rdf.terms import Term, text_of
from kg.views.pages import Value
from kg.views.values import value_of

# the types of input that browsers have for types of XML Schema
INPUTS = MappingProxyType({"date": "date", "decimal": "number", "boolean": "boolean"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter may have: as requests have it, and as people read it."""

    value: str
    shown: Value


@dataclass(frozen=True, slots=True)
class FormField:
    """One parameter in a form.

    `kind` says what it is, as people read it; `input` is "text", "number", "date", "boolean" or
    "choice"; `step` is "any" or "1" for numbers; `error` says what is wrong with `value`, or is "".
    """

    name: str
    description: str
    kind: str
    input: str
    step: str
    value: str
    required: bool
    choices: tuple[Choice, ...]
    error: str


def form_field(
    snapshot: Snapshot,
    query: StoredQuery,
    parameter: Parameter,
    given: Mapping[str, str],
    suggested: Sequence[Term],
    wrong: Mapping[str, str],
) -> FormField:
    """Return a parameter as a form has it; `suggested` are values that the data has for it."""
    name = parameter.name
    value = _in_full(snapshot, query, parameter, given.get(name) or parameter.default or "")
    choices = _choices(snapshot, parameter, suggested, value)
    kind = parameter.datatype
    numeric = kind.lower().endswith(("integer", "int", "long", "short", "byte"))
    input_ = "number" if numeric or parameter.kind == "number" else INPUTS.get(kind, "text")
    return FormField(
        name=name,
        description=parameter.description,
        kind=_kind(parameter),
        input="choice" if choices else "text" if name in wrong else input_,
        step="1" if numeric else "any",
        value=value,
        required=parameter.required,
        choices=choices,
        error=wrong.get(name, ""),
    )


def _in_full(snapshot: Snapshot, query: StoredQuery, parameter: Parameter, value: str) -> str:
    """Return a value as the choices have it: a prefixed name as the IRI that it stands for."""
    prefixes = {**dict(snapshot.prefixes.pairs), **declared_prefixes(query.text)}
    with suppress(ValueError):
        return text_of(parameter.term(value, prefixes)) if parameter.kind == "iri" else value
    return value


def _kind(parameter: Parameter) -> str:
    if parameter.kind == "iri":
        return "IRI"
    return parameter.language or parameter.kind.removeprefix(XSD)


def _choices(
    snapshot: Snapshot, parameter: Parameter, suggested: Sequence[Term], value: str
) -> tuple[Choice, ...]:
    """Return what can be chosen, by label; what is chosen is among it."""
    found = [Choice(one, Value(one)) for one in parameter.choices]
    found += [Choice(text_of(one), value_of(snapshot, one)) for one in suggested]
    if suggested and value and value not in [one.value for one in found]:
        found.append(Choice(value, _shown(snapshot, parameter, value)))
    if not suggested:
        return tuple(found)
    return tuple(sorted(found, key=lambda one: (one.shown.text.casefold(), one.value)))


def _shown(snapshot: Snapshot, parameter: Parameter, value: str) -> Value:
    """Return a value that the data does not propose, as people read it."""
    with suppress(ValueError):
        if parameter.kind == "iri":
            return value_of(snapshot, NamedNode(value))
    return Value(value)
