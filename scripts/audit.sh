#!/bin/sh
# Ask PyPI whether a version in constraints.txt has a known hole. Needs the network, and fails without.
set -eu
folder=.venv/audit

[ -x "$folder/bin/pip-audit" ] || {
  .venv/bin/python -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check pip-audit
}
# all that is installed is in the file: nothing is to be resolved
"$folder/bin/pip-audit" --requirement constraints.txt --no-deps --disable-pip --strict
