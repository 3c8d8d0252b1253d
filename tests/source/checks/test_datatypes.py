import pytest

from kg.rdf.namespaces import RDF, XSD
from kg.source.checks.datatypes import canonical, is_valid

# lexical forms with and without a value, by datatype
VALID = {
    "integer": "0 -1 +07 " + "9" * 5_000,
    "nonNegativeInteger": "0 -0 7",
    "byte": "127 -128",
    "unsignedByte": "255 0",
    "decimal": "1 1. .5 -1.50",
    "double": "1 1e5 .5E-3 INF -INF NaN",
    "boolean": "true false 1 0",
    "date": "2014-02-28 2016-02-29 2000-02-29Z 2014-12-31+14:00 -0001-01-01 12014-01-01",
    "dateTime": "2014-01-01T00:00:00 2014-01-01T24:00:00Z 2014-01-01T23:59:59.5-05:00",
    "dateTimeStamp": "2014-01-01T00:00:00Z",
    "time": "00:00:00 23:59:59.123Z",
    "gYear": "2014 -0044 2014Z",
    "gYearMonth": "2014-12",
    "gMonth": "--12",
    "gDay": "---31",
    "gMonthDay": "--02-29 --12-31 --04-30",
    "duration": "P1Y P1M2DT3H4M5.6S -PT0S",
    "dayTimeDuration": "P1D PT1H",
    "yearMonthDuration": "P1Y2M",
    "hexBinary": "0aFF",
    "base64Binary": "TQ== TWE= TWFu",
    "language": "en de-CH",
    "anyURI": "http://example.org/é a",
    "string": "anything",
}
INVALID = {
    "integer": "1.0 a 1e0 \u0661",
    "nonNegativeInteger": "-1",
    "byte": "128 -129",
    "unsignedByte": "256 -1 " + "9" * 5_000,
    "decimal": ". 1e5 1,5",
    "double": "1e inf e5",
    "boolean": "True yes 2",
    "date": "2014-02-29 2014-13-01 14-01-01 2014-1-1 1900-02-29 2014-01-01T00:00:00",
    "dateTime": "2014-01-01 2014-01-01T25:00:00 2014-01-01T24:00:01 2014-02-30T00:00:00",
    "dateTimeStamp": "2014-01-01T00:00:00",
    "time": "24:01:00 1:00:00",
    "gYear": "14 02014",
    "gYearMonth": "2014-13",
    "gMonth": "--13 12",
    "gDay": "---32",
    "gMonthDay": "--02-30 --04-31 --13-01",
    "duration": "P PT P1H 1Y P1YT",
    "dayTimeDuration": "P1Y",
    "yearMonthDuration": "P1D",
    "hexBinary": "0 0g",
    "base64Binary": "T TQ= TQ===",
    "language": "e_n toolongtag",
    "anyURI": "<a>",
}


def pairs(table):
    return [(name, form) for name, forms in table.items() for form in forms.split(" ")]


@pytest.mark.parametrize(("name", "form"), pairs(VALID), ids=lambda x: x[:20])
def test_a_form_with_a_value_is_valid(name, form):
    assert is_valid(form, XSD + name)
    assert is_valid(canonical(form, XSD + name), XSD + name)


@pytest.mark.parametrize(("name", "form"), pairs(INVALID), ids=lambda x: x[:20])
def test_a_form_without_a_value_is_not(name, form):
    assert not is_valid(form, XSD + name)


def test_json_is_read_and_other_datatypes_are_let_pass():
    assert is_valid('{"a": [1]}', f"{RDF}JSON")
    assert not is_valid("{a: 1}", f"{RDF}JSON")
    assert not is_valid("[" * 100_000, f"{RDF}JSON")
    assert is_valid("anything", "http://example.org/datatype")


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("integer", "+007", "7"), ("integer", "-0", "0"), ("integer", " 5\n", "5"),
        ("integer", "0", "0"), ("int", "10", "10"), ("integer", "-050", "-50"),
        ("decimal", "1.50", "1.5"), ("decimal", "01.0", "1.0"), ("decimal", "1", "1"),
        ("decimal", ".5", "0.5"), ("decimal", "-0.0", "0.0"), ("decimal", "1.", "1"),
        ("boolean", "1", "true"), ("boolean", "false", "false"),
        ("double", "1.50e0", "1.50e0"), ("string", " a ", " a "),
        ("date", "2014-01-01+00:00", "2014-01-01Z"), ("date", "2014-01-01", "2014-01-01"),
        ("dateTime", "2014-01-01T00:00:00.500-00:00", "2014-01-01T00:00:00.5Z"),
        ("time", "10:00:00.000", "10:00:00"), ("hexBinary", "0aff", "0AFF"),
    ],
)  # fmt: skip
def test_the_canonical_form_is_this(name, form, expected):
    assert expected == canonical(form, XSD + name)
    assert expected == canonical(expected, XSD + name)
