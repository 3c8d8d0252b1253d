"""What of the article the claim graph leaves out or has otherwise, told as messages.

Every function of a `Reading` and the text returns a list that is empty where all is well. A
message names the file and the claim it is about, or the offsets in the text and the claims that
stand there; it never repeats the text.
"""

import calendar
import hashlib
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import kg
from kg.rdf.namespaces import RDF

with warnings.catch_warnings():
    # its grammar uses pyparsing in a way that pyparsing 3.3 warns of
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

B = "https://w3id.org/claimgraph/"
CG = f"{B}ontology#"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "http://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
QUOTED = {"direct-quotation", "unattributed-quotation"}


@dataclass(frozen=True)
class Anchor:
    """A place in the text, and whose: `owner` is like claim/c-0045 or quantity/c-0045-deaths."""

    file: str
    owner: str
    start: int
    end: int
    digest: str

    def __str__(self):
        return f"{self.file}: {self.owner} ({self.start}-{self.end})"

    @property
    def kind(self):
        return self.owner.partition("/")[0]

    def covers(self, start, end):
        return self.start <= start and end <= self.end

    def touches(self, start, end):
        return self.start < end and start < self.end


class Reading:
    """The claim graph as it stands beside a text: files, nodes by short name, anchors."""

    def __init__(self, source: kg.Source):
        self.file_of = {}
        self.values = defaultdict(lambda: defaultdict(list))
        for file in source.files:
            for quad in file.quads if file.role == "data" else ():
                name = short(quad.subject.value)
                self.values[name][quad.predicate.value].append(quad.object.value)
                if quad.predicate.value == f"{RDF}type":
                    self.file_of[name] = file.path
        self.mentioned = {
            short(quad.object.value)
            for file in source.files
            if "/claims/" in file.path
            for quad in file.quads
        }

    def get(self, name, predicate):
        return self.values.get(name, {}).get(predicate, [])

    def of_class(self, class_):
        found = (n for n, v in self.values.items() if f"{CG}{class_}" in v.get(f"{RDF}type", ()))
        return sorted(found)

    @cached_property
    def anchors(self) -> list[Anchor]:
        return sorted(self._anchors(), key=lambda a: (a.start, -a.end, a.owner))

    def _anchors(self) -> Iterator[Anchor]:
        for owner in list(self.values):
            for anchor in map(short, self.get(owner, f"{CG}anchor")):
                offsets = {}
                for selector in map(short, self.get(anchor, f"{OA}hasSelector")):
                    for end in ("start", "end"):
                        for value in self.get(selector, OA + end):
                            offsets[end] = int(value)
                digest = "".join(self.get(anchor, f"{CG}digest"))
                file = self.file_of.get(owner, "no file")
                yield Anchor(file, owner, offsets["start"], offsets["end"], digest)

    def voices(self, claim):
        steps = map(short, self.get(claim, f"{CG}attribution"))
        return {v.rpartition("/")[2] for step in steps for v in self.get(step, f"{CG}voice")}

    def is_quoted(self, claim):
        return bool(QUOTED & self.voices(claim))

    def at(self, text, start, end):
        """Where in the text, and the claims that stand there, as a message begins."""
        line = text.count("\n", 0, start) + 1
        near = [a for a in self.anchors if a.kind == "claim" and a.touches(start - 25, end + 25)]
        claims = ", ".join(f"{a.file} ({a.owner})" for a in near) or "no claim"
        return f"line {line}, {start}-{end}, at {claims}"


def none_of(messages):
    """Fail with every message on a line of its own."""
    found = sorted(messages)
    assert not found, "\n".join(["", *found])


def short(iri):
    return iri.removeprefix(f"{B}id/")


def spans(pattern, text, flags=0):
    return [match.span() for match in re.finditer(pattern, text, flags)]


# ---- digests ------------------------------------------------------------------------------


def moved_anchors(reading, text):
    return [
        f"{anchor}: the digest is not that of the text there"
        for anchor in reading.anchors
        if hashlib.sha256(text[anchor.start : anchor.end].encode()).hexdigest() != anchor.digest
    ]


