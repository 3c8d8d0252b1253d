"""What licences are called that have no name in the data (storey 2)."""

import re

CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)"
    r"(?:/([a-z]{2,5}))?/?(?:deed(?:\.\w+)?|legalcode(?:\.\w+)?)?"
)


def licence_name(iri: str) -> str:
    """Return what a licence of Creative Commons is called, or "".

    Source: https://creativecommons.org/licenses/

    >>> licence_name("https://creativecommons.org/licenses/by-sa/4.0/")
    'CC BY-SA 4.0'
    >>> licence_name("http://creativecommons.org/publicdomain/zero/1.0/")
    'CC0 1.0'
    """
    found = CREATIVE_COMMONS.fullmatch(iri)
    if not found:
        return ""
    kind, name, version, place = found.groups()
    if kind == "publicdomain":
        return f"{'CC0' if name == 'zero' else 'Public Domain Mark'} {version}"
    return " ".join(filter(None, ("CC", name.upper(), version, (place or "").upper())))
