"""Run SHACL shapes over a source (storey 1), with one of the engines."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from types import MappingProxyType

from pyoxigraph import Quad

from kg.errors import ProjectError, SlowPattern
from kg.rdf.namespaces import SH
from kg.rdf.terms import text_of
from kg.source.loading import Source
from kg.source.locating import located
from kg.source.report import Report, report_of
from kg.source.shacl.preparing import prepared
from kg.source.shacl.wellformed import require_well_formed, slow

# modules with `run(data, shapes)`; imported when one is used, because each takes half a second
ENGINES = MappingProxyType(
    {"reference": "kg.source.shacl.reference", "fast": "kg.source.shacl.fast"}
)


def validate(source: Source, engine: str = "") -> Report:
    """Return what the source's shapes find in its data and ontology together.

    The data graph is the union of both, so that `sh:class` knows the subclasses; without
    shapes the report is empty. `engine` is "reference" or "fast", by default the project's.
    Raises: ShapesError when the shapes graph is wrong itself, ProjectError when there is no such
    engine.
    """
    engine = engine or source.project.validation.engine
    if engine not in ENGINES:
        raise ProjectError(f"{engine}: no engine of validation. Known: {', '.join(ENGINES)}.")
    shapes = tuple(source.quads("shapes"))
    if not shapes:
        return Report((), 0)
    require_well_formed(source)
    data = tuple(source.quads("data", "ontology"))
    try:
        results = import_module(ENGINES[engine]).run(data, prepared(shapes))
    except SlowPattern as error:
        raise slow(source, error) from error
    return located(source, report_of(results, len(set(_shapes_in(shapes)))))


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
