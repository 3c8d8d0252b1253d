"""All errors of a file are told in one run, and nothing that is none.

`»` in a text stands before the place of each error and is no part of it.
"""

import re
import tracemalloc
from itertools import pairwise
from random import Random

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import SourceError
from kg.project import open_project
from kg.rdf.formats import format_of_file
from kg.source.encoding import BEGINNINGS
from kg.source.loading import load
from kg.source.recovery import COUNTED, TOLD, syntax_problems
from tests.conftest import REPO

E = "@prefix e: <http://e/> .\n"

TURTLE = {
    "a missing object": (E + "e:a e:p »; e:q 1 .\ne:b e:p 1 .\ne:c e:p »."),
    "a missing predicate": (E + "e:a »'p' 1 . e:b »1 2 .\ne:c e:p 1 ."),
    "a missing full stop": (E + "e:a e:p 1\n»e:b e:p 2 .\ne:c e:p »."),
    "a missing full stop, with predicates not indented": (E + "e:a\ne:p 1\n»e:q 2 .\ne:b e:p »."),
    "a missing semicolon": (E + "e:a e:p 1\n  »e:q 2 ;\n  e:r 3 .\ne:b e:p »."),
    "a missing comma": (E + "e:a e:p 'x' »'y' , 'z' .\ne:b e:p »."),
    "an open bracket": (E + "e:a e:p [ e:q 1 ».\ne:b e:p ( 1 2 ».\ne:c e:p »."),
    "a bracket too many": (E + "e:a e:p 1 »] .\ne:b e:p 1 ») .\ne:c e:p »."),
    "a string that is not closed on its line": (
        E + "e:a e:p 'x»\n  ; e:q 1 .\ne:b e:p 'y' ; e:q 'z»\n.\ne:c e:p 'd' .\ne:c e:p »."),
    "a string that nothing closes": (E + "e:a e:p »\"x .\ne:b e:p 1 .\ne:c e:p »."),
    "a long string that nothing closes": (E + 'e:a e:p »"""x .\n\ne:b e:p 1 .\ne:c e:p ».'),
    "a long string that the next one closes": (
        E + 'e:a e:p """x .\ne:b e:p """»y""" .\ne:c e:p 1 .\ne:d e:p ».'),
    "an IRI that is none": (E + "e:a e:p »<a b> .\ne:b e:p »<http://[> , <%zz> .\ne:c e:p »."),
    "an IRI that is not closed": (E + "e:a e:p »<http://e/b .\ne:b e:p e:c .\ne:c e:p »."),
    "a prefix that is not declared, once": (
        "»e:a e:p 1 .\ne:b e:p 2 ; »f:q f:r .\ne:c e:p »."),
    "a broken declaration of a prefix": ("@prefix »e <http://e/> .\ne:a e:p 1 .\ne:b e:p »."),
    "a declaration without an IRI": ("PREFIX e: »http://e/\ne:a e:p 1 .\ne:b e:p »."),
    "a declaration without a full stop": (
        "@prefix e: <http://e/>\n»@prefix f: <http://f/> .\ne:a f:p 1 .\nf:b e:p »."),
    "a broken base": ("@base »base .\n<a> <p> 1 .\n<b> <p> »."),
    "an escape that is none": (E + "e:a e:p '»\\q' .\ne:b e:p '\\u00»zz' ; e:q 1 .\ne:c e:p »."),
    "a datatype that is missing": (E + "e:a e:p 'x'^^». e:b e:p 1 .\ne:c e:p »."),
    "a language that is none": (E + "e:a e:p 'x'@en»_US . e:b e:p 1 .\ne:c e:p »."),
    "a word": (E + "e:a e:p »none .\ne:b »none 1 .\n»none e:p 1 .\ne:c e:p »."),
    "an end in the middle": (E + "e:a e:p 1 ;»"),
    "marks in strings, comments and IRIs": (
        E + "e:a e:p », '. \" <' , <http://e/.> ; # e:b . \"\n e:q e:b.c , 1.5 .\ne:b e:p »."),
    "lines that end in CRLF": (E + "e:a e:p »;\r\n e:q 1 .\r\ne:b e:p 1 .\r\ne:c e:p »."),
}  # fmt: skip
TRIG = {
    "inside a graph": (E + "e:g { e:a e:p »; e:q 1 . e:b e:p 1 . e:c e:p ». }\ne:a e:p »."),
    "a graph that is not closed": (E + "e:g { e:a e:p 1 . e:b e:p »}\ne:h { e:a e:p 1 } e:b »."),
    "in the default graph": (E + "e:a e:p »} e:g { e:a e:p 1 } { e:b »'x' 1 . e:c e:p 1 }"),
    "an undeclared prefix in a graph": ("<u:g> { »e:a e:p 1 . e:b e:p 2 }\n<u:a> <u:p> »."),
}
LINES = {
    "a.nt": (
        '<u:a> <u:p> »1 .\n<u:a> <u:p> "x»\n<u:a> <u:p> "x" .\n»none\n<u:a> <u:p> <u:b>»\n\n'
        "<u:a> <u:p> <u:b> .\n<u:a> »'p' <u:b> .\n<u:a> <u:p> <u:c>»"
    ),
    "a.nq": ('<u:a> <u:p> "x" »"g" .\n<u:a> <u:p> "x" <u:g> .\n<u:a> <u:p> "x" »<g> .\n'),
}
CASES = {
    **{f"Turtle, {name}": ("a.ttl", text) for name, text in TURTLE.items()},
    **{f"TriG, {name}": ("a.trig", text) for name, text in TRIG.items()},
    **{name: (name, text) for name, text in LINES.items()},
}


