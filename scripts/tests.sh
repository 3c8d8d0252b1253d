#!/bin/sh
# scripts/tests.sh MARKS [argument of pytest ...]: the tests of those marks, whole files beside one
# another; then, one after the other, those that measure time or memory.
set -eu
marks=$1
shift
pytest=.venv/bin/pytest

# 5 says that there are none: those that were asked for have one of the marks only
some() { "$pytest" "$@" || [ $? = 5 ]; }

marks="$marks and not hand"
some -m "$marks and not alone" -n auto --maxprocesses 4 --dist loadfile "$@"
some -m "$marks and alone" "$@"