# ---- numbers and dates --------------------------------------------------------------------

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
TEENS = "fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORTH = {
    **{word: value for value, word in enumerate(f"{UNITS} {TEENS}".split())},
    **{word: 10 * value for value, word in enumerate(TENS.split(), 2)},
    "no": 0,
    "dozen": 12,
    "thousands": 2000,
}
SCALE = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
OTHERS = "none half quarter once twice both dozens hundreds millions"
WORDS = "|".join([*WORTH, *SCALE, *ORDINALS.split(), *OTHERS.split()])
NUMBER = rf"\d+(?:[.,]\d+)*|\b(?:{WORDS})\b"

# (start, end): why the number there is neither a quantity nor a time
NOT_A_QUANTITY = {
    (1723, 1729): "the number of a decree, which is part of its name",
    (2249, 2253): "a conjunction",
    (3168, 3170): "a negation, which is the predicate or polarity of claim 0033",
    (3385, 3390): "the first in order, which is the event of claim 0035",
    (4443, 4445): "the age that bounds the population of claim 0046",
}


def uncounted_numbers(reading, text):
    known = [a for a in reading.anchors if a.kind in ("quantity", "time")]
    return [
        f"{reading.at(text, *span)}: a number that lies in no quantity and no time"
        for span in spans(NUMBER, text, re.IGNORECASE)
        if not any(anchor.covers(*span) for anchor in known)
        and not any(start <= span[0] and span[1] <= end for start, end in NOT_A_QUANTITY)
    ]


def idle_exclusions(reading, text):
    """Exclusions of a number that is not there, or that a quantity or time has by now."""
    numbers = spans(NUMBER, text, re.IGNORECASE)
    known = [a for a in reading.anchors if a.kind in ("quantity", "time")]
    return [
        f"{span} ({reason})"
        for span, reason in NOT_A_QUANTITY.items()
        if not any(span[0] <= start and end <= span[1] for start, end in numbers)
        or any(anchor.touches(*span) for anchor in known)
    ]


def number_in(words):
    """Return the first number that the words state, as the sum of its parts times its scale."""
    digits = re.search(r"\d[\d,]*", words)
    found = [w for w in re.findall(r"[a-z]+", words.lower()) if w in WORTH]
    value = int(digits[0].replace(",", "")) if digits else sum(WORTH[word] for word in found[:2])
    if "every" in words:  # a rate: the rest is its unit
        value = WORTH[found[0]]
    for word, scale in SCALE.items():
        if re.search(rf"\b{word}\b", words):
            value *= scale
    return value


EXACTNESS = (
    ("at least", "at-least"),
    ("more than|over|exceeding", "more-than"),
    ("up to", "up-to"),
    ("nearly", "nearly"),
    ("roughly", "roughly"),
    ("virtually no", "virtually-none"),
    ("every", "rate"),
    ("thousands", "indefinite-plural"),
    ("", "exact"),
)


def misread_quantities(reading, text):
    messages = []
    for anchor in reading.anchors:
        if anchor.kind != "quantity":
            continue
        words = text[anchor.start : anchor.end].lower()
        numbers = {
            float(value)
            for name in ("value", "minValue", "maxValue")
            for value in reading.get(anchor.owner, SCHEMA + name)
        }
        if numbers != {float(number_in(words))}:
            messages.append(f"{anchor}: its number is not the one in the text")
        wording = next(name for pattern, name in EXACTNESS if re.search(pattern, words))
        if reading.get(anchor.owner, f"{CG}exactness") != [f"{B}scheme/exactness/{wording}"]:
            messages.append(f"{anchor}: its exactness is not that of the wording, {wording}")
    return messages


MONTHS = list(calendar.month_name)[1:]


def misread_times(reading, text):
    """Times of basis “stated” whose years, months or days are not those of their anchor."""
    messages = []
    for anchor in reading.anchors:
        basis = "".join(reading.get(anchor.owner, f"{CG}timeBasis")).rpartition("/")[2]
        if anchor.kind != "time" or basis != "stated":
            continue
        words = text[anchor.start : anchor.end]
        dates = re.findall(r"\d{4}(?:-\d\d)*", "".join(reading.get(anchor.owner, f"{CG}edtf")))
        years = {date[:4] for date in dates}
        months = {MONTHS[int(date[5:7]) - 1] for date in dates if date[5:7]}
        days = {str(int(date[8:])) for date in dates if date[8:]}
        numbers = set(re.findall(r"\d+", words))
        if numbers != years | days or {m for m in MONTHS if m in words} != months:
            messages.append(f"{anchor}: its EDTF date is not the one in the text")
    return messages


