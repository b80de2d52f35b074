# SPDX-License-Identifier: Apache-2.0
"""Hostile inputs: each becomes the problems it should, in bounded memory, and the next input is coded.

They are made here, for most are many times larger than what they say."""
import gzip
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import zlib

GOOD = "DAMASCUS, July 9 (Agency) -- Turkey condemned the attack on Syria on Thursday.\n"
STORY = b"<p>Turkey condemned the attack on Syria on Thursday. The ministry said so in a statement.</p>" * 3
PEAK_MB = 350  # half of it is the program's own tables and one report's memory
MIB = 1 << 20


def zeros(size, head=b"", window=31):
    """A gzip (31) or zlib (15) bomb: `head`, then `size` bytes of one letter."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    out = [packer.compress(head)] + [packer.compress(b"x" * MIB) for _ in range(size // MIB)]
    return b"".join(out) + packer.flush()


def zstd_zeros(size, head=b""):
    """A zstd frame of blocks that say "this byte, 128 KiB of it"."""
    block = lambda kind, length, last: (length << 3 | kind << 1 | last).to_bytes(3, "little")
    out = [b"\x28\xb5\x2f\xfd\x00\x58", block(0, len(head), 0) + head] + [block(1, 1 << 17, 0) + b"x"] * (size >> 17)
    return b"".join(out) + block(0, 0, 1)


def answer(body, more=b""):
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + body


def record(block, length=None):
    head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.example/\r\nWARC-Date: 2024-05-02T08:30:00Z\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def entities():
    layers = "".join('<!ENTITY a%d "%s">' % (i, f"&a{i - 1};" * 50) for i in range(1, 20))
    return f'<!DOCTYPE nitf [<!ENTITY a0 "ha">{layers}]><nitf><body><body.content><p>&a19;</p></body.content></body></nitf>'.encode()


# name, bytes, exit code, problem codes that must be told, all others are wrong
HOSTILE = (
    ("bomb.txt.gz", lambda: zeros(40 * MIB), 3, {"too-large"}),
    ("bomb.html.gz", lambda: zeros(40 * MIB, b"<html>"), 3, {"too-large"}),
    ("bomb.jsonl.gz", lambda: zeros(40 * MIB, b'{"text": "'), 3, {"too-large", "json"}),
    ("bomb.txt.zst", lambda: zstd_zeros(10 << 30), 3, {"too-large"}),
    ("bomb.csv.zst", lambda: zstd_zeros(10 << 30, b'title,text\na,"'), 3, {"too-large"}),
    ("twice.txt.gz", lambda: gzip.compress(zeros(40 * MIB)), 0, {"binary"}),
    ("body.warc", lambda: record(answer(zeros(40 * MIB), b"Content-Encoding: gzip\r\n")) + record(answer(STORY)), 0, {"too-large"}),
    ("zstd.warc", lambda: record(answer(zstd_zeros(10 << 30), b"Content-Encoding: zstd\r\n")), 0, {"too-large"}),
    ("deflate.warc", lambda: record(answer(zeros(40 * MIB, window=15), b"Content-Encoding: deflate\r\n")), 0, {"too-large"}),
    ("member.warc.gz", lambda: zeros(40 * MIB, record(answer(b"x"), 1 << 40)) + gzip.compress(record(answer(STORY))), 0, {"too-large"}),
    ("lies.warc", lambda: record(answer(STORY), 10 ** 17) + record(answer(STORY), 7) + record(answer(STORY))[:-90], 0, {"warc"}),
    ("cut.warc.gz", lambda: gzip.compress(record(answer(STORY))) + gzip.compress(record(answer(STORY)))[:-30], 3, {"unreadable"}),
    ("ring.warc", lambda: record(b"HTTP/1.1 302 Found\r\nLocation: http://e.example/\r\n\r\n") * 500, 0, set()),
    ("attribute.html", lambda: b'<html><p class="' + b"a " * 5 * MIB + b'">' + STORY, 0, set()),
    ("attribute.nitf", lambda: b'<nitf><body class="' + b"a " * 6 * MIB + b'"><body.content>' + STORY, 3, {"xml"}),
    ("open-tag.nitf", lambda: b'<nitf><body class="' + b"a " * 6 * MIB, 3, {"xml"}),
    ("deep.html", lambda: b"<div>" * 1000000 + STORY, 0, {"too-deep"}),
    ("deep.nitf", lambda: b"<nitf>" + b"<b>" * 1000000, 3, {"xml"}),
    ("deep.json", lambda: b"[" + b'{"text": ' * 1000000, 0, {"json"}),
    ("deep.jsonl", lambda: b'{"text": ' * 1000000, 0, {"json"}),
    ("entities.nitf", entities, 3, {"xml"}),
    ("quote.csv", lambda: b'title,text\na,"' + b"x" * 70 * MIB, 0, {"csv"}),
    ("quotes.csv", lambda: b"title,text\n" + b'a,"open\n' * 200000, 3, {"csv"}),
    ("no-table.csv", lambda: b"title,text\n" + b"a,b,c,d\n" * 200000, 3, {"csv"}),
    ("line.jsonl", lambda: b'{"text": "' + b"x" * 70 * MIB + b'"}\n', 0, {"too-large"}),
    ("nul.jsonl", lambda: b'{"text": "Turkey\0 left."}\n', 0, {"json"}),
    ("nul.csv", lambda: b"title,text\na,Turkey\0 left.\n", 0, {"binary"}),
    ("wide.txt", lambda: ("\ufeff" + GOOD * 3).encode("utf-16-be"), 0, set()),
    ("wide.jsonl", lambda: ("\ufeff" + json.dumps({"text": GOOD})).encode("utf-16-le"), 0, set()),
    ("latin.csv", lambda: "title,text\na,Turkey condemned the attack on Bodrum caf\u00e9s.\n".encode("latin-1"), 0, {"encoding"}),
)


def code(program, env, paths):
    """Exit code, problem codes, reports with words, stderr's end and peak memory in MB."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([program, "code", *paths, "--to", "jsonl", "--jobs", "1"], stdout=out, stderr=err, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines = [json.loads(line) for line in out.read().decode("utf-8").split("\n") if line]
        told = {line["code"] for line in lines if line["type"] == "problem"}
        return child.returncode, told, [line for line in lines if line["type"] == "report" and line["words"] > 10], err.read()[-500:].decode(), usage.ru_maxrss // 1024


def run(build, tally, env):
    sanitized = "san" in build.name
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # a child's peak begins with its parent's
    for name, make, exit_code, codes in HOSTILE:
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            (here / name).write_bytes(make())
            (here / "zz-good.txt").write_text(GOOD * 3, encoding="utf-8")
            got, told, reports, err, peak = code(str(build / "dragoman"), env, [str(here / name), str(here / "zz-good.txt")])
            good = got == exit_code and told == codes and reports and (sanitized or peak < PEAK_MB + before)
            tally.tell(good, f"hostile input {name}", f"exit {got}, problems {sorted(told)}, {len(reports)} reports, peak {peak} MB\n{err}")
