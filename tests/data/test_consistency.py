"""The claim graph agrees with itself and its ontology, and states nothing but what sources say."""

from collections import defaultdict

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.rdf.namespaces import RDF
from kg.source.checks import reasoning
from kg.source.report import Severity
from kg.store.embedded import open_in_memory
from tests.data import reading as read
from tests.data.facts import PATTERN, ROLES, facts_outside_claims
from tests.data.reading import CG, SCHEMA, B, Reading, none_of, short

SKOS = "http://www.w3.org/2004/02/skos/core#"
SHAPES = f"{B}shapes#"


@pytest.fixture(scope="module")
def reading(source):
    return Reading(source)


@pytest.fixture(scope="module")
def store(snapshot):
    return open_in_memory(snapshot).engine


@pytest.fixture(scope="module")
def rows(store, snapshot):
    """A function from a query to its rows, as tuples of short names."""

    def run(text):
        found = store.query(text, base_iri=B, prefixes=dict(snapshot.prefixes.pairs))
        return [tuple(value and short(value.value) for value in row) for row in found]

    return run


# ---- shapes -------------------------------------------------------------------------------

NO_SOURCE = "looked up in the text: it names no source, so that the author answers for it alone"
# the claims whose proposition on a named person may stand without a source, and why
EXPLAINED = {
    "0016": NO_SOURCE,
    "0021": NO_SOURCE,
    "0022": NO_SOURCE,
    "0023": NO_SOURCE,
    "0024": NO_SOURCE,
    "0027": f"{NO_SOURCE}; the grounds that are quoted for the act are claims 0028 and 0094",
    "0077": "the photo credit: it names the photographer and accuses nobody",
    "0084": NO_SOURCE,
    "0086": NO_SOURCE,
    "0087": NO_SOURCE,
    "0088": "a heading: a source stands, if at all, in the text below it",
    "0090": NO_SOURCE,
    "0118": NO_SOURCE,
    "0130": NO_SOURCE,
}


def test_the_graph_conforms_to_its_shapes(report):
    none_of(str(r) for r in report.results if r.severity is Severity.VIOLATION)
    assert report.shapes > 250


def test_every_warning_of_the_shapes_is_explained_and_every_explanation_needed(report):
    found = [r for r in report.results if r.severity is Severity.WARNING]
    expected = {
        (f"data/ttl/claims/{number}.ttl", f"{B}id/proposition/p-{number}") for number in EXPLAINED
    }
    assert {f"{SHAPES}PersonAccusation"} == {r.source_shape for r in found}
    assert expected == {(r.file, r.focus_node) for r in found}


def test_where_a_person_is_spoken_of_without_a_source_a_note_says_so(reading):
    noted = {n for n in EXPLAINED if reading.get(f"claim/c-{n}", f"{SKOS}note")}
    assert set(EXPLAINED) == noted


def test_only_names_that_no_source_gives_are_counted_as_info(report):
    """Coverage: what is missing is counted per language, and need not be explained one by one."""
    found = {r.source_shape for r in report.results if r.severity is Severity.INFO}
    assert {f"{SHAPES}NameCoverage-{language}" for language in ("ru", "ku")} == found


# ---- vocabulary ---------------------------------------------------------------------------

UNUSED = {
    "ontology#role": "a superproperty, for queries over all roles",
    "scheme/actor/company": "the banks are one collective; for articles that name a company",
    "scheme/commitment/probable": "a step of the scale that this article never takes",
    "scheme/commitment/uncommitted": "a step of the scale that this article never takes",
    "scheme/naming/official-list-name": "for sanctions lists, which this article does not cite",
    "scheme/naming/pejorative": "the loaded names of this article are evaluative",
    "scheme/naming/self-designation": "the article does not tell which names are their own",
    "scheme/polarity/mixed": "no proposition of this article is so and not so",
    "scheme/population/detainees": "broader than the two populations of detainees",
    "scheme/review-status/reviewed": "until a person has read a record",
}


