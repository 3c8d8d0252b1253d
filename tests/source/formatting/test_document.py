"""The one form: nothing is lost, a second time changes nothing, and it reads well."""

import pytest
from pyoxigraph import parse

from kg.rdf.formats import TRIG, TURTLE
from kg.source.formatting.document import NotFormatted, formatted
from kg.source.formatting.tree import comments
from tests.conftest import REPO, canonical
from tests.source.documents import Writer
from tests.source.test_turtle import FILES, PACKAGES

# those of other packages are many of the same
OURS = [path for path in FILES if not path.is_relative_to(PACKAGES)]
RANDOM = 100
E = "@prefix e: <http://e/> .\n\n"


def keeps(text, format_):
    """Assert that a document loses nothing, and that its form is the form of itself."""
    once = formatted(text, format_)
    assert once == formatted(once, format_)
    assert comments(text.removeprefix("\ufeff")) == comments(once)
    engine = {"format": format_.engine, "base_iri": "http://localhost/"}
    before, after = (list(parse(one.encode(), **engine)) for one in (text, once))
    assert {*before} == {*after} or canonical(before) == canonical(after)


@pytest.mark.parametrize("path", OURS, ids=str)
def test_every_file_keeps_its_triples_and_comments_and_a_second_time_changes_nothing(path):
    keeps(path.read_bytes().decode("utf-8-sig"), TURTLE)


@pytest.mark.parametrize(
    ("format_", "write"), [(TURTLE, Writer.turtle), (TRIG, Writer.trig)], ids=["Turtle", "TriG"]
)
def test_random_documents_keep_all_too(format_, write):
    for seed in range(RANDOM):
        keeps(write(Writer(seed)), format_)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("e:a a e:C.", "e:a\n  a e:C .\n"),
        ("e:a e:p 1,2 ; e:q 3.", "e:a\n  e:p\n    1 ,\n    2 ;\n  e:q 3 .\n"),
        ("e:b e:p 1 . e:a e:p 1 .", "e:a\n  e:p 1 .\n\ne:b\n  e:p 1 .\n"),
        ("e:a e:q 1 ; a e:C ; e:p 1 .", "e:a\n  a e:C ;\n  e:p 1 ;\n  e:q 1 .\n"),
        ("e:a e:p 1, 01 .", "e:a\n  e:p\n    01 ,\n    1 .\n"),
        ("e:a e:p 10, 9 .", "e:a\n  e:p\n    9 ,\n    10 .\n"),
        ("e:a e:p 'b'@de, 'a'@en, e:z .", "e:a\n  e:p\n    e:z ,\n    'a'@en ,\n    'b'@de .\n"),
        ("e:a10 e:p 1. e:a9 e:p 1.", "e:a9\n  e:p 1 .\n\ne:a10\n  e:p 1 .\n"),
        ("e:a e:p 01 , +1 , 1.0 , 1e0 , true .",
         "e:a\n  e:p\n    01 ,\n    1.0 ,\n    1e0 ,\n    +1 ,\n    true .\n"),
        ("e:a e:p [e:r 1;e:q (2 1)] .", "e:a\n  e:p [ e:r 1 ; e:q ( 2 1 ) ] .\n"),
        ("e:a e:p [\ne:q 1] .", "e:a\n  e:p [\n    e:q 1\n  ] .\n"),
        ("e:a e:p (\n1 [] ()) .", "e:a\n  e:p (\n    1\n    []\n    ()\n  ) .\n"),
        ("e:a e:p '''x\n  y'''@en .", "e:a\n  e:p '''x\n  y'''@en .\n"),
        ("e:a e:p 'x' ^^ e:d .", "e:a\n  e:p 'x'^^e:d .\n"),
        ("[] e:p 1 . e:a e:p 1 .", "e:a\n  e:p 1 .\n\n[]\n  e:p 1 .\n"),
        ("[ e:p 1 ] .", "[ e:p 1 ] .\n"),
        ("<<e:a e:b e:c>> e:p 1 .", "<< e:a e:b e:c >>\n  e:p 1 .\n"),
        ("e:a e:p e:b {|e:q 1|} .", "e:a\n  e:p e:b {| e:q 1 |} .\n"),
        ("e:a e:p 1;;; .", "e:a\n  e:p 1 .\n"),
        ("e:a e:p 1 .\r\n\r\n\r\n\r\ne:b e:p 1 .", "e:a\n  e:p 1 .\n\ne:b\n  e:p 1 .\n"),
        # comments
        ("# one\ne:b e:p 1 .\n# two\ne:a e:p 1 .",
         "# two\ne:a\n  e:p 1 .\n\n# one\ne:b\n  e:p 1 .\n"),
        ("e:b e:p 1 . # one\ne:a e:p 1 . # two",
         "e:a\n  e:p 1 . # two\n\ne:b\n  e:p 1 . # one\n"),
        ("e:a e:q 1 ; # one\n  # two\n  e:p 1 , # three\n 0 .",
         "e:a\n  # two\n  e:p\n    0 ,\n    1 ; # three\n  e:q 1 . # one\n"),
        ("e:b e:p 1 .\n\n# ---- part\n\ne:c e:p 1 .\ne:a e:p 1 .",
         "e:b\n  e:p 1 .\n\n# ---- part\n\ne:a\n  e:p 1 .\n\ne:c\n  e:p 1 .\n"),
        ("e:a e:p ( 1 # one\n 2 ) .", "e:a\n  e:p (\n    1 # one\n    2\n  ) .\n"),
        ("e:a e:p 1 .\n# last", "e:a\n  e:p 1 .\n\n# last\n"),
    ],
)  # fmt: skip
def test_the_form_is_this(before, after):
    assert E + after == formatted(E + before, TURTLE)


