import pytest

from kg.rdf.namespaces import RDFS, SKOS, WELL_KNOWN, Prefixes, merge_prefixes

EX = "http://example.org/"
PREFIXES = Prefixes((("a", f"{EX}a#"), ("ex", EX), ("ns", f"{EX}ns/")))


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{EX}x", "ex:x"),
        (f"{EX}a#x", "a:x"),
        (f"{EX}ns/x", "ns:x"),
        (f"{EX}ns", "ex:ns"),
        (f"{EX}c-0001", "ex:c-0001"),
        (f"{EX}1", "ex:1"),
        (f"{EX}v1.0", "ex:v1.0"),
        (f"{EX}_x", "ex:_x"),
        (f"{EX}x.", None),
        (f"{EX}.x", None),
        (f"{EX}-x", None),
        (f"{EX}x/y", None),
        (f"{EX}x#y", None),
        (f"{EX}x%20y", None),
        (f"{EX}x\n", None),
        (f"{EX}é", None),
        (EX, None),
        ("http://other.example/x", None),
        ("", None),
    ],
)
def test_an_iri_is_shortened_where_every_parser_reads_the_name(iri, expected):
    assert expected == PREFIXES.shrink(iri)


def test_the_longest_namespace_wins():
    assert "b:1" == Prefixes((("a", EX), ("b", f"{EX}c-"), ("c", EX))).shrink(f"{EX}c-1")


def test_a_shorter_namespace_serves_where_the_longest_gives_no_name():
    assert "short:a" == Prefixes((("long", f"{EX}a"), ("short", EX))).shrink(f"{EX}a")


def test_only_used_prefixes_are_kept():
    assert {"ex": EX} == PREFIXES.used_by([f"{EX}x", "http://other.example/", f"{EX}a#/"])


def test_the_first_declaration_of_a_prefix_wins():
    merged = merge_prefixes([("p", "http://one.example/"), ("p", "http://two.example/")])
    assert "p:x" == merged.shrink("http://one.example/x")
    assert merged.shrink("http://two.example/x") is None


def test_the_first_prefix_of_a_namespace_wins():
    merged = merge_prefixes([("one", EX), ("two", EX)])
    assert ["one"] == [prefix for prefix, namespace in merged.pairs if namespace == EX]


def test_the_empty_prefix_is_left_out():
    assert "" not in dict(merge_prefixes([("", EX)]).pairs)


def test_well_known_prefixes_are_there_without_a_declaration():
    assert sorted(WELL_KNOWN.items()) == sorted(merge_prefixes([]).pairs)


def test_a_declaration_wins_over_a_well_known_prefix():
    merged = dict(merge_prefixes([("label", RDFS), ("skos", EX)]).pairs)
    assert (RDFS, EX) == (merged["label"], merged["skos"])
    assert "rdfs" not in merged
    assert SKOS not in merged.values()


def test_merged_prefixes_are_sorted():
    pairs = merge_prefixes([("z", EX), ("b", f"{EX}b/")]).pairs
    assert sorted(pairs) == list(pairs)
