"""In which languages data is named (storey 2), and in which order a reader wants them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, Quad

from kg.rdf.namespaces import LABELS

# what readers understand who are not served in their own language
COMMON = "en"

# a language counts if it has this share of the labels that the most usual one has
SHARE = 0.1


def languages_of(quads: Iterable[Quad]) -> tuple[str, ...]:
    """Return the languages that a good part of the labels is in, the most usual first.

    They are primary subtags in lower case: labels in `en-GB` are English.
    """
    named = (q.object for q in quads if q.predicate.value in LABELS)
    tags = (o.language or "" for o in named if isinstance(o, Literal))
    counts = Counter(tag.partition("-")[0].lower() for tag in tags if tag)
    enough = SHARE * max(counts.values(), default=0)
    return tuple(tag for tag, count in counts.most_common() if count >= enough)


def in_order(wanted: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    """Return the order in which labels are looked for: the wanted languages, then the common one.

    After it come labels without a language, "", and the languages that the data has.
    """
    lower = (tag.lower() for tag in wanted)
    return tuple(dict.fromkeys((*lower, COMMON, "", *found)))
