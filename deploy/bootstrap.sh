#!/bin/sh
# Makes .tools/bin/uv usable: the uv on the PATH, else one installed from PyPI into .tools. Prints nothing when all is there.
set -eu
cd "$(dirname "$0")/.."

works() { "$1" --version >/dev/null 2>&1; }

if [ -e .tools/bin/uv ] && works .tools/bin/uv; then
    exit 0
fi
mkdir -p .tools/bin
if works uv; then
    ln -sf "$(command -v uv)" .tools/bin/uv
    exit 0
fi
echo "Cài uv vào .tools (một lần) …"
if ! python3 -m venv .tools/venv >/dev/null 2>&1; then
    rm -rf .tools/venv
    # Debian keeps venv in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    fi
    python3 -m venv .tools/venv || {
        echo "Cần gói python3-venv: hãy cài gói đó (apt-get install python3-venv) rồi chạy lại." >&2
        exit 1
    }
fi
.tools/venv/bin/python -m pip install --quiet --disable-pip-version-check uv
ln -sf ../venv/bin/uv .tools/bin/uv
