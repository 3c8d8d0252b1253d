"""What a project folder says about itself: `kg.toml`, or defaults for any folder (storey 0).

The settings are described in docs/settings.md; the description of the data set itself is data,
in Turtle, not here.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import ProjectError
from kg.rdf.formats import format_of_file, unpacked_name
from kg.settings import (
    Folders,
    Form,
    Limits,
    Log,
    Site,
    StoreSettings,
    Validation,
    refuse_unknown,
    section_of,
)

ABSOLUTE_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#]+/")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder or file of RDF and its settings.

    `base` is the namespace of the data set's own IRIs, "" until it is guessed from the data;
    `rebase` is the namespace to put in its place at load, or "". `file` is set where the
    project is a single file. `checks` are those that are switched off, each with the reason.
    """

    root: Path
    base: str = ""
    rebase: str = ""
    file: str = ""
    folders: Folders = field(default_factory=Folders)
    site: Site = field(default_factory=Site)
    store: StoreSettings = field(default_factory=StoreSettings)
    limits: Limits = field(default_factory=Limits)
    validation: Validation = field(default_factory=Validation)
    log: Log = field(default_factory=Log)
    format: Form = field(default_factory=Form)
    checks: tuple[tuple[str, str], ...] = ()

    def with_rebase(self, iri: str | None) -> "Project":
        """Return the project with every IRI moved to another base at load; None changes nothing.

        Raises: ProjectError when the IRI cannot be a base.
        """
        return replace(self, rebase=checked_base(iri, "--base")) if iri else self


def open_project(path: Path, environ: Mapping[str, str] | None = None) -> Project:
    """Return the project at a folder with `kg.toml`, at any other folder, or at one RDF file.

    Raises: ProjectError when there is no such place, or a setting is unknown or impossible.
    """
    environ = os.environ if environ is None else environ
    try:
        found = path.exists()
    except OSError as error:
        raise ProjectError(f"{path}: cannot be opened: {error.strerror}.") from error
    if not found:
        raise ProjectError(f"{path}: no such folder or file. Name a folder or file of RDF.")
    if path.is_file():
        return _with_settings(_single_file(path), {}, environ)
    settings = path / "kg.toml"
    if settings.is_file():
        return _with_settings(Project(root=path), _read_toml(settings), environ)
    plain = Folders(data=".", ontology="", shapes="", versions="")
    return _with_settings(Project(root=path, folders=plain), {}, environ)


def _single_file(path: Path) -> Project:
    if format_of_file(unpacked_name(path.name)) is None:
        raise ProjectError(f"{path}: the file's suffix names no RDF format that kg reads.")
    alone = Folders(data=".", ontology="", shapes="", queries="", versions="")
    return Project(root=path.parent, file=path.name, folders=alone)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: not TOML: {error}.") from error
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read: {error.strerror}.") from error


def _with_settings(project: Project, toml: dict[str, Any], environ: Mapping[str, str]) -> Project:
    known = {f.name for f in fields(project)} - {"root", "file", "rebase"}
    refuse_unknown(toml, known, "kg.toml")
    base = environ.get("KG_BASE") or toml.get("base", "")
    project = replace(project, base=checked_base(base, "base") if base else "")
    for section in ("folders", "site", "store", "limits", "validation", "log", "format"):
        table = toml.get(section, {})
        _refuse_unknown_variables(getattr(project, section), section, environ)
        settings = section_of(getattr(project, section), section, table, environ)
        project = replace(project, **{section: settings})
    _require_named_folders(project, toml.get("folders", {}), environ)
    return replace(project, checks=_switched_off(toml.get("checks", {})))


def _refuse_unknown_variables(defaults: Any, name: str, environ: Mapping[str, str]) -> None:
    """Raise ProjectError where a variable is named like a setting of a table and is none."""
    prefix = f"KG_{name}_".upper()
    known = {f"{prefix}{setting.name.upper()}" for setting in fields(defaults)}
    given = {variable: "" for variable in environ if variable.startswith(prefix)}
    refuse_unknown(given, known, "the environment")


def versions_folder(project: Project) -> Path | None:
    """Return where the versions of the project are kept, or None where nobody has said so."""
    name = project.folders.versions
    return project.root / name if name else None


def _switched_off(table: object) -> tuple[tuple[str, str], ...]:
    """Return the checks that `kg.toml` switches off; which there are is for others to know."""
    if not isinstance(table, Mapping) or not all(isinstance(one, str) for one in table.values()):
        raise ProjectError('kg.toml [checks]: must be a table of lines like unused-term = "why".')
    return tuple(table.items())


def _require_named_folders(
    project: Project, table: Mapping[str, Any], environ: Mapping[str, str]
) -> None:
    """Raise where a folder that somebody named is missing: a default may be, a typo may not."""
    for folder in fields(project.folders):
        variable = f"KG_FOLDERS_{folder.name}".upper()
        name = getattr(project.folders, folder.name)
        named = variable if variable in environ else f"kg.toml [folders] {folder.name}"
        given = variable in environ or folder.name in table
        made_later = folder.name == "versions"
        if given and name and not made_later and not (project.root / name).exists():
            raise ProjectError(f"{named}: {project.root / name}: no such folder or file.")


def checked_base(iri: object, label: str) -> str:
    """Return the base IRI as it is.

    Raises: ProjectError, which names the `label` it was given by, where it cannot be one.
    """
    if isinstance(iri, str) and ABSOLUTE_BASE.fullmatch(iri):
        return iri
    raise ProjectError(
        f"{label}: {iri!r} cannot be a base IRI. It must be absolute, http or https, "
        "and end in /, for example https://example.org/."
    )
