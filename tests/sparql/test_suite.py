"""That nothing of the W3C's suite is forgotten: what runs and what does not, in numbers."""

from collections import Counter

from tests.sparql import test_evaluation, test_protocol, test_syntax
from tests.sparql.known import BY_VALUE, KNOWN
from tests.sparql.manifest import (
    EVALUATION,
    MF,
    SUITE,
    SYNTAX,
    WEB,
    entries,
    graph_of,
    kind_of,
    needs_suite,
)

pytestmark = needs_suite

UPDATES = (
    *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert"),
    *("delete-where", "drop", "move", "syntax-update-1", "syntax-update-2", "update-silent"),
)
FEDERATION = ("service", "syntax-fed")
HTTP = ("protocol", "service-description", "graph-store-protocol")


def number(*folders):
    return sum(len(entries(folder)[1]) for folder in folders)


def test_every_manifest_is_run_or_left_out_for_a_reason():
    graph = graph_of(SUITE / "manifest-all.ttl", f"{WEB}manifest-all.ttl")
    [included] = [o for (_, p), o in graph.values.items() if p == f"{MF}include"]
    folders = {name.value.removeprefix(WEB).split("/")[-2] for name in graph.items(included[0])}
    assert {*EVALUATION, *SYNTAX, *HTTP, *UPDATES, *FEDERATION, "entailment"} == folders


def test_what_runs():
    assert (7, 228) == (len(test_evaluation.GRAPHS), len(test_evaluation.SOLUTIONS))
    assert (63, 40) == (len(test_syntax.GOOD), len(test_syntax.BAD))
    assert (27, 7) == (len(test_protocol.QUERIES), len(test_protocol.UPDATES))
    assert number(*EVALUATION, *SYNTAX) == 7 + 228 + 63 + 40
    assert 3 == number("service-description")
    # of the Graph Store Protocol: those that name a graph in a parameter, and those that do not
    assert 9 == len(test_protocol.GRAPH_STORE)
    assert 4 == len(entries("graph-store-protocol", "manifest-direct.ttl")[1])


def test_what_is_known_to_fail():
    owners = Counter(reason.partition(":")[0] for reason in KNOWN.values())
    assert {"Engine": 12} == owners
    assert 19 == len(BY_VALUE)
    run = (*test_evaluation.GRAPHS, *test_evaluation.SOLUTIONS, *test_syntax.GOOD)
    assert {case.id for case in run} >= KNOWN.keys() | BY_VALUE
    assert KNOWN.keys().isdisjoint(BY_VALUE)


def test_what_is_left_out():
    # the data change by files, SERVICE is refused, and no regime of entailment is offered
    left_out = {"updates": UPDATES, "federation": FEDERATION, "entailment": ("entailment",)}
    counted = {reason: number(*folders) for reason, folders in left_out.items()}
    assert {"updates": 157, "federation": 10, "entailment": 70} == counted
    graph, tests = entries("syntax-fed")
    assert {"PositiveSyntaxTest11"} == {kind_of(graph, test) for test in tests}
