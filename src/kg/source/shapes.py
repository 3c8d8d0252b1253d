"""Run SHACL shapes over a source (storey 1), with one of the engines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module

from pyoxigraph import Quad

from kg.errors import ProjectError, SlowPattern
from kg.rdf.namespaces import SH
from kg.rdf.terms import text_of
from kg.settings import ENGINES
from kg.source import shacl
from kg.source.loading import Source
from kg.source.locating import located
from kg.source.messages import with_messages
from kg.source.report import Report, ValidationResult, report_of
from kg.source.shacl.preparing import prepared
from kg.source.shacl.wellformed import require_well_formed, slow

# what an engine does: from data and shapes to results without places
Run = Callable[[Sequence[Quad], Sequence[Quad]], list[ValidationResult]]


def validate(source: Source, engine: str = "", run: Run | None = None) -> Report:
    """Return what the source's shapes find in its data and ontology together.

    The data graph is the union of both, so that `sh:class` knows the subclasses; without
    shapes the report is empty. `engine` is "reference" or "fast", by default the project's;
    `run` is asked instead of it, where it is given.
    Raises: ShapesError when the shapes graph is wrong itself, ProjectError when there is no such
    engine.
    """
    module = engine_named(engine or source.project.validation.engine)
    shapes = tuple(source.quads("shapes"))
    if not shapes:
        return Report((), 0)
    require_well_formed(source)
    data = tuple(source.quads("data", "ontology"))
    try:
        results = (run or import_module(module).run)(data, prepared(shapes))
    except SlowPattern as error:
        raise slow(source, error) from error
    said = with_messages(results, source) if results else ()
    return located(source, report_of(said, shapes_in(source)))


def engine_named(name: str) -> str:
    """Return the module of an engine, with `run(data, shapes)`.

    It is imported where it is used: each takes half a second.
    Raises: ProjectError when there is no such engine.
    """
    if name not in ENGINES:
        raise ProjectError(f"{name}: no engine of validation. Known: {', '.join(ENGINES)}.")
    return f"{shacl.__name__}.{name}"


def shapes_in(source: Source) -> int:
    """Return how many shapes there are."""
    return len(set(_shapes_in(source.quads("shapes"))))


def shapes_among_data(source: Source) -> str:
    """Return the first file of data that holds shapes, where there are none to be run; else ""."""
    if any(file.role == "shapes" for file in source.files):
        return ""
    found = (
        file.path
        for file in source.files
        for quad in file.quads
        if quad.predicate.value.startswith(f"{SH}target")
    )
    return next(found, "")


def _shapes_in(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield what SHACL takes for a shape: by its type, its target, its path, or its place.

    Source: https://www.w3.org/TR/shacl/#shapes
    """
    for quad in quads:
        predicate = quad.predicate.value.removeprefix(SH)
        if predicate == "path" or predicate.startswith("target"):
            yield str(quad.subject)
        elif predicate == "property":
            yield str(quad.object)
        elif text_of(quad.object) in (f"{SH}NodeShape", f"{SH}PropertyShape"):
            yield str(quad.subject)
