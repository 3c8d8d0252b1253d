#!/bin/sh
# scripts/tests.sh MARKS [argument of pytest ...]: the tests of those marks, whole files beside one
# another; then, one after the other, those that measure time or memory.
set -eu
marks=$1
shift
pytest=.venv/bin/pytest

$pytest -m "$marks and not alone" -n auto --maxprocesses 4 --dist loadfile "$@"
# 5 says that none has both marks, or those that were asked for
$pytest -m "$marks and alone" "$@" || [ $? = 5 ]