BOUNDS = ("EarliestBegin", "LatestBegin", "EarliestEnd", "LatestEnd")


def edtf_bounds(text):
    """The four bounds of an EDTF date: None for those of an open side; "~" moves none."""
    parsed = parse_edtf(text)
    if text.startswith("[.."):  # at a date that is not known, this one at the latest
        latest = date(*parsed.upper_strict()[:3]).isoformat()
        return None, latest, None, latest
    sides = (parsed.lower, parsed.upper) if "/" in text else (parsed, parsed)
    bounds = []
    for side in sides:
        for bound in ("lower_strict", "upper_strict"):
            known = str(side) != ".."
            bounds.append(date(*getattr(side, bound)()[:3]).isoformat() if known else None)
    return tuple(bounds)


def wrong_bounds(reading):
    messages = []
    for span in reading.of_class("TimeSpan"):
        (text,) = reading.get(span, f"{CG}edtf")
        stated = [reading.get(span, f"{SEM}has{bound}TimeStamp") for bound in BOUNDS]
        if tuple("".join(values) or None for values in stated) != edtf_bounds(text):
            messages.append(f"{reading.file_of[span]}: {span}: its bounds are not those of {text}")
    return messages


# ---- quotation marks ----------------------------------------------------------------------


def quotations(text):
    """The spans between quotation marks, without the marks and closing punctuation."""
    return [
        (start + 1, start + 1 + len(text[start + 1 : end - 1].rstrip(".,")))
        for start, end in spans("“[^”]*”", text)
    ]


def quotations_without_a_quoted_claim(reading, text):
    quoted = [a for a in reading.anchors if a.kind == "claim" and reading.is_quoted(a.owner)]
    return [
        f"{reading.at(text, start, end)}: words of a quotation lie in no claim of a quoted voice"
        for start, end in quotations(text)
        if not all(
            any(anchor.covers(start + a, start + b) for anchor in quoted)
            for a, b in spans(r"\w+", text[start:end])
        )
    ]


def quoted_claims_without_quotation_marks(reading, text):
    return [
        f"{anchor}: its voice is quoted, but there are no quotation marks"
        for anchor in reading.anchors
        if anchor.kind == "claim"
        and reading.is_quoted(anchor.owner)
        and not any(anchor.touches(*span) for span in quotations(text))
    ]


def unquoted_claims_within_quotation_marks(reading, text):
    return [
        f"{anchor}: lies between quotation marks, but no voice of its chain is quoted"
        for anchor in reading.anchors
        if anchor.kind == "claim"
        and not reading.is_quoted(anchor.owner)
        and any(start <= anchor.start and anchor.end <= end for start, end in quotations(text))
    ]


# ---- sentences and words ------------------------------------------------------------------

# (start, end): why no claim reads what stands there
NOT_THE_ARTICLE = {
    (0, 19): "navigation of the site above the title",
    (6550, 6572): "navigation of the site below the text",
}
# words that only join clauses, each of which has a claim of its own
JOINING = {"and", "but", "having", "in", "meanwhile", "moreover", "that", "when", "while", "yet"}
JOINING |= {"finally"}  # the last of a list, not a claim about order
SENTENCE_END = r"(?<!U\.S\.)(?<!No\.)(?:(?<=[.?])|(?<=[.?]”))[ \n]+|\n+"


def sentences(text):
    """The spans of all sentences and headings of the article."""
    first, last = sorted(NOT_THE_ARTICLE)
    borders = [(first[1], first[1]), *spans(SENTENCE_END, text), (last[0], last[0])]
    borders = sorted(b for b in borders if first[1] <= b[0] and b[1] <= last[0])
    found = [(one[1], two[0]) for one, two in pairwise(borders)]
    return [(start, end) for start, end in found if re.search(r"\w", text[start:end])]


def unread_sentences(reading, text):
    claims = [a for a in reading.anchors if a.kind == "claim"]
    return [
        f"{reading.at(text, *span)}: a sentence that no claim reads"
        for span in sentences(text)
        if not any(anchor.touches(*span) for anchor in claims)
    ]


