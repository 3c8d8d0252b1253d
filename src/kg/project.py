"""What a project folder says about itself: `kg.toml`, or defaults for any folder (storey 0).

Every setting of `kg.toml` can be overridden by an environment variable, `KG_` and its name
with underscores: `KG_BASE`, `KG_SITE_PORT`, `KG_LIMITS_QUERY_SECONDS`. All are described in
docs/settings.md. The description of the data set itself is data, in Turtle, not here.
"""

import difflib
import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import ProjectError
from kg.rdf.formats import format_of_file

ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
ABSOLUTE_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#]+/")


# seconds
MILLISECOND, DAY = 0.001, 86_400


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the parts of a project are, relative to its root; `""` means there is none."""

    data: str = "data/ttl"
    ontology: str = "ontology"
    shapes: str = "shapes"
    queries: str = "queries"


@dataclass(frozen=True, slots=True)
class Site:
    """How the data set is served: address, and the classes that the overview puts first.

    `from_bytes` answers requests that were answered before without a task of their own.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    classes: tuple[str, ...] = ()
    from_bytes: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be the IRI of a class."""
        for iri in self.classes:
            if not ABSOLUTE_IRI.fullmatch(iri):
                raise ProjectError(f"site.classes: {iri!r} is not an absolute IRI.")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Which store answers SPARQL: with how many worker processes, of how many bytes each.

    `engine` is what the workers evaluate with: "auto", "pyoxigraph" or "sparq". The kind
    `sparql:URL` is a remote engine; `default_graph` is the IRI of its graph that stands for the
    default graph, "" where it has one; `federation` lets SERVICE through to it.
    """

    kind: str = "worker"
    workers: int = 2
    worker_bytes: int = 2_000_000_000
    engine: str = "auto"
    default_graph: str = ""
    federation: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be the IRI of a graph."""
        if self.default_graph and not ABSOLUTE_IRI.fullmatch(self.default_graph):
            raise ProjectError(
                f"store.default_graph: {self.default_graph!r} is not an absolute IRI."
            )


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds of wall time, bytes of result, bytes of request body.

    `memo_bytes` are for answers that may be asked for again.
    """

    query_seconds: float = 30.0
    result_bytes: int = 100_000_000
    body_bytes: int = 1_000_000
    memo_bytes: int = 100_000_000

    def __post_init__(self) -> None:
        """Refuse deadlines that no query could keep, or that no timer can count."""
        if not MILLISECOND <= self.query_seconds <= DAY:
            raise ProjectError(
                f"limits.query_seconds: must be from {MILLISECOND} to {DAY}, "
                f"not {self.query_seconds}."
            )


@dataclass(frozen=True, slots=True)
class Project:
    """A folder or file of RDF and its settings.

    `base` is the namespace of the data set's own IRIs, "" until it is guessed from the data;
    `rebase` is the namespace to put in its place at load, or "". `file` is set where the
    project is a single file.
    """

    root: Path
    base: str = ""
    rebase: str = ""
    file: str = ""
    folders: Folders = field(default_factory=Folders)
    site: Site = field(default_factory=Site)
    store: StoreSettings = field(default_factory=StoreSettings)
    limits: Limits = field(default_factory=Limits)

    def with_rebase(self, iri: str | None) -> "Project":
        """Return the project with every IRI moved to another base at load; None changes nothing.

        Raises: ProjectError when the IRI cannot be a base.
        """
        return replace(self, rebase=_checked_base(iri, "--base")) if iri else self


def open_project(path: Path, environ: Mapping[str, str] | None = None) -> Project:
    """Return the project at a folder with `kg.toml`, at any other folder, or at one RDF file.

    Raises: ProjectError when there is no such place, or a setting is unknown or impossible.
    """
    environ = os.environ if environ is None else environ
    if not path.exists():
        raise ProjectError(f"{path}: no such folder or file. Name a folder or file of RDF.")
    if path.is_file():
        return _with_settings(_single_file(path), {}, environ)
    settings = path / "kg.toml"
    if settings.is_file():
        return _with_settings(Project(root=path), _read_toml(settings), environ)
    plain = Folders(data=".", ontology="", shapes="", queries="")
    return _with_settings(Project(root=path, folders=plain), {}, environ)


