"""A server whose named graphs are all the data of the W3C's tests."""

import pytest

from tests.conftest import serving
from tests.sparql.manifest import EVALUATION, STANDARDS, cases, quads_of


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory):
    """`kg serve` over every file that a query's test names, each in a graph of its IRI.

    The protocol's default-graph-uri and named-graph-uri make each test's dataset of them.
    """
    folder = tmp_path_factory.mktemp("suite")
    files = sorted({file for case in cases(*EVALUATION) for file in (*case.data, *case.graphs)})
    with (folder / "suite.nq").open("w", encoding="utf-8") as written:
        written.writelines(f"{quad} .\n" for file in files for quad in quads_of(file))
    protocol = (STANDARDS / "protocol-data.nq").read_text(encoding="utf-8")
    (folder / "protocol.nq").write_text(protocol, encoding="utf-8")
    with serving(str(folder)) as running:
        yield running
