"""What has changed in a project since a revision of git (storey 1)."""

import os
import subprocess
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, parse

from kg.errors import ProjectError
from kg.project import Project
from kg.rdf.blank_nodes import told
from kg.rdf.formats import Format, format_of_file, unpacked_name
from kg.source.base import NO_BASE, moved
from kg.source.encoding import first_byte
from kg.source.findings import Finding, Findings
from kg.source.loading import Source
from kg.source.packing import unpacked_bytes
from kg.source.reports.text import counted


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a revision: files by their resolved paths, and IRIs.

    An IRI is changed where anything that it is the subject of is, in a blank node as well.
    """

    revision: str
    files: frozenset[Path]
    iris: frozenset[str]


def changes_since(source: Source, revision: str) -> Changes:
    """Return what differs between the working tree and a revision, new files included.

    Raises: ProjectError without git, outside of a repository, and for an unknown revision.
    """
    project = source.project
    root = project.root.resolve()
    top = Path(os.fsdecode(_git(root, "rev-parse", "--show-toplevel")).rstrip("\n"))
    commit = _commit(root, revision)
    names = _git(top, "diff", "--name-only", "--no-renames", "-z", commit)
    names += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    changed = frozenset(top / name for name in os.fsdecode(names).split("\0") if name)
    before, now = _Descriptions(project), _Descriptions(project)
    for path in filter(_is_part_of(project), changed):
        before.read(path, _old(top, commit, path))
        now.read(path, path.read_bytes() if path.is_file() else b"")
    iris = before.differing_from(now)
    if project.rebase:
        iris = {moved(iri, source.written_base, source.base) for iri in iris}
    return Changes(revision, changed, frozenset(iris))


def only_changed(findings: Findings, changes: Changes) -> Findings:
    """Return the findings whose file, focus node, value or shape has changed, with a note.

    Everything was validated: what is left out is only what nobody touched.
    """

    def touched(one: Finding) -> bool:
        result = one.result
        iris = (result.focus_node, one.rule.shape, result.value[1:-1])
        return (findings.root / result.file).resolve() in changes.files or any(
            iri in changes.iris for iri in iris
        )

    kept = findings.only(touched)
    left = len(findings.items) - len(kept.items)
    note = f"Everything was validated; left out: {counted(left, 'result')} on what has not changed"
    return kept.only(lambda _: True, f"{note} since {changes.revision}.")


def _is_part_of(project: Project) -> Callable[[Path], bool]:
    """Return whether a file is RDF that the project is, or was, made of."""
    names = (project.file or project.folders.data, project.folders.ontology, project.folders.shapes)
    places = [(project.root / name).resolve() for name in names if name]
    return lambda path: _format_of(path) is not None and any(map(path.is_relative_to, places))


def _format_of(path: Path) -> Format | None:
    return format_of_file(unpacked_name(path.name))


class _Descriptions:
    """What some documents say about each IRI, in a form that can be compared."""

    def __init__(self, project: Project) -> None:
        self.base = project.base or NO_BASE
        self.most = project.limits.unpacked_bytes
        self.said: dict[str, set[tuple[NamedNode, str]]] = defaultdict(set)

    def read(self, path: Path, document: bytes) -> None:
        """Take up a document, as far as it can be read."""
        format_ = _format_of(path)
        assert format_
        about: dict[object, list[Quad]] = defaultdict(list)
        try:
            plain = unpacked_bytes(path.name, document, self.most)
            for quad in parse(plain[first_byte(plain) :], format_.engine, base_iri=self.base):
                about[quad.subject].append(quad)
        except (SyntaxError, ValueError):
            # the loader says what is wrong now; what was wrong before is changed by being mended
            pass
        for subject, quads in about.items():
            if isinstance(subject, NamedNode):
                values = (
                    (q.predicate, told(q.object, lambda node: about.get(node, ()))) for q in quads
                )
                self.said[subject.value].update(values)

    def differing_from(self, other: "_Descriptions") -> set[str]:
        """Return the IRIs of which the two say different things."""
        iris = self.said.keys() | other.said.keys()
        return {iri for iri in iris if self.said.get(iri) != other.said.get(iri)}


def _old(top: Path, commit: str, path: Path) -> bytes:
    """Return what a file held at a commit, b"" where there was none."""
    name = path.relative_to(top).as_posix()
    try:
        return _git(top, "cat-file", "blob", f"{commit}:{name}")
    except ProjectError:
        return b""


def _commit(root: Path, revision: str) -> str:
    try:
        name = f"{revision}^{{commit}}"
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except ProjectError as error:
        raise ProjectError(
            f"--changed {revision}: git knows no such revision here. A shallow clone has only "
            "the last ones: fetch it, or check out with fetch-depth: 0."
        ) from error
    return found.decode().strip()


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what a command of git prints.

    Raises: ProjectError when there is no git, or it fails.
    """
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise ProjectError(f"--changed needs git: {error.strerror}. Install it.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or "it gives no reason"
        raise ProjectError(f"--changed: git cannot tell in {folder}: {said}")
    return done.stdout
