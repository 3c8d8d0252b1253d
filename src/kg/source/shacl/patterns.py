"""Regular expressions of shapes that are given up after some seconds (storey 1).

Python's own module goes back and forth over a text for years where a repetition holds another,
and cannot be stopped. The fast engine needs none of this: its expressions take linear time.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import regex
from pyoxigraph import BlankNode, NamedNode

from kg.errors import SlowPattern
from kg.source.shacl.once import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# seconds of the processor that one expression may take on one text
SECONDS = 5.0

# modules that call `re`: the one of sh:pattern, and the one of REGEX and REPLACE in SPARQL
USERS = (
    "pyshacl.constraints.core.string_based_constraints",
    "rdflib.plugins.sparql.operators",
)


def fault_of(pattern: str, flags: str) -> str:
    """Return why a text is no regular expression, "" where it is one."""
    # the flags of XPath that Python has as well
    inline = "".join(sorted(set(flags) & set("ims")))
    try:
        regex.compile(f"(?{inline}){pattern}" if inline else pattern)
    except (regex.error, RecursionError, OverflowError) as error:
        return str(error)
    return ""


@contextmanager
def bounded() -> Iterator[None]:
    """Let pyshacl raise SlowPattern in this block where an expression takes longer on a text."""
    limit = SECONDS
    expressions = SimpleNamespace(
        **{name: getattr(regex, name) for name in ("I", "M", "IGNORECASE", "MULTILINE", "DOTALL")},
        compile=lambda pattern, flags=0: _Bounded(regex.compile(pattern, flags), limit),
        search=lambda pattern, text, flags=0: _within(
            partial(regex.search, pattern, text, flags), pattern, text, limit
        ),
        sub=lambda pattern, put, text, count=0: _within(
            partial(regex.sub, pattern, put, text, count), pattern, text, limit
        ),
    )
    with ExitStack() as stack:
        for name in USERS:
            stack.enter_context(replaced(import_module(name), re=expressions))
        stack.enter_context(_naming_shapes())
        yield


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A compiled expression, as far as pyshacl uses one."""

    compiled: Any
    seconds: float

    def match(self, text: str) -> Any:
        return self._tried(self.compiled.match, text)

    def search(self, text: str) -> Any:
        return self._tried(self.compiled.search, text)

    def _tried(self, function: Callable[..., Any], text: str) -> Any:
        return _within(partial(function, text), self.compiled.pattern, text, self.seconds)


def _within(call: Callable[..., Any], pattern: str, text: str, seconds: float) -> Any:
    try:
        return call(timeout=seconds)
    except (TimeoutError, MemoryError) as error:
        # rdflib's literals are no equals of strings
        spent = seconds if isinstance(error, TimeoutError) else 0
        raise SlowPattern(str(pattern), str(text), spent) from None


def _naming_shapes() -> Any:
    """Let a SlowPattern say which shape it is from, the innermost that was being checked."""
    shape: Any = import_module("pyshacl.shape").Shape
    validate = shape.validate

    def validate_named(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return validate(self, *arguments, **named)
        except SlowPattern as error:
            error.shape = error.shape or _node(str(self.node))
            raise

    return replaced(shape, validate=validate_named)


def _node(name: str) -> str:
    return str(NamedNode(name) if ":" in name else BlankNode(name))
