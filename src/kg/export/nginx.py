"""The rules of an export for nginx (storey 5), in its own words: maps, and one server.

Source: https://nginx.org/en/docs/http/ngx_http_map_module.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.export.accept import Choice
from kg.export.replies import INSIDE, MARK, STEM, quoted
from kg.export.rules import Rules, same_but_for_case

VARIABLES = ("http_accept", "http_accept_language", "args")

HEAD = """\
# Made by kg export; include it in http { }. What a request is answered with, step by step.
map_hash_max_size 262144;
map_hash_bucket_size 512;
variables_hash_max_size 4096;
geo $kg_dollar { default "$"; }
map $args $kg_args {
  "~^lang=[^&]*&?(.*)$" $1;
  "~^(.*)&lang=[^&]*(.*)$" "$1$2";
  default $args;
}
"""

CHAIN = """\
map "$kg_exact $kg_path?$kg_args" $kg_exactly { "~^([0-9]+) (\\\\S+) \\\\2$" $1; }
map "$kg_plain $kg_path" $kg_plainly { "~^([0-9]+) (\\\\S+) \\\\2$" $1; }
map "$kg_exactly|$arg_page" $kg_known {
  "~^\\\\|1?$" $kg_plainly;
  "~^\\\\|" "";
  default $kg_exactly;
}
"""


def maps(rules: Rules) -> Iterator[str]:
    """Yield the lines for the http block."""
    yield HEAD
    for choice in rules.choices:
        yield from _choice(choice)
    yield f"map $kg_path $kg_stem {{\n  {quoted('~' + STEM)} $1;\n}}\n"
    yield from _addresses('"$kg_path?$kg_args"', "kg_exact", rules.exact)
    yield from _addresses("$kg_path", "kg_plain", rules.plain)
    yield CHAIN
    yield f'map $kg_known $kg_kind {{\n  "" {rules.nothing};\n  default $kg_known;\n}}\n'
    chosen = {str(kind): f"$kg_offer_{offer}" for kind, offer in rules.offers.items()}
    yield from _map("$kg_kind", "kg_choice", chosen.items(), "any")
    yield from _map('"$kg_kind $kg_choice"', "kg_picked", rules.picked.items())
    spoken = {key: str(reply) for key, reply in rules.spoken.items()}
    yield from _map('"$kg_picked $kg_language"', "kg_spoken", spoken.items())
    yield 'map $kg_picked $kg_reply {\n  "~^L" $kg_spoken;\n  default $kg_picked;\n}\n'
    for name, values in _columns(rules).items():
        yield from _map("$kg_reply", name, values.items())


def _columns(rules: Rules) -> dict[str, dict[str, str]]:
    """Return what is said of replies, by the name of the variable and the number of the reply."""
    columns: dict[str, dict[str, str]] = {"kg_status": {}, "kg_location": {}, "kg_file": {}}
    columns |= {_header(name): {} for name in rules.headers()}
    for number, reply in enumerate(rules.replies):
        key = str(number)
        columns["kg_status"][key] = str(reply.status)
        said = {"kg_location": reply.location, "kg_file": reply.body}
        said |= {_header(name): value for name, value in reply.headers}
        for name, value in said.items():
            if value:
                columns[name][key] = _value(value)
    return columns


def server(rules: Rules, files: Path, types: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines for the server block; `types` are Content-Types by extension."""
    yield "# Made by kg export; include it in server { }, where nothing else answers."
    yield "absolute_redirect off;\nmerge_slashes off;\nserver_tokens off;"
    for name in rules.headers():
        yield f"add_header {name.title()} ${_header(name)} always;"
    errors = " ".join(str(status) for status in rules.statuses() if status >= 400)
    yield f"error_page {errors} {INSIDE}$kg_file;" if errors else ""
    yield "location / {\n  set $kg_path $uri;"
    yield '  if ($request_method !~ "^(GET|HEAD)$") { return 405; }'
    for status in rules.statuses():
        leads = " $kg_location" if status < 400 else ""
        yield f"  if ($kg_status = {status}) {{ return {status}{leads}; }}"
    yield f"  rewrite ^ {INSIDE}$kg_file last;\n}}"
    inside, found = quoted(f"{files}/"), quoted(f"{files}/$1")
    yield f"location {INSIDE} {{\n  internal;\n  alias {inside};"
    yield "  types {"
    compound = {e: t for e, t in types.items() if "." in e}
    for extension, type_ in types.items():
        if extension not in compound:
            yield f"    {quoted(type_)} {extension};"
    yield "  }"
    yield "}"
    for extension, type_ in compound.items():
        pattern = quoted(f"^{re.escape(INSIDE)}(.*\\.{re.escape(extension)})$")
        yield f"location ~ {pattern} {{\n  internal;\n  alias {found};"
        yield f"  types {{ }}\n  default_type {quoted(type_)};\n}}"


def example(folder: Path, name: str) -> str:
    """Return a whole server of that name, to be included in http { } as it is."""
    return (
        f'include "{folder}/nginx/maps.conf";\nserver {{\n  listen 80;\n  server_name {name};\n'
        f'  include "{folder}/nginx/site.conf";\n}}\n'
    )


def _choice(choice: Choice) -> Iterator[str]:
    # nginx holds no regular expression against nothing, and takes nothing as a key once
    empty = [("", _variables(v)) for pattern, v in choice.rows if re.search(pattern, "")]
    rows = [*empty[:1], *((f"~*{pattern}", _variables(value)) for pattern, value in choice.rows)]
    yield from _map(f'"{_variables(choice.subject)}"', f"kg_{choice.name}", rows, choice.default)


def _map(
    subject: str, name: str, rows: Iterable[tuple[str, str]], default: str = ""
) -> Iterator[str]:
    yield f"map {subject} ${name} {{"
    if default:
        yield f'  default "{_variables(default)}";'
    for key, value in rows:
        yield f'  {quoted(key)} "{value}";'
    yield "}"


def _addresses(subject: str, name: str, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield a map of addresses, each with itself behind its number: nginx ignores their case."""
    twins = same_but_for_case(numbers)
    rows = (
        (f"~^{re.escape(one)}$" if one in twins else one, f"{number} {_value(one)}")
        for one, number in numbers.items()
    )
    yield from _map(subject, name, rows)


def _header(name: str) -> str:
    return f"kg_h_{name.replace('-', '_')}"


def _variables(text: str) -> str:
    """Return a template as nginx writes it."""
    named = re.sub(
        r"\{(\w+)\}",
        lambda found: f"${{{'' if found[1] in VARIABLES else 'kg_'}{found[1]}}}",
        text,
    )
    return re.sub(r"\\(?:g<)?([0-9])>?", r"$\1", named)


def _value(text: str) -> str:
    escaped = re.sub(r'[\\"]', r"\\\g<0>", text).replace("$", "${kg_dollar}")
    return escaped.replace(MARK, "${kg_stem}")
