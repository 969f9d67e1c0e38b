#!/bin/sh
# Makes .venv from the lock and puts the project into it. Called by make; the argument is a Python.
# uv is quick, but plain pip does the same where uv cannot be had.
set -eu
cd "$(dirname "$0")/.."
base=$1
python=.venv/bin/python
works='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))'

if ! "$base" -c "$works" 2>/dev/null; then
    found=$(command -v "$base" >/dev/null 2>&1 && "$base" --version 2>&1 | head -n 1 || true)
    echo "This needs Python 3.11 to 3.14, and '$base' is: ${found:-not there}." >&2
    echo "Name another one, for example: make demo PYTHON=python3.12" >&2
    exit 1
fi
"$python" -c "$works; import pip" 2>/dev/null || "$base" -m venv --clear .venv
echo "Setting up .venv from requirements.lock (once; about half a minute) ..."

pip() { "$python" -m pip --disable-pip-version-check --quiet --quiet "$@"; }

# the lock's own lines for uv, hashes and all
mkdir -p build
awk '/^uv==/ {on = 1; print; next} on && /^[^ ]/ {exit} on && !/#/ {print}' requirements.lock > build/uv.lock.txt

# uv does not read pip's settings: hand it the two that decide whether a registry can be reached
if [ -n "${PIP_CERT:-}" ]; then export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"; fi
if [ -n "${PIP_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"; fi

if pip install --require-hashes --no-deps -r build/uv.lock.txt 2>/dev/null &&
    "$python" -m uv pip install --quiet --python "$python" --compile-bytecode \
        --require-hashes -r requirements.lock 2>build/uv.log; then
    :
else
    echo "uv cannot be used here; pip takes over (a minute or two) ..."
    pip install --require-hashes -r requirements.lock
fi
pip install --no-deps --no-build-isolation --editable .
"$python" -m compileall -q src
