"""Compute once what pyshacl and rdflib compute for every focus node (storey 1).

None of it changes a result: tests/shacl/test_engines.py compares both ways of running.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import cache, partial
from importlib import import_module
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.plugins.sparql.sparql import Query


@contextmanager
def computed_once() -> Iterator[None]:
    """Let pyshacl do in this block what it does again and again only once.

    Not for two threads at once: it puts functions of the libraries in the place of theirs.
    """
    with ExitStack() as stack:
        for once in (_queries, _constraints, _results, _checks, _choices):
            stack.enter_context(once())
        yield


@contextmanager
def replaced(owner: Any, **values: Any) -> Iterator[None]:
    """Put other values in the place of a module's or a class's for the time of the block."""
    before = {name: vars(owner)[name] for name in values if name in vars(owner)}
    for name, value in values.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name in values:
            delattr(owner, name)
        for name, value in before.items():
            setattr(owner, name, value)


def _queries() -> Any:
    """Parse each SPARQL text once instead of once per focus node.

    That is most of pyshacl's time on SPARQL constraints. Both steps are kept, because the
    second changes the parse tree that the first made.
    """
    processor: Any = import_module("rdflib.plugins.sparql.processor")
    translate = processor.translateQuery
    translated: dict[tuple[int, str], Query] = {}

    def translate_once(parsed: Any, base: str | None = None, names: Any = None) -> Query:
        # the parse cache keeps every tree alive, so that its id stays its own
        key = (id(parsed), f"{base} {sorted((names or {}).items())}")
        if key not in translated:
            translated[key] = translate(parsed, base, names)
        return translated[key]

    parse = cache(processor.parseQuery)
    return replaced(processor, parseQuery=parse, translateQuery=translate_once)


def _constraints() -> Any:
    """Read the parameters of a shape's constraints once instead of at each of its uses.

    They are looked for among those of all constraints, which pyshacl keeps in a list.
    """
    shape: Any = import_module("pyshacl.shape")
    known: Any = import_module("pyshacl.constraints").CONSTRAINT_PARAMETERS_MAP
    kept = {component: cache(component) for component in known.values()}
    made = {parameter: kept[component] for parameter, component in known.items()}
    return replaced(shape, CONSTRAINT_PARAMS=(made.keys(), MappingProxyType(made)))


class _Later(list[Any]):
    """The triples of a result, made when they are asked for: most results are never reported.

    What is added are details of nested results, which no report of ours holds.
    """

    def __init__(self, node: Any, make: Callable[[], Any]) -> None:
        super().__init__()
        self.node = node
        self.make = make

    def __iter__(self) -> Iterator[Any]:
        _, _, triples = self.make()
        return ((self.node, predicate, value) for _, predicate, value in triples)

    def append(self, _: Any) -> None:
        """Leave out a detail."""

    def extend(self, _: Any) -> None:
        """Leave out details."""


def _results() -> Any:
    """Make what is said of a result only where it is reported, and no text for terminals."""
    component: Any = import_module("pyshacl.constraints.constraint_component").ConstraintComponent
    import rdflib

    make, numbers = component.make_v_result, count()

    def make_later(*arguments: Any, **named: Any) -> tuple[str, rdflib.BNode, _Later]:
        node = rdflib.BNode(f"result{next(numbers)}")
        return "", node, _Later(node, partial(make, *arguments, **named))

    return replaced(
        component, make_v_result=make_later, make_v_result_description=lambda *_, **__: ""
    )


def _checks() -> Any:
    """Look for what a SPARQL constraint may not hold once in each text."""
    helper: Any = import_module("pyshacl.helper.sparql_query_helper").SPARQLQueryHelper
    check = helper.check_invalid_sparql

    @cache
    def once(text: str, valued: bool, extra: frozenset[str]) -> Any:  # noqa: FBT001 - a key
        return check(helper, text, True if valued else None, extra)

    def check_once(_: Any, text: str, valuenode: Any = None, extravars: Any = None) -> Any:
        return once(text, valuenode is not None, frozenset(extravars or ()))

    return replaced(helper, check_invalid_sparql=check_once)


def _choices() -> Any:
    """Keep the terms of sh:in in one order, so that each run has them so in its messages."""
    component: Any = import_module("pyshacl.constraints.core.other_constraints")
    owner = component.InConstraintComponent
    init = owner.__init__

    def init_sorted(self: Any, shape: Any) -> None:
        init(self, shape)
        self.in_vals = dict.fromkeys(sorted(self.in_vals, key=lambda term: term.n3()))

    return replaced(owner, __init__=init_sorted)
