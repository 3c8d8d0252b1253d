"""`kg validate --endpoint` (storey 5): the data of a remote engine instead of the folder's."""

import tempfile
from dataclasses import replace
from pathlib import Path

from kg.cli.options import read_source
from kg.errors import ProjectError
from kg.project import Project
from kg.rdf.formats import N_TRIPLES
from kg.source.loading import Source
from kg.store.fetching import fetched
from kg.store.remote_client import endpoint_at
from kg.terminal import doing

# the value of the option that stands for the project's own engine
OWN = "store"


def read_endpoint(project: Project, url: str) -> Source:
    """Return the project's source with an engine's data in the place of its own.

    Its results name the engine as their file. Raises: what `fetched` and `load` raise;
    ProjectError when the project has no engine of its own, and that one is meant.
    """
    if url == OWN:
        kind, _, url = project.store.kind.partition(":")
        if kind != "sparql":
            raise ProjectError(
                f"--endpoint {OWN}: store.kind of this project is {project.store.kind}, no engine "
                "at a URL. Give the URL."
            )
    shown = endpoint_at(url).shown
    with tempfile.TemporaryDirectory(prefix="kg-") as name:
        with doing(f"fetching {shown}"):
            triples = fetched(url, project.store.default_graph)
        (Path(name) / f"endpoint.{N_TRIPLES.extension}").write_bytes(triples)
        folders = replace(project.folders, data=name)
        source = read_source(replace(project, folders=folders, file=""))
    files = (replace(one, path=shown) if one.role == "data" else one for one in source.files)
    return replace(source, project=project, files=tuple(files))
