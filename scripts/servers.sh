#!/bin/sh
# See that nginx and Apache are there for the tests of exports: by apt as root on Debian, else say how.
set -eu

PATH="$PATH:/usr/sbin"
missing=
command -v nginx >/dev/null || missing="nginx-light"
command -v apache2 >/dev/null || missing="$missing apache2-bin"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests of exports need nginx and Apache. Debian, Ubuntu: sudo apt install $missing." >&2
  exit 2
fi
echo "Installing $missing for the tests (once) ..."
export DEBIAN_FRONTEND=noninteractive
install="timeout 300 apt-get install -qq -y --no-install-recommends $missing"
# the package lists of a fresh machine may be empty or old
$install >/dev/null 2>&1 || { timeout 300 apt-get update -qq && $install >/dev/null; }
