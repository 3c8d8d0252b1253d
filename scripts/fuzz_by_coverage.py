"""Let atheris look for texts that break a reader, led by which lines they reach.

Usage: PYTHONPATH=. .venv/bin/python scripts/fuzz_by_coverage.py READER [OPTIONS OF LIBFUZZER]
where READER is one of tests/fuzz/readers.py, such as `turtle -max_total_time=600`.
It needs `pip install atheris`, ends with 77 where one breaks, and writes the text into a file
`crash-…`: it becomes a case of FOUND in tests/fuzz/test_readers.py.
"""

import sys

import atheris

with atheris.instrument_imports(include=["kg"]):
    from tests.fuzz.readers import READERS, small


def main() -> None:
    """Try texts until the time is over."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] not in READERS:
        sys.exit(f"{__doc__}\nThe readers are {', '.join(READERS)}.")
    read = READERS[arguments[0]]
    if arguments[0] == "path":
        small()

    def once(data: bytes) -> None:
        read(data.decode("utf-8", "replace"))

    atheris.Setup([sys.argv[0], *arguments[1:]], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
