"""Run shapes over an executor (storey 1): processes of this machine, or a cluster's.

What is divided is the work and not the data: every process has the whole data graph and all shapes,
so that no shape lacks what it looks at, whatever file that is in.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, as_completed
from functools import partial
from importlib import import_module

from pyoxigraph import Quad, parse, serialize

from kg.errors import ProjectError
from kg.rdf.formats import N_QUADS
from kg.source.report import ValidationResult
from kg.source.shacl.part import GAVE_UP, Part
from kg.source.shapes import engine_named


def in_parts(
    executor: Executor,
    parts: int,
    engine: str,
    data: Sequence[Quad],
    shapes: Sequence[Quad],
    progress: Callable[[], None] = lambda: None,
) -> list[ValidationResult]:
    """Return what an engine finds, computed in that many parts by an executor.

    `executor` is any of `concurrent.futures`, or one like them: Dask's `client.get_executor()`.
    `progress` is called when a part is done. With an executor, parts and engine filled in, this
    is what `validate` takes as `run`.
    Raises: what the engine raises; ProjectError when a process has died.
    """
    given, by = (serialize(quads, format=N_QUADS.engine) or b"" for quads in (data, shapes))
    tasks = [partial(run_part, engine, given, by, number, parts) for number in range(parts)]
    futures = [executor.submit(task) for task in tasks]
    try:
        for future in as_completed(futures):
            # what is wrong with the shapes is raised at once
            future.result()
            progress()
    except BrokenExecutor as error:
        raise ProjectError(
            "A process of the validation was ended, perhaps for want of memory: each holds all of "
            "the data. Use fewer: a smaller --jobs."
        ) from error
    finally:
        for future in futures:
            future.cancel()
    return _merged([result for future in futures for result in future.result()])


def run_part(
    engine: str, data: bytes, shapes: bytes, number: int, parts: int
) -> list[ValidationResult]:
    """Return the results of one part; what a process is asked for, so that all can be sent."""
    graphs = [tuple(parse(graph, N_QUADS.engine)) for graph in (data, shapes)]
    found: list[ValidationResult] = import_module(engine_named(engine)).run(
        *graphs, Part(number, parts)
    )
    return found


def _merged(results: list[ValidationResult]) -> list[ValidationResult]:
    """Return the results of all parts; where one gave up, its reasons alone, as in one run."""
    return [one for one in results if one.component == GAVE_UP] or results
