#!/bin/sh
# See that nginx, HAProxy and Caddy are there for the tests of the examples in deploy/: by apt as
# root on Debian, else say how.
set -eu
PATH=$PATH:/usr/sbin

missing=""
command -v nginx >/dev/null || missing="nginx-light"
command -v haproxy >/dev/null || missing="$missing haproxy"
command -v caddy >/dev/null || missing="$missing caddy"
command -v openssl >/dev/null || missing="$missing openssl"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests of deploy/ need nginx, HAProxy, Caddy and openssl; there is no $missing." >&2
  echo "Debian, Ubuntu: sudo apt install $missing." >&2
  exit 2
fi
echo "Installing $missing for the tests (once) ..."
export DEBIAN_FRONTEND=noninteractive
# the package lists of a fresh machine may be empty or old; no service is to start
# shellcheck disable=SC2086 # names of packages, to be split
install="apt-get install -qq -y --no-install-recommends $missing"
export RUNLEVEL=1
$install >/dev/null 2>&1 || { apt-get update -qq && $install >/dev/null; }
