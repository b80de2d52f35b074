# SPDX-License-Identifier: Apache-2.0
"""Reports out of files that Spark can list: web archives, JSON lines, pages, feeds, mail ...: what docs/formats.md says.

Files under `file:` are opened by the workers themselves, which must see them, and read in little memory whatever their
size.  All others are handed over by Spark, one at a time, as a whole."""
from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from .._native import ffi, lib
from ..coder import Coder
from ..errors import InputError, UseError
from ..reports import Reports, _check_fields
from . import worker
from .coding import coded, coder_options, union

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_SLICE_BYTES = 32 << 20  # files of a task, together


class PassedOverWarning(UserWarning):
    """Files whose names say that they are none of the user's."""


def _takes(name: str) -> bool:
    data = name.encode("utf-8", "surrogateescape")
    return bool(lib.drg_input_takes((ffi.from_buffer(data), len(data))))


def _is_hidden(path: str) -> bool:
    """Spark and its like keep what is theirs under such names."""
    return any(part.startswith(("_", ".")) for part in path.split("/"))


def _list_path(spark: Any, path: str) -> tuple[list[tuple[str, int]], int]:
    """Files with their bytes, and how many were passed over for their names."""
    jvm, conf = spark._jvm, spark._jsc.hadoopConfiguration()
    pattern = jvm.org.apache.hadoop.fs.Path(path)
    system = pattern.getFileSystem(conf)
    found: list[tuple[str, int]] = []
    hidden = 0
    for status in system.globStatus(pattern) or ():
        top = status.getPath()
        if status.isFile():
            passed = _is_hidden(top.getName()) and top.getName() != pattern.getName()
            hidden += passed
            found += [] if passed else [(top.toString(), status.getLen())]
            continue
        inside = system.listFiles(top, True)
        while inside.hasNext():
            entry = inside.next()
            passed = _is_hidden(entry.getPath().toString()[len(top.toString()) + 1:])
            hidden += passed
            if not passed and _takes(entry.getPath().getName()):
                found.append((entry.getPath().toString(), entry.getLen()))
    return sorted(found, key=lambda item: [part.encode("utf-8", "surrogateescape") for part in item[0].split("/")]), hidden


def list_files(spark: SparkSession, *paths: str) -> list[tuple[str, int]]:
    """The files that `paths` name, with their bytes: files, folders with all that is inside, patterns (``*``, ``?``, ``[]``,
    ``{}``), on whatever file system Spark knows.  Of a folder those files are taken whose names say that they hold reports; a
    warning tells how many begin with ``_`` or ``.`` and are passed over, as everywhere in Spark, unless they are named.

    Raises:
        InputError: a path names nothing.
    """
    if not hasattr(spark, "_jsc"):
        raise UseError("files are listed by a session that has the driver in its process: over Spark Connect, read them as a data frame")
    found: list[tuple[str, int]] = []
    for path in paths:
        files, hidden = _list_path(spark, str(path))
        if hidden:
            warnings.warn(f"{path}: {hidden} files whose names begin with _ or . are passed over: name them to have them read", PassedOverWarning, stacklevel=3)
        if not files:
            raise InputError("names no file with reports", str(path))
        found += files
    if not paths:
        raise UseError("name files or folders")
    return found


def _slices(files: list[tuple[str, int]], tasks: int) -> list[list[str]]:
    """Runs of files of about the same bytes, in order."""
    most = min(_SLICE_BYTES, sum(size for _, size in files) // max(tasks, 1) + 1)
    slices: list[list[str]] = [[]]
    held = 0
    for path, size in files:
        if slices[-1] and held + size > most:
            slices.append([])
            held = 0
        slices[-1].append(path)
        held += size
    return slices


def _inputs(spark: SparkSession, paths: tuple[str, ...], whole: bool) -> list[DataFrame]:
    """Frames of inputs for workers, in the order of the files."""
    files = list_files(spark, *paths)
    own = [(path, size) for uri, size in files if not whole and (path := worker.local_path(uri)) is not None]
    frames = []
    if own:
        slices = _slices(own, spark.sparkContext.defaultParallelism * 4)
        rows = spark.sparkContext.parallelize([(part,) for part in slices], len(slices))
        frames.append(spark.createDataFrame(rows, "paths array<string>"))
    handed = [uri for uri, _ in files if whole or worker.local_path(uri) is None]
    for uri in handed:
        if _is_hidden(uri.rsplit("/", 1)[1]):
            raise InputError("Spark hands over no file whose name begins with _ or .: rename it", uri)
    if handed:
        plain = ["".join("\\" + c if c in "[]{}*?\\" else c for c in uri) for uri in handed]
        frames.append(spark.read.format("binaryFile").load(plain).select(F.col("path"), F.col("content")))
    return frames


def code_files(spark: SparkSession, *paths: str, kind: str | None = None, fields: Mapping[str, str] | None = None, whole: bool = False,
               coder: Coder | None = None) -> DataFrame:
    """Codes the reports of files.

    Args:
        paths: files, folders, patterns that Spark can list: ``"hdfs:///crawl/*.warc.gz"``.
        kind: "warc", "jsonl", "html" ...; None: told by each file's first bytes.
        fields: where records keep what: ``{"title": "headline", "text": "content.body"}``.
        whole: let Spark hand over files of `file:` too, for workers that do not see them; a file is then held in memory.
        coder: as of `code`.

    Returns:
        Records as of `code`, in the order of the files (those handed over by Spark come last, in any order), of which no one is
        left out: one that cannot be read is a row with a problem.
    """
    run = partial(worker.code_inputs, coder_options(coder), kind, _check_fields(fields))
    _check_kind(kind)
    return coded(_inputs(spark, paths, whole), run)


def read(spark: SparkSession, *paths: str, kind: str | None = None, fields: Mapping[str, str] | None = None, whole: bool = False) -> DataFrame:
    """The reports of files, before they are coded: to be filtered, spread over more workers (`repartition`) and given to `code`.

    Args:
        paths, kind, fields, whole: as of `code_files`.

    Returns:
        A row a report, with the columns text and html (bytes, in the file's own encoding), id, url, outlet, title, date, byline,
        lang, fetched; where something could not be read, a row with a `problem`, which `code` passes on.
    """
    run = partial(worker.read_inputs, kind, _check_fields(fields))
    _check_kind(kind)
    return union([frame.mapInArrow(run, from_arrow_schema(worker.REPORTS)) for frame in _inputs(spark, paths, whole)])


def _check_kind(kind: str | None) -> None:
    Reports("-", kind=kind)  # opens nothing yet
