"""Trees: what hangs on what, told by words, signs and lines; mirrored; cut by whole steps."""

import pytest

from kg.views.pages import Value
from kg.views.pictures.tree import broad_tree_of, tree_of
from kg.views.trees import Branch, trees

KIND = {
    "for": Value("supports"),
    "against": Value("rebuts"),
    "strain": Value("in tension with"),
    "": Value("belongs to"),
}


def named(name: str) -> Value:
    return Value(name, href=f"/doc/{name}", iri=f"http://example.org/{name}")


def rows(*edges):
    return [(named(low), KIND[mark], named(high), Value(mark)) for low, mark, high in edges]


SMALL = rows(("b", "for", "a"), ("c", "against", "a"), ("d", "strain", "b"), ("e", "", "b"))


@pytest.mark.parametrize("name", ["narrow", "wide"])
@pytest.mark.parametrize(
    ("mark", "word"),
    [
        ("for", "+ supports"),
        ("against", "\N{MINUS SIGN} rebuts"),
        ("strain", "\N{LEFT RIGHT ARROW} in tension with"),
    ],
)
def test_each_mark_has_a_sign_a_word_a_line_and_a_side_of_its_own(name, mark, word, drawn):
    drawing = drawn(tree_of(trees(SMALL), "p", "t"))[name]
    assert 1 == drawing.texts.count(word)
    classes = [one.get("class").split() for one in drawing.of_class(mark)]
    assert {"kind", "line", "side"} == {one[0] for one in classes}


def test_what_no_mark_is_known_of_has_its_word_alone(drawn):
    drawing = drawn(tree_of(trees(SMALL), "p", "t"))["wide"]
    assert "belongs to" in drawing.texts
    unknown = [(named("b"), Value("k"), named("a"), Value("for the love of it"))]
    assert "k" in drawn(tree_of(trees(unknown), "p", "t"))["wide"].texts


def test_every_node_is_a_link_in_the_order_of_reading(drawn):
    for drawing in drawn(tree_of(trees(SMALL), "p", "t")).values():
        assert ["a", "b", "d", "e", "c"] == [href.removeprefix("/doc/") for href in drawing.hrefs]


def place(drawing, name: str) -> float:
    (link,) = [one for one in drawing.root.iter("a") if one.get("href") == f"/doc/{name}"]
    return float(link.find("rect").get("x").rstrip("%"))


def test_a_step_further_is_further_along_and_mirrored_where_the_page_is(drawn):
    left, right = (
        drawn(tree_of(trees(SMALL), "p", "t", language))["wide"] for language in ("en", "ar")
    )
    assert place(left, "a") < place(left, "b") == place(left, "c") < place(left, "d")
    assert place(right, "a") > place(right, "b") == place(right, "c") > place(right, "d")
    assert place(right, "d") == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_stand_within_their_boxes(language, drawn):
    long = [(named("word " * 60), KIND["against"], named("x" * 300), Value("against"))]
    for name, drawing in drawn(tree_of(trees(long), "p", "t", language)).items():
        texts = ["".join(one.itertext()).strip() for one in drawing.root.iter("text")]
        assert 2 == sum(one.endswith("…") for one in texts), name
        assert len(list(drawing.root.iter("tspan"))) <= 2 * 3
        # what is cut is whole in a title
        assert any("word word" in (title or "") for title in drawing.titles)


def test_steps_that_do_not_fit_are_counted_where_they_would_hang(drawn):
    first = [(f"c{n}", "for", "a") for n in range(20)]
    second = [(f"d{n}", "for", "c0") for n in range(30)]
    picture = tree_of(trees(rows(*first, *second)), "p", "t")
    assert picture.left_out == 30
    for drawing in drawn(picture).values():
        assert len(drawing.hrefs) == 21
        assert drawing.texts.count("+30") == 2
    assert len(picture.entries) == 50


def test_what_was_drawn_before_leads_back(drawn):
    again = rows(("b", "for", "a"), ("c", "for", "a"), ("d", "for", "b"), ("b", "for", "c"))
    drawing = drawn(tree_of(trees(again), "p", "t"))["wide"]
    assert drawing.texts.count("\N{UPWARDS ARROW}") == 1
    assert len(drawing.of_class("again")) == 1


def test_the_resource_of_the_page_stands_out_between_what_it_hangs_on_and_what_hangs_on_it(drawn):
    (tree,) = trees(rows(("b", "for", "a"), ("c", "against", "a")))
    above = [
        Branch(named("x"), KIND["against"], (), 0, mark="against"),
        Branch(named("y"), KIND["for"], (), 0, mark="for"),
    ]
    picture = tree_of([tree], "p", "t", this="http://example.org/a", above=above)
    drawings = drawn(picture)
    for drawing in drawings.values():
        assert ["x", "y", "a", "b", "c"] == [one.removeprefix("/doc/") for one in drawing.hrefs]
        (here,) = drawing.of_class("here")
        assert here.tag == "rect"
    wide = drawings["wide"]
    assert place(wide, "x") == place(wide, "y") < place(wide, "a") < place(wide, "b")


def test_a_tree_among_many_is_drawn_for_wide_pages_only(drawn):
    (tree,) = trees(rows(*((f"c{n}", "for", "a") for n in range(9))))
    assert ["broad"] == list(drawn(broad_tree_of(tree, "p", "t")))


def test_a_deep_tree_and_many_trees_are_cut(drawn):
    deep = rows(*((f"n{n + 1}", "for", f"n{n}") for n in range(11)))
    assert len(drawn(tree_of(trees(deep), "p", "t"))["wide"].hrefs) == 4
    many = rows(*((f"c{n}", "for", f"r{n}") for n in range(500)))
    picture = tree_of(trees(many), "p", "t")
    assert len(drawn(picture)["wide"].hrefs) == 40
    assert picture.left_out == 960
