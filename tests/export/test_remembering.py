"""An export asks the engine each question once."""

from kg.export import remembering
from kg.export.remembering import Remembering
from kg.rdf.formats import CSV, JSON
from kg.store.base import Answer, SparqlRequest


class Counting:
    """A store that says how often it was asked."""

    def __init__(self):
        self.asked = 0

    def answer(self, request):
        return Answer(f"{request.query} {self.asked}".encode(), request.format.media_type)

    def steps(self, request):
        self.asked += 1
        yield from ()
        return self.answer(request)

    def close(self):
        self.asked = -1


def request(query, format_=JSON):
    return SparqlRequest(query, format_, 1.0, 1_000)


def test_a_question_that_was_asked_is_answered_again_without_the_engine():
    engine = Counting()
    store = Remembering(engine)
    first = store.answer(request("a"))
    assert first == store.answer(request("a"))
    assert first != store.answer(request("a", CSV))
    assert engine.asked == 2
    store.close()
    assert engine.asked == -1


def test_what_was_asked_longest_ago_is_forgotten_first(monkeypatch):
    monkeypatch.setattr(remembering, "ROOM", 2 * (remembering.OVERHEAD + 10))
    engine = Counting()
    store = Remembering(engine)
    for query in "abac":
        store.answer(request(query))
    assert engine.asked == 3
    store.answer(request("a"))
    assert engine.asked == 3
    store.answer(request("b"))
    assert engine.asked == 4