def test_prefixes_are_sorted_behind_the_base_and_the_projects_own_and_unused_ones_taken_out():
    text = """PREFIX z: <http://z/>
        prefix no: <http://no/>
        @prefix own: <http://base/o#> . @prefix a: <http://a/> .
        @base <http://base/> . # where we are
        <x> a: z: , own:x ; z:p 'no:x' ."""
    head = formatted(text, TURTLE, "http://base/").partition("\n\n")[0].splitlines()
    assert [
        "@base <http://base/> . # where we are",
        "@prefix own: <http://base/o#> .",
        "@prefix a: <http://a/> .",
        "@prefix z: <http://z/> .",
    ] == head


def test_a_title_stays_above_the_prefixes():
    text = "# Title\n@prefix z: <http://z/> .\n@prefix a: <http://a/> .\na:x z:p 1 ."
    assert formatted(text, TURTLE).startswith("# Title\n\n@prefix a:")


def test_a_declaration_in_the_middle_keeps_its_meaning():
    text = E + "e:b e:p 1 . PREFIX e: <http://f/>\ne:a e:p 1 ."
    keeps(text, TURTLE)
    assert formatted(text, TURTLE).index("e:b") < formatted(text, TURTLE).index("e:a")


def test_parts_stand_behind_their_whole_and_kinds_in_the_order_in_which_they_first_come():
    names = ("claim/c-2", "part/c-10", "part/c-2/x", "claim/c-1", "part/c-2")
    text = "".join(f"<{name}> a <C> .\n" for name in names)
    found = [line for line in formatted(text, TURTLE).splitlines() if line[:1] == "<"]
    expected = ["claim/c-1", "claim/c-2", "part/c-2", "part/c-2/x", "part/c-10"]
    assert [f"<{name}>" for name in expected] == found


def test_statements_of_one_kind_in_any_order_have_the_same_form():
    blocks = ["e:a e:p 2, 1 .", "e:b a e:C ; e:q 1 .", "# of c\ne:c e:p 1 ."]
    forms = {formatted(E + "\n".join(order), TURTLE) for order in (blocks, blocks[::-1])}
    assert 1 == len(forms)


def test_what_is_not_to_be_sorted_keeps_its_order():
    text = E + "e:b e:q 2, 1 ; a e:C . e:a e:p 1 ."
    expected = E + "e:b\n  e:q\n    2 ,\n    1 ;\n  a e:C .\n\ne:a\n  e:p 1 .\n"
    assert expected == formatted(text, TURTLE, sorted_=())


def test_graphs_of_trig_are_sorted_inside():
    text = E + "GRAPH e:g { e:b e:p 1 . e:a e:p 1 } # end\n{ e:x e:p 1 }\n[] { } e:y e:p 1 ."
    expected = """e:g {
  e:a
    e:p 1 .

  e:b
    e:p 1 .

  # end
}

{
  e:x
    e:p 1 .
}

[] {
}

e:y
  e:p 1 .
"""
    assert E + expected.replace("e:g {", "GRAPH e:g {") == formatted(text, TRIG)


def test_what_cannot_be_followed_is_refused_and_not_written():
    deep = "<u:s> <u:p> " + "[ <u:p> " * 5_000 + "1" + "]" * 5_000 + " ."
    with pytest.raises(NotFormatted):
        formatted(deep, TURTLE)


def test_our_own_files_have_the_form(source):
    for file in source.files:
        text = (REPO / file.path).read_text(encoding="utf-8")
        assert text == formatted(text, TURTLE, source.base, source.project.format.sorted)
