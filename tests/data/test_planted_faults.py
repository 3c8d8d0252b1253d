"""A fault planted in any kind of file is found, and the message names the file and the claim."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from pyoxigraph import Quad, RdfFormat, parse

import kg
from tests.conftest import REPO
from tests.data import reading as read
from tests.data.facts import facts_outside_claims
from tests.data.reading import Reading

CLAIM = "data/ttl/claims/{}.ttl"


def planted(source, path, *changes):
    """The source with another text in one file; every change is (pattern, replacement)."""
    text = (REPO / path).read_text(encoding="utf-8")
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text)
        assert count, f"{path} has nothing like {pattern}: plant the fault elsewhere"
    (file,) = [file for file in source.files if file.path == path]
    parsed = parse(text.encode(), RdfFormat.TURTLE, base_iri=source.base)
    quads = tuple(Quad(q.subject, q.predicate, q.object, file.graph) for q in parsed)
    files = [replace(file, quads=quads) if other is file else other for other in source.files]
    return replace(source, files=tuple(files))


def found_by(source, path, shapes):
    """What these shapes say of this file alone: a part of the graph, so that it is quick."""
    # those of the others refer to some of the labels'
    wanted = {"prefixes", "schemes", "labels", *shapes.split()}
    files = [
        file
        for file in source.files
        if file.path == path
        or (file.role == "ontology" and not ("schemes" in file.path and shapes == "labels"))
        or (file.role == "shapes" and PurePosixPath(file.path).stem in wanted)
    ]
    return set(kg.validate(replace(source, files=tuple(files))).results)


# what is planted: (file, what it is about, shapes that find it, changes)
BROKEN_RULES = {
    "a digit of a number changed": (
        CLAIM.format("0045"),
        "quantity/c-0045-deaths",
        "quantities",
        ("schema:value 8289", "schema:value 8298"),
    ),
    "an offset moved behind the end": (
        CLAIM.format("0045"),
        "anchor/c-0045-deaths/position",
        "sources",
        ("oa:start 4333", "oa:start 4343"),
    ),
    "a level in the middle of a chain dropped": (
        CLAIM.format("0020"),
        "claim/c-0020",
        "claims",
        ("    <id/attribution/c-0020-1> ,\n", ""),
    ),
    "the only source of a claim dropped": (
        CLAIM.format("0045"),
        "claim/c-0045",
        "claims",
        (r"<id/attribution/c-0045-0> ,\s+<id/attribution/c-0045-1>", "<id/attribution/c-0045-0>"),
    ),
    "an agent invented": (
        CLAIM.format("0047"),
        "proposition/p-0047",
        "propositions",
        ("  cg:polarity", "  cg:agent <id/actor/nobody> ;\n  cg:polarity"),
    ),
    "a voice misspelt": (
        CLAIM.format("0045"),
        "attribution/c-0045-1",
        "claims",
        ("voice/direct-quotation", "voice/direct-quote"),
    ),
    "the label of a claim lost": (
        CLAIM.format("0045"),
        "claim/c-0045",
        "labels",
        (r'"@ar ,\s+"OSDH : 8 289 [^"]+"@fr ;', '"@ar ;'),
    ),
    "a record without review status": (
        CLAIM.format("0045"),
        "graph/claims/0045",
        "claims",
        (r";\s+cg:reviewStatus <scheme/review-status/unreviewed>", ""),
    ),
    "an actor given a crime": (
        "data/ttl/actors.ttl",
        "actor/russia",
        "actors",
        (
            "(<id/actor/russia>\n  a cg:Organization ;)",
            r"\1\n  <http://schema.org/result> <id/event/attacks-on-medical-facilities> ;",
        ),
    ),
    "the label of an actor lost": (
        "data/ttl/actors.ttl",
        "actor/afp",
        "labels",
        (r'"وكالة فرانس برس"@ar ,', ""),
    ),
    "an event given a participant": (
        "data/ttl/events.ttl",
        "event/arab-spring-in-syria",
        "events",
        (
            "(<id/event/arab-spring-in-syria>\n  a cg:Event ;)",
            r"\1\n  sem:hasActor <id/actor/bashar-al-assad> ;",
        ),
    ),
    "a place without a kind": (
        "data/ttl/places.ttl",
        "place/aleppo",
        "places",
        (r"(<id/label/aleppo-aleppo>) ;\s+sem:placeType <scheme/place/city>", r"\1"),
    ),
    "a document without a kind": (
        "data/ttl/documents.ttl",
        "doc/decree-61",
        "sources",
        (r"  dcterms:type <scheme/document/decree> ;\n", ""),
    ),
    "a narrative without a French name": (
        "data/ttl/narratives.ttl",
        "narrative/decisive-russian-syrian-role",
        "labels",
        (r'(<id/narrative/decisive-russian-syrian-role>[^;]+;[^;]+"@ar) ,\s+"[^"]+"@fr', r"\1"),
    ),
    "a name without the document that uses it": (
        "data/ttl/names.ttl",
        "label/afp-afp",
        "actors",
        (r'("AFP"@en ;[^;]+;)\s+dcterms:source <id/doc/article> ;', r"\1"),
    ),
    "a time that ends before it begins": (
        "data/ttl/times.ttl",
        "time/aleppo-hospital-attacks",
        "times",
        ('EndTimeStamp "2016-12', 'EndTimeStamp "2016-03'),
    ),
    "an edge of the argument without its record": (
        "data/ttl/arguments.ttl",
        "claim/c-0126",
        "arguments",
        (r"(<id/claim/c-0126>\s+cg:supports <id/claim/c-007)3", r"\g<1>2"),
    ),
    "a reading of no document": (
        "data/ttl/activities.ttl",
        "activity/reading-1",
        "claims",
        (r"  prov:used <id/doc/article> ;\n", ""),
    ),
    "a link other than its record": (
        "data/ttl/links.ttl",
        "link/actor-afp-wikidata-q40464",
        "links",
        (r"(<id/actor/afp>\s+skos:exactMatch <http://www.wikidata.org/entity/Q)40464", r"\g<1>1"),
    ),
    "a reference without a label": (
        "data/ttl/references.ttl",
        "reference/bss-2024",
        "links",
        (r"(<id/reference/bss-2024>\s+a cg:Reference ;)\s+rdfs:label [^;]+;", r"\1"),
    ),
    "a data set without a licence": (
        "data/ttl/dataset.ttl",
        "dataset",
        "dataset",
        (r"  dcterms:license [^;]+;\n", ""),
    ),
    "a concept without an Arabic label": (
        "ontology/schemes/voice.ttl",
        "scheme/voice/own-voice",
        "labels",
        (r'    "بلسان القائل"@ar ,\n', ""),
    ),
    "a check that targets nothing": (
        "data/ttl/checks.ttl",
        "check/x-01",
        "checks",
        ("  oa:hasTarget <id/claim/c-0011> ;\n", ""),
    ),
}


@pytest.mark.parametrize("name", BROKEN_RULES)
def test_a_broken_rule_is_found_by_the_shapes(source, name):
    path, about, shapes, change = BROKEN_RULES[name]
    new = found_by(planted(source, path, change), path, shapes) - found_by(source, path, shapes)
    assert (path, about) in {
        (r.file, r.focus_node.removeprefix(read.B).removeprefix("id/"))
        for r in new
        if r.message and r.severity.label == "Violation"
    }


# what is planted: (file, what the message names, check of the text that finds it, changes)
UNLIKE_THE_TEXT = {
    "a number changed with its bounds": (
        CLAIM.format("0045"),
        "quantity/c-0045-deaths",
        read.misread_quantities,
        (r"(Value|value) 8289", r"\1 8298"),
    ),
    "a wording made exact": (
        CLAIM.format("0046"),
        "quantity/c-0046-deaths",
        read.misread_quantities,
        ("exactness/nearly", "exactness/exact"),
    ),
    "a month changed with its bounds": (
        CLAIM.format("0062"),
        "time/c-0062",
        read.misread_times,
        ("2017-10", "2017-12"),
    ),
    "an offset moved": (
        CLAIM.format("0045"),
        "quantity/c-0045-deaths",
        read.moved_anchors,
        ("oa:start 4333", "oa:start 4332"),
    ),
    "a quantity left out": (
        CLAIM.format("0049"),
        "claim/c-0049",
        read.uncounted_numbers,
        (r"(?s)<id/quantity/c-0049-attacks>\s+a cg:Quantity.*?\.\n\n", ""),
    ),
    "a quotation told as a report": (
        CLAIM.format("0045"),
        "claim/c-0045",
        read.quotations_without_a_quoted_claim,
        ("voice/direct-quotation", "voice/indirect"),
    ),
    "a report told as a quotation": (
        CLAIM.format("0055"),
        "claim/c-0055",
        read.quoted_claims_without_quotation_marks,
        ("voice/indirect", "voice/direct-quotation"),
    ),
    "a claim left out": (
        CLAIM.format("0109"),
        "claim/c-0108",  # the claim beside it
        read.unread_sentences,
        (r"(?s)<id/.*", ""),
    ),
    "a clause left out": (
        CLAIM.format("0054"),
        "claim/c-0053",  # the claim beside it
        read.unread_words,
        (r"(?s)<id/.*", ""),
    ),
}


@pytest.mark.parametrize("name", UNLIKE_THE_TEXT)
def test_what_is_unlike_the_text_is_found_beside_it(source, article, name):
    path, about, check, change = UNLIKE_THE_TEXT[name]
    messages = check(Reading(planted(source, path, change)), article)
    gone = check in (read.unread_sentences, read.unread_words)
    named = CLAIM.format(about[-4:]) if gone else path
    assert any(named in message and about in message for message in messages), messages


# what is planted: (file, what the message names, check without the text, changes)
AT_ODDS = {
    "the last level of a chain dropped": (
        CLAIM.format("0020"),
        "claim/c-0020",
        read.broken_chains,
        (r"<id/attribution/c-0020-2> ,\s+<id/attribution/c-0020-3>", "<id/attribution/c-0020-2>"),
    ),
    "bounds that are not those of the date": (
        CLAIM.format("0062"),
        "time/c-0062",
        read.wrong_bounds,
        ('"2017-10"', '"2017-11"'),
    ),
    "a perpetrator put where the text names none": (
        CLAIM.format("0049"),
        "proposition/p-0049",
        read.perpetrators_not_in_the_text,
        ("  cg:polarity", "  cg:agent <id/actor/russia> ;\n  cg:polarity"),
    ),
    "an actor invented and described": (
        "data/ttl/actors.ttl",
        "actor/nobody",
        read.nameless,
        ("\n<id/actor/afp>", "\n<id/actor/nobody> a cg:Actor .\n<id/actor/afp>"),
    ),
    "a used form lost": (
        "data/ttl/actors.ttl",
        "actor/afp",
        read.lost_names,
        (r"  skosxl:altLabel <id/label/afp-afp> ;\n", ""),
    ),
}


@pytest.mark.parametrize("name", AT_ODDS)
def test_what_is_at_odds_with_what_was_read_is_found_without_the_text(source, name):
    path, about, check, change = AT_ODDS[name]
    messages = check(Reading(planted(source, path, change)))
    assert [m for m in messages if m.startswith(f"{path}: {about}")], messages


FACTS = {
    "an actor given a crime": (
        "data/ttl/actors.ttl",
        "actor/russia",
        "schema:result <id/event/attacks-on-medical-facilities>",
    ),
    "an actor that owns a role": (
        "data/ttl/actors.ttl",
        "actor/russia",
        "cg:agent <id/actor/russia>",
    ),
    "an event with a place": (
        "data/ttl/events.ttl",
        "event/arab-spring-in-syria",
        "<http://linkedevents.org/ontology/inSpace> <id/place/syria>",
    ),
    "an event with a participant": (
        "data/ttl/events.ttl",
        "event/arab-spring-in-syria",
        "<http://www.cidoc-crm.org/cidoc-crm/P11_had_participant> <id/actor/bashar-al-assad>",
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_outside_a_claim_is_found(source, name):
    path, about, fact = FACTS[name]
    fact = fact.replace("schema:result", "<http://schema.org/result>")
    faulty = planted(
        source, path, (rf"\n<id/{about}>\n", f"\n<id/{about}> {fact} .\n<id/{about}>\n")
    )
    assert [m for m in facts_outside_claims(faulty) if m.startswith(f"{path}: {about}")]


def test_without_a_planted_fault_all_checks_find_nothing(source, article):
    reading = Reading(source)
    read.none_of(m for _, _, check, _ in UNLIKE_THE_TEXT.values() for m in check(reading, article))
    read.none_of(m for _, _, check, _ in AT_ODDS.values() for m in check(reading))
