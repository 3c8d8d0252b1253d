"""Answers that were given before."""

from kg.web.answers import Answer
from kg.web.memo import OVERHEAD, Memo


def key(name: str):
    return (name.encode(), b"", "", "", "")


def answer(size: int) -> Answer:
    return Answer(200, (), b"x" * size)


def test_the_answers_asked_for_last_stay():
    memo = Memo(room=2 * (100 + OVERHEAD))
    memo.put(key("a"), answer(100))
    memo.put(key("b"), answer(100))
    assert memo.get(key("a"))
    memo.put(key("c"), answer(100))
    assert [True, False, True] == [memo.get(key(name)) is not None for name in "abc"]


def test_an_answer_that_does_not_fit_drives_out_no_other():
    memo = Memo(room=100 + OVERHEAD)
    memo.put(key("a"), answer(100))
    memo.put(key("b"), answer(101))
    assert memo.get(key("a"))
    assert memo.get(key("b")) is None


def test_keeping_an_answer_twice_costs_its_room_once():
    memo = Memo(room=2 * (100 + OVERHEAD))
    for _ in range(3):
        memo.put(key("a"), answer(100))
    memo.put(key("b"), answer(100))
    assert memo.get(key("a"))
    assert memo.get(key("b"))
