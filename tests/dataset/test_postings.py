"""Where keys and trigrams occur, in arrays."""

import numpy as np
import pytest

import kg.dataset.postings
from kg.dataset.postings import common, postings, trigrams

TEXTS = ("raqqa", "the raqqa plain", "aleppo", "hama", "\U0001f600 kobani", "plain")


def test_the_places_of_a_key_come_in_order_and_at_most_so_many():
    found = postings([("b", 3), ("a", 1), ("b", 5), ("b", 7), ("a", 2)])
    assert ("a", "b") == found.keys
    assert ([1, 2], [3, 5, 7], [3, 5]) == (found.get("a"), found.get("b"), found.get("b", 2))
    assert [] == found.get("c") == found.get("") == found.get("aa")


def test_nothing_has_no_places():
    assert [] == postings([]).get("a")
    assert [] == trigrams(()).most_alike("raqqa", 100, 10)


def test_texts_that_share_most_come_first():
    index = trigrams(TEXTS)
    assert [0, 1] == index.most_alike("raqqa", 100, 10)
    assert [0] == index.most_alike("raqa", 100, 1)
    assert [4] == index.most_alike("\U0001f600 kobane", 100, 10)
    assert [] == index.most_alike("xyz", 100, 10)


def test_trigrams_do_not_reach_from_one_text_into_the_next():
    index = trigrams(("ab", "cd"))
    assert [] == index.most_alike("b c", 100, 10)


def test_no_more_is_read_when_enough_has_been():
    index = trigrams([f"river {n:04}" for n in range(1_000)])
    # the rarest trigrams are those of the number
    assert 567 == index.most_alike("river 0567", 60, 3)[0]
    assert [*range(50)] == index.most_alike("river", 50, 10_000)


def test_a_common_trigram_is_looked_up_in_what_rare_ones_found(monkeypatch):
    monkeypatch.setattr(kg.dataset.postings, "KEPT", 40)
    index = trigrams([f"river {n:04} {'dam' if n % 2 else 'bank'}" for n in range(1_000)])
    # all that end in 67 are found by the rarest trigrams; which of them is a dam, by common ones
    assert 567 == index.most_alike("river 0567 dam", 60, 3)[0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[1, 3, 5, 9], [3, 4, 9]], [3, 9]),
        ([[1, 2], []], []),
        ([[7]], [7]),
        ([[1, 2, 3], [2, 3], [3, 8]], [3]),
    ],
)
def test_places_in_all_rows_are_common(rows, expected):
    assert expected == common((np.array(row, np.uint32) for row in rows), 10, 10)


def test_of_common_places_only_so_many_are_looked_for(monkeypatch):
    monkeypatch.setattr(kg.dataset.postings, "PART", 4)
    rows = [np.arange(0, 100, step, np.uint32) for step in (1, 2, 3)]
    assert [0, 6, 12] == common(rows, 100, 3)
    # the shortest row is that of each third place
    assert [0, 6] == common(rows, 4, 100)
    assert [*range(0, 100, 6)] == common(rows, 100, 100)
