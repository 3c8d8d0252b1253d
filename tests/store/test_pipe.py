"""The pipe to a worker: whole messages, however they come."""

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import connection

import pytest

from kg.store.pipe import LENGTH, Pipe


@pytest.fixture
def ends():
    """Our end of a pipe, and the Connection that a worker has."""
    ours, theirs = connection.Pipe()
    return Pipe(ours), theirs


def received(pipe):
    while (message := pipe.received()) is None:
        pass
    return message


def test_nothing_is_received_before_it_is_sent(ends):
    pipe, theirs = ends
    assert pipe.received() is None
    theirs.send(("a", 1))
    assert ("a", 1) == received(pipe)
    assert pipe.received() is None


def test_a_message_that_comes_byte_by_byte_is_received_whole(ends):
    pipe, theirs = ends
    data = pickle.dumps(["b" * 20])
    for byte in LENGTH.pack(len(data)) + data:
        assert pipe.received() is None
        os.write(theirs.fileno(), bytes([byte]))
    assert ["b" * 20] == pipe.received()


@pytest.mark.parametrize("size", [10, 20_000, 300_000, 3_000_000])
def test_messages_of_any_length_go_both_ways(ends, size):
    pipe, theirs = ends
    with ThreadPoolExecutor(1) as other:
        echo = other.submit(lambda: theirs.send(theirs.recv()))
        pipe.send(b"x" * size)
        assert b"x" * size == received(pipe)
        echo.result()


def test_an_end_that_is_closed_is_told(ends):
    pipe, theirs = ends
    theirs.close()
    with pytest.raises(EOFError):
        received(pipe)
    with pytest.raises(OSError, match="Broken pipe"):
        pipe.send("x")
