"""rapper, the reader of RDF that Debian has: told a format, and left to guess it."""

import shutil
import subprocess

import pytest
from pyoxigraph import RdfFormat

from tests.conftest import triples_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("rapper"), reason="no rapper: sh scripts/clients.sh"),
]


def rapper(iri: str, *options: str):
    """The triples that rapper finds at an IRI; its complaints are failures."""
    command = ["rapper", "-q", *options, "-o", "ntriples", iri]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    assert b"" == done.stderr
    return triples_of(done.stdout, RdfFormat.N_TRIPLES)


@pytest.mark.parametrize(
    "options", [(), ("-g",), ("-i", "turtle"), ("-i", "ntriples"), ("-i", "rdfxml")], ids=" ".join
)
def test_rapper_reads_what_an_iri_leads_to(iri, truth, options):
    assert truth(iri) == rapper(iri, *options)


def test_rapper_can_follow_links_from_a_claim_to_the_ontology(walk):
    walk(rapper)


def test_rapper_says_when_there_is_nothing(own):
    with pytest.raises(subprocess.CalledProcessError) as error:
        rapper(f"{own.url}/id/claim/c-9999")
    assert b"404" in error.value.stderr
