"""Fill a project's template of a record (storey 1): Turtle with fields, parts and a header.

- `#: file data/ttl/claims/NNNN.ttl` says where the record goes, `#: first id/claim/c-NNNN` which
  IRI is its subject; `NNNN` is the next free number, of that many digits.
- `#: stance = reported` gives a field its value where nobody else does.
- `$field` stands for a value. A line with a field that has none becomes a comment, so that the
  shapes say that it is missing.
- `#? name` behind a line keeps it where a part or field of that name is given, `#? no name` where
  not; alone on a line it begins a block, which `#? end` ends.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.errors import ProjectError

HEADER = re.compile(r"#: (?:(file|first) (\S+)|(\w+) = (.*))")
CONDITION = re.compile(r"\s*#\? (no )?([a-z_]+)$")
FIELD = re.compile(r"\$(\w+)")
# a field between quotes or in angle brackets, as a language tag, the end of a name, or a term
PLACE = re.compile(
    r"(?P<text>\"[^\"]*\")|(?P<iri><[^>]*>)|(?P<tag>@\$\w+)|(?P<name>[\w-]+:\$\w+)|(?P<term>\$\w+)"
)
TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
LOCAL = re.compile(r"\w[\w.-]*(?<!\.)")
PREFIXED = re.compile(r"([\w-]*):\w[\w.-]*(?<!\.)")
PREFIX = re.compile(r"^@prefix ([\w-]*):", re.MULTILINE)
OUTSIDE_IRIS = re.compile(r'[\x00-\x20<>"{}|\\^`]')


@dataclass(frozen=True, slots=True)
class Template:
    """A record's template: where records go, the first subject's IRI, defaults, and the lines."""

    name: str
    file: str
    first: str
    defaults: Mapping[str, str]
    lines: tuple[str, ...]

    @property
    def known(self) -> frozenset[str]:
        """The names of its fields and parts."""
        conditions = (CONDITION.search(line) for line in self.lines)
        parts = {found[2] for found in conditions if found} - {"end"}
        return frozenset(parts | {name for line in self.lines for name in FIELD.findall(line)})

    @property
    def parts(self) -> frozenset[str]:
        """The names of what has a span of its own: those with a `$NAME_start`."""
        return frozenset(name for name in self.known if f"{name}_start" in self.known)


def read_template(name: str, text: str) -> Template:
    """Return the template that a file's text is.

    Raises: ProjectError where its header does not say where records go.
    """
    said: dict[str, str] = {}
    defaults: dict[str, str] = {}
    lines = []
    for line in text.splitlines():
        found = HEADER.fullmatch(line)
        if found and found[1]:
            said[found[1]] = found[2]
        elif found:
            defaults[found[3]] = found[4]
        else:
            lines.append(line)
    if said.keys() != {"file", "first"}:
        raise ProjectError(f"{name}: a template begins with #: file PATH and #: first IRI.")
    return Template(name, said["file"], said["first"], defaults, tuple(lines))


def filled(template: Template, values: Mapping[str, str]) -> str:
    """Return the record with these values; a value that is "" leaves its lines out.

    Raises: ProjectError where a value cannot stand where its field does.
    """
    values = {**template.defaults, **values}
    given = {name for name, value in values.items() if value}
    dropped = {name for name, value in values.items() if not value}
    prefixes = frozenset(PREFIX.findall("\n".join(template.lines)))
    lines = (
        _filled(line, values, prefixes)
        for line in _wanted(template.lines, given)
        if not dropped & {*FIELD.findall(line)}
    )
    return "\n".join(lines) + "\n"


def _wanted(lines: Collection[str], given: Collection[str]) -> Iterator[str]:
    kept = True
    for line in lines:
        found = CONDITION.search(line)
        if not found:
            if kept:
                yield line
            continue
        holds = found[2] == "end" or (found[2] in given) != bool(found[1])
        if line[: found.start()].strip():
            if kept and holds:
                yield line[: found.start()]
        else:
            kept = holds


def _filled(line: str, values: Mapping[str, str], prefixes: Collection[str]) -> str:
    missing = [name for name in FIELD.findall(line) if name not in values]
    if missing and not line.startswith("#"):
        return f"  # {line.strip()}"

    def put(found: re.Match[str]) -> str:
        return FIELD.sub(lambda field: _value(field, found, values, prefixes), found[0])

    if line.startswith("#"):
        return FIELD.sub(lambda field: " ".join(values.get(field[1], "").split()), line)
    return PLACE.sub(put, line)


def _value(
    field: re.Match[str], place: re.Match[str], values: Mapping[str, str], prefixes: Collection[str]
) -> str:
    name, value, kind = field[1], values[field[1]], place.lastgroup
    if kind == "text":
        return str(Literal(value))[1:-1]
    if kind == "iri" and not OUTSIDE_IRIS.search(value):
        return value
    if (kind == "name" and LOCAL.fullmatch(value)) or (kind == "tag" and TAG.fullmatch(value)):
        return value
    if kind == "term":
        prefixed = PREFIXED.fullmatch(value)
        if NUMBER.fullmatch(value) or (prefixed and prefixed[1] in prefixes):
            return value
        if not OUTSIDE_IRIS.search(value):
            return f"<{value}>"
    raise ProjectError(f"{name}={value!r}: cannot stand in {place[0]}.")