def _single_file(path: Path) -> Project:
    if format_of_file(path.name) is None:
        raise ProjectError(f"{path}: the file's suffix names no RDF format that kg reads.")
    alone = Folders(data=".", ontology="", shapes="", queries="")
    return Project(root=path.parent, file=path.name, folders=alone)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: not TOML: {error}.") from error
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read: {error.strerror}.") from error


def _with_settings(project: Project, toml: dict[str, Any], environ: Mapping[str, str]) -> Project:
    known = {f.name for f in fields(project)} - {"root", "file", "rebase"}
    _refuse_unknown(toml, known, "kg.toml")
    base = environ.get("KG_BASE") or toml.get("base", "")
    project = replace(project, base=_checked_base(base, "base") if base else "")
    for section in ("folders", "site", "store", "limits"):
        table = toml.get(section, {})
        settings = _section(getattr(project, section), section, table, environ)
        project = replace(project, **{section: settings})
    _require_named_folders(project, toml.get("folders", {}), environ)
    return project


def _require_named_folders(
    project: Project, table: Mapping[str, Any], environ: Mapping[str, str]
) -> None:
    """Raise where a folder that somebody named is missing: a default may be, a typo may not."""
    for folder in fields(project.folders):
        variable = f"KG_FOLDERS_{folder.name}".upper()
        name = getattr(project.folders, folder.name)
        named = variable if variable in environ else f"kg.toml [folders] {folder.name}"
        given = variable in environ or folder.name in table
        if given and name and not (project.root / name).exists():
            raise ProjectError(f"{named}: {project.root / name}: no such folder or file.")


def _section(defaults: Any, name: str, table: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    _refuse_unknown(table, {f.name for f in fields(defaults)}, f"kg.toml [{name}]")
    given: dict[str, Any] = {}
    for setting in fields(defaults):
        variable = f"KG_{name}_{setting.name}".upper()
        value = environ.get(variable, table.get(setting.name))
        if value is not None:
            label = variable if variable in environ else f"kg.toml [{name}] {setting.name}"
            given[setting.name] = _converted(value, getattr(defaults, setting.name), label)
    return replace(defaults, **given)


def _converted(value: object, default: object, label: str) -> object:
    """Return the value in the type of the setting's default; text is read as that type."""
    if isinstance(default, tuple):
        listed = value.split() if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
            return tuple(listed)
        raise ProjectError(f"{label}: must be a list of strings, not {value!r}.")
    if isinstance(default, bool):
        return _switched(value, label)
    kind = type(default)
    loses = kind is int and isinstance(value, float)
    if isinstance(value, bool) or loses or (kind is str and not isinstance(value, str)):
        raise ProjectError(f"{label}: must be {kind.__name__}, not {value!r}.")
    try:
        # kind is str, int or float: each takes one value
        converted = kind(value)  # type: ignore[call-arg]
    except (TypeError, ValueError) as error:
        raise ProjectError(f"{label}: must be {kind.__name__}, not {value!r}.") from error
    if isinstance(converted, int | float) and not 0 <= converted < math.inf:
        raise ProjectError(f"{label}: must be finite and not negative, but is {converted}.")
    return converted


def _switched(value: object, label: str) -> bool:
    switch = {"true": True, "false": False}.get(str(value).lower())
    if switch is None:
        raise ProjectError(f"{label}: must be true or false, not {value!r}.")
    return switch


def _refuse_unknown(table: object, known: set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise ProjectError(f"{where}: must be a table, not {table!r}.")
    for name in table:
        if name not in known:
            close = difflib.get_close_matches(str(name), known, n=1)
            hint = f" Did you mean {close[0]}?" if close else f" Known: {', '.join(sorted(known))}."
            raise ProjectError(f"{where}: unknown setting {name}.{hint}")


def _checked_base(iri: object, label: str) -> str:
    if isinstance(iri, str) and ABSOLUTE_BASE.fullmatch(iri):
        return iri
    raise ProjectError(
        f"{label}: {iri!r} cannot be a base IRI. It must be absolute, http or https, "
        "and end in /, for example https://example.org/."
    )