def declared(source, *types):
    return {
        quad.subject.value
        for quad in source.quads("ontology")
        if quad.predicate.value == f"{RDF}type"
        and isinstance(quad.subject, NamedNode)
        and quad.object.value.rpartition("#")[2] in types
    }


TERMS = ("Class", "ObjectProperty", "DatatypeProperty")


def used_at(source):
    """Every IRI that the data uses as predicate or object, with a file where it does."""
    return {
        term.value: file.path
        for file in source.files
        if file.role == "data"
        for quad in file.quads
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode)
    }


def test_every_concept_and_term_that_is_used_is_declared(source):
    known = declared(source, "Concept", "ConceptScheme", *TERMS)
    none_of(
        f"{file}: {iri} is declared nowhere"
        for iri, file in used_at(source).items()
        if iri.startswith((CG, f"{B}scheme/")) and iri not in known
    )


def test_every_concept_and_term_that_is_declared_is_used_or_its_absence_explained(source):
    ours = {iri for iri in declared(source, "Concept", *TERMS) if iri.startswith(B)}
    assert len(ours) > 200
    assert set(UNUSED) == {iri.removeprefix(B) for iri in ours - set(used_at(source))}


# What the vocabularies that we use say of themselves, as far as it can contradict us.
DISJOINT = """
    @prefix cg: <https://w3id.org/claimgraph/ontology#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .

    prov:Activity owl:disjointWith prov:Entity .
    org:Organization owl:disjointWith foaf:Person .
    skos:Concept owl:disjointWith skos:ConceptScheme , skosxl:Label .
    skos:ConceptScheme owl:disjointWith skosxl:Label .
    skos:exactMatch
      a owl:SymmetricProperty , owl:TransitiveProperty ;
      owl:propertyDisjointWith skos:relatedMatch .
    # not of theirs but of ours: what is talked about, what is said, and who says it
    cg:Claim owl:disjointWith cg:Actor , cg:Event , cg:Place , cg:Proposition .
    cg:Proposition owl:disjointWith cg:Actor , cg:Event , cg:Place .
    cg:Event owl:disjointWith cg:Actor , cg:Place .
    cg:Place owl:disjointWith cg:Actor .
"""


def contradictions(quads):
    """What OWL 2 RL finds wrong; literals are left out, since no axiom of ours is about them."""
    said = [quad.triple for quad in quads]
    said += [quad.triple for quad in parse(DISJOINT, RdfFormat.TURTLE)]
    iris = [one for one in said if {type(one.subject), type(one.object)} == {NamedNode}]
    return reasoning.contradictions(iris)


def test_ontology_and_data_together_are_consistent(source):
    none_of(contradictions(source.quads("ontology", "data")))


def test_a_contradiction_would_be_found(source):
    russia, event = (NamedNode(B + name) for name in ("id/actor/russia", "ontology#Event"))
    typed = f"{RDF}type"
    planted = next(q for q in source.quads("data") if q.predicate.value == typed)
    planted = type(planted)(russia, planted.predicate, event, planted.graph_name)
    quads = [q for q in source.quads("ontology", "data") if q.subject in (russia, event)]
    classes = [q for q in source.quads("ontology") if "subClassOf" in q.predicate.value]
    assert "actor/russia" in "".join(contradictions([*quads, *classes, planted]))


# ---- times and quantities -----------------------------------------------------------------


def test_every_edtf_date_has_the_four_bounds_that_it_implies(reading):
    assert len(reading.of_class("TimeSpan")) > 25
    none_of(read.wrong_bounds(reading))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2014", ("2014-01-01", "2014-12-31", "2014-01-01", "2014-12-31")),
        ("2015-09-30~", ("2015-09-30",) * 4),
        ("2015-09/2018-01", ("2015-09-01", "2015-09-30", "2018-01-01", "2018-01-31")),
        ("../2015-09", (None, None, "2015-09-01", "2015-09-30")),
        ("[..2013]", (None, "2013-12-31", None, "2013-12-31")),
        ("2011-05/..", ("2011-05-01", "2011-05-31", None, None)),
    ],
)
def test_the_bounds_of_an_edtf_date_are_these(text, bounds):
    assert bounds == read.edtf_bounds(text)


