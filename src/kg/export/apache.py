"""The rules of an export for Apache (storey 5): mod_rewrite's, text files of maps, and headers.

Source: https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from kg.export.replies import INSIDE, MARK, STEM, Reply, quoted
from kg.export.rules import Rules

# what Apache's own function leaves of a path
SAFE = "$-_.+!*'(),:@&=/~"

HEADERS = (("http_accept", "Accept"), ("http_accept_language", "Accept-Language"))

MAPS = ("exact", "plain", "offers", "picked", "spoken")


def maps(rules: Rules) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the name and the lines of each text file that rules look things up in."""
    yield "exact", (f"{_key(one)} {kind}" for one, kind in rules.exact.items())
    yield "plain", (f"{_key(one)} {kind}" for one, kind in rules.plain.items())
    yield "offers", (f"{kind} {offer}" for kind, offer in rules.offers.items())
    yield "picked", (f"{_joined(key)} {reply}" for key, reply in rules.picked.items())
    yield "spoken", (f"{_joined(key)} {reply}" for key, reply in rules.spoken.items())


def site(
    rules: Rules, folder: Path, address: str, types: Mapping[str, str], languages: Sequence[str]
) -> Iterator[str]:
    """Yield the lines for a virtual host; `types` are Content-Types by extension.

    The folder is the export's, the address that of the site.
    """
    files = folder / "files"
    yield "# Made by kg export; include it in <VirtualHost>, where nothing else answers."
    # redirects of Apache name the whole address, with the scheme and port that it believes in
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    yield f"ServerName {parts.scheme}://{parts.hostname}:{port}\nUseCanonicalName On"
    yield "RewriteEngine On\nAllowEncodedSlashes On\nMergeSlashes Off"
    yield "RewriteMap kg_escape int:escape"
    for name in MAPS:
        yield f"RewriteMap kg_{name} {quoted(f'txt:{folder}/apache/{name}.txt')}"
    answered = list(_answered(rules))
    count = sum(line.startswith("RewriteRule") for line in answered)
    # an error has been told to Apache, which asks for what is to be said of it
    yield 'RewriteCond "%{ENV:REDIRECT_kg_file}" "."'
    kept = ",".join(f"E={one}:%{{ENV:REDIRECT_{one}}}" for one in ("kg_reply", "kg_stem"))
    yield f'RewriteRule "^{re.escape(INSIDE)}(.*)$" - "[E=kg_file:$1,{kept},S={count}]"'
    yield from answered
    by_length = sorted(types.items(), key=lambda one: -one[0].count("."))
    endings = [(rf"\.{re.escape(extension)}$", _text(type_)) for extension, type_ in by_length]
    yield from _map("%{ENV:kg_file}", "kg_type", endings)
    yield f'RewriteRule ^ {_argument(f"{files}/%{{ENV:kg_file}}")} "[T=%{{ENV:kg_type}},L]"'
    yield from _headers(rules.replies)
    for status in rules.statuses():
        if status >= 400:
            yield f'ErrorDocument {status} "{INSIDE}%{{reqenv:kg_file}}"'
    yield from _folder(files, types, languages)


def example(folder: Path) -> str:
    """Return a whole virtual host, to be included as it is."""
    return f'<VirtualHost *:80>\n  Include "{folder}/apache/site.conf"\n</VirtualHost>\n'


def forwarding(base: str, address: str) -> str:
    """Return the .htaccess of a site whose IRIs are of another host, such as w3id.org.

    What was asked for is passed on as it was written: decoded, `%3F` would begin a query.
    """
    asked = rf"^[A-Z]+ {re.escape(urlsplit(base).path)}([^ ?]*)"
    return (
        f"# Made by kg export: <{base}> leads to {address}, which answers.\n"
        f"RewriteEngine On\nRewriteCond %{{THE_REQUEST}} {_argument(asked)}\n"
        f"RewriteRule ^ {address}/%1 [R=302,NE,L]\n"
    )


def _answered(rules: Rules) -> Iterator[str]:
    """Yield the rules from a request to the number of its reply, its file and its status."""
    yield 'RewriteCond "%{REQUEST_METHOD}" "!^(GET|HEAD)$"'
    yield "RewriteRule ^ - [R=405,L]"
    yield 'RewriteRule ^ - "[E=kg_path:${kg_escape:%{REQUEST_URI}}]"'
    for name, header in HEADERS:
        # without NV the answer would say that it varies by the header, whatever it is
        yield f'RewriteCond "%{{HTTP:{header}}}" "^(.*)$" [NV]'
        yield f'RewriteRule ^ - "[E=kg_{name}:%1]"'
    without = [(r"^lang=[^&]*&?(.*)$", "%1"), (r"^(.*)&lang=[^&]*(.*)$", "%1%2"), ("^(.*)$", "%1")]
    yield from _map("%{QUERY_STRING}", "kg_args", without)
    yield from _map("%{QUERY_STRING}", "kg_page", [("(?:^|&)page=([^&]*)", "%1")])
    for choice in rules.choices:
        rows = [(pattern, _variables(value)) for pattern, value in choice.rows]
        default = _variables(choice.default)
        yield from _map(_variables(choice.subject), f"kg_{choice.name}", rows, default)
    yield from _map("%{REQUEST_URI}", "kg_stem", [(STEM, "%1")], flags="")
    yield from _kind(rules)
    rows = [(f"^{offer}$", f"%{{ENV:kg_offer_{offer}}}") for offer in _offers(rules)]
    yield from _map("${kg_offers:%{ENV:kg_kind}}", "kg_choice", rows, "any")
    yield 'RewriteRule ^ - "[E=kg_reply:${kg_picked:%{ENV:kg_kind}.%{ENV:kg_choice}}]"'
    yield 'RewriteCond "%{ENV:kg_reply}" "^L"'
    spoken = "${kg_spoken:%{ENV:kg_reply}.%{ENV:kg_language}}"
    yield f'RewriteRule ^ - "[E=kg_reply:{spoken}]"'
    yield from _replies(rules)


