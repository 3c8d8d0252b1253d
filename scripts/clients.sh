#!/bin/sh
# See that the clients of other languages are there for the slow tests: rapper and Node.js by apt
# as root on Debian (else say how), those from npm into tests/clients/node_modules.
set -eu
cd "$(dirname "$0")/../tests/clients"

missing=""
command -v rapper >/dev/null || missing="raptor2-utils"
command -v npm >/dev/null && command -v node >/dev/null || missing="$missing nodejs npm"

if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The slow tests need rapper, and Node.js 20.18 or newer with npm; not all are there." >&2
    echo "Debian, Ubuntu: sudo apt install raptor2-utils nodejs npm. Fedora: sudo dnf install" >&2
    echo "raptor2 nodejs npm." >&2
    exit 2
  fi
  echo "Installing $missing for the slow tests (once) ..."
  export DEBIAN_FRONTEND=noninteractive
  # the package lists of a fresh machine may be empty or old
  # shellcheck disable=SC2086 # names of packages, to be split
  apt-get install -qq -y --no-install-recommends $missing >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing >/dev/null; }
fi

# Comunica's HTTP client needs what 20.18 was the first to have
if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 18) ? 0 : 1)'; then
  echo "The slow tests need Node.js 20.18 or newer, and $(command -v node) is $(node --version)." >&2
  echo "Debian 12 has only 18: take one from https://nodejs.org/ and put it first on the PATH." >&2
  exit 2
fi

# what was installed is kept beside it, so that a second run installs nothing
for folder in . ../../frontend; do
  (
    cd "$folder"
    cmp -s package-lock.json node_modules/.installed-lock && exit 0
    echo "Installing the programs from npm into $(basename "$PWD")/node_modules (once, about a minute) ..."
    npm ci
    cp package-lock.json node_modules/.installed-lock
  )
done
# the one thing that the package itself would run after it was installed
chmod u+x node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool 2>/dev/null || true
