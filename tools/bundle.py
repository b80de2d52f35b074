#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a C file of the built page, so that the program carries it:  bundle.py FOLDER OUT.c OUT.d

Each file is there as it is and, where that is smaller, gzipped; the same folder gives the same bytes."""
import gzip
import hashlib
import pathlib
import sys

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
         ".json": "application/json; charset=utf-8", ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
         ".webmanifest": "application/manifest+json", ".bin": "application/octet-stream"}


def array(name, data):
    rows = [",".join(str(b) for b in data[i:i + 64]) for i in range(0, len(data), 64)]
    return f"static const unsigned char {name}[] = {{\n" + ",\n".join(rows or ["0"]) + "};\n"


def main(folder, out, deps):
    root = pathlib.Path(folder)
    files = sorted(p for p in root.rglob("*") if p.is_file() and not p.name.startswith("."))
    if not any(p == root / "index.html" for p in files):
        sys.exit(f"{folder}: there is no index.html: build the page first")
    arrays, rows = [], []
    for n, path in enumerate(files):
        if path.suffix not in TYPES:
            sys.exit(f"{path}: of what type is that? add it to tools/bundle.py")
        data = path.read_bytes()
        packed = gzip.compress(data, 9, mtime=0)
        smaller = len(packed) < len(data)
        arrays.append(array(f"file_{n}", data) + (array(f"packed_{n}", packed) if smaller else ""))
        tag = hashlib.sha256(data).hexdigest()[:16]
        rows.append(f'    {{"/{path.relative_to(root).as_posix()}", "{TYPES[path.suffix]}", "\\"{tag}\\"", file_{n}, {f"packed_{n}" if smaller else "NULL"},'
                    f" {len(data)}, {len(packed) if smaller else 0}}},\n")
    pathlib.Path(out).write_text('#include "serve/bundle.h"\n\n' + "".join(arrays) + "const bundle_file bundle_files[] = {\n" + "".join(rows) +
                                 "    {NULL, NULL, NULL, NULL, NULL, 0, 0}};\n")
    folders = sorted({str(root), *(str(p.parent) for p in files)})
    pathlib.Path(deps).write_text(f"{out}: " + " ".join([*map(str, files), *folders]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