def _offers(rules: Rules) -> list[int]:
    return sorted(set(rules.offers.values()))


def _kind(rules: Rules) -> Iterator[str]:
    yield 'RewriteRule ^ - "[E=kg_kind:${kg_exact:%{ENV:kg_path}?%{ENV:kg_args}}]"'
    yield 'RewriteCond "%{ENV:kg_kind}|%{ENV:kg_page}" "^[|]1?$"'
    yield 'RewriteRule ^ - "[E=kg_kind:${kg_plain:%{ENV:kg_path}}]"'
    yield 'RewriteCond "%{ENV:kg_kind}" "^$"'
    yield f"RewriteRule ^ - [E=kg_kind:{rules.nothing}]"


def _replies(rules: Rules) -> Iterator[str]:
    last = len(rules.replies) - 1
    for number, reply in enumerate(rules.replies):
        said = [
            ("kg_file", reply.body),
            ("kg_location", reply.location),
            ("kg_status", str(reply.status)),
        ]
        flags = "".join(f"E={name}:{_text(value)}," for name, value in said if value)
        yield f'RewriteCond "%{{ENV:kg_reply}}" "={number}"'
        yield f"RewriteRule ^ - {_argument(f'[{flags}S={last - number}]')}"
    for status in rules.statuses():
        yield f'RewriteCond "%{{ENV:kg_status}}" "={status}"'
        if status < 400:
            yield f'RewriteRule ^ "%{{ENV:kg_location}}" [R={status},NE,QSD,L]'
        else:
            yield f"RewriteRule ^ - [R={status},L]"


def _headers(replies: Sequence[Reply]) -> Iterator[str]:
    """Yield each header once, for all replies that have it: those of errors and redirects too."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, reply in enumerate(replies):
        for header in reply.headers:
            numbers.setdefault(header, []).append(number)
    for (name, value), found in numbers.items():
        text = value.replace("%", "%%").replace(MARK, "%{kg_stem}e")
        every = ", ".join(f"'{number}'" for number in found)
        condition = f"expr=%{{reqenv:kg_reply}} -in {{ {every} }}"
        yield f'Header always set {name.title()} {quoted(text)} "{condition}"'


def _folder(files: Path, types: Mapping[str, str], languages: Sequence[str]) -> Iterator[str]:
    """Yield what keeps Apache from saying more of a file than its reply does."""
    parts = sorted({f".{part}" for extension in types for part in extension.split(".")})
    yield f"<Directory {quoted(str(files))}>\n  Require all granted\n  <IfModule mod_mime.c>"
    yield f"    RemoveEncoding {' '.join(parts)}\n    RemoveHandler {' '.join(parts)}"
    yield f"    RemoveLanguage {' '.join(f'.{tag}' for tag in languages)}"
    yield "  </IfModule>\n</Directory>"


def _map(
    subject: str, name: str, rows: Iterable[tuple[str, str]], default: str = "", flags: str = "[NC]"
) -> Iterator[str]:
    """Yield rules that give a variable the value of the first row that matches."""
    rows = list(rows)
    if default:
        yield f"RewriteRule ^ - {_argument(f'[E={name}:{default}]')}"
    for place, (pattern, value) in enumerate(rows, start=1):
        yield f"RewriteCond {_argument(subject)} {_argument(pattern)} {flags}".rstrip()
        skip = f",S={len(rows) - place}" if place < len(rows) else ""
        yield f"RewriteRule ^ - {_argument(f'[E={name}:{value}{skip}]')}"


def _variables(text: str) -> str:
    """Return a template as Apache writes it."""
    plain = text.replace("{args}", "%{QUERY_STRING}")
    named = re.sub(r"(?<!%)\{(\w+)\}", r"%{ENV:kg_\1}", plain)
    return re.sub(r"\\(?:g<)?([0-9])>?", r"%\1", named)


def _text(text: str) -> str:
    """Return a text as a value in a flag; a comma would end that."""
    escaped = re.sub(r"[\\$%]", r"\\\g<0>", text).replace(",", r"\%2C")
    return escaped.replace(MARK, "%{ENV:kg_stem}")


def _key(address: str) -> str:
    path, mark, query = address.partition("?")
    escaped = re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), quote(path, safe=SAFE))
    return f"{escaped}{mark}{query}"


def _joined(key: str) -> str:
    return key.replace(" ", ".")


def _argument(text: str) -> str:
    """Return an argument of a rewriting directive, which knows no escape of a quote."""
    return '"' + text.replace('"', r"\x22") + '"'
