"""Write a release (storey 4): dumps, what stored queries make of the data, and an RO-Crate of it.

    dump.nq  dump.trig  dump.ttl  dump.jsonld     the whole data set
    tables/               CSV, described in csv-metadata.json
    graphs/               graphs in Turtle and N-Triples
    nanopublications/     one in each file
    ro-crate-metadata.json

Equal snapshots give equal files, to the byte.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.dataset.dcat import content_of
from kg.dataset.dumps import write_dumps
from kg.dataset.frame import Frame, frame
from kg.dataset.queries import StoredQuery
from kg.dataset.releasing import GRAPH, NANOPUBLICATIONS, TABLE, Releasing
from kg.dataset.snapshot import Snapshot
from kg.errors import ProjectError
from kg.rdf.formats import CSV, CSVW, N_TRIPLES, TRIG, TURTLE
from kg.rdf.writing import is_nested, write_graph
from kg.release.asking import rows_of, triples_of
from kg.release.crate import RECORD, crate
from kg.release.nanopublications import as_trig, nanopublications
from kg.release.part import Part
from kg.release.tables import Tabular, as_csv, metadata, tabular
from kg.store.base import Store

# where CSV on the Web looks for the description of a folder's tables
# Source: https://www.w3.org/TR/tabular-data-model/#default-locations-and-site-wide-location-configuration
DESCRIBED = "csv-metadata.json"
CSV_ON_THE_WEB = "https://www.w3.org/TR/tabular-metadata/"
GUIDELINES = "https://nanopub.net/guidelines/working_draft/"
RDF_1_2 = "https://www.w3.org/TR/rdf12-concepts/"


def write_release(snapshot: Snapshot, store: Store, folder: Path) -> tuple[Part, ...]:
    """Write a release of the snapshot, which the store holds, into an empty folder.

    Return its parts. Raises: ProjectError where the data does not say what a release has to, or a
    stored query does not fit; OSError and StoreUnavailable where the files cannot be written.
    """
    framed = frame(snapshot)
    parts = (*_dumps(snapshot, folder), *_asked(framed, store, folder))
    _write(folder / RECORD, _json(crate(framed, folder, parts)))
    return parts


def _dumps(snapshot: Snapshot, folder: Path) -> Iterator[Part]:
    for dump in write_dumps(snapshot, folder, packings=()):
        said = content_of(dump.format)
        name, kind = dump.format.name, dump.media_type
        yield Part(dump.name, name, said, kind, dump.format.iri, sha256=dump.sha256)


def _asked(framed: Frame, store: Store, folder: Path) -> Iterator[Part]:
    """Write what stored queries make, and yield its parts."""
    chosen = [(query, query.release) for query in framed.snapshot.queries if query.release]
    _require_names([query for query, _ in chosen])
    tables = [
        tabular(query, releasing, rows_of(query, store))
        for query, releasing in chosen
        if releasing.kind == TABLE
    ]
    if tables:
        yield from _tables(framed, tables, folder)
    for query, releasing in chosen:
        if releasing.kind == GRAPH:
            yield from _graph(framed.snapshot, query, releasing, store, folder)
        if releasing.kind == NANOPUBLICATIONS:
            yield from _nanopublications(framed.snapshot, query, store, folder)


def _require_names(queries: list[StoredQuery]) -> None:
    """Raise ProjectError where two queries would write the same file."""
    found: dict[str, str] = {}
    for query in queries:
        other = found.setdefault(query.name.rpartition("/")[2].lower(), query.name)
        if other != query.name:
            raise ProjectError(
                f"stored queries {other} and {query.name}: a release calls both by their last "
                "part. Rename one."
            )


def _tables(framed: Frame, tables: list[Tabular], folder: Path) -> Iterator[Part]:
    for table in tables:
        path = f"tables/{table.file}"
        _write(folder / path, as_csv(table))
        yield Part(path, _title(table.releasing), table.query.description, CSV.media_type, CSV.iri)
    path = f"tables/{DESCRIBED}"
    _write(folder / path, _json(metadata(tables, _of_all(framed))))
    said = "Columns, datatypes, languages and properties of the tables."
    yield Part(path, "Description of the tables", said, CSVW.media_type, "", (CSV_ON_THE_WEB,))


def _of_all(framed: Frame) -> Mapping[str, Any]:
    return {"dc:source": {"@id": framed.dataset}}


def _graph(
    snapshot: Snapshot, query: StoredQuery, releasing: Releasing, store: Store, folder: Path
) -> Iterator[Part]:
    triples = triples_of(query, store)
    conforms = (RDF_1_2,) if any(map(is_nested, triples)) else ()
    name, said = query.name.rpartition("/")[2], query.description
    for format_ in (TURTLE, N_TRIPLES):
        path = f"graphs/{name}.{format_.extension}"
        _write(folder / path, write_graph(triples, format_, dict(snapshot.prefixes.pairs)))
        title = f"{_title(releasing)} ({format_.name})"
        yield Part(path, title, said, format_.media_type, format_.iri, conforms)


def _nanopublications(
    snapshot: Snapshot, query: StoredQuery, store: Store, folder: Path
) -> Iterator[Part]:
    for one in nanopublications(query, rows_of(query, store)):
        path = f"nanopublications/{one.name}.{TRIG.extension}"
        _write(folder / path, as_trig(one, snapshot.prefixes))
        title = f"Nanopublication of {one.name}"
        yield Part(path, title, "", TRIG.media_type, TRIG.iri, (GUIDELINES,))


def _title(releasing: Releasing) -> str:
    english = (one.value for one in releasing.titles if one.language == "en")
    return next(english, releasing.titles[0].value)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
