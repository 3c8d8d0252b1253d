#!/bin/sh
# What `make test` runs, in the order in which it is quickest to mend.
set -eu
bin=.venv/bin

$bin/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }
$bin/ruff check --quiet .
$bin/mypy
$bin/kg validate
$bin/pytest -m "not long" "$@"
