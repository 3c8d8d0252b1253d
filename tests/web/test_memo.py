"""Answers that were given before."""

from kg.web.answers import Answer
from kg.web.memo import OVERHEAD, Memo

# of an answer with a name of one letter
SIZE = 101 + OVERHEAD


def key(name: str):
    return (name.encode(), b"", "", "", "")


def answer(size: int) -> Answer:
    return Answer(200, (), b"x" * size)


def test_the_answers_asked_for_last_stay():
    memo = Memo(room=4 * SIZE)
    for name in "abcd":
        memo.put(key(name), answer(100))
    assert memo.get(key("a"))
    memo.put(key("e"), answer(100))
    assert "acde" == "".join(name for name in "abcde" if memo.get(key(name)))


def test_an_answer_that_is_large_beside_the_room_drives_out_no_other():
    memo = Memo(room=4 * SIZE)
    memo.put(key("a"), answer(100))
    memo.put(key("b"), answer(101))
    assert memo.get(key("a"))
    assert memo.get(key("b")) is None


def test_keeping_an_answer_twice_costs_its_room_once():
    memo = Memo(room=4 * SIZE)
    for name in "aaaabcd":
        memo.put(key(name), answer(100))
    assert all(memo.get(key(name)) for name in "abcd")


def test_a_client_that_sends_much_fills_no_more_than_the_room():
    memo = Memo(room=4 * SIZE)
    for name in ("a" * SIZE, "b" * SIZE):
        memo.put(key(name), answer(0))
    assert memo.get(key("b" * SIZE)) is None
    for name in "abcd":
        memo.put(key(name * 101), answer(0))
    memo.put(key("e" * 101), answer(0))
    assert memo.get(key("a" * 101)) is None
    assert memo.get(key("b" * 101))
