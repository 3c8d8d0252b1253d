"""Nothing of the article is left out: numbers, dates, quotations, sentences and names.

What is left out on purpose is listed with its reason in `reading.py`.
"""

import pytest

from tests.data import reading as read
from tests.data.reading import none_of


@pytest.fixture(scope="module")
def reading(source):
    return read.Reading(source)


def test_every_anchor_has_the_digest_of_the_text_there(reading, article):
    assert len(reading.anchors) > 250
    none_of(read.moved_anchors(reading, article))


def test_every_number_of_the_text_lies_in_a_quantity_or_a_time(reading, article):
    assert len(read.spans(read.NUMBER, article)) > 60
    none_of(read.uncounted_numbers(reading, article))


def test_no_exclusion_of_a_number_is_idle(reading, article):
    none_of(read.idle_exclusions(reading, article))


def test_every_quantity_has_the_number_and_the_exactness_of_its_words(reading, article):
    assert 20 <= len([a for a in reading.anchors if a.kind == "quantity"])
    none_of(read.misread_quantities(reading, article))


def test_every_stated_time_has_the_date_of_its_words(reading, article):
    none_of(read.misread_times(reading, article))


def test_every_quotation_lies_in_claims_of_a_quoted_voice(reading, article):
    assert 13 == len(read.quotations(article))
    none_of(read.quotations_without_a_quoted_claim(reading, article))


def test_every_claim_of_a_quoted_voice_has_quotation_marks(reading, article):
    none_of(read.quoted_claims_without_quotation_marks(reading, article))


def test_every_claim_between_quotation_marks_has_a_quoted_voice(reading, article):
    none_of(read.unquoted_claims_within_quotation_marks(reading, article))


def test_every_sentence_and_heading_is_read_by_a_claim(reading, article):
    assert len(read.sentences(article)) > 45
    none_of(read.unread_sentences(reading, article))


def test_every_word_that_does_not_join_clauses_lies_in_an_anchor(reading, article):
    none_of(read.unread_words(reading, article))


def test_every_listed_name_is_a_used_form_of_an_entity_in_a_claim(reading):
    none_of(read.lost_names(reading))


def test_every_name_of_the_text_is_listed(reading, article):
    none_of(read.names_not_in_the_text(article))
    none_of(read.unlisted_names(reading, article))


def test_every_actor_and_place_has_a_used_form_or_a_reason_to_have_none(reading):
    none_of(read.nameless(reading))
    assert set(read.WITHOUT_A_NAME) <= reading.mentioned


def test_every_used_form_is_in_the_text(reading, article):
    text = article.lower()
    assert [] == sorted(form for form in read.used_forms(reading) if form not in text)


def test_every_chain_counts_from_the_article_and_has_its_length(reading):
    none_of(read.broken_chains(reading))


def test_harm_without_a_stated_perpetrator_has_no_agent(reading):
    none_of(read.perpetrators_not_in_the_text(reading))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("8,289", 8289),
        ("more than thirty-four thousand", 34000),
        ("up to $100 million", 10**8),
        ("virtually no strikes", 0),
        ("more than a dozen", 12),
        ("one strike every three days", 1),
        ("110,000 square kilometers", 110000),
    ],
)
def test_a_number_is_read_from_its_words(words, number):
    assert number == read.number_in(words)
