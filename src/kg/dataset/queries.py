"""Stored queries (storey 2): `.rq` files whose header says what they answer.

The header is comment lines that begin with `#+`, each `key: value`, before the query; the keys
are grlc's where grlc has one (https://github.com/CLARIAH/grlc#decorator-syntax).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.dataset.decorators import KEYS as DECORATORS
from kg.dataset.decorators import Decorator, decorators, header_lines, is_deeper
from kg.dataset.panels import KEYS as PANEL_KEYS
from kg.dataset.panels import Entry, Panel, is_key, panel_of
from kg.dataset.parameters import Parameter, missing_or_wrong, parameters_of, terms_of
from kg.dataset.releasing import KEYS as RELEASE_KEYS
from kg.dataset.releasing import Releasing, releasing_of
from kg.errors import ParametersRefused, Problem, ProjectError, SourceError, around
from kg.rdf.namespaces import WELL_KNOWN
from kg.rdf.sparql_binding import bound
from kg.rdf.sparql_text import declared_prefixes
from kg.source.loading import Source

HEADER = re.compile(r"#\+\s*(?P<key>[A-Za-z_-]+):\s*(?P<value>.*?)\s*")
EXPECT = re.compile(r"rows (?P<relation>=|>=) (?P<count>\d+)")
OWN = frozenset({"summary", "description", "tags", "expect"})
KEYS = OWN | PANEL_KEYS | RELEASE_KEYS | DECORATORS

# rows on a page at most, whoever asks for more
LARGEST_PAGE = 10_000

# what grlc has and this does not, and why
REFUSED = MappingProxyType(
    {
        "transform": "answers are what SPARQL says; a CONSTRUCT gives JSON-LD of any shape",
        "endpoint_in_url": "nothing is fetched because a request names it",
        "endpoint": "a stored query is answered by the data set that it is stored in",
    }
)


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """One question that can be asked by name.

    `name` is the file's path in the queries folder without `.rq`; `text` the whole file;
    `expect` is ("=" or ">=", number of solutions), or None where the header expects nothing;
    `panel` says where its rows are shown, `release` what a release makes of them, and both are None
    where the header says nothing; `parameters` are what it can be asked with, and `page_size` the
    rows of a page, 0 for all.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    expect: tuple[str, int] | None
    text: str
    panel: Panel | None = None
    parameters: tuple[Parameter, ...] = ()
    page_size: int = 0
    release: Releasing | None = None

    @property
    def example(self) -> str:
        """The query as it can be run anywhere, with its parameters' defaults in their places."""
        return bound(self.text, terms_of(self.parameters, {}, declared_prefixes(self.text)))

    def asked(self, given: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
        """Return the query with what is given, by parameter, else the defaults, bound as terms.

        `prefixes` may be used in values beside those that the query declares; "" counts as not
        given, and an optional parameter that is not given stays a variable.
        Raises: ParametersRefused, naming every parameter that is wrong, unknown or missing.
        """
        prefixes = {**prefixes, **declared_prefixes(self.text)}
        wrong = dict(missing_or_wrong(self.parameters, given, prefixes))
        if wrong:
            raise ParametersRefused(wrong)
        return bound(self.text, terms_of(self.parameters, given, prefixes))


def read_queries(source: Source) -> tuple[StoredQuery, ...]:
    """Return the project's stored queries, sorted by name, about the source's base IRI.

    Raises: ProjectError when a file cannot be read, SourceError when its header is wrong.
    """
    name = source.project.folders.queries
    folder = source.project.root / name
    if not name or not folder.is_dir():
        return ()
    texts = ((path, read_text(path)) for path in sorted(folder.rglob("*.rq")))
    return tuple(
        stored_query(
            path.relative_to(folder).with_suffix("").as_posix(),
            text.replace(source.written_base, source.base),
            path.relative_to(source.project.root).as_posix(),
            dict(source.prefixes.pairs),
        )
        for path, text in texts
    )


def find_query(queries: Sequence[StoredQuery], name: str) -> StoredQuery | None:
    """Return the query of that name, or the only one whose last part it is, or None."""
    exact = [query for query in queries if query.name == name]
    short = [query for query in queries if query.name.rpartition("/")[2] == name]
    found = exact or short
    return found[0] if len(found) == 1 else None


def stored_query(
    name: str, text: str, file: str, prefixes: Mapping[str, str] = WELL_KNOWN
) -> StoredQuery:
    """Return the stored query that a text is; `file` is where errors say it stands.

    Its header may use `prefixes` and those that the query declares.

    Raises: SourceError when the header is wrong.
    """
    header, more = _header(file, text), decorators(file, text)
    _refuse(more)
    said = {key: entry.value for key, entry in header.items()}
    tags = said.get("tags", "").strip("[]").split(",")
    expected = EXPECT.fullmatch(said.get("expect", ""))
    summary = said.get("summary", name)
    known = {**prefixes, **declared_prefixes(text)}
    return StoredQuery(
        name=name,
        summary=summary,
        description=said.get("description", ""),
        tags=tuple(tag.strip() for tag in tags if tag.strip()),
        expect=(expected["relation"], int(expected["count"])) if expected else None,
        text=text,
        panel=panel_of(header, known, summary),
        parameters=parameters_of(text, more, file),
        page_size=_page_size(more),
        release=releasing_of(header, more, known, summary),
    )


def _refuse(said: Mapping[str, Decorator]) -> None:
    """Raise SourceError where the header asks for what this does not do."""
    for key, why in REFUSED.items():
        if key in said and str(said[key].value).lower() != "false":
            raise said[key].wrong(f"{key} is not supported: {why}")
    for key in ("method", "endpoint-method"):
        if key in said and str(said[key].value).upper() not in ("GET", "POST"):
            raise said[key].wrong(f"{key}: expected GET or POST; both are answered, whatever it is")


def _page_size(said: Mapping[str, Decorator]) -> int:
    if "pagination" not in said:
        return 0
    value = said["pagination"].value
    if isinstance(value, str) and value.isdecimal() and 1 <= int(value) <= LARGEST_PAGE:
        return int(value)
    raise said["pagination"].wrong(f"pagination: expected a number of rows, 1 to {LARGEST_PAGE}")


def read_text(path: Path) -> str:
    """Return a query file's text.

    Raises: ProjectError when it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: cannot be read as UTF-8 text: {error}.") from error


def _header(file: str, text: str) -> Mapping[str, Entry]:
    """Return the header's values by key; it ends with the first line that is no comment."""
    header: dict[str, Entry] = {}
    for number, line in header_lines(text):
        if line.startswith("#+") and not is_deeper(line):
            key, value = _decorator(file, number, line)
            header[key] = Entry(value, file, number, line)
    return header


def _decorator(file: str, number: int, line: str) -> tuple[str, str]:
    matched = HEADER.fullmatch(line)
    if not matched or not (matched["key"] in KEYS or is_key(matched["key"])):
        known = ", ".join(sorted(KEYS))
        message = f"expected `#+ key: value`, key one of {known}"
        raise SourceError([Problem(file, number, 1, message, around(line, 1))])
    entry = Entry(matched["value"], file, number, line)
    if matched["key"] == "expect" and not EXPECT.fullmatch(entry.value):
        raise entry.problem("expected `rows = n` or `rows >= n`")
    return matched["key"], matched["value"]
