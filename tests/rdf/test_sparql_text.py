import pytest

from kg.rdf.sparql_text import keywords, query_form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * {}", "SELECT"), ("ASK {}", "ASK"), ("DESCRIBE <http://e/a>", "DESCRIBE"),
        ("CONSTRUCT {} WHERE {}", "CONSTRUCT"), ("select * {}", "SELECT"), ("aSk{}", "ASK"),
        ("DESCRIBE?x{}", "DESCRIBE"), ("CONSTRUCT{}WHERE{}", "CONSTRUCT"),
        ("CONSTRUCTWHERE{?s ?p ?o}", "CONSTRUCT"), ("SELECTDISTINCT*{}", "SELECT"),
        ("", "SELECT"), ("nonsense", "SELECT"),
        # the first form is the query's own
        ("ASK { { SELECT * {} } }", "ASK"),
        # updates
        ("INSERT DATA {}", "UPDATE"), ("DELETE WHERE {}", "UPDATE"), ("load <http://e/>", "UPDATE"),
        ("CLEAR ALL", "UPDATE"), ("DROP GRAPH <http://e/>", "UPDATE"),
        ("CREATE GRAPH <g:>", "UPDATE"),
        ("ADD <a:> TO <b:>", "UPDATE"), ("MOVE <a:> TO <b:>", "UPDATE"),
        ("COPY <a:> TO <b:>", "UPDATE"), ("WITH <a:> DELETE {} WHERE {}", "UPDATE"),
        ("PREFIX e: <http://e/> INSERT { ?s ?p ?o } WHERE { SELECT * {} }", "UPDATE"),
        # words that are no keywords
        ("PREFIX select: <http://e/select> ASK {}", "ASK"),
        ("PREFIX e: <SELECT> ASK {}", "ASK"), ("BASE <DROP> ASK {}", "ASK"),
        ("PREFIX insert.data: <http://e/> ASK {}", "ASK"),
        ("# SELECT\nASK {}", "ASK"), ("# SELECT\rASK {}", "ASK"), ("#SELECT\r\nASK {}", "ASK"),
        ("ASK # {} SELECT", "ASK"), ("DESCRIBE ?select", "DESCRIBE"),
        ("PREFIX : <http://e/> ASK { :insert :drop :load }", "ASK"),
        ("ASK { ?s ?p 'x'@select }", "ASK"), ('ASK { ?s ?p "INSERT" }', "ASK"),
    ],
)  # fmt: skip
def test_the_form_is_the_first_keyword_that_names_one(text, expected):
    assert expected == query_form(text)


def test_keywords_come_in_order_and_in_upper_case():
    text = "prefix e: <http://e/> select distinct ?x where { ?x a e:A } limit 1"
    words = [word for word in keywords(text) if word.isalpha()]
    assert ["PREFIX", "SELECT", "DISTINCT", "WHERE", "A", "LIMIT"] == words


@pytest.mark.parametrize(
    "text",
    ["\\uD800", "\\U00110000", "\\UFFFFFFFF", "'unterminated", '"""unterminated', "<unterminated",
     "\\", "\\u12", "?", "@", ":", "\x00", "\N{GRINNING FACE}"],
)  # fmt: skip
def test_any_text_has_a_form(text):
    assert "SELECT" == query_form(text)


@pytest.mark.parametrize("character", ["<", '"', "'", "\\", ":", "#", '"""', "?", "a", "a:", "@a"])
def test_a_megabyte_of_one_token_is_read_in_no_time(character):
    assert "SELECT" == query_form(character * (1_000_000 // len(character)))


@pytest.mark.parametrize(
    "part", ["#", "1", "a.-", "'", "<", "\\u0041", '\\"', "\\'", '\\"""\n', "\\'''\n"]
)
def test_a_megabyte_of_anything_is_looked_through_once(part):
    """What is superlinear here would not end: it took minutes before it was mended."""
    query_form(part * (1_000_000 // len(part)))
