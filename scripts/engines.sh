#!/bin/sh
# See that Virtuoso is there for the slow tests: by apt as root on Debian, else say how. Oxigraph
# comes by pip with the tests.
set -eu

command -v virtuoso-t >/dev/null && command -v isql-vt >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The slow tests need Virtuoso 7: virtuoso-t and isql-vt are not both there." >&2
  echo "Debian: sudo apt install virtuoso-opensource." >&2
  exit 2
fi
echo "Installing virtuoso-opensource for the slow tests (once) ..."
export DEBIAN_FRONTEND=noninteractive
install="apt-get install -qq -y --no-install-recommends virtuoso-opensource"
# the package lists of a fresh machine may be empty or old
$install >/dev/null 2>&1 || { apt-get update -qq && $install >/dev/null; }
