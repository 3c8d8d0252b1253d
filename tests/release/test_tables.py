"""Tables of a release, as a reader of CSV on the Web has them."""

import json

import csvw
import pytest
from pyoxigraph import Literal, NamedNode

from kg.dataset.queries import stored_query
from kg.dataset.snapshot import instances
from kg.errors import ProjectError
from kg.rdf.namespaces import XSD
from kg.release.asking import Rows
from kg.release.tables import as_csv, metadata, tabular

CG = "https://w3id.org/claimgraph/ontology#"
A, B = NamedNode("http://example.org/a"), NamedNode("http://example.org/b")


def test_a_reader_of_csvw_finds_the_tables_valid(released):
    read = csvw.CSVW(str(released / "tables" / "csv-metadata.json"), validate=True)
    assert read.is_valid
    assert [] == read.warnings


def test_each_claim_actor_and_event_is_a_line(released, snapshot):
    group = csvw.TableGroup.from_file(released / "tables" / "csv-metadata.json")
    found = {str(table.url): len(list(table.iterdicts(strict=True))) for table in group.tables}
    actors = {iri for name in ("Actor", "Person", "Organization") for iri in of(snapshot, name)}
    assert found == {
        "claims.csv": len(of(snapshot, "Claim")),
        "actors.csv": len(actors),
        "events.csv": len(of(snapshot, "Event")),
    }
    assert found["claims.csv"] > 100


def of(snapshot, name: str) -> set[str]:
    """The instances of a class of the claim graph."""
    return set(instances(snapshot, CG + name))


def test_what_tables_say_by_properties_the_data_says(released, snapshot):
    group = csvw.TableGroup.from_file(released / "tables" / "csv-metadata.json")
    stated = 0
    for table in group.tables:
        key = table.tableSchema.columns[0].name
        columns = [one for one in table.tableSchema.columns if one.propertyUrl]
        for line in table.iterdicts():
            for column in columns:
                for term in terms(column, line[column.name]):
                    about = snapshot.objects(
                        NamedNode(line[key].unsplit()), str(column.propertyUrl)
                    )
                    assert term in about
                    stated += 1
    assert stated > 900


def terms(column, value) -> list:
    """The terms that a cell stands for."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    if column.valueUrl:
        return [NamedNode(one.unsplit()) for one in values]
    language = column.inherit("lang")
    tag = {} if language == "und" else {"language": language}
    return [Literal(one, **tag) for one in values]


def table_of(*rows, names=("this", "value"), header=()):
    """The table of these rows."""
    text = "".join(f"#+ {line}\n" for line in ("release: table", *header)) + "SELECT * {}"
    query = stored_query("folder/things", text, "things.rq")
    return tabular(query, query.release, Rows(names, rows))


def written(rows, header) -> tuple[bytes, str]:
    """The table of these rows and its description as they are written."""
    table = table_of(*rows, header=header)
    return as_csv(table), json.dumps(metadata([table], {}))


def column(table, place: int = 1) -> dict:
    """What the metadata say of a column."""
    (described,) = metadata([table], {})["tables"]
    return described["tableSchema"]["columns"][place]


def test_rows_about_the_same_are_one_line_and_several_values_a_list():
    table = table_of((B, Literal("y")), (A, Literal("x")), (B, Literal("z")), (B, None))
    assert b"this,value\r\n%s,x\r\n%s,y|z\r\n" % (A.value.encode(), B.value.encode()) == as_csv(
        table
    )
    assert "|" == column(table)["separator"]


def test_values_are_parted_by_what_none_of_them_holds():
    table = table_of((A, Literal("x|1")), (A, Literal('y "2", z')))
    assert b'"x|1;y ""2"", z"' in as_csv(table)
    assert ";" == column(table)["separator"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([Literal("2026-11-22", datatype=NamedNode(f"{XSD}date"))], {"datatype": "date"}),
        ([Literal("1", datatype=NamedNode(f"{XSD}integer"))], {"datatype": "integer"}),
        ([Literal("Stadt", language="de")], {"datatype": "string", "lang": "de"}),
        ([Literal("Stadt", language="de"), Literal("x", language="en")], {"datatype": "string"}),
        ([Literal("1", datatype=NamedNode(f"{XSD}integer")), Literal("x")], {"datatype": "string"}),
        ([Literal("x", datatype=A)], {"datatype": {"@id": A.value, "base": "string"}}),
        ([B], {"datatype": "anyURI", "valueUrl": "{+value}"}),
        ([B, Literal("x")], {"datatype": "string"}),
    ],
    ids=["date", "number", "language", "languages", "mixed", "own type", "IRI", "IRI and text"],
)
def test_datatypes_and_languages_are_those_of_the_terms(values, expected):
    said = column(table_of(*((NamedNode(f"{A.value}{n}"), v) for n, v in enumerate(values))))
    assert expected == {k: v for k, v in said.items() if k in ("datatype", "lang", "valueUrl")}


def test_a_list_of_iris_states_no_property():
    header = ("properties:", "  - value: rdfs:seeAlso")
    assert "propertyUrl" in column(table_of((A, B), header=header))
    assert "propertyUrl" not in column(table_of((A, A), (A, B), header=header))


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ([(Literal("a"), B)], (), r"folder/things: the first column, \?this, must be an IRI"),
        ([(None, B)], (), "must be an IRI in each row"),
        ([(A, B)], ("properties:", "  - name: rdfs:label"), r"there is no column \?name"),
        ([(A, B)], ("columns: a, b, c",), "3 headings for 2 columns"),
        ([(A, Literal("|;\n\x1f")), (A, B)], (), r"\?value holds every mark"),
    ],
    ids=["text as key", "no key", "no column", "headings", "no separator"],
)
def test_what_makes_no_table_is_said_with_the_query(rows, header, message):
    with pytest.raises(ProjectError, match=message):
        written(rows, header)
