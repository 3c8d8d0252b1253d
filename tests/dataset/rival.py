"""What csv-reconcile answers: run by the Python of its own environment, in an empty folder.

It reads `names.csv` (id, name) and `queries.json` (names), and writes the ids that each query
finds, the best first, to the standard output as JSON.
"""

import json
import sys
from pathlib import Path

AT_ONCE = 50


def main() -> None:
    """Start the service as its command does, and send all queries to it by HTTP's rules."""
    import csv_reconcile

    sys.stdout, said = sys.stderr, sys.stdout
    folder = Path.cwd()
    csv_reconcile.doinit("", "", str(folder / "names.csv"), "id", "name")
    client = csv_reconcile.create_app().test_client()
    queries = json.loads((folder / "queries.json").read_text("utf-8"))
    answers = []
    for start in range(0, len(queries), AT_ONCE):
        batch = {
            str(place): {"query": text, "limit": 10}
            for place, text in enumerate(queries[start : start + AT_ONCE])
        }
        answer = client.post("/reconcile", data={"queries": json.dumps(batch)}).get_json()
        answers += [[one["id"] for one in answer[key]["result"]] for key in batch]
    print(json.dumps(answers), file=said)


if __name__ == "__main__":
    main()
