"""The states of a publication that were, each read when somebody asks for it (storey 4)."""

from dataclasses import replace
from functools import lru_cache
from threading import Lock

from fastapi import HTTPException

from kg.dataset.addresses import locate
from kg.dataset.catalogue import with_description
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables
from kg.errors import NotFound
from kg.publication import Publication
from kg.versions.reading import read_snapshot
from kg.versions.version import Version
from kg.web.readers import readers
from kg.web.requests import page_number
from kg.web.resources import Documents, documents_of

# versions that are held in memory, each as large as the data
HELD = 4

# what the present state is called where versions have numbers
NOW = "now"


class Past:
    """The states of a publication, each read when somebody asks for it."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._held = lru_cache(HELD)(self._read)
        self._lock = Lock()

    def version(self, number: str) -> Version:
        """Return the version of that number. Raises: HTTPException, 404, where there is none."""
        found = self._publication.archive.numbered(page_number(number))
        if found is None:
            raise HTTPException(
                404, f"There is no version {number}. /version lists those there are."
            )
        return found

    def documents(self, number: int) -> Documents:
        """Return what makes the documents of a version; one is read at a time."""
        with self._lock:
            return self._held(number)

    def _read(self, number: int) -> Documents:
        version = self.version(str(number))
        snapshot = with_description(read_snapshot(version, self._publication.snapshot.base))
        state = replace(self._publication, snapshot=snapshot, tables=Tables(), dumps=())
        return documents_of(state, readers(state), version)

    def state(self, name: str) -> Snapshot:
        """Return the state of that name: a number, or `now`."""
        if name == NOW:
            return self._publication.snapshot
        return self.documents(self.version(name).number).snapshot

    def iri_at(self, path: str) -> str:
        """Return the IRI whose document is at a path; what was published once is known for good.

        Raises: NotFound where there never was any.
        """
        snapshot = self._publication.snapshot
        location = locate(snapshot, path.removeprefix("/"))
        if location is None:
            raise NotFound(snapshot.base + path.removeprefix("/"))
        return location.iri
