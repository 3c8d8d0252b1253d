"""Whether the data conforms, in one line of the reader's language (storey 3)."""

from types import MappingProxyType

from kg.dataset.snapshot import Snapshot
from kg.source.report import Severity
from kg.views.language import say, say_many, several

# how many results of a severity there are, as `say_many` has it
NAMED = MappingProxyType(
    {
        Severity.VIOLATION: several("%(count)s violation", "%(count)s violations"),
        Severity.WARNING: several("%(count)s warning", "%(count)s warnings"),
        Severity.INFO: several("%(count)s info", "%(count)s infos"),
    }
)


def said_verdict(snapshot: Snapshot) -> str:
    """Return in one line whether the data conforms, and how many results of each kind there are."""
    report = snapshot.report
    counts = {severity: report.count(severity) for severity in Severity}
    shapes = say_many(snapshot, "%(count)s shape", "%(count)s shapes", report.shapes)
    if report.earlier:
        word = say(snapshot, "validated before it was published")
    elif not report.shapes and report.conforms:
        word = say(snapshot, "not validated: there are no shapes")
    elif report.conforms:
        word = say(snapshot, "conforms to %(shapes)s", shapes=shapes)
    else:
        word = say(snapshot, "does not conform to %(shapes)s", shapes=shapes)
    found = (
        say_many(snapshot, *NAMED[severity], count) for severity, count in counts.items() if count
    )
    return say(snapshot, ", ").join((word, *found))
