#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A `dragoman serve` of a test's own on loopback, and how to ask it."""
import http.client
import json
import signal
import subprocess
import time
import urllib.parse

TOKEN = "0123456789abcdef"


def quoted(words):
    """Filter words as parameters of an address."""
    parts = []
    for word in words:
        name, equals, value = word.partition("=")
        parts.append(urllib.parse.quote(name, safe="") + ("=" + urllib.parse.quote(value, safe="") if equals else ""))
    return "&".join(parts)


class Server:
    def __init__(self, build, env, desk, *more):
        self.process = subprocess.Popen([str(build / "dragoman"), "serve", str(desk), "--port", "0", "--no-open", "--token", TOKEN, *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            raise RuntimeError(self.process.stderr.read())
        self.port = int(self.address.split("/#")[0].rsplit(":", 1)[1])
        while not all(self.get("desk")[part] for part in ("ready", "engine")):
            time.sleep(0.02)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, how=signal.SIGINT):
        self.process.send_signal(how)
        code = self.process.wait(30)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def ask(self, path, method="GET", body=None, headers=None):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            line.close()

    def get(self, path, wanted=200):
        status, body, _ = self.ask("/api/v1/" + path, headers={"Dragoman-Token": TOKEN})
        if status != wanted:
            raise RuntimeError(f"{path}: {status} {body[:400]}")
        return json.loads(body)

    def post(self, path, body, wanted=200, token=TOKEN, method="POST"):
        status, answer, _ = self.ask("/api/v1/" + path, method, json.dumps(body), {"Dragoman-Token": token} if token else {})
        if status != wanted:
            raise RuntimeError(f"{path}: {status} {answer[:400]}")
        return json.loads(answer)

    def pages(self, path, rows):
        """All rows of a list, page by page."""
        out, after = [], ""
        while True:
            page = self.get(f"{path}{'&' if '?' in path else '?'}rows={rows}{after}")
            out += page["rows"]
            if page["next"] is None:
                return out
            after = "&after=" + urllib.parse.quote(page["next"])
