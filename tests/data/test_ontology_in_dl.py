"""The ontology under a reasoner for the whole of OWL 2 DL, where there is Java to run it.

HermiT gives up on dates, which OWL 2 does not have: literals say nothing about classes and are
left out. Without Java there are no tests here, and `test_consistency.py` has OWL 2 RL's.
"""

import shutil

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

OWL = "http://www.w3.org/2002/07/owl#"
CG = "https://w3id.org/claimgraph/ontology#"


def unsatisfiable(triples: list[Triple], folder) -> tuple[int, list[str]]:
    """How many classes the reasoner saw, and those that nothing can be an instance of."""
    import owlready2

    path = folder / "ontology.nt"
    path.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES))
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, debug=0)
    return len(list(world.classes())), [str(one) for one in world.inconsistent_classes()]


def statements(source) -> list[Triple]:
    quads = source.quads("ontology")
    return [quad.triple for quad in quads if not isinstance(quad.object, Literal)]


if shutil.which("java"):

    def test_every_class_can_have_instances(source, tmp_path):
        seen, none = unsatisfiable(statements(source), tmp_path)
        assert seen > 10
        assert [] == none

    def test_a_class_that_cannot_would_be_found(source, tmp_path):
        actor, person = NamedNode(f"{CG}Actor"), NamedNode(f"{CG}Person")
        planted = Triple(actor, NamedNode(f"{OWL}disjointWith"), person)
        _, none = unsatisfiable([*statements(source), planted], tmp_path)
        assert "Person" in "".join(none)
