"""Tables in CSV with metadata in CSVW (storey 4), made of the rows of stored queries.

The first column names what a line is about, as an IRI. Rows about the same are one line; a column
of which something has several values is a list. Datatypes and languages are those of the terms.
Source: https://www.w3.org/TR/tabular-metadata/
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.dataset.queries import StoredQuery
from kg.dataset.releasing import Releasing
from kg.rdf.namespaces import RDF, XSD
from kg.rdf.terms import Term, text_of
from kg.release.asking import Rows, wrong

# what parts the values of a cell: the first that is in none of them
SEPARATORS = ("|", ";", "\n", "\x1f")

Values = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and the values of each line, sorted; most have one, some none."""

    name: str
    cells: tuple[Values, ...]

    @property
    def several(self) -> bool:
        """Whether something has more than one value."""
        return any(len(values) > 1 for values in self.cells)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All values."""
        return tuple(term for values in self.cells for term in values)


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table of a release: the query that it is of, and its columns, the key first."""

    query: StoredQuery
    releasing: Releasing
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The name of its file: the last part of the query's name."""
        return f"{self.query.name.rpartition('/')[2]}.csv"


def tabular(query: StoredQuery, releasing: Releasing, found: Rows) -> Tabular:
    """Return the table of the rows that a query found, sorted by its key.

    Raises: ProjectError where the first column is no IRI in some row, or a property has no column.
    """
    unknown = [name for name, _ in releasing.properties if name not in found.columns]
    if unknown:
        raise wrong(query, f"properties: there is no column ?{unknown[0]}.")
    lines: dict[str, list[set[Term]]] = {}
    for row in found.rows:
        if not isinstance(row[0], NamedNode):
            raise wrong(
                query, f"the first column, ?{found.columns[0]}, must be an IRI in each row."
            )
        line = lines.setdefault(row[0].value, [set() for _ in row])
        for values, term in zip(line, row, strict=True):
            values.update(() if term is None else (term,))
    whole = [line for _, line in sorted(lines.items())]
    columns = (
        Column(name, tuple(tuple(sorted(line[place], key=str)) for line in whole))
        for place, name in enumerate(found.columns)
    )
    return Tabular(query, releasing, tuple(columns))


def as_csv(table: Tabular) -> bytes:
    """Return the table in CSV with a header of its columns' names.

    Source: https://www.rfc-editor.org/rfc/rfc4180
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    separators = [_separator(table, column) for column in table.columns]
    for line in zip(*(column.cells for column in table.columns), strict=True):
        cells = zip(separators, line, strict=True)
        writer.writerow(between.join(map(text_of, values)) for between, values in cells)
    return text.getvalue().encode()


def _separator(table: Tabular, column: Column) -> str:
    texts = [text_of(term) for term in column.terms]
    free = (mark for mark in SEPARATORS if not any(mark in text for text in texts))
    found = next(free, None)
    if found is None and column.several:
        raise wrong(table.query, f"?{column.name} holds every mark that could part its values.")
    return found or ""


def metadata(tables: Sequence[Tabular], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of the tables, which is beside them; `about` is said of all."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **about,
        "tables": [_described(table) for table in tables],
    }


def _described(table: Tabular) -> dict[str, Any]:
    key = table.columns[0].name
    headings = _headings(table)
    description = table.query.description
    return {
        "url": table.file,
        "dc:title": [_natural(title) for title in table.releasing.titles],
        **({"dc:description": description} if description else {}),
        "tableSchema": {
            "aboutUrl": f"{{+{key}}}",
            "primaryKey": key,
            "columns": [
                _of_column(table, column, headings.get(column.name, ())) for column in table.columns
            ],
        },
    }


def _of_column(table: Tabular, column: Column, headings: Sequence[Any]) -> dict[str, Any]:
    is_key = column is table.columns[0]
    property_ = dict(table.releasing.properties).get(column.name)
    of_iris = all(isinstance(term, NamedNode) for term in column.terms) and column.terms
    # a list of IRIs can only be said as texts, which the property does not have
    stated = property_ and not (of_iris and column.several)
    return {
        "name": column.name,
        # the name of the column is its heading in the file
        "titles": column.name,
        **({"dc:title": list(headings)} if headings else {}),
        **({"required": True, "suppressOutput": True} if is_key else {}),
        **_datatype(column),
        **({"separator": _separator(table, column)} if column.several else {}),
        **({"propertyUrl": property_} if stated else {}),
        **({"valueUrl": f"{{+{column.name}}}"} if of_iris and not column.several else {}),
    }


def _datatype(column: Column) -> dict[str, Any]:
    """Return the datatype and the language that all values of a column have."""
    literals = [term for term in column.terms if isinstance(term, Literal)]
    if len(literals) != len(column.terms):
        return {"datatype": "string" if literals else "anyURI"}
    languages = {literal.language for literal in literals}
    datatypes = {literal.datatype.value for literal in literals}
    if len(languages) == 1 and None not in languages:
        return {"datatype": "string", "lang": languages.pop()}
    datatype = datatypes.pop() if len(datatypes) == 1 else f"{XSD}string"
    if datatype.startswith(XSD):
        return {"datatype": datatype.removeprefix(XSD)}
    if datatype.startswith(RDF):
        return {"datatype": "string"}
    return {"datatype": {"@id": datatype, "base": "string"}}


def _headings(table: Tabular) -> dict[str, list[dict[str, str]]]:
    """Return the headings of columns by name; the header of the query parts them by commas."""
    found: dict[str, list[dict[str, str]]] = {}
    for said in table.releasing.columns:
        words = [one.strip() for one in said.value.split(",")]
        if len(words) != len(table.columns):
            raise wrong(
                table.query,
                f"columns: {len(words)} headings for {len(table.columns)} columns.",
            )
        for column, word in zip(table.columns, words, strict=True):
            found.setdefault(column.name, []).append(
                _natural(Literal(word, language=said.language or "en"))
            )
    return found


def _natural(text: Literal) -> dict[str, str]:
    return {"@value": text.value, "@language": text.language or "und"}