def unread_words(reading, text):
    return [
        f"{reading.at(text, start, end)}: a word that lies in no anchor and joins nothing"
        for start, end in spans(r"\w+(?:[.\u2019'-]\w+)*", text)
        if text[start:end].lower() not in JOINING
        and not any(anchor.covers(start, end) for anchor in reading.anchors)
        and not any(a <= start and end <= b for a, b in NOT_THE_ARTICLE)
    ]


# ---- names --------------------------------------------------------------------------------

# Names of persons, organisations, places and what has a name of its own, as read in the text,
# with every entity that one stands for. A leading article is left out.
NAMES = {
    "AFP": ["actor/afp"],
    "AQI": ["actor/al-qaeda-in-iraq"],
    "Abu Ghadiyah": ["actor/abu-ghadiyah"],
    "Abu Ghadiyah\u2019s network": ["actor/abu-ghadiyah-network"],
    "Al-Qaeda": ["actor/al-qaeda"],
    "Al-Qaeda in Iraq": ["actor/al-qaeda-in-iraq"],
    "Aleppo": ["place/aleppo"],
    "Ali Moussa al-Shawakh": ["actor/ali-moussa-al-shawakh"],
    "Arab Spring": ["event/arab-spring-in-syria"],
    "Assad": ["actor/bashar-al-assad"],
    "Assad regime": ["actor/government-of-syria-2000-2024"],
    "Assad\u2019s regime": ["actor/government-of-syria-2000-2024"],
    "Baghouz": ["place/baghouz"],
    "Bashar al-Assad": ["actor/bashar-al-assad"],
    "Bashar al-Assad\u2019s regime": ["actor/government-of-syria-2000-2024"],
    "Bassam Barabandi": ["actor/bassam-barabandi"],
    "Belfer Center for Science and International Affairs": ["actor/belfer-center"],
    "CIA": ["actor/cia"],
    "CSIS": ["actor/csis"],
    "Center for Strategic and International Studies": ["actor/csis"],
    "Coalition": ["actor/coalition"],
    "Damascus": ["actor/government-of-syria-2000-2024", "place/damascus"],
    "EU": ["actor/european-union"],
    "Euphrates": ["place/euphrates"],
    "Financial Action Task Force": ["actor/fatf"],
    "Free Syrian Army": ["actor/free-syrian-army"],
    "George Haswani": ["actor/george-haswani"],
    "Homs": ["place/homs"],
    "ISIS": ["actor/islamic-state"],
    "Idlib": ["place/idlib"],
    "Iraq": ["place/iraq"],
    "Islamists": ["actor/released-detainees"],
    "Kobani": ["place/kobani"],
    "Kurdish Forces": ["actor/syrian-democratic-forces"],
    "Kurds": ["actor/syrian-democratic-forces", "actor/kurds"],
    "Manbij": ["place/manbij"],
    "Moscow": ["actor/russia"],
    "Muslim Brotherhood": ["actor/muslim-brotherhood"],
    "Omar Haj Kadour": ["actor/omar-haj-kadour"],
    "Pentagon": ["actor/us-department-of-defense"],
    "Presidential Decree No. 61": ["doc/decree-61"],
    "Raqqa": ["place/raqqa"],
    "Russia": ["actor/russia"],
    "Russian air forces": ["actor/russian-air-forces"],
    "Russian leaders": ["actor/russian-leaders"],
    "SDF": ["actor/syrian-democratic-forces"],
    "SOHR": ["actor/sohr"],
    "Sinjar": ["place/sinjar"],
    "Sinjar documents": ["doc/sinjar-documents"],
    "Syria": ["place/syria"],
    "Syrian Democratic Forces": ["actor/syrian-democratic-forces"],
    "Syrian Observatory for Human Rights": ["actor/sohr"],
    "Syrian banks": ["actor/syrian-banks"],
    "Syrian coordinators": ["actor/syrian-coordinators"],
    "Syrian diplomat": ["actor/bassam-barabandi"],
    "Syrian government": ["actor/government-of-syria-2000-2024"],
    "Syrian regime": ["actor/government-of-syria-2000-2024"],
    "Talbisah": ["place/talbisah"],
    "U.S.": ["actor/united-states"],
    "U.S. State Department": ["actor/us-state-department"],
    "U.S. Treasury": ["actor/us-treasury"],
    "U.S. Treasury Department": ["actor/us-treasury"],
    "U.S. military": ["actor/us-armed-forces"],
    "U.S.-led forces": ["actor/us-led-forces"],
    "U.S.-led international coalition": ["actor/coalition"],
    "Washington Institute": ["actor/washington-institute"],
    "Washington Post": ["actor/washington-post"],
}
# (start, end): why a capital letter inside a sentence begins no name there
NOT_A_NAME = {
    (4949, 4956): "an adjective: campaigns of Russia",
}
HEADING_LINES = (3, 7, 14, 19, 25, 30)
LEADING = re.compile("^(?:the|a former|these) ", re.IGNORECASE)


