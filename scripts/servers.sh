#!/bin/sh
# See that nginx is there for the tests of exports: by apt as root on Debian, else say how.
set -eu

PATH="$PATH:/usr/sbin"
command -v nginx >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests of exports need nginx. Debian, Ubuntu: sudo apt install nginx-light." >&2
  exit 2
fi
echo "Installing nginx-light for the tests (once) ..."
export DEBIAN_FRONTEND=noninteractive
install="apt-get install -qq -y --no-install-recommends nginx-light"
# the package lists of a fresh machine may be empty or old
$install >/dev/null 2>&1 || { apt-get update -qq && $install >/dev/null; }
