"""What an IRI that nothing describes may have been meant for (storey 2)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import NamedNode
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.dataset.executables import query_iri
from kg.dataset.labels import LabelIndex
from kg.dataset.matching import find
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import FORMATS, HTML

# last parts of IRIs that are compared; with more, names alone are looked at
MOST = 200_000

# how much of a last part must be the same, and how sure a name must be
SAME, SURE = 0.75, 65
# how far behind the best another may be, and how many are compared as a whole
BEHIND, COMPARED = 0.1, 20

ENDINGS = tuple(f".{format_.extension}" for format_ in (*FORMATS, HTML))
# words that are joined: by signs, or by capitals within
JOINED = re.compile(r"[-_.+\s]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The IRIs that a snapshot describes, by how their last parts are spelled, in lower case."""

    iris: Mapping[str, Sequence[str]]


def spellings(snapshot: Snapshot) -> Spellings:
    """Return the spellings of the default graph's IRIs and of stored queries, unless too many."""
    if len(snapshot.by_subject) > MOST:
        return Spellings({})
    found: dict[str, list[str]] = {}
    for quads in snapshot.by_subject.values():
        subject = quads[0].subject
        if isinstance(subject, NamedNode) and any(map(snapshot.in_union, quads)):
            found.setdefault(last_part(subject.value).lower(), []).append(subject.value)
    for query in snapshot.queries:
        iri = query_iri(query, snapshot.base)
        found.setdefault(last_part(iri).lower(), []).append(iri)
    found.pop("", None)
    return Spellings(found)


def nearby(known: Spellings, names: LabelIndex, iri: str, limit: int) -> tuple[str, ...]:
    """Return IRIs that are spelled like this one, or whose names are, the best first."""
    spelled = sorted(
        _spelled(known, iri),
        key=lambda one: (-one[0], -OSA.normalized_similarity(iri.lower(), one[1].lower())),
    )
    least = spelled[0][0] - BEHIND if spelled else 0
    called = (match.iri for match in find(names, words(iri), limit) if match.score >= SURE)
    return tuple(dict.fromkeys((*(one for score, one in spelled if score >= least), *called)))[
        :limit
    ]


def _spelled(known: Spellings, iri: str) -> Iterator[tuple[float, str]]:
    """Yield IRIs whose last part is like this one's, each with how much, up to 1."""
    last = last_part(iri).lower()
    for found, score, _ in process.extract(
        last,
        known.iris.keys(),
        scorer=OSA.normalized_similarity,
        score_cutoff=SAME,
        limit=COMPARED,
    ):
        yield from ((score, one) for one in known.iris[found][:COMPARED])


def words(iri: str) -> str:
    """Return what to search for in the place of an IRI: its last part, in words.

    >>> words("http://example.org/id/SiegeOf-Raqqa.ttl")
    'Siege Of Raqqa'
    """
    return " ".join(JOINED.sub(" ", last_part(iri)).split())


def last_part(iri: str) -> str:
    """Return the last part of an IRI without the ending of a format, as it is read.

    >>> last_part("http://example.org/id/Raqqa%20City.html")
    'Raqqa City'
    """
    path = unquote(iri).partition("?")[0].rstrip("/#").replace("#", "/")
    last = path.rpartition("/")[2].strip(" .,;:<>()")
    ending = next((one for one in ENDINGS if last.endswith(one)), "")
    return last.removesuffix(ending)
