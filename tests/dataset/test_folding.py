"""Names as they are compared."""

import pytest

from kg.dataset.folding import abbreviates, folded, spelt, spoken, variants


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kobanê", "kobane"),
        ("الرقة", "الرقه"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("داعـــش", "داعش"),
        ("علی", "علي"),
        ("Diyarbak\u0131r", "DIYARBAKIR"),
        ("Deir-ez-Zor", "deir ez zor"),
        ("Qur\u2019an", "Quran"),
        ("STRASSE", "Straße"),
    ],
)
def test_what_people_leave_out_or_swap_makes_no_difference(one, other):
    assert folded(one) == folded(other) != ""


def test_different_names_stay_different():
    assert folded("Aleppo") != folded("Alepp")
    assert folded("داعش") != folded("دعش")


def test_punctuation_alone_is_no_name():
    assert "" == folded("— ( ) !")


def test_names_that_sound_alike_are_equal_when_spoken():
    assert spoken("raqqa") == spoken("rakka")
    assert spoken("raqqa") != spoken("kobani")


def test_a_name_with_brackets_holds_the_names_in_and_around_them():
    expected = ("islamic state", "isis", "isil")
    assert expected == variants("Islamic State (ISIS/ISIL)")
    assert () == variants("Islamic State")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("raqqa", "rakka"),
        ("bashar el assad", "bashar al asad"),
        ("abou ghadiyah", "abu gadiya"),
        ("manbidj", "manbij"),
        ("kaddour", "qadur"),
        ("идлиб", "idlib"),
    ],
)
def test_spellings_of_one_foreign_name_are_the_same(one, other):
    assert spelt(one) == spelt(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("2011 act", "201 act"), ("iraq", "iran"), ("raqqa", "rocca")]
)
def test_spellings_of_different_names_stay_different(one, other):
    assert spelt(one) != spelt(other)


@pytest.mark.parametrize("key", ["", "usa", "الرقه", "章子怡"])
def test_short_names_and_scripts_without_vowels_have_no_other_spelling(key):
    assert "" == spelt(key)


def test_abbreviations_are_short_and_in_capitals():
    assert abbreviates("ISIS")
    assert not abbreviates("Isis")
    assert not abbreviates("SYRIAN DEMOCRATIC FORCES")
