# A second invented article, second.txt, encoded from end to end as the tutorial says; run in an empty folder that has it.
set -eu
kg init tarn --base https://example.org/tarn/ --title "Where did the water of Tarn Hollow go?"
cd tarn
rm data/ttl/claims/0001.ttl data/ttl/actors.ttl data/ttl/documents.ttl ontology/terms.ttl texts/example.txt
cp ../second.txt texts/water.txt
kg claim document texts/water.txt --no-check --set title="Where did the water of Tarn Hollow go?" \
  --set label="Article on the reservoir of Tarn Hollow" --set author="Author of the article on the reservoir"
sed -i.bak 's|id/doc/example|id/doc/water|' data/ttl/activities.ttl
sed -i.bak 's|foaf:name "[^"]*"|foaf:name "The readers of Tarn Hollow"|' data/ttl/dataset.ttl
rm data/ttl/*.bak

cat > data/ttl/actors.ttl <<'TURTLE'
@base <https://example.org/tarn/> .
@prefix actor-type: <https://w3id.org/claimgraph/scheme/actor/> .
@prefix cg: <https://w3id.org/claimgraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix document: <https://w3id.org/claimgraph/scheme/document/> .
@prefix place-type: <https://w3id.org/claimgraph/scheme/place/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<id/actor/county> a cg:Organization ; skos:prefLabel "The county"@en ; sem:actorType actor-type:state-body .
<id/actor/idris-crane> a cg:Person ; skos:prefLabel "Idris Crane"@en ; sem:actorType actor-type:person .
<id/actor/inspector> a cg:Actor ; skos:prefLabel "Inspector of the county (not named)"@en ; sem:actorType actor-type:unidentified .
<id/actor/neighbours> a cg:Organization ; skos:prefLabel "Neighbours of Idris Crane"@en ; sem:actorType actor-type:collective .
<id/actor/northwater> a cg:Organization ; skos:prefLabel "Northwater"@en ; sem:actorType actor-type:company .
<id/actor/petra-vale> a cg:Person ; skos:prefLabel "Petra Vale"@en ; sem:actorType actor-type:person .
<id/actor/spokesman> a cg:Actor ; skos:prefLabel "Spokesman of Northwater (not named)"@en ; sem:actorType actor-type:unidentified .
<id/actor/weather-service> a cg:Organization ; skos:prefLabel "Weather service"@en ; sem:actorType actor-type:state-body .

<id/place/tarn-hollow> a cg:Place ; skos:prefLabel "Tarn Hollow"@en ; sem:placeType place-type:town .
<id/place/reservoir> a cg:Place ; skos:prefLabel "Reservoir of Tarn Hollow"@en ; sem:placeType <term/reservoir> .
<id/place/stream> a cg:Place ; skos:prefLabel "Stream behind the house of Idris Crane"@en ; sem:placeType <term/stream> .

<id/doc/rain-study> a cg:SourceDocument ; skos:prefLabel "Study of the weather service on rain"@en ;
  dcterms:type document:report ; dcterms:language "und" .
<id/doc/diary> a cg:SourceDocument ; skos:prefLabel "Diary of the neighbours"@en ;
  dcterms:type <term/diary> ; dcterms:language "und" .
<id/doc/log> a cg:SourceDocument ; skos:prefLabel "Northwater's log of the turbines"@en ;
  dcterms:type <term/log> ; dcterms:language "und" .
TURTLE

concept() {
  printf '<term/%s> a skos:Concept ; skos:prefLabel "%s"@en ; skos:definition "%s"@en ; skos:inScheme scheme:%s ; skos:topConceptOf scheme:%s .\n' \
    "$1" "$2" "$3" "$4" "$4" >> ontology/terms.ttl
}
cat > ontology/terms.ttl <<'TURTLE'
@base <https://example.org/tarn/> .
@prefix scheme: <https://w3id.org/claimgraph/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unit: <http://qudt.org/vocab/unit/> .

unit:M a skos:Concept ; skos:prefLabel "metres"@en ; skos:definition "A length."@en ; skos:inScheme scheme:unit ; skos:topConceptOf scheme:unit .
unit:MilliM a skos:Concept ; skos:prefLabel "millimetres"@en ; skos:definition "A length."@en ; skos:inScheme scheme:unit ; skos:topConceptOf scheme:unit .
unit:POUND a skos:Concept ; skos:prefLabel "pounds"@en ; skos:definition "Pounds sterling."@en ; skos:inScheme scheme:unit ; skos:topConceptOf scheme:unit .
TURTLE
concept reservoir "reservoir" "A lake behind a dam." place
concept stream "stream" "A small river." place
concept diary "diary" "Notes that somebody keeps by the day." document
concept log "log" "What a machine or its keepers record." document
concept filled "was filled" "A reservoir held water; the quantity says how much." predicate
concept dry "was dry" "Little rain fell at a place." predicate
concept rain-fell "rain fell" "Rain fell; the quantity says how much." predicate
concept let-out "let out water" "The agent let water out of a place." predicate
concept turbines-ran "ran turbines" "The agent ran turbines; the quantity says on how many nights." predicate
concept rose "rose" "Water rose; the quantity says how far." predicate
concept sold-power "sold power" "The agent sold power." predicate
concept fill-level "fill level" "How full a reservoir is." measure
concept rain "rain" "How much rain fell." measure
concept nights "nights" "How many nights." measure
concept rise "rise of water" "How far water rose." measure
concept water-lost "water lost" "Which part of the water was lost." measure
concept money-paid "money paid" "How much was paid." measure
kg fmt .

claim() { kg claim new texts/water.txt --no-check --set author=id/actor/water-author "$@"; }
exactly() { number=$1; shift; claim "$@" --set exactness=exact --set value="$number" --set min="$number" --set max="$number" --set type=quantitative; }

# 1 and 2: in the article's own voice, a number and a date
exactly 41 --span "On 3 September 2024 the gauge stood at 41 percent" --part time="3 September 2024" --set edtf=2024-09-03 \
  --part quantity="41 percent" --set measure=term/fill-level --set unit=unit:PERCENT --set stance=adopted \
  --set predicate=term/filled --set place=id/place/reservoir \
  --set label="The gauge stood at 41 percent" --set gloss="The reservoir was filled to 41 percent on 3 September 2024."
exactly 78 --span "A year before … 78" --part time="A year before" --set edtf=2023-09 --set time_basis=computed \
  --part quantity="78" --set measure=term/fill-level --set unit=unit:PERCENT --set stance=adopted \
  --set predicate=term/filled --set place=id/place/reservoir \
  --set label="A year before: 78 percent" --set gloss="The reservoir was filled to 78 percent a year before."
# 3: August is in the article twice, and in this claim once
claim --span "We had the driest August since 1976" --part source="its director, Petra Vale, told the Hollow Courier" \
  --set speaker=id/actor/petra-vale --set source_voice=direct-quotation --part time="August" --set edtf=2024-08 \
  --set type=comparative --set predicate=term/dry --set place=id/place/reservoir \
  --set label="Petra Vale: the driest August since 1976" --set gloss="August 2024 was the driest August since 1976."
# 4: the article quotes the director, who cites a study
exactly 62 --span "62 millimetres of rain had fallen between June and August" \
  --part source="she pointed to a study" --set speaker=id/actor/petra-vale \
  --part second="a study of the weather service, which found" --set second_speaker=id/actor/weather-service \
  --set second_document=id/doc/rain-study --part quantity="62 millimetres" --set measure=term/rain --set unit=unit:MilliM \
  --part time="between June and August" --set edtf=2024-06/2024-08 --set predicate=term/rain-fell --set place=id/place/reservoir \
  --set label="Weather service, through Petra Vale: 62 mm of rain" --set gloss="62 millimetres of rain fell from June to August 2024."
# 5 to 7: the charge, what it rests on, and what others have written down
claim --span "Northwater let the water out" --part source="Idris Crane, who keeps sheep below the dam, says" \
  --set speaker=id/actor/idris-crane --set type=causal --set predicate=term/let-out --set agent=id/actor/northwater \
  --set place=id/place/reservoir --set label="Idris Crane: Northwater let the water out" \
  --set gloss="Northwater let the water out of the reservoir."
exactly 31 --span "the turbines ran every night in July" --part source="he told us" --set speaker=id/actor/idris-crane \
  --part quantity="every night" --set measure=term/nights --set unit=unit:NUM --part time="July" --set edtf=2024-07 \
  --set predicate=term/turbines-ran --set agent=id/actor/northwater \
  --set label="Idris Crane: turbines every night in July" --set gloss="Northwater ran the turbines every night in July 2024."
exactly 27 --span "27 nights" --part source="His neighbours have kept a diary" --set speaker=id/actor/neighbours \
  --set source_document=id/doc/diary --part quantity="27 nights" --set measure=term/nights --set unit=unit:NUM \
  --set predicate=term/turbines-ran --set agent=id/actor/northwater \
  --set label="Diary of the neighbours: 27 nights" --set gloss="Northwater ran the turbines on 27 nights."
# 8 to 10: the rebuttal, and another number from another source
claim --span "it sold the power" --part source="Northwater denies" --set speaker=id/actor/northwater --set type=event \
  --set predicate=term/sold-power --set polarity=negative --set agent=id/actor/northwater \
  --set label="Northwater: no power was sold" --set gloss="Northwater did not sell the power."
claim --span "no more than two percent of the water was lost in the tests" --part source="a spokesman said on Monday" \
  --set speaker=id/actor/spokesman --part quantity="no more than two percent" --set measure=term/water-lost \
  --set exactness=up-to --set value=2 --set max=2 --set unit=unit:PERCENT --set type=quantitative \
  --set predicate=term/let-out --set agent=id/actor/northwater --set place=id/place/reservoir \
  --set label="Spokesman: at most two percent lost" --set gloss="The tests of the turbines took at most two percent of the water."
exactly 11 --span "the turbines ran on 11 nights" --part source="According to the county's inspector" --set speaker=id/actor/inspector \
  --part second="the company's own log" --set second_speaker=id/actor/northwater --set second_document=id/doc/log \
  --part quantity="11 nights" --set measure=term/nights --set unit=unit:NUM \
  --set predicate=term/turbines-ran --set agent=id/actor/northwater \
  --set label="Log of Northwater, through the inspector: 11 nights" --set gloss="Northwater ran the turbines on 11 nights."
# 11 and 12: rough, and in the future
claim --span "about 300,000 pounds for water in tankers" --part quantity="about 300,000 pounds" --set measure=term/money-paid \
  --set exactness=roughly --set value=300000 --set unit=unit:POUND --set stance=adopted --set type=quantitative \
  --set predicate=predicate:paid --set agent=id/actor/county \
  --set label="The county paid about 300,000 pounds" --set gloss="The county paid about 300,000 pounds for water in tankers."
claim --span "it will probably pay as much again before the spring" --part time="before the spring" --set edtf=2024-09/2025-03 \
  --set stance=adopted --set commitment=probable --set type=prediction --set predicate=predicate:paid --set agent=id/actor/county \
  --set label="The county will probably pay as much again" --set gloss="The county will pay as much again before the spring."

kg claim argument c-0006 evidenceFor c-0005 --no-check --set by=article-implicit
kg claim argument c-0007 supports c-0006 --no-check --set by=article-implicit
kg claim argument c-0008 rebuts c-0005 --no-check --set note="Northwater answers the charge."
kg claim argument c-0007 inTensionWith c-0010 --no-check --set by=curator --set note="27 nights beside 11, of the same turbines."
kg validate
kg anchors texts/water.txt
kg publish --note "The first reading"
