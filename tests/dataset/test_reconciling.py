"""Which resources queries mean."""

import pytest

from kg.dataset.labels import label_index
from kg.dataset.reconciling import Wanted, candidates

# what is written almost like a name in the claim graph, or is one that depends on the place
DIFFERENT = (
    "Iran", "Al-Qaeda in Iran", "Syriac", "Syrie-Palestine", "Syrian Democratic Council",
    "Syrian Democratic Force", "Syrian National Army", "Free Syrian Police",
    "Free Syrian Army (Idlib)", "Islamic State (Khorasan)", "Islamic State of Iraq",
    "Islamic Jihad", "Raqqa Governorate", "Raqqa (governorate)", "Rocca", "Rika", "Roqqa",
    "Hama", "Hims", "Alep (gouvernorat)", "Talbot", "Idris", "Kobe", "Sanjar", "Eufrat Volcano",
    "Government of Syria (2000-2025)", "Government of Syria (2024-)", "Bashir al-Assad",
    "Hafez al-Assad", "Bassam Barabanda", "Omar Haj", "George Haswan", "The Washington Times",
    "Washington", "Central Intelligence Agencies", "CSI", "SDC", "AQ", "SOAR", "FATAH", "EFP",
    "Issis", "United States of Africa", "United States Department of Stats",
    # names in use: whom they mean depends on who says them
    "Moscow", "the group", "the regime", "the Kurds", "Assad",
)  # fmt: skip

EX = "http://example.org/"
FILE = """
ex:Town rdfs:subClassOf ex:Place .
ex:a a ex:Town ; rdfs:label "Springfield" ; ex:in ex:one . ex:one rdfs:label "Illinois" .
ex:b a ex:Place ; rdfs:label "Springfield" ; ex:in ex:two . ex:two rdfs:label "Oregon" .
"""


def found(snapshot_of, **wanted):
    snapshot = snapshot_of({"a.ttl": FILE})
    results = candidates(snapshot, label_index(snapshot), Wanted(limit=5, **wanted))
    return [(one.iri.removeprefix(EX), one.score, one.sure) for one in results]


def test_of_two_that_are_called_the_same_neither_is_sure(snapshot_of):
    expected = [("a", 100, False), ("b", 100, False)]
    assert expected == found(snapshot_of, text="Springfield")


def test_a_value_by_its_label_tells_them_apart(snapshot_of):
    expected = [("b", 100, True), ("a", 90, False)]
    values = ((f"{EX}in", ("oregon",)),)
    assert expected == found(snapshot_of, text="Springfield", values=values)


def test_values_alone_find_what_has_them(snapshot_of):
    assert [("b", 100, True)] == found(snapshot_of, text="", values=((f"{EX}in", (f"{EX}two",)),))


def test_instances_of_subclasses_are_of_the_class(snapshot_of):
    assert ["a", "b"] == [
        one[0] for one in found(snapshot_of, text="Springfield", types=(f"{EX}Place",))
    ]
    assert ["a"] == [one[0] for one in found(snapshot_of, text="Springfield", types=(f"{EX}Town",))]


@pytest.fixture(scope="module")
def sure(snapshot):
    """A function from a text to the last part of the IRI that it means for sure, or None."""
    index = label_index(snapshot)

    def meant(text: str) -> str | None:
        found = candidates(snapshot, index, Wanted(text, 3))
        return found[0].iri.rpartition("/")[2] if found and found[0].sure else None

    return meant


@pytest.mark.parametrize("text", DIFFERENT)
def test_of_what_is_almost_a_name_nothing_is_sure(sure, text):
    assert sure(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rakka", "raqqa"),
        ("Ракка", "raqqa"),
        ("Kobany", "kobani"),
        ("Omar Hajj Kaddour", "omar-haj-kadour"),
        ("Islamic State", "islamic-state"),
        ("Islamic State (ISIS)", "islamic-state"),
        ("Syrian Democratic Forces (QSD)", "syrian-democratic-forces"),
        # the government is called so too, but the place is labelled so
        ("Damascus", "damascus"),
    ],
)
def test_what_is_only_spelt_otherwise_is_sure(sure, text, expected):
    assert expected == sure(text)
