"""`python -m bench`: run suites, keep what they measure, and write it into docs/benchmarks.md."""

import argparse
import sys
import tempfile
import time
import traceback
from dataclasses import fields, replace
from pathlib import Path

from bench import targets
from bench.machine import machine, missing_programs
from bench.options import Options
from bench.report import RESULTS, add, write
from bench.suites import SUITES, Suite


def main() -> int:
    """Run what the arguments name; return an exit code: 1 where a suite failed."""
    parser = _arguments()
    wanted = parser.parse_args()
    if not SUITES.keys() >= set(wanted.suite):
        parser.error(f"the suites are {', '.join(SUITES)}")
    if wanted.written:
        shown: dict[str, Suite | str] = {**SUITES, "targets": targets.written()}
        sys.stdout.write("".join(f"{write(name, one)}\n" for name, one in shown.items()))
        return 0
    packages = " ".join(missing_programs())
    if packages:
        sys.stderr.write(f"Not installed: {packages}. Debian: apt-get install {packages}\n")
        return 2
    given = {one.name: getattr(wanted, one.name) for one in fields(Options) if one.name != "ends"}
    failed = [name for name in wanted.suite or SUITES if not _done(name, Options(**given), wanted)]
    sys.stdout.write(f"{write('targets', targets.written())}\n")
    if failed:
        sys.stderr.write(f"Failed, and as measured before: {', '.join(failed)}\n")
    return int(bool(failed))


def _done(name: str, options: Options, wanted: argparse.Namespace) -> bool:
    """Run a suite and write what it measured; return whether it could."""
    suite, begun = SUITES[name], time.monotonic()
    sys.stderr.write(f"{name} ...\n")
    ends = begun + 60 * options.minutes * suite.part
    try:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            rows = suite.run(Path(folder), replace(options, ends=ends))
    except Exception:  # noqa: BLE001 - whatever fails, the other suites are run
        sys.stderr.write(traceback.format_exc())
        return False
    add(RESULTS / f"{name}.json", machine(), rows, fresh=not wanted.add)
    sys.stdout.write(f"{write(name, suite)}\n")
    sys.stderr.write(f"{name}: {time.monotonic() - begun:.0f} s\n")
    return True


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("suite", nargs="*", help=f"of {', '.join(SUITES)}; default: all")
    default = Options()
    parser.add_argument("--rounds", type=int, default=default.rounds, help="at most")
    parser.add_argument("--seconds", type=int, default=default.seconds, help="of a round's load")
    parser.add_argument("--connections", type=int, default=default.connections)
    parser.add_argument(
        "--documents", type=int, default=default.documents, help="asked for in each size"
    )
    for name in ("sizes", "query_sizes", "validation_sizes"):
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=int, nargs="+", default=getattr(default, name),
            help="in triples",
        )  # fmt: skip
    parser.add_argument("--engines", nargs="+", default=default.engines, help="of kg, for queries")
    parser.add_argument(
        "--minutes", type=float, default=default.minutes,
        help="of all suites; each begins no further round when its part is over",
    )  # fmt: skip
    parser.add_argument("--add", action="store_true", help="keep what earlier runs measured")
    parser.add_argument(
        "--written", action="store_true", help="measure nothing; write anew what was kept"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