def problems_of(folder, name, text):
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return syntax_problems(path, name, format_of_file(name), "http://localhost/")


def marked(text):
    """The text without its marks, and the lines and columns at which they stood."""
    found = []
    while (at := text.find("»")) >= 0:
        found.append((text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)))
        text = text[:at] + text[at + 1 :]
    return text, found


@pytest.mark.parametrize("case", CASES)
def test_every_error_is_told_with_its_place_and_nothing_else(tmp_path, case):
    name, text = CASES[case]
    text, expected = marked(text)
    problems = problems_of(tmp_path, name, text)
    assert expected == [(p.line, p.column) for p in problems], "\n".join(map(str, problems))
    for problem in problems:
        assert problem.message.startswith("found ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("e:a .", "found `e:a`, expected a declared prefix: add @prefix e: <…> . above"),
        ("<a> rdfs:label 1 .", "add @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . above"),
        ("<a> <b> ;", "found `;`, expected an object"),
        ("<a> <b> 1 2 .", "found `2`, expected a full stop at the end of the statement, or ; or ,"),
        ("'a' <b> 1 .", "found `'a'`, expected a subject"),
        ("<a> 'b' 1 .", "found `'b'`, expected a predicate"),
        ("<a> <b> [ <c> 1 .", "found `.`, expected ] at the end of the node"),
        ("<a> <b> 'c\n' .", "found the end of the line within a string, expected a closing quote"),
        ("<a> <b> 'c .", "found a string that never ends, expected ' after its text"),
        ("<a> <b> '''c' .", "found a long string that never ends, expected ''' after its text"),
        ("<a> <b> 1", "found the end of the file, expected the rest of the statement"),
        ("<a> <b> <c d> .", "found `<c d>`: Invalid IRI code point ' '"),
        ("<a> <b> \x07 .", "found `\\u0007`"),
    ],
)
def test_it_is_said_in_words_what_was_found_and_expected(tmp_path, text, message):
    assert message in problems_of(tmp_path, "a.ttl", text)[0].message


# a fault for each kind of line that the files of this repository have: a pattern, what takes its
# place, and how many lines below the change the error shows
PLANTED = [
    (r" \.\n\n<", "\n\n<", 2), (r" ;\n  (?=[a-z]+:)", "\n  ", 1), (r'"@en ,', "@en ,", 0),
    (r"(?<=\n  a )cg:", "", 0), (r" ,\n    <", "\n    <", 1), (r'"@fr(?= [;.])', '"@fr , ', 0),
    (r"(?<=[a-z])> ;", " ;", 0), (r"(?<= )cg:(?=[a-z])", "cgg:", 0),
]  # fmt: skip


@pytest.mark.parametrize("name", ["actors", "events", "arguments"])
@pytest.mark.parametrize("seed", range(12))
def test_errors_planted_far_from_each_other_are_found_and_none_follows_from_them(
    tmp_path, name, seed
):
    random = Random(f"{seed} {name}")
    blocks = (REPO / f"data/ttl/{name}.ttl").read_text(encoding="utf-8").split("\n\n")
    chosen = sorted(random.sample(range(2, len(blocks) - 2), 6))
    expected = set()
    for number in (b for a, b in pairwise([0, *chosen]) if b > a + 2):
        block = f"{blocks[number]}\n\n"
        usable = [one for one in PLANTED if re.search(one[0], block)]
        if not usable or ("cgg:" in "".join(blocks)):
            continue
        pattern, instead, _ = random.choice(usable)
        blocks[number] = re.sub(pattern, instead, block, count=1).removesuffix("\n\n")
        expected.add(number)
    problems = problems_of(tmp_path, "a.ttl", "\n\n".join(blocks))
    starts = [0]
    for block in blocks:
        starts.append(starts[-1] + block.count("\n") + 2)
    found = [max(n for n, start in enumerate(starts) if start < p.line) for p in problems]
    assert len(set(found)) == len(found), "\n".join(map(str, problems))
    assert set(found) == expected


