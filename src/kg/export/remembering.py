"""A store that answers no question twice (storey 5): every reply of a stored query asks again."""

from collections import OrderedDict

from kg.store.base import Answer, SparqlRequest, Steps, Store, answer_of

# bytes of answers that are kept, and the bytes that one costs beside its body
ROOM, OVERHEAD = 200_000_000, 2_000


class Remembering:
    """A store over data that never changes, with its last answers in memory; for one thread.

    A page in three languages and its four formats count the same rows again and again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._answers: OrderedDict[SparqlRequest, Answer] = OrderedDict()
        self._free = ROOM

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`."""
        return answer_of(self.steps(request))

    def steps(self, request: SparqlRequest) -> Steps:
        """Yield what is waited for on the way to an answer that was not given before."""
        if (known := self._answers.get(request)) is not None:
            self._answers.move_to_end(request)
            return known
        answer = yield from self._store.steps(request)
        self._keep(request, answer)
        return answer

    def close(self) -> None:
        """Close the store, and forget its answers."""
        self._answers.clear()
        self._store.close()

    def _keep(self, request: SparqlRequest, answer: Answer) -> None:
        self._answers[request] = answer
        self._free -= len(answer.body) + OVERHEAD
        while self._free < 0:
            _, oldest = self._answers.popitem(last=False)
            self._free += len(oldest.body) + OVERHEAD
