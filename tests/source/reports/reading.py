"""Read reports of every format back: the places that they show, as `file:line:column`."""

import json
import re
from xml.etree import ElementTree as ET

from junitparser import JUnitXml
from pyoxigraph import NamedNode, parse

from kg.rdf.formats import FORMATS
from tests.views.conftest import Page

PTR = "http://www.w3.org/2009/pointers#"
IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")
POINTER = NamedNode("http://www.w3.org/ns/earl#pointer")


def in_text(text: str) -> list[str]:
    return re.findall(r"^(?:Violation|Warning)  (.*)$", text, flags=re.MULTILINE)


def in_json(text: str) -> list[str]:
    places = (one["place"] for one in json.loads(text)["results"])
    return [f"{p['file']}:{p['line']}:{p['column']}" for p in places]


def in_sarif(text: str) -> list[str]:
    (run,) = json.loads(text)["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    return [
        f"{p['artifactLocation']['uri']}:{p['region']['startLine']}:{p['region']['startColumn']}"
        for p in places
    ]


def in_junit(text: str) -> list[str]:
    cases = [case for suite in JUnitXml.fromroot(ET.fromstring(text)) for case in suite]
    return [re.search(r"\(([^()]*)\)$", case.name)[1] for case in cases]


def in_annotations(text: str) -> list[str]:
    end = r"(?:,endLine=\d+,endColumn=\d+)?"
    places = rf"^::\w+ file=(.*?),line=(\d+),col=(\d+){end},title=.*$"
    found = re.findall(places, text, re.MULTILINE)
    return [":".join(one) for one in found]


def in_markdown(text: str) -> list[str]:
    found = re.findall(r"^\| <code>([^|]*?)</code> \|", text, re.MULTILINE)
    return [one.replace("&#58;", ":") for one in found]


def in_html(text: str) -> list[str]:
    return [said for said, _, tags in Page(text.encode()).texts if "h2" in tags and "code" in tags]


def in_rdf(text: str, format_) -> list[str]:
    quads = list(parse(text.encode(), format_.engine))
    about = {(quad.subject, quad.predicate): quad.object for quad in quads}

    def said(pointer, name: str):
        return about[pointer, NamedNode(PTR + name)]

    return [
        f"{about[said(quad.object, 'reference'), IDENTIFIER].value}:"
        f"{said(quad.object, 'lineNumber').value}:{said(quad.object, 'charNumber').value}"
        for quad in quads
        if quad.predicate == POINTER
    ]


READERS = {
    "text": in_text,
    "html": in_html,
    "json": in_json,
    "sarif": in_sarif,
    "junit": in_junit,
    "markdown": in_markdown,
    "github": in_annotations,
    **{
        name: lambda text, format_=format_: in_rdf(text, format_)
        for name, format_ in zip(
            ("turtle", "n-triples", "json-ld", "rdf-xml", "trig", "n-quads"), FORMATS, strict=True
        )
    },
}
