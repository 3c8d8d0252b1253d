"""A held text is read as it is, and a span of it is what was asked for or a clear refusal."""

import re

import pytest

from kg.anchoring.text import digest, read_text, span_in
from kg.errors import ProjectError

WORDS = "Título\r\nOne fish, two fish. The end 🐟 came."


@pytest.fixture
def text(tmp_path):
    (tmp_path / "a.txt").write_bytes(WORDS.encode())
    return read_text(tmp_path / "a.txt")


def test_offsets_count_code_points_and_no_line_end_is_changed(text):
    assert WORDS == text.characters
    start, end = span_in(text, "🐟")
    assert 1 == end - start
    assert digest("🐟") == text.digest_of(start, end)


@pytest.mark.parametrize(
    ("wanted", "span"),
    [
        ("8:16", (8, 16)),
        (" 8 - 16 ", (8, 16)),
        ("One fish", (8, 16)),
        ("One … two", (8, 21)),
        ("One ... The end", (8, 35)),
    ],
)
def test_a_span_is_given_by_offsets_by_words_or_by_first_and_last_words(text, wanted, span):
    assert span == span_in(text, wanted)


def test_words_that_are_at_several_places_are_those_in_the_span_around_them(text):
    assert (12, 16) == span_in(text, "fish", (8, 16))
    assert (22, 26) == span_in(text, "fish", (18, 26))
    for around in ((8, 26), (9, 15), (0, 8)):
        with pytest.raises(ProjectError, match="is in it 2 times"):
            span_in(text, "fish", around)
    assert (8, 11) == span_in(text, "One", (18, 26)), "what is there once may be anywhere"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("0:100", "0:100 is no span of it: it has 43 code points"),
        ("9:9", "9:9 is no span"),
        ("three fish", "'three fish' is not in it, letter by letter"),
        ("fish", "is in it 2 times, at 12:16, 22:26. Give more words"),
        ("two … One", "'One' does not come after 'two'"),
        ("", "no span"),
        ("One …", "no span"),
    ],
)
def test_what_is_no_span_of_the_text_is_refused(text, wanted, words):
    with pytest.raises(ProjectError, match=re.escape(words)):
        span_in(text, wanted)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "a\nTítulo".encode("latin-1"),
            "a.txt:2: not UTF-8: byte 3 is 0xed. Save the text as UTF-8",
        ),
        ("a".encode("utf-16"), "UTF-16. Save it as UTF-8"),
        (b"%PDF-1.7", "a PDF"),
        (b" \n", "holds no text"),
        (None, "cannot be read: No such file"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, words):
    if content is not None:
        (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(ProjectError, match=re.escape(words)):
        read_text(tmp_path / "a.txt")