# every count that the text states to be part of another
SUBSETS = {"quantity/c-0046-deaths": "quantity/c-0045-deaths"}


def test_every_count_that_is_part_of_another_is_linked_to_it(reading):
    linked = {
        quantity: short(whole)
        for quantity in reading.of_class("Quantity")
        for whole in reading.get(quantity, f"{CG}subsetOf")
    }
    assert linked == SUBSETS
    for part, whole in SUBSETS.items():
        for predicate in (f"{CG}measure", "http://qudt.org/schema/qudt/hasUnit"):
            assert reading.get(part, predicate) == reading.get(whole, predicate), part
        (most,), (all_,) = (reading.get(q, f"{SCHEMA}maxValue") for q in (part, whole))
        assert float(most) <= float(all_), part


def test_equal_numbers_of_unlike_things_are_not_comparable(rows):
    found = rows(
        """SELECT ?q1 ?q2 { ?q1 schema:value ?n ; cg:measure ?m ; qudt:hasUnit ?u .
           ?q2 schema:value ?n ; cg:measure ?m ; qudt:hasUnit ?u . FILTER (STR(?q1) < STR(?q2)) }"""
    )
    assert [] == found


# ---- no fact outside a claim --------------------------------------------------------------


def test_no_triple_states_who_took_part_where_when_or_how_many(source, store):
    none_of(facts_outside_claims(source))
    assert not store.query(f"""ASK {{ ?s ?p ?o FILTER (REGEX(STR(?p), "{PATTERN}")) }}""")


def test_roles_stand_on_propositions_and_numbers_and_dates_on_their_nodes_only(rows):
    only_on = {
        "cg:Proposition": [f"cg:{role}" for role in (*ROLES, "predicate", "polarity")],
        "cg:Quantity": ["schema:value", "schema:minValue", "schema:maxValue", "qudt:hasUnit"],
        "cg:TimeSpan": ["cg:edtf", *(f"sem:has{bound}TimeStamp" for bound in read.BOUNDS)],
        "cg:Attribution": ["prov:agent", "cg:level", "cg:statedOn"],
    }
    found = []
    for class_, properties in only_on.items():
        query = f"""SELECT ?s ?p {{ ?s ?p ?o FILTER (?p IN ({", ".join(properties)}))
                    FILTER NOT EXISTS {{ ?s a {class_} }} }}"""
        found += [f"{s} has {p}, which belongs to {class_}" for s, p in rows(query)]
    none_of(found)


# ---- argument -----------------------------------------------------------------------------

EDGES = f"(<{CG}supports>, <{CG}evidenceFor>, <{CG}rebuts>, <{CG}inTensionWith>)"


def test_every_edge_of_the_argument_has_a_record_that_says_who_drew_it(rows):
    bare = rows(
        f"""SELECT ?s ?p ?o {{ ?s ?p ?o FILTER (?p IN {EDGES}) FILTER NOT EXISTS {{
              ?r a cg:ArgumentRelation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
                cg:identifiedBy ?by ; skos:note ?note }} }}"""
    )
    none_of(f"data/ttl/arguments.ttl: {' '.join(edge)} has no full record" for edge in bare)
    assert len(rows(f"SELECT ?s ?o {{ ?s ?p ?o FILTER (?p IN {EDGES}) }}")) > 100


