"""Lists of classes: what they can be chosen by comes from the data where no query says it."""

from kg.dataset.addresses import list_path, list_paths
from kg.dataset.listing import listing_of, places
from kg.dataset.tables import Tables

EX = "http://example.org/"
PREFIX = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . "


def things(count: int) -> str:
    """So many things: of two colours and kinds, each with a number, a date, a text and a link."""
    lines = [
        f'ex:t{n:03} a ex:{"Car" if n % 3 else "Bus"} ; rdfs:label "thing {n}" ;'
        f" ex:colour ex:{'red' if n % 2 else 'blue'} ; ex:seats {n % 5} ;"
        f' ex:made "{2000 + n}-01-01"^^xsd:date ;'
        f' ex:story "a long text that only this thing has, and that nobody would sort by: {n}" ;'
        f" ex:page ex:page{n} ; ex:part [ ex:p {n} ] ."
        for n in range(count)
    ]
    return "ex:Car rdfs:subClassOf ex:Thing . ex:Bus rdfs:subClassOf ex:Thing . " + "\n".join(lines)


def listed(snapshot_of, turtle: str, class_: str = "Thing"):
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": turtle})
    return listing_of(snapshot, Tables(), EX + class_)


def test_members_are_chosen_by_properties_with_few_values_and_by_their_types(snapshot_of):
    listing = listed(snapshot_of, things(60))
    assert 60 == len(listing.members)
    chosen = {column.name: len(column.choices) for column in listing.columns if column.choices}
    assert {"rdf:type": 2, "ex:colour": 2} == chosen
    sorted_by = {column.name for column in listing.columns if not column.choices}
    assert {"ex:seats", "ex:made"} == sorted_by


def test_choices_count_each_other(snapshot_of):
    listing = listed(snapshot_of, things(60))
    red = listing.chosen({"ex:colour": "red"})
    buses = listing.chosen({"rdf:type": "Bus"})
    assert (30, 20) == (red.bit_count(), buses.bit_count())
    both = listing.chosen({"ex:colour": "red", "rdf:type": "Bus"})
    assert [n for n in range(60) if n % 2 and not n % 3] == places(both)


def test_a_value_or_column_that_nothing_has_finds_nothing(snapshot_of):
    listing = listed(snapshot_of, things(10))
    assert 0 == listing.chosen({"ex:colour": "green"})
    assert 0 == listing.chosen({"ex:nothing": "red"})
    assert 10 == listing.chosen({}).bit_count()


def test_a_class_without_instances_has_no_members(snapshot_of):
    assert () == listed(snapshot_of, things(3), "Boat").members


def test_a_list_takes_no_name_that_the_server_or_the_data_has(snapshot_of):
    turtle = 'ex:cars rdfs:label "the cars" . <http://example.org/buses.csv> rdfs:label "a file" .'
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": turtle})
    names = dict.fromkeys(("sparql", "cars", "buses", "list", "", "boats"))
    found = list_paths(snapshot, {f"{EX}{name}C": name for name in names})
    assert ["/boats"] == [path for path in found.values() if "?" not in path]
    assert list_path(f"{EX}carsC") == found[f"{EX}carsC"]


def test_two_lists_with_one_name_have_two_urls(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "ex:a ex:p 1 ."})
    found = list_paths(snapshot, {"http://a.example/X": "x", "http://b.example/X": "x"})
    assert ["/x", list_path("http://b.example/X")] == list(found.values())
