#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What building the page anew and testing it in a browser needs: node and npm, Chromium, and web/node_modules as
# web/package-lock.json names them.  The program itself needs none of it: web/dist is committed.  Without them the
# tests of the page are skipped and say so.
set -u
cd "$(dirname "$0")/.." || exit 1

missing=
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need node nodejs
need npm npm
need chromium chromium

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ -n "$missing" ] && command -v apt-get >/dev/null 2>&1; then
    root=
    [ "$(id -u)" -eq 0 ] || root=sudo
    echo "Installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get install -y --no-install-recommends $missing >"$log" 2>&1 ||
        { $root apt-get update >"$log" 2>&1 && $root apt-get install -y --no-install-recommends $missing >"$log" 2>&1; } ||
        { tail -3 "$log" >&2; echo "Without$missing the tests of the page are skipped." >&2; exit 0; }
fi

stamp=web/node_modules/.package-lock.json
if command -v npm >/dev/null 2>&1 && { [ ! -e "$stamp" ] || [ web/package-lock.json -nt "$stamp" ]; }; then
    echo "Installing: web/node_modules"
    npm ci --prefix web --no-audit --no-fund >"$log" 2>&1 || { tail -5 "$log" >&2; echo "Without web/node_modules the tests of the page are skipped." >&2; }
fi
exit 0
