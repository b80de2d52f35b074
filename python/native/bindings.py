# SPDX-License-Identifier: Apache-2.0
"""Writes the C source of dragoman._native: bindings.py HEADER GLUE OUT COMPILER...

The declarations are those of the headers, include/dragoman.h and glue.h, as the compiler's preprocessor leaves them, so that
the header is the one place that says what the library offers."""
import pathlib
import re
import subprocess
import sys

import cffi


def declarations(path, compiler):
    """The declarations of a header without those of the headers that it includes."""
    text = re.sub(r"^#include.*$", "", pathlib.Path(path).read_text(encoding="utf-8"), flags=re.M)
    done = subprocess.run([*compiler, "-E", "-P", "-xc", "-DDRG_DECLARATIONS", "-"], input=text, capture_output=True, text=True, check=True)
    return done.stdout


def main(header, glue, out, *compiler):
    ffi = cffi.FFI()
    ffi.cdef(declarations(header, compiler) + declarations(glue, compiler))
    ffi.set_source("dragoman._native", '#include "glue.h"', py_limited_api=True)
    ffi.emit_c_code(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