def used_forms(reading):
    """Every used form without what leads it, in lower case, with the entities that carry it."""
    forms = defaultdict(set)
    for entity in list(reading.values):
        for label in map(short, reading.get(entity, f"{SKOSXL}altLabel")):
            for form in reading.get(label, f"{SKOSXL}literalForm"):
                forms[LEADING.sub("", form).lower()].add(entity)
    return forms


def lost_names(reading):
    forms = used_forms(reading)
    messages = []
    for name, entities in NAMES.items():
        for entity in entities:
            file = reading.file_of.get(entity, "no file")
            if entity not in forms[name.lower()]:
                messages.append(f"{file}: {entity} has no label for the used form “{name}”")
            if entity not in reading.mentioned:
                messages.append(f"{file}: {entity} (“{name}”) is in no claim")
    return messages


def unlisted_names(reading, text):
    """Capitalised words inside sentences that no listed name holds."""
    listed = [span for name in NAMES for span in spans(rf"\b{re.escape(name)}", text)]
    listed += [*NOT_A_NAME, *NOT_THE_ARTICLE]
    begins = {start + len(text[start:end]) - len(text[start:end].lstrip("“©"))
              for start, end in sentences(text)}  # fmt: skip
    begins |= {start for start, _ in quotations(text)}
    return [
        f"{reading.at(text, start, end)}: a name that is not on the list"
        for start, end in spans(r"\b[A-Z][\w.-]*\w", text)
        if start not in begins
        and text[start:end] not in MONTHS
        and text.count("\n", 0, start) + 1 not in HEADING_LINES
        and not any(a <= start < b for a, b in listed)
    ]


def names_not_in_the_text(text):
    return [name for name in NAMES if name not in text]


# Actors and places that the text has no name for, and why they are there
WITHOUT_A_NAME = {
    "actor/article-author": "the text names no author",
    "actor/civilians": "the text has the adjective only, of deaths",
    "actor/sinjar-documents-authors": "who wrote the documents is not said",
    "actor/syrian-state": "what a diplomat serves; told apart from government and country",
    "actor/those-said-to-have-fought-on-the-ground": "a description, not a name",
    "actor/those-said-to-have-profited": "a description, not a name",
}


def nameless(reading):
    """Actors and places without a used form, which the text would then not have."""
    found = {
        name
        for name in reading.values
        if name.startswith(("actor/", "place/"))
        and not reading.get(name, f"{SKOSXL}altLabel")
        and reading.get(name, f"{RDF}type")
    }
    return [f"{reading.file_of[n]}: {n} has no used form" for n in found - set(WITHOUT_A_NAME)]


# ---- chains and agents --------------------------------------------------------------------

# claims behind which more stand than the article and one source, with the number of levels
LONG_CHAINS = {"claim/c-0018": 3, "claim/c-0019": 3, "claim/c-0020": 4}
# harm for which the text, at that place, says of nobody that they did it
HARM_WITHOUT_AGENT = ("0047", "0048", "0049", "0050")


def broken_chains(reading):
    """Claims whose levels do not count from 0 upwards, or that lost or gained a source."""
    messages = []
    for claim in reading.of_class("Claim"):
        steps = map(short, reading.get(claim, f"{CG}attribution"))
        levels = sorted(int(level) for step in steps for level in reading.get(step, f"{CG}level"))
        length = LONG_CHAINS.get(claim, len(levels) if len(levels) in (1, 2) else 2)
        if levels != list(range(length)):
            messages.append(f"{reading.file_of[claim]}: {claim} has the levels {levels}")
    return messages


def perpetrators_not_in_the_text(reading):
    return [
        f"{reading.file_of[name]}: {name} names an agent, the text names none"
        for name in (f"proposition/p-{number}" for number in HARM_WITHOUT_AGENT)
        if reading.get(name, f"{CG}agent")
    ]
