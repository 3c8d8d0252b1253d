#!/bin/sh
# What `make test` runs, in the order in which it is quickest to mend.
set -eu
bin=.venv/bin

$bin/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }
$bin/ruff check --quiet .
$bin/mypy
$bin/kg fmt --check || { echo "Run: .venv/bin/kg fmt" >&2; exit 1; }
$bin/kg validate
sh scripts/tests.sh "not long" "$@"
