"""Decorators with more than one line in the header of a stored query (storey 2), as grlc has them.

    #+ defaults:
    #+   - language: en

The lines below a key that are deeper than it are YAML, all of whose values are text.
Source: https://github.com/CLARIAH/grlc#decorator-syntax
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kg.errors import Problem, SourceError, around

KEYS = frozenset(
    {"parameters", "defaults", "enumerate", "pagination", "method", "endpoint", "endpoint-method"}
    | {"endpoint_in_url", "transform", "properties"}
)

KEY = re.compile(r"#\+\s{0,2}([A-Za-z_-]+):(.*)")
END_OF_LINE = re.compile(r"\r\n?|\n")
DEEPER = re.compile(r"#\+(?:\s{3,}|\s*-\s)")


@dataclass(frozen=True, slots=True)
class Decorator:
    """What one key of a header says: text, or lists and tables of text; and where it says so."""

    value: Any
    file: str
    line: int
    text: str

    def wrong(self, message: str) -> SourceError:
        """Return the error that this decorator cannot be understood."""
        return SourceError([Problem(self.file, self.line, 1, message, around(self.text, 1))])

    def table(self) -> dict[str, Any]:
        """Return the value as a table; a list of tables and of bare names is joined to one.

        Raises: SourceError when it is nothing of that.
        """
        value = self.value if isinstance(self.value, list) else [self.value]
        found: dict[str, Any] = {}
        for one in value:
            if isinstance(one, str) and one:
                found[one] = None
            elif isinstance(one, dict):
                found.update(one)
            else:
                raise self.wrong("expected lines like `#+   - name: value` below this one")
        return found


def header_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text's header by number; it ends with the first that is no comment.

    Lines end where comments of SPARQL do: other signs, such as U+2028, may stand in a description.
    """
    for number, line in enumerate(END_OF_LINE.split(text), start=1):
        if line and not line.startswith("#"):
            return
        yield number, line


def is_deeper(line: str) -> bool:
    """Whether a line of a header belongs to a key above it."""
    return DEEPER.match(line) is not None


def decorators(file: str, text: str) -> Mapping[str, Decorator]:
    """Return the decorators of these keys in a text's header.

    Raises: SourceError where one is no YAML.
    """
    blocks: dict[str, tuple[int, list[str]]] = {}
    current: list[str] | None = None
    for number, line in header_lines(text):
        matched = KEY.fullmatch(line)
        if matched and not is_deeper(line):
            current = [line] if matched[1] in KEYS else None
            if current is not None:
                blocks[matched[1]] = (number, current)
        elif current is not None and is_deeper(line):
            current.append(line)
    return {key: _decorator(file, number, lines) for key, (number, lines) in blocks.items()}


def _decorator(file: str, number: int, lines: list[str]) -> Decorator:
    plain = "\n".join(line.removeprefix("#+") for line in lines)
    try:
        # the base loader makes text of everything: no dates, no numbers, no objects
        read = yaml.load(plain, Loader=yaml.BaseLoader)  # noqa: S506 - see above
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = number + (mark.line if mark else 0)
        words = getattr(error, "problem", None) or "cannot be read"
        message = f"not YAML: {words}"
        shown = lines[min(at - number, len(lines) - 1)]
        raise SourceError([Problem(file, at, 1, message, around(shown, 1))]) from error
    if not isinstance(read, dict) or len(read) != 1:
        message = "not YAML: expected a name, a colon, a space and a value"
        raise SourceError([Problem(file, number, 1, message, around(lines[0], 1))])
    (value,) = read.values()
    return Decorator(value, file, number, lines[0])
