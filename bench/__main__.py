"""`python -m bench`: run suites, keep what they measure, and write it into docs/benchmarks.md."""

import argparse
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

from bench.machine import machine, missing_programs
from bench.options import Options
from bench.report import RESULTS, add, write
from bench.suites import SUITES


def main() -> int:
    """Run what the arguments name; return an exit code."""
    parser = _arguments()
    wanted = parser.parse_args()
    if not SUITES.keys() >= set(wanted.suite):
        parser.error(f"the suites are {', '.join(SUITES)}")
    packages = " ".join(missing_programs())
    if packages:
        sys.stderr.write(f"Not installed: {packages}. Debian: apt-get install {packages}\n")
        return 2
    options = Options(**{field.name: getattr(wanted, field.name) for field in fields(Options)})
    for name in wanted.suite or SUITES:
        sys.stderr.write(f"{name} ...\n")
        run, table = SUITES[name]
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            rows = run(Path(folder), options)
        add(RESULTS / f"{name}.json", machine(), rows, fresh=not wanted.add)
        sys.stdout.write(f"{write(name, table)}\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("suite", nargs="*", help=f"of {', '.join(SUITES)}; default: all")
    default = Options()
    parser.add_argument("--rounds", type=int, default=default.rounds, help="of each server")
    parser.add_argument("--seconds", type=int, default=default.seconds, help="of a round's load")
    parser.add_argument("--connections", type=int, default=default.connections)
    parser.add_argument("--sizes", type=int, nargs="+", default=default.sizes, help="in triples")
    parser.add_argument(
        "--documents", type=int, default=default.documents, help="asked for in each size"
    )
    parser.add_argument(
        "--query-sizes", type=int, nargs="+", default=default.query_sizes, help="in triples"
    )
    parser.add_argument("--add", action="store_true", help="keep what earlier runs measured")
    return parser


sys.exit(main())
