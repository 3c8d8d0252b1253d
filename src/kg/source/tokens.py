"""The tokens of Turtle and TriG, as one regular expression (storey 1).

It is for text that the engine has read without an error: it says where a token begins and ends,
and lets pass what the grammar forbids. Every repetition is possessive, so that time grows with
the text alone. Source: https://www.w3.org/TR/rdf12-turtle/#sec-grammar-grammar
"""

import re

SPACE = r"[ \t\r\n]*+(?:\#[^\r\n]*+[ \t\r\n]*+)*+"
IRI = r"<[^<>\x00-\x20]*+>"

# what names are made of, in text that is known to be right: no other character is outside ASCII
NAME_START = r"[A-Za-z_:\x80-\U0010FFFF]"
NAME_PART = r"[\w:\-\x80-\U0010FFFF]"
NAME = rf"(?:{NAME_START}|(?<=:)%)(?:{NAME_PART}++|%|\\.|\.++(?={NAME_PART}|[%\\]))*+"

NUMBER = (
    r"[+-]?(?:[0-9]++(?:\.[0-9]*+(?=[eE][+-]?[0-9])|\.[0-9]++)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?"
)
STRING = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\]++|\\.)*+"'
    r"|'(?:[^'\\]++|\\.)*+'"
)
SUFFIX = rf"@[A-Za-z0-9-]++|\^\^{SPACE}(?:{IRI}|{NAME})"
DIRECTIVE = (
    rf"@?(?i:prefix){SPACE}(?:{NAME_PART}|\.)*+{SPACE}{IRI}"
    rf"|@?(?i:base){SPACE}{IRI}"
    rf"|@?(?i:version){SPACE}(?:{STRING})"
)
MARK = r"<<\(|\)>>|<<|>>|\{\||\|\}|[.;,\[\](){}~]"

# Groups: `term` is an IRI, a name, a blank node's label, a number or a keyword; `string` is a
# quoted text and `suffix` its language or datatype, if it has one; `directive` declares
# something, without its full stop; `end` is the end of the text, `other` is none of these.
TOKEN = re.compile(
    rf"{SPACE}(?:(?P<directive>{DIRECTIVE})|(?P<term>{IRI}|{NUMBER}|{NAME})"
    rf"|(?P<string>{STRING})(?:{SPACE}(?P<suffix>{SUFFIX}))?"
    rf"|(?P<mark>{MARK})|(?P<end>\Z)|(?P<other>.))",
    re.DOTALL,
)
