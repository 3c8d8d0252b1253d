#!/bin/sh
# See that csv-reconcile, which the tests compare with, is in an environment of its own: it wants
# versions of Flask and Cython that nothing else should have to share.
set -eu
cd "$(dirname "$0")/.."

place=.venv/csv-reconcile
version=0.3.2
[ -f "$place/installed-$version" ] && exit 0
echo "Installing csv-reconcile for the tests (once, about half a minute) ..."
.venv/bin/python -m venv --clear "$place"
"$place/bin/python" -m pip install --quiet --disable-pip-version-check "csv-reconcile==$version"
touch "$place/installed-$version"
