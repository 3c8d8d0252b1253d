"""Read a project's RDF files into one value (storey 1): a file is a named graph.

Knows nothing of shapes, stores or the web. A file that cannot be read stops the load, with
every such file named in one error, so that nothing is ever served from half of the data.
"""

import hashlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple, parse

from kg.errors import Problem, SourceError, around
from kg.project import Project
from kg.rdf.formats import N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, unpacked_name
from kg.rdf.namespaces import Prefixes, iri_path, merge_prefixes
from kg.rdf.xml import require_well_formed
from kg.source.base import NO_BASE, guess_base, moved, rebase_all, require_used
from kg.source.digests import file_digest
from kg.source.encoding import LOOK, not_text
from kg.source.finding import Found, find_files, shown_path
from kg.source.known import Known
from kg.source.packing import CannotUnpack, unpacked
from kg.source.recovery import syntax_problems

# formats that can be read on after an error
STATEMENTS = (TURTLE, TRIG, N_TRIPLES, N_QUADS)

# the engine raises MemoryError where a term does not fit its buffer
TOO_LONG = "a term is longer than what can be read, 16 MiB, or a string in it never ends"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as read: `path` relative to the project's root, in the role of its folder.

    `role` is "data", "ontology" or "shapes"; `graph` is the name of the file's graph. Every
    quad has a graph name; blank node labels are unique in the whole source.
    """

    path: str
    role: str
    graph: NamedNode
    quads: tuple[Quad, ...]
    prefixes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """All files of a project, sorted by role and path, and the base IRI that holds for them.

    `written_base` is the base as the files have it: another one where they were rebased;
    `skipped` is what is wrong with files that were left out.
    """

    project: Project
    base: str
    written_base: str
    files: tuple[SourceFile, ...]
    skipped: tuple[Problem, ...] = ()

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes that the files declare, merged."""
        return merge_prefixes(pair for file in self.files for pair in file.prefixes)

    def quads(self, *roles: str) -> Iterator[Quad]:
        """Yield the quads of the files in these roles, in file order."""
        return (quad for file in self.files if file.role in roles for quad in file.quads)


def load(
    project: Project,
    progress: Progress | None = None,
    known: Known | None = None,
    *,
    skip_broken: bool = False,
) -> Source:
    """Return all of the project's RDF, each file as a named graph.

    `progress` is called with the number of bytes read, again and again; `source_bytes` says
    how many there are in all. Files that are `known`, and have not changed, are not parsed anew.
    With `skip_broken` a file that cannot be read is left out, unless no data is left.
    Raises: SourceError naming every file that cannot be read; ProjectError when there is no
    RDF at all, or the project's base IRI is used by none of it.
    """
    found = find_files(project)
    files, problems = _read_all(project, found, progress or (lambda _: None), known)
    if problems and not (skip_broken and any(file.role == "data" for file in files)):
        raise SourceError(problems)
    broken = {problem.file for problem in problems}
    found = tuple(file for file in found if shown_path(project, file.path) not in broken)
    data = [quad for file in files if file.role == "data" for quad in file.quads]
    base = project.base or guess_base(data)
    if project.base:
        require_used(base, data)
    if project.rebase:
        files = [_moved(file, base, project.rebase) for file in files]
    served = project.rebase or base
    classes = tuple(moved(iri, base, served) for iri in project.site.classes)
    project = replace(project, site=replace(project.site, classes=classes))
    return Source(project, served, base, _named(served, files, found, known), tuple(problems))


def _read_all(
    project: Project, found: Sequence[Found], progress: Progress, known: Known | None
) -> tuple[list[SourceFile], list[Problem]]:
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for file in found:
        made = _tried(project, file, progress, known)
        if isinstance(made, SourceFile):
            files.append(made)
        else:
            problems.extend(made)
    return files, problems


def _tried(
    project: Project, file: Found, progress: Progress, known: Known | None
) -> SourceFile | list[Problem]:
    """Return the file as read, or what is wrong with it."""
    try:
        with unpacked(file.path, project.limits.unpacked_bytes) as place:
            try:
                read = partial(_read, project, file, place, progress)
                if known is None:
                    return read()
                # of the copy, where it is packed: the file may be another by now
                made_from = (file_digest(place), project.base)
                return known.once((file.path, file.role), made_from, read)
            except (SyntaxError, ValueError, OSError, MemoryError) as error:
                return _problems(project, file, place, error)
    except (OSError, CannotUnpack) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        return [Problem(shown_path(project, file.path), 0, 0, f"cannot be read: {words}")]


