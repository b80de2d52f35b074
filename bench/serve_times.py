#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long the page's server takes for what a change of the filter asks:  serve_times.py PROGRAM DESK [CHANGES]

Starts `dragoman serve` on the desk, waits until it has read it, and then changes the filter again and again, as a reader would: a
word is added, taken away or replaced, each filter new to the server.  A change asks the counts, the timeline, categories,
countries, places and the first page of the table over as many connections as a browser would use; its time is that of all of them.
Printed: median and 95th percentile of single answers and of whole changes, time to the first answer, memory, processor time."""
import concurrent.futures
import http.client
import json
import os
import random
import subprocess
import sys
import time

ASKED = ["counts", "timeline?bucket=auto", "groups?by=category", "map?by=country", "map?by=place&rows=300", "events?rows=50"]
LANES = 6


class Server:
    def __init__(self, program, desk):
        self.began = time.monotonic()
        self.process = subprocess.Popen([program, "serve", desk, "--port", "0", "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = self.process.stdout.readline()
        self.port = int(address.split(":")[2].split("/")[0])
        self.listening = time.monotonic() - self.began
        while not self.get(http.client.HTTPConnection("127.0.0.1", self.port), "desk")["ready"]:
            time.sleep(0.02)
        self.ready = time.monotonic() - self.began

    def get(self, line, path):
        line.request("GET", "/api/v1/" + path)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]}")
        return json.loads(body)

    def status(self, name):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as lines:
            return next(int(l.split()[1]) for l in lines if l.startswith(name))

    def processor(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as line:
            fields = line.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def filters(server, line, changes):
    """Words that the desk has values for, in changing company."""
    dice = random.Random(7)
    values = {word: [v["value"] for v in server.get(line, f"suggest?word={word}&rows=30")["values"]] for word in ("source", "target", "class", "country", "outlet", "place")}
    plain = ["status=actual", "status=claimed", "quad=4", "quad=1", "conf%3E=0.4", "reports%3E=2", "background=no", "goldstein%3C=-5"]
    chips = []
    for n in range(changes):
        if chips and dice.random() < 0.3:
            chips.pop(dice.randrange(len(chips)))
        if len(chips) < 3:
            word = dice.choice([*values, *["plain"] * 6, *["days"] * 2])
            if word == "plain":
                chips.append(dice.choice(plain))
            elif word == "days":
                year, month = dice.randint(2015, 2024), dice.randint(1, 12)
                chips.append(f"since={year}-{month:02}")
            else:
                chips.append(f"{word}={dice.choice(values[word])}".replace(" ", "%20"))
        yield "&".join([*chips, f"conf%3E=0.0{n:04}"])  # holds of all, and makes the filter a new one


def main(program, desk, changes=200):
    server = Server(program, desk)
    lines = [http.client.HTTPConnection("127.0.0.1", server.port) for _ in range(LANES)]
    counts = server.get(lines[0], "desk")["counts"]
    print(f"{counts['events']} events in {counts['tellings']} tellings; listens after {server.listening:.2f} s, has read the desk after {server.ready:.2f} s"
          f" ({server.processor():.1f} s of processor), {server.status('VmRSS') / 1024:.0f} MB")
    single, whole, sizes = {}, [], []
    used = server.processor()

    def ask(lane, path):
        start = time.perf_counter()
        answer = server.get(lines[lane], path)
        single.setdefault(path.split("&conf")[0].split("?")[0] + (" " + path.split("by=")[1].split("&")[0] if "by=" in path else ""), []).append(time.perf_counter() - start)
        return answer

    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        for words in filters(server, lines[0], int(changes)):
            start = time.perf_counter()
            answers = list(pool.map(ask, range(LANES), [path + ("&" if "?" in path else "?") + words for path in ASKED]))
            whole.append(time.perf_counter() - start)
            sizes.append(answers[0]["events"])
    used = server.processor() - used
    alone = sorted(t for times in single.values() for t in times)
    for name, times in [("one answer", alone), *sorted(single.items()), ("a whole change", sorted(whole))]:
        times = sorted(times)
        print(f"{name:24} median {times[len(times) // 2] * 1000:7.1f} ms   95 % {times[int(len(times) * 0.95)] * 1000:7.1f} ms   slowest {times[-1] * 1000:7.1f} ms")
    print(f"{len(whole)} changes, {used / len(whole) * 1000:.0f} ms of processor a change; events left: median {sorted(sizes)[len(sizes) // 2]}, most {max(sizes)}; {server.status('VmRSS') / 1024:.0f} MB")
    server.process.terminate()
    server.process.wait()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
