#!/bin/sh
# See that there is a Chromium for the tests: install it on Debian as root, else say how.
# KG_CHROMIUM names another one.
set -eu

[ -n "${KG_CHROMIUM:-}" ] && exit 0
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the tests (once) ..."
  export DEBIAN_FRONTEND=noninteractive
  packages="chromium fonts-noto-core"
  # the package lists of a fresh machine may be empty or old
  apt-get install -qq -y --no-install-recommends $packages >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends $packages >/dev/null; }
  exit 0
fi
echo "The tests need Chromium or Chrome, and there is none on the PATH." >&2
echo "Debian, Ubuntu: sudo apt install chromium fonts-noto-core. Fedora: sudo dnf install chromium." >&2
echo "Or name one: KG_CHROMIUM=/path/to/chrome make test" >&2
exit 2
