"""Validate a project again and again (storey 1), with what an edit leaves as it was kept.

Each report is the one that a new process would give: tests/source/test_session.py compares them.
"""

from collections.abc import Sequence
from functools import partial

from kg.project import Project
from kg.source.checking import check
from kg.source.known import Known
from kg.source.loading import Source, load
from kg.source.report import Report
from kg.source.shapes import Run, validate


class Session:
    """A project's files as they were read last, and what its shapes found; for one thread."""

    def __init__(self) -> None:
        # imported here because the fast engine does without pyshacl, which takes a while
        from kg.source.shacl.again import Again

        self._known = Known()
        self.again = Again()

    def report(
        self, project: Project, engine: str = "", owl: Sequence[str] = ()
    ) -> tuple[Source, Report]:
        """Return the project's source as it is now, and the report on it.

        Raises: what `load` and `check` raise; the next report is none the worse for it.
        """
        source = load(project, known=self._known)
        name = engine or project.validation.engine
        run: Run | None = self.again.run if name == "reference" else None
        return source, check(source, owl, partial(validate, engine=name, run=run))

    def close(self) -> None:
        """Forget everything."""
        self.again.close()