def _read(project: Project, file: Found, place: Path, progress: Progress) -> SourceFile:
    with place.open("rb") as stream:
        if file.format is RDF_XML:
            require_well_formed(stream)
        counted = cast("BinaryIO", _Counted(stream, progress))
        parser = parse(counted, file.format.engine, base_iri=project.base or NO_BASE)
        quads = tuple(cast("Iterator[Quad]", parser))
    path = shown_path(project, file.path)
    prefixes = tuple(sorted(parser.prefixes.items()))
    return SourceFile(path, file.role, NamedNode(NO_BASE), quads, prefixes)


class _Counted:
    """A binary stream without a byte order mark that tells how much of it was read."""

    def __init__(self, stream: BinaryIO, progress: Progress) -> None:
        self.stream = stream
        self.progress = progress
        if stream.read(len(BOM_UTF8)) == BOM_UTF8:
            progress(len(BOM_UTF8))
        else:
            stream.seek(0)

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.progress(len(data))
        return data


def _problems(project: Project, file: Found, place: Path, error: Exception) -> list[Problem]:
    path = shown_path(project, file.path)
    if isinstance(error, OSError):
        return [Problem(path, 0, 0, f"cannot be read: {error.strerror}")]
    if isinstance(error, MemoryError):
        return [Problem(path, 0, 0, TOO_LONG)]
    found = []
    if file.format in STATEMENTS:
        found = syntax_problems(place, path, file.format, project.base or NO_BASE)
    return found or [_problem(path, place, error)]


def _problem(path: str, place: Path, error: Exception) -> Problem:
    """Return the one error of a file in a format that cannot be read on after it."""
    with place.open("rb") as stream:
        if words := not_text(stream.read(LOOK)):
            return Problem(path, 1, 1, words)
    line = getattr(error, "lineno", None) or 0
    column = getattr(error, "offset", None) or 0
    # the engine begins with the place, which the problem already says
    message = str(error.args[0]).partition(": ")[2] if line else str(error)
    lines = place.read_bytes().decode("utf-8-sig", errors="replace").split("\n")
    excerpt = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
    return Problem(path, line, column, message, around(excerpt, column))


def _named(
    base: str, files: Sequence[SourceFile], found: Sequence[Found], known: Known | None
) -> tuple[SourceFile, ...]:
    """Give every file its graph name, and its quads that name and blank nodes of their own.

    The name is the path without its suffix; where another file has that name, with it.
    """
    named: dict[NamedNode, SourceFile] = {}
    for file, place in zip(files, found, strict=True):
        folder = "" if file.role == "data" else f"{file.role}/"
        path = PurePosixPath(place.path.relative_to(place.folder).as_posix())
        plain = path.with_name(unpacked_name(path.name))
        names = (plain.with_suffix(""), path, PurePosixPath(file.path))
        graphs = (NamedNode(f"{base}graph/{folder}{iri_path(str(name))}") for name in names)
        graph = next(graph for graph in graphs if graph not in named)
        make = partial(_own, file, graph)
        named[graph] = known.once(graph, file, make) if known else make()
    return tuple(named.values())


def _own(file: SourceFile, graph: NamedNode) -> SourceFile:
    quads = tuple(_in_graph(file.quads, graph, _blank_prefix(file.path)))
    return replace(file, graph=graph, quads=quads)


def _blank_prefix(path: str) -> str:
    return f"b{hashlib.sha256(path.encode()).hexdigest()[:8]}x"


def _in_graph(quads: Sequence[Quad], graph: NamedNode, prefix: str) -> Iterator[Quad]:
    labels: dict[str, BlankNode] = {}

    def own(term: Any) -> Any:
        if isinstance(term, Triple):
            return Triple(own(term.subject), term.predicate, own(term.object))
        if not isinstance(term, BlankNode):
            return term
        return labels.setdefault(term.value, BlankNode(f"{prefix}{len(labels)}"))

    for quad in quads:
        name = graph if isinstance(quad.graph_name, DefaultGraph) else own(quad.graph_name)
        yield Quad(own(quad.subject), quad.predicate, own(quad.object), name)


def _moved(file: SourceFile, old: str, new: str) -> SourceFile:
    prefixes = tuple((prefix, moved(name, old, new)) for prefix, name in file.prefixes)
    return replace(file, quads=tuple(rebase_all(file.quads, old, new)), prefixes=prefixes)
