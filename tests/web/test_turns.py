"""Clients take turns; what takes long makes room; who sends most is refused first."""

import asyncio
from threading import Event

import pytest

from kg.errors import StoreUnavailable, TooManyRequests
from kg.web import turns as module
from kg.web.turns import WAITING, turns


def in_loop(main):
    return asyncio.run(main())


async def until(condition) -> None:
    while not condition():
        await asyncio.sleep(0)


def test_clients_take_turns_whatever_each_of_them_sends():
    async def main():
        at_once, order, go = turns(1), [], Event()
        first = asyncio.ensure_future(at_once.run("a", go.wait))
        await asyncio.sleep(0)
        later = [
            asyncio.ensure_future(at_once.run(client, order.append, client))
            for client in ("a", "a", "a", "b", "c", "b")
        ]
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(first, *later)
        return order

    assert ["a", "b", "c", "a", "b", "a"] == in_loop(main)


def test_what_takes_long_lets_the_next_one_in():
    async def main():
        at_once, end = turns(1), Event()
        long = asyncio.ensure_future(at_once.run("a", end.wait))
        await asyncio.sleep(0)
        # it would wait forever if the long one kept its place
        assert 1 == await at_once.run("b", lambda: 1)
        assert not long.done()
        end.set()
        await long
        assert 2 == await at_once.run("a", lambda: 2)

    in_loop(main)


def test_only_as_many_long_ones_run_beside_as_there_are_places():
    async def main():
        at_once, ends = turns(1), [Event(), Event()]
        running = [
            asyncio.ensure_future(at_once.run(client, end.wait))
            for client, end in zip("ab", ends, strict=True)
        ]
        third = asyncio.ensure_future(at_once.run("c", lambda: 3))
        done, _ = await asyncio.wait({third}, timeout=3 * module.LONG)
        assert not done, "two long ones hold both places"
        ends[0].set()
        assert 3 == await third
        ends[1].set()
        await asyncio.gather(*running)

    in_loop(main)


async def begun_long(at_once, client):
    """Work of a client that counts as long, as another is let in beside it, and what ends it."""
    end = Event()
    work = asyncio.ensure_future(at_once.run(client, end.wait))
    await asyncio.sleep(0)
    await at_once.run("other", lambda: 0)
    return work, end


def test_the_last_place_is_for_clients_whose_work_is_short():
    async def main():
        at_once, last = turns(1), Event()
        slow, end = await begun_long(at_once, "slow")
        again = asyncio.ensure_future(at_once.run("slow", last.wait))
        # it comes later and is let in before
        assert 1 == await at_once.run("quick", lambda: 1)
        assert not again.done()
        end.set()
        last.set()
        await asyncio.gather(slow, again)

    in_loop(main)


@pytest.mark.parametrize(("seconds", "order"), [(0.0, "ac"), (60.0, "c")])
def test_who_was_slow_may_have_any_place_after_a_while(monkeypatch, seconds, order):
    monkeypatch.setattr(module, "SLOW", seconds)

    async def main():
        at_once, done = turns(1), []
        slow, end = await begun_long(at_once, "a")
        end.set()
        await slow
        long, end = await begun_long(at_once, "b")
        again = asyncio.ensure_future(at_once.run("a", done.append, "a"))
        await asyncio.sleep(0)
        await at_once.run("c", done.append, "c")
        assert list(order) == done
        end.set()
        await asyncio.gather(long, again)

    in_loop(main)


def test_a_full_row_refuses_those_who_sent_most():
    async def main():
        at_once, go = turns(1), Event()
        running = asyncio.ensure_future(at_once.run("greedy", go.wait))
        await asyncio.sleep(0)
        greedy = [asyncio.ensure_future(at_once.run("greedy", lambda: 1)) for _ in range(WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(StoreUnavailable):
            await at_once.run("greedy", lambda: 1)
        modest = asyncio.ensure_future(at_once.run("modest", lambda: 2))
        await until(lambda: any(one.done() for one in greedy))
        go.set()
        assert 2 == await modest
        outcomes = await asyncio.gather(*greedy, return_exceptions=True)
        assert 1 == sum(isinstance(outcome, TooManyRequests) for outcome in outcomes)
        await running

    in_loop(main)


def test_a_failure_gives_the_turn_back():
    async def main():
        at_once = turns(1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await at_once.run("a", lambda: 1 // 0)
        return await at_once.run("a", lambda: "still here")

    assert "still here" == in_loop(main)
