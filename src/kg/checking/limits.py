"""What a check of a site may cost, the site and us (storey 1)."""

from dataclasses import dataclass

from kg.errors import KgError


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run: in requests, seconds, and bytes of one answer, unpacked.

    `resources` is how many things are looked at closely, `links` how many IRIs and links are
    followed to see whether they lead anywhere.
    """

    requests: int = 2_000
    seconds: float = 300.0
    answer_seconds: float = 20.0
    bytes: int = 20_000_000
    redirects: int = 10
    resources: int = 4
    links: int = 200


# answers are remembered within a run, up to this many bytes in all
REMEMBERED = 100_000_000


class LimitReached(KgError):
    """A run has used up what it may cost; the message says what. It never leaves the run."""
