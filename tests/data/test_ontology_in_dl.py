"""The ontology under a reasoner for the whole of OWL 2 DL, where there is Java to run it.

HermiT gives up on dates, which OWL 2 does not have: literals say nothing about classes and are
left out. Without Java there are no tests here, and `test_consistency.py` has OWL 2 RL's.
"""

import shutil

from pyoxigraph import Literal, NamedNode, Triple

from kg.source.checks.reasoning import unsatisfiable

OWL = "http://www.w3.org/2002/07/owl#"
CG = "https://w3id.org/claimgraph/ontology#"


def statements(source) -> list[Triple]:
    quads = source.quads("ontology")
    return [quad.triple for quad in quads if not isinstance(quad.object, Literal)]


if shutil.which("java"):

    def test_every_class_can_have_instances(source):
        assert [] == unsatisfiable(statements(source))

    def test_a_class_that_cannot_would_be_found(source):
        actor, person = NamedNode(f"{CG}Actor"), NamedNode(f"{CG}Person")
        planted = Triple(actor, NamedNode(f"{OWL}disjointWith"), person)
        assert "Person" in "".join(unsatisfiable([*statements(source), planted]))
