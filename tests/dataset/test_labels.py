"""Which names of a snapshot are in its index."""

from kg.dataset.labels import ALTERNATIVE, IN_USE, LABEL, TEXT, label_index

FILE = """
ex:a a ex:City ; rdfs:label "Raqqa"@en , "الرقة"@ar ; skos:altLabel "Rakka" ;
  skos:definition "On the Euphrates." ; ex:size 3 ;
  <http://www.w3.org/2008/05/skos-xl#altLabel> ex:used ;
  <http://www.w3.org/2008/05/skos-xl#prefLabel> ex:kept .
ex:kept <http://www.w3.org/2008/05/skos-xl#literalForm> "Raqqah"@en .
ex:used <http://www.w3.org/2008/05/skos-xl#literalForm> "ar-Raqqah"@en .
_:b rdfs:label "nobody" .
"""


def test_the_index_has_labels_other_labels_names_in_use_and_texts_of_every_iri(snapshot_of):
    names = label_index(snapshot_of({"a.ttl": FILE})).names
    found = {(name.iri.rpartition("/")[2], name.text, name.language, name.kind) for name in names}
    expected = {
        ("a", "Raqqa", "en", LABEL),
        ("a", "الرقة", "ar", LABEL),
        ("a", "Rakka", "", ALTERNATIVE),
        ("a", "ar-Raqqah", "en", IN_USE),
        ("a", "Raqqah", "en", LABEL),
        ("a", "On the Euphrates.", "", TEXT),
    }
    assert expected == found


def test_a_folder_without_names_has_an_empty_index(snapshot_of):
    index = label_index(snapshot_of({"a.ttl": "ex:a ex:b ex:c ."}))
    assert ((), ()) == (index.names, index.keys)
