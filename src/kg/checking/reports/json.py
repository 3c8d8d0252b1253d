"""Write a verdict as JSON."""

import json
from dataclasses import asdict

from kg.checking.check import Outcome, Verdict

# a change that breaks readers makes it 2
VERSION = 1


def verdict_as_json(verdict: Verdict) -> str:
    """Return the verdict as a JSON document, results in the order of the table."""
    document = {
        "version": VERSION,
        "url": verdict.url,
        "agent": verdict.agent,
        "date": verdict.date,
        "requests": verdict.requests,
        "notes": verdict.notes,
        "ended": verdict.ended,
        "counts": {outcome.value: verdict.count(outcome) for outcome in Outcome},
        "results": [
            {
                "id": one.check.id,
                "level": one.check.level.value,
                "clause": one.check.clause,
                "sentence": one.check.sentence,
                "outcome": one.outcome.value,
                "lookedAt": one.looked_at,
                "why": one.why,
                "faults": [asdict(fault) for fault in one.faults],
            }
            for one in verdict.results
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
