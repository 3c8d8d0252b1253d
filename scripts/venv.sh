#!/bin/sh
# Make a virtual environment, or say what the machine lacks. Usage: venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null; then
  echo "kg needs Python 3.11 or newer, and there is no $python." >&2
  echo "Install it (Debian, Ubuntu: apt install python3 python3-venv), or name another:" >&2
  echo "  make serve PYTHON=/path/to/python3.12" >&2
  exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "kg needs Python 3.11 or newer, and $python is $("$python" -V)." >&2
  echo "Name a newer one: make serve PYTHON=/path/to/python3.12" >&2
  exit 2
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "$python cannot make virtual environments." >&2
  echo "Debian and Ubuntu keep that apart: apt install python3-venv" >&2
  exit 2
fi
"$python" -m venv "$folder"
