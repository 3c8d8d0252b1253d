"""The triples that are found in a text are those that the engine reads, in its order."""

import re
import sysconfig
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from kg.rdf.namespaces import RDF
from kg.source.tokens import TOKEN
from kg.source.turtle import Unreadable, triples
from tests.conftest import REPO
from tests.source.documents import Writer

BASE = "http://localhost/"
PACKAGES = Path(sysconfig.get_path("purelib"))
# the W3C's tests are no part of the repository
SUITES = REPO.parent / "shared" / "w3c"
FILES = sorted(
    path
    for folder in (REPO / "data", REPO / "ontology", REPO / "shapes", REPO / "tests", SUITES,
                   PACKAGES / "rdflib", PACKAGES / "pyshacl")
    if folder.exists()
    for path in folder.rglob("*.ttl")
    # files that are still to be filled in
    if path.parent != REPO / "data" / "templates"
)  # fmt: skip
RANDOM = 400


def differences(text: str, format_: RdfFormat = RdfFormat.TURTLE) -> list[str]:
    """What the tokens at the offsets of a text say otherwise than the engine's triples."""
    # as a stream, as files are loaded
    parser = parse(BytesIO(text.encode()), format_, base_iri=BASE)
    quads, found = list(parser), list(triples(text))
    if len(quads) != len(found):
        return [f"{len(found)} triples and not {len(quads)}"]
    terms = {}
    for quad, offsets in zip(quads, found, strict=True):
        name = quad.predicate.value.removeprefix(RDF)
        # nodes of lists, reifiers and the predicates of both have no tokens of their own
        spelled = {"first": (2,), "rest": (), "reifies": ()}.get(name, (0, 1, 2))
        for term in spelled:
            terms.setdefault((token_at(text, offsets[term]), term == 1), set()).add(
                tuple(quad)[term]
            )
    wrong = [f"{token} is {all_}" for token, all_ in terms.items() if len(all_) > 1]
    said = {token: next(iter(all_)) for token, all_ in terms.items()}
    return [*wrong, *compared(said, declarations(text, parser.prefixes))]


def token_at(text: str, at: int) -> str:
    """The token that begins there; a mark comes with the offset."""
    token = TOKEN.match(text, at)
    assert at == min(start for start in map(token.start, range(1, 7)) if start >= 0)
    return f"{token['mark']} {at}" if token["mark"] else text[at : token.end()]


def declarations(text: str, prefixes: dict[str, str]) -> str:
    bases = re.findall(r"(?im)^@?base\s+<([^>]*)>", text)
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
    return f"BASE <{bases[-1] if bases else BASE}>\n{declared}"


# a node that has no name of its own, at an offset, or a blank node's label
MARKED = re.compile(r"(?:\[|\(|<<|<<\(|\{\||~) \d+|_:.*")


def compared(said, head: str):
    """Yield what is wrong about {(token, whether it is a predicate): term}."""
    rows = []
    for (token, is_predicate), term in said.items():
        if MARKED.fullmatch(token):
            nothing = token[0] == "(" and term == NamedNode(f"{RDF}nil")
            if not (nothing or token[0] == "<" or isinstance(term, BlankNode)):
                yield f"{token} is {term}"
        else:
            rows.append((f"{token} 1" if is_predicate else f"<u:p> {token}", is_predicate, term))
    document = head + "".join(f"<u:{n}> {row} .\n" for n, (row, *_) in enumerate(rows))
    for quad in parse(document, RdfFormat.TURTLE):
        row, is_predicate, term = rows[int(quad.subject.value[2:])]
        if term != (quad.predicate if is_predicate else quad.object):
            yield f"{row} is {term}"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_file_gives_the_triples_of_the_engine_in_its_order(path):
    assert [] == differences(path.read_bytes().decode("utf-8-sig"))


@pytest.mark.parametrize(
    ("format_", "write"),
    [(RdfFormat.TURTLE, Writer.turtle), (RdfFormat.TRIG, Writer.trig)],
    ids=["Turtle", "TriG"],
)
def test_random_documents_give_the_triples_of_the_engine_in_its_order(format_, write):
    for seed in range(RANDOM):
        document = write(Writer(seed))
        assert [] == differences(document, format_), f"seed {seed}\n{document}"


DEEP = 50_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"<u:s> <u:p> {'(' * DEEP}{')' * DEEP} .", id="lists in lists"),
        pytest.param(f"<u:s> <u:p> {'[ <u:p> ' * DEEP}1{']' * DEEP} .", id="nodes in nodes"),
        pytest.param('<u:s> <u:p> """' + 'a\\"b"\n' * 200_000 + '""" .', id="a long string"),
        pytest.param('# "x <\n' * 300_000 + "<u:s> <u:p> 1 .#" + "a" * 300_000, id="comments"),
        pytest.param("<u:s> <u:p> <u:o>" + ", 'x'" * 100_000 + " .", id="one long line"),
        pytest.param(" " * 900_000 + "<u:s> <u:p> 'x'" + " " * 900_000 + ".", id="spaces"),
        pytest.param("@prefix a: <u:> . <u:s> <u:p> a:" + "b." * 90_000 + "b .", id="dots"),
    ],
)
def test_no_text_is_too_deep_or_too_long(text):
    engine = sum(1 for _ in parse(text, RdfFormat.TURTLE))
    assert engine == sum(1 for _ in triples(text))


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("<u:a>", "<u:a>"), ("ex:a.b.", "ex:a.b"), ("ex:", "ex:"), (":", ":"), ("_:a.b.", "_:a.b"),
        ("ex:%41%20", "ex:%41%20"), ("ex:a\\.,", "ex:a\\."), ("1.", "1"), ("1.5.", "1.5"),
        ("-1.e5", "-1.e5"), (".5", ".5"), ("true.", "true"), ("a", "a"), ("é:ü€;", "é:ü€"),
        ('"a\\"b"', '"a\\"b"'), ("'''a''b\\''''", "'''a''b\\''''"), ('"""a""b"""', '"""a""b"""'),
        ('""', '""'), ('""""""', '""""""'), ('"a"@en-GB--ltr.', '"a"@en-GB--ltr'),
        ('"a" # c\n^^ <u:d>', '"a" # c\n^^ <u:d>'), ('"a"^^ex:d.', '"a"^^ex:d'),
        ("PREFIX ex: <u:x>", "PREFIX ex: <u:x>"), ("bAsE<u:x>", "bAsE<u:x>"),
        ("@prefix a.b: #\n<u:x> .", "@prefix a.b: #\n<u:x>"),
        ('@version "1.2" .', '@version "1.2"'), ("prefix:a", "prefix:a"),
        ("<<(", "<<("), ("<<", "<<"), (")>>", ")>>"), ("{|", "{|"), ("{", "{"), ("~", "~"),
    ],
)  # fmt: skip
def test_a_token_ends_where_the_grammar_ends_it(token, expected):
    found = TOKEN.match(f"  # why\n{token} ")
    assert expected == found[0].removeprefix("  # why\n")


@pytest.mark.parametrize("text", ["<a", '"a', "'''a''", "^", "@", "] .", "<u:a> <u:p> ) .", "\x00"])
def test_what_is_not_turtle_is_refused(text):
    with pytest.raises(Unreadable):
        list(triples(text))