def test_every_record_of_the_argument_is_one_edge_and_no_two_are_the_same(rows):
    records = rows(
        """SELECT ?s ?p ?o ?r { ?r a cg:ArgumentRelation ;
             rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"""
    )
    by_edge = defaultdict(list)
    for s, p, o, record in records:
        key = tuple(sorted((s, o))) if p.endswith("inTensionWith") else (s, o)
        by_edge[p, key].append(record)
    none_of(f"{edge}: {found}" for edge, found in by_edge.items() if len(found) > 1)


def test_no_claim_supports_itself_over_any_number_of_steps(rows):
    circle = rows("SELECT DISTINCT ?c { ?c (cg:supports|cg:evidenceFor)+ ?c }")
    none_of(f"data/ttl/arguments.ttl: {claim} supports itself" for (claim,) in circle)


def test_every_tension_is_the_curators_and_is_explained_without_a_verdict(rows):
    tensions = rows(
        """SELECT ?r ?by ?note { ?r rdf:predicate cg:inTensionWith .
             OPTIONAL { ?r cg:identifiedBy ?by } OPTIONAL { ?r skos:note ?note } }"""
    )
    assert len(tensions) > 15
    for record, by, note in tensions:
        assert by == f"{B}scheme/identified-by/curator", record
        assert note, record
        verdict = {"right", "wrong", "false", "true", "lie", "correct", "incorrect", "refuted"}
        assert not verdict & set(note.lower().split()), record


# One query finds them all: tensions that the curator drew, equal numbers of unlike measure, and
# conclusions for which, however far back one goes, nobody but the author is named.
HARD_TO_HOLD = """
    SELECT DISTINCT ?one ?other {
      { ?r rdf:predicate cg:inTensionWith ; rdf:subject ?one ; rdf:object ?other ; skos:note ?n }
      UNION
      { ?one cg:expresses/cg:quantity ?q . ?other cg:expresses/cg:quantity ?q2 .
        ?q schema:value ?n ; cg:measure ?m . ?q2 schema:value ?n ; cg:measure ?m2 .
        FILTER (?m != ?m2 && STR(?one) < STR(?other)) }
      UNION
      { ?other cg:evidenceFor|cg:supports ?one .
        ?one cg:anchor/oa:hasSelector/oa:start ?start . FILTER (?start >= 5758)
        FILTER NOT EXISTS { ?one cg:attribution/cg:level 1 }
        FILTER NOT EXISTS { ?basis (cg:evidenceFor|cg:supports)+ ?one .
                            ?basis cg:attribution/cg:level 1 } }
    }
"""
TENSIONS = {
    "the oil figure and its conclusion": ("0026", "0070"),
    "the two 34,000s": ("0043", "0056"),
    "“until September 2015” and the start of the campaign": ("0034", "0041"),
    "Manbij and the divide along the Euphrates": ("0061", "0117"),
    "the SDF at Kobani before their founding": ("0060", "0061"),
    "banks operating in an area and services for ISIS": ("0029", "0071"),
    "an area of the coalition without a country": ("0055", "0067"),
    "harm without a stated perpetrator: facilities": ("0047", "0069"),
    "harm without a stated perpetrator: personnel": ("0048", "0069"),
    "harm without a stated perpetrator: Aleppo": ("0049", "0069"),
    "harm without a stated perpetrator: the rate in Aleppo": ("0050", "0069"),
    "a paraphrase stronger than its quotation: the decree": ("0017", "0018"),
    "a paraphrase stronger than its quotation: motives": ("0042", "0123"),
    "a conclusion that rests on the author alone": ("0072", "0087"),
    "almost no strikes until 2015 and in earnest from 2017": ("0041", "0053"),
}


@pytest.fixture(scope="module")
def hard_to_hold(rows):
    return {frozenset(name.removeprefix("claim/c-") for name in row) for row in rows(HARD_TO_HOLD)}


@pytest.mark.parametrize("name", TENSIONS)
def test_a_tension_that_a_close_reader_sees_is_found_by_one_query(hard_to_hold, name):
    assert frozenset(TENSIONS[name]) in hard_to_hold
