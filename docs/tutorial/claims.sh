# The claims of the tutorial's article that the tutorial itself does not show; run in the project's folder.
set -eu
claim() { kg claim new texts/bridge.txt --no-check --set author=id/actor/bridge-author "$@"; }

claim --span "it acted to protect walkers" \
  --part source="The town council says" --set speaker=id/actor/larkmoor-council \
  --set type=motive --set predicate=predicate:motive --set agent=id/actor/larkmoor-council \
  --set label="Council: closed to protect walkers" \
  --set gloss="The council closed the footbridge in order to protect walkers."

claim --span "the bridge was sound" \
  --part source="According to the Friends of the Lark" --set speaker=id/actor/friends-of-the-lark \
  --set type=event --set predicate=term/damaged --set polarity=negative --set place=id/place/larkmoor-footbridge \
  --set label="Friends of the Lark: the bridge was not damaged" \
  --set gloss="The footbridge was not damaged when it was closed."

claim --span "the council closed it to sell the meadow behind it" \
  --part source="According to the Friends of the Lark" --set speaker=id/actor/friends-of-the-lark \
  --set type=motive --set predicate=predicate:motive --set agent=id/actor/larkmoor-council \
  --set label="Friends of the Lark: closed to sell a meadow" \
  --set gloss="The council closed the footbridge in order to sell the meadow behind it."

claim --span "Nobody has shown us a single crack" \
  --part source="its chair, Ada Finch, told this newspaper" --set speaker=id/actor/ada-finch \
  --set source_voice=direct-quotation --set type=event --set predicate=term/shown-to --set polarity=negative \
  --set target=id/actor/friends-of-the-lark \
  --set label="Ada Finch: no crack was shown" \
  --set gloss="No crack in the footbridge was shown to the Friends of the Lark."

claim --span "they now walk more than two kilometres to the road bridge" \
  --part quantity="more than two kilometres" --set measure=term/length-of-walk --set exactness=more-than \
  --set value=2 --set min=2 --set unit=unit:KiloM \
  --set stance=adopted --set type=quantitative --set predicate=term/detour --set place=id/place/larkmoor \
  --set label="The detour is over two kilometres" \
  --set gloss="Walkers have to go more than two kilometres to the road bridge."

claim --span "Shops nearby lost about a third of their customers" \
  --part source="the Larkmoor Traders said" --set speaker=id/actor/larkmoor-traders \
  --part said="May 2025" --set said_edtf=2025-05 \
  --part quantity="about a third" --set measure=term/share-of-customers --set exactness=roughly \
  --set value=33.3 --set unit=unit:PERCENT \
  --set type=quantitative --set predicate=term/lost-customers --set place=id/place/larkmoor \
  --set label="Traders: a third of customers lost" \
  --set gloss="Shops near the footbridge lost about a third of their customers."

claim --span "The meadow is not for sale" \
  --part source="it said in a statement" --set speaker=id/actor/larkmoor-council \
  --set type=event --set predicate=term/for-sale --set polarity=negative --set agent=id/actor/larkmoor-council \
  --set label="Council: the meadow is not for sale" \
  --set gloss="The council does not offer the meadow behind the footbridge for sale."

claim --span "the bridge to open again in 2026" \
  --part source="It expects" --set speaker=id/actor/larkmoor-council --set commitment=probable \
  --part time=2026 --set edtf=2026 \
  --set type=prediction --set predicate=term/opens-again --set place=id/place/larkmoor-footbridge \
  --set label="Council: to open again in 2026" \
  --set gloss="The footbridge will be open again in 2026."

claim --span "The report is still not public" \
  --set stance=adopted --set type=event --set predicate=term/public --set polarity=negative \
  --set theme=id/doc/engineers-report --set agent=id/actor/larkmoor-council \
  --set label="The report is not public" \
  --set gloss="The report on the footbridge has not been made public."
