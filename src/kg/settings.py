"""The settings of a project, one dataclass for each table of `kg.toml` (storey 0).

Every one can be overridden by an environment variable, `KG_` and its name with underscores:
`KG_SITE_PORT`, `KG_LIMITS_QUERY_SECONDS`. All are described in docs/settings.md.
"""

import difflib
import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.errors import ProjectError

ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

# those that pages are translated into, by the catalogues in kg/views/words, and the first's own
LANGUAGES = ("en", "ar", "fr")

# engines of SHACL, each a module of kg/source/shacl
ENGINES = ("reference", "fast")

# seconds
MILLISECOND, DAY = 0.001, 86_400


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the parts of a project are, relative to its root; `""` means there is none."""

    data: str = "data/ttl"
    ontology: str = "ontology"
    shapes: str = "shapes"
    queries: str = "queries"
    versions: str = "versions"
    templates: str = "data/templates"


@dataclass(frozen=True, slots=True)
class Site:
    """How the data set is served: address, and the classes that the overview puts first.

    `languages` are those that pages are offered in, the first for whoever prefers none of them;
    none named means English and those of the data's labels.
    `from_bytes` answers requests that were answered before without a task of their own;
    `processes` serve the same snapshot, each with workers of its own. `proxies` are addresses and
    networks that may say who a request is from, and `metrics` those that may read `/metrics`.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    classes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    from_bytes: bool = False
    processes: int = 1
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    metrics: tuple[str, ...] = ("127.0.0.1", "::1")

    def __post_init__(self) -> None:
        """Refuse what is no IRI of a class, no language of pages, no process or no address."""
        if not self.processes:
            raise ProjectError("site.processes: at least 1 is needed to serve.")
        for iri in self.classes:
            if not ABSOLUTE_IRI.fullmatch(iri):
                raise ProjectError(f"site.classes: {iri!r} is not an absolute IRI.")
        for tag in self.languages:
            if tag not in LANGUAGES:
                known = f"Known: {', '.join(LANGUAGES)}."
                raise ProjectError(f"site.languages: pages have no words in {tag!r}. {known}")
        _require_networks("site.proxies", self.proxies)
        _require_networks("site.metrics", self.metrics)


def _require_networks(setting: str, named: tuple[str, ...]) -> None:
    for text in named:
        try:
            ipaddress.ip_network(text)
        except ValueError as error:
            told = f"{setting}: {text!r} is no address and no network like 10.0.0.0/8."
            raise ProjectError(told) from error


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
class Validation:
    """How shapes are run: `engine` is "reference" (pyshacl) or "fast" (an optional package)."""

    engine: str = "reference"

    def __post_init__(self) -> None:
        """Refuse an engine that nobody knows."""
        if self.engine not in ENGINES:
            known = ", ".join(ENGINES)
            raise ProjectError(f"validation.engine: {self.engine!r} is none of {known}.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds of wall time, bytes of result, bytes of request body.

    `memo_bytes` are for answers that may be asked for again; `panel_seconds` are for each query
    whose rows pages show, when the server starts; `result_rows` are the solutions of an answer,
    or its triples. `unpacked_bytes` are of one packed file; `fetched_bytes` and `fetched_seconds`
    are for a data set that is named by its URL.
    """

    query_seconds: float = 30.0
    result_bytes: int = 100_000_000
    body_bytes: int = 1_000_000
    memo_bytes: int = 100_000_000
    panel_seconds: float = 10.0
    result_rows: int = 1_000_000
    unpacked_bytes: int = 4_000_000_000
    fetched_bytes: int = 1_000_000_000
    fetched_seconds: float = 600.0

    def __post_init__(self) -> None:
        """Refuse deadlines that no query could keep or no timer can count, and no row at all."""
        if not self.result_rows:
            raise ProjectError("limits.result_rows: at least 1 is needed to answer queries.")
        for name in ("query_seconds", "panel_seconds", "fetched_seconds"):
            seconds = getattr(self, name)
            if not MILLISECOND <= seconds <= DAY:
                raise ProjectError(
                    f"limits.{name}: must be from {MILLISECOND} to {DAY}, not {seconds}."
                )


# how lines of the log are written, and of which requests there are any
LOG_FORMS, LOGGED = ("auto", "text", "json"), ("failed", "all", "none")


@dataclass(frozen=True, slots=True)
class Log:
    """What the server writes on standard error: `format` of its lines, and for which `requests`.

    `clients` are the addresses that requests come from, which are personal data.
    """

    format: str = "auto"
    requests: str = "failed"
    clients: bool = True

    def __post_init__(self) -> None:
        """Refuse words that nobody knows."""
        for name, known in (("format", LOG_FORMS), ("requests", LOGGED)):
            if getattr(self, name) not in known:
                word = getattr(self, name)
                raise ProjectError(f"log.{name}: {word!r} is none of {', '.join(known)}.")


# what `kg fmt` may sort, besides prefixes
SORTED = ("subjects", "predicates", "objects")


@dataclass(frozen=True, slots=True)
class Form:
    """The form that `kg fmt` writes: what is sorted in it, besides prefixes."""

    sorted: tuple[str, ...] = SORTED

    def __post_init__(self) -> None:
        """Refuse what cannot be sorted."""
        for name in self.sorted:
            if name not in SORTED:
                raise ProjectError(f"format.sorted: {name!r} is not one of {', '.join(SORTED)}.")


def section_of(
    defaults: Any, name: str, table: Mapping[str, Any], environ: Mapping[str, str]
) -> Any:
    """Return a table's dataclass with what `kg.toml` and the environment give for it.

    Raises: ProjectError when a setting is unknown or its value impossible.
    """
    refuse_unknown(table, {f.name for f in fields(defaults)}, f"kg.toml [{name}]")
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


def refuse_unknown(table: object, known: set[str], where: str) -> None:
    """Raise ProjectError where this is no table, or has a name that nobody knows."""
    if not isinstance(table, Mapping):
        raise ProjectError(f"{where}: must be a table, not {table!r}.")
    for name in table:
        if name not in known:
            close = difflib.get_close_matches(str(name), known, n=1)
            hint = f" Did you mean {close[0]}?" if close else f" Known: {', '.join(sorted(known))}."
            raise ProjectError(f"{where}: unknown setting {name}.{hint}")
