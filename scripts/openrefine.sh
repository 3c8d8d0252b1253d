#!/bin/sh
# See that OpenRefine is there for the tests: install it on Debian as root, else say how. Without
# it the test of a table that is reconciled is skipped, with its reason.
set -eu

command -v openrefine >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing OpenRefine for the tests (once, about a minute) ..."
  export DEBIAN_FRONTEND=noninteractive
  install="apt-get install -qq -y --no-install-recommends openrefine"
  # the package lists of a fresh machine may be empty or old
  $install >/dev/null 2>&1 || { apt-get update -qq && $install >/dev/null; }
  exit 0
fi
echo "There is no openrefine on the PATH: the test that runs it will be skipped." >&2
echo "Debian 12: sudo apt install openrefine." >&2
