"""Three folders that nobody made for this program, each served: deep, wide, and oddly named."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from tests.conftest import PREFIXES, Server, serving

FOREIGN = Path(__file__).parent / "foreign"
ODD_FILE = FOREIGN / "odd.ttl"
ODD_BASE = "http://odd.example/"

# how deep blank nodes lie in each other, and how many values and incoming links one thing has
DEPTH = 200
WIDTH = 20_000

DEEP = f"""
ex:nested ex:in {"[ ex:in " * DEPTH}"the bottom"{" ]" * DEPTH} .
ex:listed ex:items {"( " * DEPTH}"the bottom"{" )" * DEPTH} .
ex:long ex:items ({" ".join(map(str, range(DEPTH)))}) .
ex:empty ex:items () .

# round and round: two that name each other, one that names itself, a list without an end
ex:round ex:to _:a . _:a ex:to _:b ; rdfs:label "a" . _:b ex:to _:a ; rdfs:label "b" .
ex:self ex:to _:self . _:self ex:to _:self .
ex:endless ex:items _:cell . _:cell a ex:Cell .
_:cell <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 .
_:cell <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:cell .

# one between two, which cannot be written as [ ], and one that nobody points at
ex:left ex:to _:between . ex:right ex:to _:between . _:between rdfs:label "between" ; ex:to ex:far .
_:alone ex:to ex:left .

# blank nodes that differ in nothing but their place
ex:ring ex:to _:r0 , _:r1 , _:r2 . _:r0 ex:to _:r1 . _:r1 ex:to _:r2 . _:r2 ex:to _:r0 .
ex:far rdfs:label "far" .
"""


def odd_iris() -> list[str]:
    """Every subject of the odd folder, in the order of its file."""
    quads = parse(ODD_FILE.read_bytes(), RdfFormat.TURTLE)
    return list(dict.fromkeys(quad.subject.value for quad in quads))


@pytest.fixture(scope="session")
def deep(tmp_path_factory) -> Iterator[Server]:
    """A folder with blank nodes in blank nodes, in lists, in circles, and between subjects."""
    folder = tmp_path_factory.mktemp("deep")
    (folder / "deep.ttl").write_text(PREFIXES + DEEP, encoding="utf-8")
    with serving(str(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def wide(tmp_path_factory) -> Iterator[Server]:
    """A folder with one thing, `ex:hub`, that has as many values as things point at it."""
    folder = tmp_path_factory.mktemp("wide")
    ex = "http://example.org/"
    numbers = range(WIDTH)
    lines = [f'<{ex}hub> <{ex}value> "value {n}" .\n' for n in numbers]
    lines += [f"<{ex}spoke/{n}> <{ex}to> <{ex}hub> .\n" for n in numbers]
    (folder / "wide.nt").write_text("".join(lines), encoding="utf-8")
    with serving(str(folder), env={"KG_BASE": ex}) as server:
        yield server


@pytest.fixture(scope="session")
def odd(tmp_path_factory) -> Iterator[Server]:
    """The folder of odd IRIs, and `{ODD_BASE}index`, from which there is a link to each."""
    folder = tmp_path_factory.mktemp("odd")
    shutil.copy(ODD_FILE, folder)
    index = NamedNode(f"{ODD_BASE}index")
    member = NamedNode(f"{ODD_BASE}member")
    lines = [f"{index} {member} {NamedNode(iri)} .\n" for iri in odd_iris()]
    (folder / "index.nt").write_text("".join(lines), encoding="utf-8")
    with serving(str(folder), env={"KG_BASE": ODD_BASE}) as server:
        yield server
