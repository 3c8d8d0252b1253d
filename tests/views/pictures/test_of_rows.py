"""Which columns become which picture."""

from kg.views.pages import Value
from kg.views.pictures.of_rows import number_in, picture_of


def test_remarks_of_places_are_in_the_list_and_in_the_title(drawn):
    row = (Value("Raqqa", href="/doc/raqqa"), Value("POINT(39 35.9)"), Value("7"), Value("city"))
    picture = picture_of("map", [row], "p", "t")
    assert picture.entries[0].notes == (Value("7"), Value("city"))
    assert "Raqqa: 7: city" in drawn(picture)["wide"].titles


def test_numbers_are_those_of_literals():
    assert number_in(Value("1.5e3", datatype="xsd:double")) == 1500
    assert number_in(Value("7", iri="http://example.org/7")) is None
    assert [None] * 4 == [number_in(Value(text)) for text in ("NaN", "INF", "-Infinity", "seven")]
