#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that the build and the tests need and that are missing, as root or
# through sudo, and says which.  With nothing missing it says nothing and asks nobody.
set -eu

missing=
need_tool() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need_library() {
    { command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$1"; } || missing="$missing $2"
}

need_tool cc gcc
need_tool make make
need_tool meson meson
need_tool ninja ninja-build
need_tool pkg-config pkg-config
need_tool python3 python3
need_tool sqlite3 sqlite3
need_library libutf8proc libutf8proc-dev
need_library libxxhash libxxhash-dev
need_library libxml-2.0 libxml2-dev
need_library json-c libjson-c-dev
need_library sqlite3 libsqlite3-dev
need_library zlib zlib1g-dev
need_library libcurl libcurl4-openssl-dev
need_library libmicrohttpd libmicrohttpd-dev
need_library libzstd libzstd-dev
need_library libbrotlidec libbrotli-dev
need_library cmocka libcmocka-dev
need_library libpq libpq-dev
# The Python package: headers of the interpreter, and environments to build and test it in.
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
python3 -c 'import os, sysconfig; assert os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))' 2>/dev/null ||
    missing="$missing python3-dev"
[ -e /usr/include/errno.h ] || missing="$missing libc6-dev"

# The tests start a PostgreSQL server and a Spark cluster of their own; where there is none they skip what needs it.
server=
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || server=postgresql-15
java=
command -v java >/dev/null 2>&1 || java=openjdk-17-jre-headless

[ -n "$missing$server$java" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "These are missing (named as in Debian), and there is no apt-get to install them:$missing" >&2
    exit 1
fi
root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Run as root: apt-get install$missing" >&2; exit 1; }
    root=sudo
fi
echo "Installing:$missing $server $java"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() { $root apt-get install -y --no-install-recommends "$@" >"$log" 2>&1; }
install_fresh() { install "$@" || { $root apt-get update >"$log" 2>&1 && install "$@"; }; }
if [ -n "$missing" ]; then
    install_fresh $missing || { cat "$log" >&2; exit 1; }
fi
if [ -n "$server" ]; then
    # The package would make and start a cluster for the whole machine: nobody asked for one.
    settings=/etc/postgresql-common
    [ -e $settings/createcluster.conf ] ||
        { $root mkdir -p $settings && echo "create_main_cluster = false" | $root tee $settings/createcluster.conf >/dev/null; } || true
    install_fresh $server || { tail -3 "$log" >&2; echo "Without a PostgreSQL server its tests are skipped." >&2; }
fi
if [ -n "$java" ]; then
    install_fresh $java || { tail -3 "$log" >&2; echo "Without Java the tests on Spark are skipped." >&2; }
fi