def test_after_the_first_twenty_errors_the_others_are_counted(tmp_path):
    wrong = "<u:a> <u:p> , .\n"
    *told, last = problems_of(tmp_path, "a.ttl", wrong * 50)
    assert list(range(1, TOLD + 1)) == [p.line for p in told]
    assert "a.ttl: and 30 more" == str(last)
    *_, last = problems_of(tmp_path, "a.ttl", wrong * 2 * COUNTED)
    assert f"a.ttl: and at least {COUNTED - TOLD} more" == str(last)


def test_the_errors_of_all_files_are_told_in_one_run(write_project):
    folder = write_project(
        {"a.ttl": "ex:a ex:p .\nex:b ex:p .", "b.nt": "x\n<u:a> <u:p> <u:b> .\ny"}
    )
    with pytest.raises(SourceError) as caught:
        load(open_project(folder, {}))
    places = [(p.file, p.line) for p in caught.value.problems]
    assert [("a.ttl", 7), ("a.ttl", 8), ("b.nt", 1), ("b.nt", 3)] == places


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.jsonld", "a.rdf"])
def test_a_file_that_is_no_text_is_one_problem_that_says_what_it_is(tmp_path, name, beginning):
    (tmp_path / name).write_bytes(beginning + b"\x01\x02\x03" * 100)
    with pytest.raises(SourceError) as caught:
        load(open_project(tmp_path, {}))
    (problem,) = caught.value.problems
    assert problem.message == f"this file is {BEGINNINGS[beginning]}"


def test_bytes_that_are_not_utf_8_are_told_once(tmp_path):
    text = b"<u:a> <u:p> 1 .\n" + b"<u:a> <u:p> '\xe9' .\n" * 3
    (problem,) = problems_of(tmp_path, "a.ttl", text)
    assert (2, "save the file as UTF-8") == (problem.line, problem.message[-22:])


def test_a_literal_of_ten_megabytes_is_read_and_an_error_behind_it_is_shown_in_one_line(tmp_path):
    text = f'<u:a> <u:p> "{"x" * 10_000_000}" .\n<u:b> <u:p> "{"y" * 1_000_000}" , .\n<u:c> , .'
    problems = problems_of(tmp_path, "a.ttl", text)
    assert [(2, 1_000_018), (3, 7)] == [(p.line, p.column) for p in problems]
    assert max(len(str(problem)) for problem in problems) < 400


def test_behind_more_than_the_engine_counts_an_error_has_its_line_only(tmp_path):
    text = f'<u:a> <u:p> "{"x" * 10_000_000}" , .\n<u:b> <u:p> 1 .\n<u:c> , .'
    first, second = problems_of(tmp_path, "a.ttl", text)
    assert [1, 3] == [first.line, second.line]
    assert "found . is not a valid RDF object (somewhere in this line)" == first.message


@pytest.mark.parametrize("name", ["a.ttl", "a.nt", "a.trig"])
def test_a_literal_that_is_longer_than_the_engine_reads_is_said_to_be(tmp_path, name):
    (tmp_path / name).write_text(f'<u:a> <u:p> "{"x" * 17_000_000}" .')
    with pytest.raises(SourceError, match=f"{name}: a term is longer than what can be read, 16 M"):
        load(open_project(tmp_path, {}))


def test_errors_of_a_large_file_are_found_without_reading_it_into_memory(tmp_path):
    line = "<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"
    path = tmp_path / "a.nt"
    path.write_text(line * 200_000 + "none\n" + line * 100_000 + "none\n", encoding="utf-8")
    tracemalloc.start()
    try:
        problems = syntax_problems(path, "a.nt", format_of_file("a.nt"), "http://localhost/")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [200_001, 300_002] == [p.line for p in problems]
    assert peak < path.stat().st_size / 10


def test_what_the_engine_reads_has_no_errors(tmp_path):
    for path in sorted((REPO / "shapes").glob("*.ttl")):
        assert [] == problems_of(tmp_path, "a.ttl", path.read_bytes())
        assert list(parse(path.read_bytes(), RdfFormat.TURTLE, base_iri="http://localhost/"))
