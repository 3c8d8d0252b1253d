"""Files and queries that were changed at random, and what a server may answer to them."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.conftest import PREFIXES
from tests.sparql.manifest import SUITE

# what is put in besides pieces of the file itself
ODD = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae", b"\r", b"\n", b'"',
    b'"""', b"'", b"<", b">", b"<<", b">>", b"{", b"}", b"[", b"]", b"(", b")", b"\\u",
    b"\\U0011FFFF", b"@", b"^^", b"#", b".", b";", b",", b"_:", b"1e999",
    b"[" * 300, b"(" * 300, b"{" * 300,
)  # fmt: skip


SHAPE = """
ex:S a sh:NodeShape ; sh:targetSubjectsOf rdfs:label ; sh:property ex:S-label .
ex:S-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minLength 3 .
"""


def write_target(folder: Path) -> None:
    """Write the small project that mutants are sent to; validation of them takes a second."""
    files = {
        "kg.toml": 'base = "http://example.org/"\n[folders]\ndata = "data"\nshapes = "shapes"\n',
        "data/a.ttl": PREFIXES + 'ex:a rdfs:label "thing"@en .',
        "shapes/s.ttl": PREFIXES + SHAPE,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def w3c(*suffixes: str) -> list[bytes]:
    """The files of the W3C's suites with these suffixes, in a fixed order."""
    folder = SUITE.parent
    if not folder.is_dir():
        pytest.skip(f"the W3C's tests are not at {folder}")
    paths = sorted(path for path in folder.rglob("*") if path.suffix in suffixes)
    return [path.read_bytes() for path in paths if path.stat().st_size < 20_000]


def mutants(originals: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield that many changed files; the same for the same seed."""
    random = Random(seed)
    for _ in range(count):
        data = bytearray(random.choice(originals))
        for _ in range(random.randint(1, 5)):
            change(data, random)
        yield bytes(data)


def change(data: bytearray, random: Random) -> None:
    """Change a place of the data: put in, take out, repeat or turn a bit."""
    at = random.randint(0, len(data))
    kind = random.randrange(4)
    if kind == 0:
        data[at:at] = random.choice(ODD)
    elif kind == 1:
        del data[at : at + random.randint(1, 30)]
    elif kind == 2:
        data[at:at] = data[at : at + random.randint(1, 200)]
    elif at < len(data):
        data[at] ^= 1 << random.randrange(8)


def wrong_about_query(response) -> str:
    """What the answer to a changed query must not be, or ""."""
    if response.status_code in (500, 502):
        return f"{response.status_code} {response.text[:300]}"
    return ""


def wrong_about_file(response, data: bytes) -> str:
    """What the answer to a changed file must not be, or ""."""
    if response.status_code in (500, 502):
        return f"{response.status_code} {response.text[:300]}"
    if "json" not in response.headers["content-type"]:
        return ""
    lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    for place in places(response.json()):
        line, column = place
        if not (0 <= line <= len(lines) + 1):
            return f"line {line} of {len(lines)}"
        if line and column > max(map(len, lines)) + 2:
            return f"column {column} of line {line}"
    return ""


def places(value: object) -> Iterator[tuple[int, int]]:
    """Every line and column in a JSON document."""
    if isinstance(value, dict):
        if isinstance(value.get("line"), int):
            yield value["line"], value.get("column") or 0
        for one in value.values():
            yield from places(one)
    elif isinstance(value, list):
        for one in value:
            yield from places(one)
