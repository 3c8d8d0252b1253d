"""Chains: who cites whom, side by side or one below another, mirrored, every name a link."""

import pytest

from kg.views.pages import Value
from kg.views.pictures.chain import MOST, Step, chain_of, steps_of
from tests.views.pictures.test_every import HOSTILE


def named(name: str) -> Value:
    return Value(name, href=f"/doc/{name}", iri=f"http://example.org/{name}")


STEPS = [
    Step((named("paper"),), (Value("relayed"),)),
    Step((named("ann"), named("bob")), (Value("quoted"), named("letter"))),
    Step((None,), ()),
]


def test_rows_of_one_step_are_one():
    zero, one = Value("0"), Value("1")
    rows = [
        (zero, named("paper"), Value("relayed")),
        (one, named("ann"), Value("quoted"), None),
        (one, named("bob"), Value("quoted"), Value("2024")),
    ]
    assert steps_of(rows) == (
        Step((named("paper"),), (Value("relayed"),)),
        Step((named("ann"), named("bob")), (Value("quoted"),)),
    )
    assert steps_of([(zero,), ()]) == ()


def test_everybody_and_every_document_is_a_link_in_the_order_of_citing(drawn):
    drawings = drawn(chain_of(STEPS, "p", "t"))
    assert {"narrow", "wide"} == set(drawings)
    for drawing in drawings.values():
        assert ["paper", "ann", "bob", "letter"] == [
            href.removeprefix("/doc/") for href in drawing.hrefs
        ]
        assert drawing.texts.count("citing") == 2
        assert "somebody who is not" in " ".join(filter(None, drawing.texts))


@pytest.mark.parametrize(("language", "order"), [("en", 1), ("ar", -1)])
def test_the_chain_is_read_in_the_direction_of_the_page(language, order, drawn):
    drawing = drawn(chain_of(STEPS, "p", "t", language))["wide"]
    places = [float(one.get("x").rstrip("%")) for one in drawing.of_class("box")]
    assert sorted(places) == places[::order]


def test_a_long_chain_stands_below_one_another_and_is_cut(drawn):
    steps = [Step((named(f"n{n}"),), ()) for n in range(30)]
    picture = chain_of(steps, "p", "t")
    assert ["any"] == list(drawn(picture))
    assert picture.left_out == 30 - MOST
    assert len(picture.entries) == 30


def test_one_step_is_no_chain():
    assert not chain_of(STEPS[:1], "p", "t").svg


@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_label_is_text_and_short(label, drawn):
    step = Step((Value(label, href="javascript:alert(1)"),), (Value(label),))
    for drawing in drawn(chain_of([step, step], "p", label)).values():
        assert {one.tag for one in drawing.root.iter()} <= {
            *("svg", "title", "g", "text", "tspan", "rect", "line", "path")
        }
        assert all(len(text or "") <= 310 for text in (*drawing.texts, *drawing.titles))
