"""What of a list is asked for, and the URLs that ask for it (storey 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class View:
    """What of a list is asked for: the values chosen by columns, the order, the number of a page.

    `path` is the URL of the list.
    """

    path: str
    chosen: Mapping[str, str]
    sort: str = ""
    page: int = 1

    def url(self, extension: str = "") -> str:
        """Return the URL of this view, or of a file with all that it has on all its pages."""
        pairs = dict(sorted(self.chosen.items()))
        pairs |= {"sort": self.sort} if self.sort else {}
        pairs |= {"page": str(self.page)} if self.page > 1 and not extension else {}
        path, separator = self.path, "?"
        if "?" in path:
            separator = "&"
            pairs |= {"format": extension} if extension else {}
        elif extension:
            path = f"{path}.{extension}"
        asked = urlencode(pairs, quote_via=quote, safe="/:")
        return f"{path}{separator}{asked}" if asked else path

    def choosing(self, name: str, value: str | None) -> "View":
        """Return the view with another value chosen by a column, or none."""
        others = {one: other for one, other in self.chosen.items() if one != name}
        return replace(self, chosen=others if value is None else {**others, name: value}, page=1)
