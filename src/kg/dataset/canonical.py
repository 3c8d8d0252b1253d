"""The canonical form of a dataset, and the id that it gives (storey 2).

RDFC-1.0 tells blank nodes apart by what is around them. Where hundreds of them differ in nothing
but their place, as in a deep nest or a long list of equal items, that takes longer than anybody
waits, and the engine cannot be stopped: such a dataset is given to a process that can.
Source: https://www.w3.org/TR/rdf-canon/
"""

import hashlib
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, parse, serialize

from kg.rdf.formats import N_QUADS

# as many blank nodes that look alike, one beside the other, are told apart in no time
AT_ONCE = 5

# what the others may take, in seconds
PATIENCE = 20.0


def snapshot_id(lines: Iterable[str]) -> str:
    """Return the SHA-256 of a dataset's lines, 64 hex digits."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()


def canonical_lines(
    quads: Iterable[Quad], patience: float | None = PATIENCE
) -> tuple[list[str], bool]:
    """Return the dataset as N-Quads, one line per quad, sorted, and whether they are canonical.

    They are not where the blank nodes could not be told apart in `patience` seconds, 0 for no
    attempt, None for as long as it takes: then these have the labels that they were read with.
    """
    lines: list[str] = []
    blank: list[Quad] = []
    for quad in quads:
        line = f"{quad} .\n"
        # only quads with blank nodes change; a literal that looks like one does no harm
        if "_:" in line:
            blank.append(quad)
        else:
            lines.append(line)
    named = _canonical(blank, patience)
    lines.extend(f"{quad} .\n" for quad in blank) if named is None else lines.extend(named)
    return sorted(lines), named is not None


def _canonical(quads: Sequence[Quad], patience: float | None) -> Iterable[str] | None:
    if largest_tangle(quads) <= AT_ONCE:
        return _relabelled(quads)
    if patience == 0:
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from kg.dataset.canonical import main; main()"],
            input=serialize(quads, format=N_QUADS.engine),
            stdout=subprocess.PIPE,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    # not of text: that has ends of lines which a literal may hold as they are
    lines = done.stdout.splitlines(keepends=True)
    return [line.decode() for line in lines] if done.returncode == 0 else None


def _relabelled(quads: Iterable[Quad]) -> Iterator[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return (f"{quad} .\n" for quad in dataset)


def largest_tangle(quads: Sequence[Quad]) -> int:
    """Return how many blank nodes that look alike are joined to each other, at the most.

    Two look alike where their quads differ in blank nodes only.
    Source: https://www.w3.org/TR/rdf-canon/#hash-1d-quads
    """
    around: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in set(_blank_nodes(quad)):
            around[node].append(quad)
    looks = {node: _look(node, found) for node, found in around.items()}
    common = Counter(looks.values())
    waiting = {node for node, look in looks.items() if common[look] > 1}
    sizes = [0]
    while waiting:
        joined = [waiting.pop()]
        for node in joined:
            beside = {other for quad in around[node] for other in _blank_nodes(quad)} & waiting
            waiting -= beside
            joined.extend(beside)
        sizes.append(len(joined))
    return max(sizes)


def _look(node: BlankNode, quads: Iterable[Quad]) -> tuple[str, ...]:
    def shown(term: object) -> str:
        if isinstance(term, BlankNode):
            return "_:a" if term == node else "_:z"
        return str(term)

    return tuple(sorted(" ".join(map(shown, quad)) for quad in quads))


def _blank_nodes(quad: Quad) -> list[BlankNode]:
    return [term for term in quad if isinstance(term, BlankNode)]


def main() -> None:
    """Write the canonical form of the N-Quads on standard input."""
    quads = parse(sys.stdin.buffer.read(), N_QUADS.engine)
    sys.stdout.buffer.writelines(line.encode() for line in _relabelled(quads))
