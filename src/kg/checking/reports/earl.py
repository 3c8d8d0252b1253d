"""Write a verdict in the W3C's vocabulary for results of tests.

Source: https://www.w3.org/TR/EARL10-Schema/
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.checking.check import Result, Verdict
from kg.checking.exchange import address_of
from kg.rdf.formats import Format
from kg.rdf.namespaces import DCTERMS, EARL, RDF, RDFS, XSD
from kg.rdf.terms import about
from kg.rdf.writing import write_graph

ASSERTOR = BlankNode("kg")

# a check has no page that would last as long as a report; its id does
TEST = "urn:x-kg:check:"


def verdict_as_rdf(verdict: Verdict, format_: Format) -> str:
    """Return an assertion for each check about the site, in an RDF format."""
    prefixes = {"earl": EARL, "dcterms": DCTERMS, "rdfs": RDFS, "xsd": XSD}
    return write_graph(verdict_graph(verdict), format_, prefixes).decode()


def verdict_graph(verdict: Verdict) -> Iterator[Triple]:
    """Yield the triples of the report."""
    title, version = verdict.agent.partition("/")[::2]
    yield from about(
        ASSERTOR,
        (f"{RDF}type", f"{EARL}Software"),
        (f"{RDF}type", f"{EARL}Assertor"),
        (f"{DCTERMS}title", Literal(title)),
        (f"{DCTERMS}hasVersion", Literal(version)),
    )
    site = address_of(verdict.url)
    yield from about(site, (f"{RDF}type", f"{EARL}TestSubject"))
    yield from about(site, *((f"{RDFS}comment", Literal(note)) for note in verdict.notes))
    for number, result in enumerate(verdict.results):
        yield from _assertion(verdict, site, result, number)


def _assertion(verdict: Verdict, site: str, result: Result, number: int) -> Iterator[Triple]:
    check, test = result.check, TEST + result.check.id
    yield from about(
        test,
        (f"{RDF}type", f"{EARL}TestCase"),
        (f"{DCTERMS}title", Literal(check.id)),
        (f"{DCTERMS}description", Literal(check.sentence, language="en")),
        (f"{DCTERMS}conformsTo", check.clause),
    )
    assertion, outcome = BlankNode(f"assertion{number}"), BlankNode(f"result{number}")
    yield from about(
        assertion,
        (f"{RDF}type", f"{EARL}Assertion"),
        (f"{EARL}assertedBy", ASSERTOR),
        (f"{EARL}subject", site),
        (f"{EARL}test", test),
        (f"{EARL}mode", f"{EARL}automatic"),
        (f"{EARL}result", outcome),
    )
    said = [result.why] if result.why else []
    said += [f"{fault.asked}\n=> {fault.came}" for fault in result.faults]
    date = Literal(verdict.date, datatype=NamedNode(f"{XSD}dateTime"))
    yield from about(
        outcome,
        (f"{RDF}type", f"{EARL}TestResult"),
        (f"{EARL}outcome", f"{EARL}{result.outcome.value}"),
        (f"{DCTERMS}date", date),
        *((f"{EARL}info", Literal(text)) for text in said),
    )
