import pytest

from kg.rdf.sparql_text import keywords, query_form, uses_service

IRI = "<http://example.org/sparql>"


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


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {IRI} {{}} }}", f"SELECT * {{ service {IRI} {{}} }}",
        f"SELECT * {{ sErViCe {IRI} {{}} }}", f"SELECT * {{SERVICE{IRI}{{}}}}",
        f"SELECT * {{ SERVICE SILENT {IRI} {{}} }}", "SELECT * { SERVICE ?x {} }",
        "SELECT * {SERVICE?x{}}", "PREFIX e: <http://e/> SELECT * { SERVICE e: {} }",
        f"SELECT * {{ SERVICE # comment\n{IRI} {{}} }}", f"SELECT * {{ #\nSERVICE {IRI} {{}} }}",
        f"SELECT * {{ #\rSERVICE {IRI} {{}} }}",
        f"SELECT * {{ FILTER EXISTS {{ SERVICE {IRI} {{}} }} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE {IRI} {{}} }} }} }}",
        f"SELECT * {{ ?s ?p ?o.SERVICE {IRI} {{}} }}", f"SELECT * {{ ?s ?p 1.SERVICE {IRI} {{}} }}",
        f"SELECT * {{ ?s ?p 'x'SERVICE {IRI} {{}} }}",
        f'SELECT * {{ ?s ?p """x"""SERVICE{IRI}{{}} }}',
        f"SELECT * {{ ?s ?p '''\\''''SERVICE{IRI}{{}} ?a ?b '''''' }}",
        f"SELECT * {{ ?s ?p '\\\\' SERVICE {IRI} {{}} ?a ?b '' }}",
        f'SELECT * {{ ?s ?p """a"b""" SERVICE {IRI} {{}} ?a ?b "" }}',
        f"SELECT * {{ ?s ?p 'x'@en SERVICE {IRI} {{}} }}",
        f"SELECT * {{ FILTER(?a < ?b) SERVICE {IRI} {{}} FILTER(?a > ?b) }}",
        # accepted by lenient parsers, written with an escape
        f"SELECT * {{ SERV\\u0049CE {IRI} {{}} }}", f"SELECT * {{ \\U00000053ERVICE {IRI} {{}} }}",
        # words run together, as the engine's parser allows
        f"SELECT * {{ ?s ?p trueSERVICE{IRI}{{}} }}", f"SELECT * {{ ?s ?p falseSERVICE{IRI}{{}} }}",
        "PREFIX : <http://e/> SELECT * { SERVICE:x {} }",
        # `e:` ends before the dot: a local name cannot begin with one
        f"PREFIX e: <http://e/> SELECT * {{ ?s ?p e:.SERVICE{IRI}{{}} }}",
        # two comparisons and a comment that look like an IRI
        f"SELECT * {{ FILTER(1<2)SERVICE#>\n{IRI} {{}} }}",
        # escapes that the engine reads inside of strings only
        f'SELECT * {{ BIND("\\u0022" AS ?a) SERVICE {IRI} {{}} BIND("\\u0022" AS ?b) }}',
        f"SELECT * {{ BIND('\\u0027' AS ?a) SERVICE {IRI} {{}} BIND('\\u0027' AS ?b) }}",
        f'SELECT * {{ BIND("\\u005C" AS ?a) SERVICE {IRI} {{}} BIND("" AS ?b) }}',
        f'SELECT * {{ BIND("\\u0023" AS ?a) SERVICE {IRI} {{}} }}',
        f'SELECT * {{ BIND("\\U00000022" AS ?a) SERVICE {IRI} {{}} BIND("\\u0022" AS ?b) }}',
    ],
)  # fmt: skip
def test_a_call_to_another_endpoint_is_seen_in_every_disguise(text):
    assert uses_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }", "SELECT $SERVICE { $SERVICE ?p ?o }",
        "SELECT * { <http://e/SERVICE> ?p <SERVICE> }", "SELECT * { # SERVICE\n}",
        "SELECT * { ?s ?p 'SERVICE' }", 'SELECT * { ?s ?p "a \\" SERVICE " }',
        "SELECT * { ?s ?p '''it's a SERVICE''' }", 'SELECT * { ?s ?p """a "SERVICE" b""" }',
        'SELECT * { ?s ?p """\n SERVICE \n""" }', "SELECT * { ?s ?p 'a\\' SERVICE' }",
        "PREFIX service: <http://e/> SELECT * { ?s service:SERVICE ?o }",
        "PREFIX e: <http://e/> SELECT * { ?s e:SERVICE ?o . ?s e:a-SERVICE e:a.SERVICE }",
        "PREFIX e: <http://e/> SELECT * { ?s e:a\\-SERVICE e:%20SERVICE }",
        "SELECT * { ?s ?p _:service }", "SELECT * { ?s ?p 'x'@service }",
        "SELECT * { ?s ?p 'x'@en-service }", "SELECT * { ?s <http://e/#SERVICE> ?o }",
        "SELECT ?services { ?services ?p ?o }", "SELECT ?é_SERVICE { ?é_SERVICE ?p ?o }",
    ],
)  # fmt: skip
def test_the_word_is_no_call_where_it_is_no_keyword(text):
    assert not uses_service(text)


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
    "part",
    ["#", "1", "a.-", "service ", "service #\n", "service<a", "service a:", "service ?x ", "'",
     "<", "\\u0041"],
)  # fmt: skip
def test_a_megabyte_of_anything_is_looked_through_once(part):
    """What is superlinear here would not end: it took minutes before it was mended."""
    text = f"# Service {part * (1_000_000 // len(part))}"
    query_form(text)
    uses_service(text)
