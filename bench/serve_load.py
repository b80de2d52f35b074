#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page's server under load:  serve_load.py PROGRAM DESK [SECONDS] [CONNECTIONS]

Starts `dragoman serve`, lists a thousand requests such as the page makes (filters over every screen, single events and reports,
pages of lists), and lets wrk ask them at random over that many connections.  Printed: wrk's own table, answers that were no
success, and the server's memory at the start and every quarter of the way.  Wants wrk (apt-get install wrk)."""
import http.client
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from serve_times import Server

SCREENS = ["counts", "timeline?bucket=auto", "groups?by=category", "groups?by=outlet&rows=20", "map?by=country", "map?by=place&rows=100", "events?rows=50", "dyads?rows=20", "edges?rows=100", "actors?rows=50",
           "sources?rows=50", "reports?rows=20"]
PLAIN = ["claims?rows=20", "claims/speakers?rows=20", "disputes?rows=20", "agreements?rows=50", "audit/precision", "runs", "problems", "suggest?word=source&prefix=ke", "suggest?word=place&prefix=b", "desk", "words"]
SCRIPT = """
local paths = {}
for line in io.lines("PATHS") do paths[#paths + 1] = line end
local at = 0
function setup(thread) thread:set("seed", at); at = at + 1 end
function init() math.randomseed(seed + 7) end
function request() return wrk.format("GET", paths[math.random(#paths)]) end
function done(summary, latency) io.write(string.format("95%% of answers within %.1f ms, slowest %.1f ms\\n", latency:percentile(95) / 1000, latency.max / 1000)) end
"""


def requests(server, line, count):
    dice = random.Random(3)
    values = {word: [v["value"] for v in server.get(line, f"suggest?word={word}&rows=40")["values"]] for word in ("source", "target", "class", "country", "outlet", "place")}
    page = server.get(line, "events?rows=300&sort=-date")["rows"]
    events, reports = [r["event"] for r in page], [r["report"]["id"] for r in page]
    for _ in range(count):
        kind = dice.random()
        if kind < 0.6:
            screen, words = dice.choice(SCREENS), []
            for word in dice.sample([*values, "since", "status"], dice.randint(0, 2)):
                value = f"{dice.randint(2015, 2024)}-{dice.randint(1, 12):02}" if word == "since" else "actual" if word == "status" else dice.choice(values[word])
                words.append(f"{word}={urllib.parse.quote(value)}")
            yield "&".join([screen, *words]) if "?" in screen else screen + "?" + "&".join(words)
        elif kind < 0.75:
            yield "events/" + dice.choice(events)
        elif kind < 0.85:
            yield "reports/" + urllib.parse.quote(dice.choice(reports))
        else:
            yield dice.choice(PLAIN)


def main(program, desk, seconds=60, connections=64):
    server = Server(program, desk)
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    held = []
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/paths", "w", encoding="utf-8") as out:
            out.writelines("/api/v1/" + path + "\n" for path in requests(server, line, 1000))
        with open(folder + "/load.lua", "w", encoding="utf-8") as out:
            out.write(SCRIPT.replace("PATHS", folder + "/paths"))
        print(f"{server.get(line, 'desk')['counts']['events']} events; {server.status('VmRSS') / 1024:.0f} MB before")

        def watch():
            for _ in range(4):
                time.sleep(int(seconds) / 4 - 0.1)
                held.append(server.status("VmRSS") / 1024)
        watcher = threading.Thread(target=watch)
        watcher.start()
        used = server.processor()
        subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-s", folder + "/load.lua", f"http://127.0.0.1:{server.port}/"], check=True)
        used = server.processor() - used
        watcher.join()
    print(f"the server used {used:.1f} s of processor")
    print("memory at each quarter: " + ", ".join(f"{h:.0f} MB" for h in held))
    server.process.terminate()
    server.process.wait()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
