#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a header with a hash over every byte of the library's sources: hash_sources.py OUT DEPENDENCIES ROOT.
The same 16 digits mean the same program; they stand in each run of a desk."""
import hashlib
import pathlib
import sys

out, dependencies, root = (pathlib.Path(a) for a in sys.argv[1:])
files = sorted(p for folder in ("include", "src") for p in (root / folder).rglob("*") if p.suffix in (".c", ".h"))
digest = hashlib.blake2b(digest_size=8)
for path in files:
    digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
out.write_text(f'#define DRG_PROGRAM_HASH "{digest.hexdigest()}"\n', encoding="utf-8")
dependencies.write_text(f"{out}: " + " ".join(str(p).replace(" ", "\\ ") for p in files) + "\n", encoding="utf-8")
