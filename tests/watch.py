# SPDX-License-Identifier: Apache-2.0
"""Checks of `dragoman watch` against a server of our own on loopback that plays what servers do: validators,
refusals, slow and endless bodies, redirects, gzip bombs, resets.  What was asked for is in the server's log."""
import gzip
import hashlib
import http.server
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import tempfile
import threading
import time

FAST = ("--pause", "1ms", "--timeout", "8s")
SHORT = ("--timeout", "700ms")
TEXT = "Turkey accused Syria on Sunday of shelling village number {} near Idlib. Damascus denied the charge on Monday."


def page(number):
    return f"<html><head><title>Report {number}</title></head><body><article><p>{TEXT.format(number)}</p></article></body></html>".encode()


def feed(items, extra=""):
    """items: (link, text of the description or "")"""
    rows = "".join(f"<item><title>Report {i}</title><link>{link}</link><guid>g{link}</guid><pubDate>Tue, 11 Jun 2024 10:00:00 GMT</pubDate>"
                   f"<description>{text}</description></item>" for i, (link, text) in enumerate(items))
    return f"<rss version='2.0'><channel><title>The Harbour Post</title>{extra}{rows}</channel></rss>".encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.log.append((self.path, dict(self.headers), time.monotonic()))
        answer = self.server.answers.get(self.path)
        try:
            answer(self) if answer else self.reply(404, b"no")
        except (BrokenPipeError, ConnectionResetError):
            pass

    def reply(self, code, body=b"", kind="text/html", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Site(http.server.ThreadingHTTPServer):
    """Answers by path: bytes, (code, bytes, headers) or a function of the handler."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.log, self.answers = [], {}
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, *_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def put(self, path, body, code=200, kind="text/html", **headers):
        self.answers[path] = lambda h: h.reply(code, body, kind, **headers)

    def put_feed(self, path, items, extra="", **headers):
        self.put(path, feed(items, extra), kind="application/rss+xml", **headers)

    def asked(self, path=None):
        return [p for p, _, _ in self.log if path is None or p == path]


class Desk:
    def __init__(self, build, env, folder):
        self.program = str(build / "dragoman")
        self.env = {k: v for k, v in env.items() if not k.lower().endswith("_proxy")}
        self.folder, self.path = pathlib.Path(folder), pathlib.Path(folder) / "desk.db"

    def list(self, *lines):
        (self.folder / "feeds.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def arguments(self, *more):
        return [self.program, "watch", str(self.folder / "feeds.txt"), "-o", str(self.path), *FAST, *map(str, more)]

    def once(self, *more):
        done = subprocess.run(self.arguments("--once", *more), capture_output=True, env=self.env, timeout=120)
        return done.returncode, done.stderr.decode("utf-8", "replace")

    def start(self, *more):
        return subprocess.Popen(self.arguments(*more), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.env)

    def ask(self, sql, path=None):
        if not (path or self.path).exists():
            return []
        base = sqlite3.connect(path or self.path, timeout=10)
        try:
            return base.execute(sql).fetchall()
        finally:
            base.close()

    def state(self, sql):
        return self.ask(sql, self.path.with_name("desk.db.watch"))

    def set_due(self):
        base = sqlite3.connect(self.path.with_name("desk.db.watch"))
        with base:
            base.execute("UPDATE feeds SET next = 0")
        base.close()

    def urls(self):
        return sorted(u.rsplit("/", 1)[1] for u, in self.ask("SELECT url FROM reports"))

    def problems(self):
        return sorted((c, d.rsplit("/", 1)[1]) for c, d in self.ask("SELECT code, input FROM problems WHERE stage = 'watch'"))


def check_growing(site, desk, tally):
    """A feed that grows: validators are sent back, only what is new is fetched, an old item is not read again."""
    version = {"items": [("/1.html", ""), ("/2.html", "")]}

    def answer(h):
        body = feed(version["items"])
        etag = '"' + hashlib.sha1(body).hexdigest() + '"'
        if h.headers.get("If-None-Match") == etag:
            h.reply(304, b"", ETag=etag)
        else:
            h.reply(200, body, "application/rss+xml", ETag=etag, Last_Modified="Tue, 11 Jun 2024 10:00:00 GMT")
    site.answers["/feed.xml"] = answer
    for i in (1, 2, 3):
        site.put(f"/{i}.html", page(i))
    desk.list(site.base + "/feed.xml")
    code, err = desk.once()
    tally.tell(code == 0 and desk.urls() == ["1.html", "2.html"], "watch: new items become reports", f"exit {code} {desk.urls()} {err}")
    row = desk.ask("SELECT outlet, title, date, text FROM reports WHERE url LIKE '%/1.html'")
    tally.tell(row and row[0][:3] == ("The Harbour Post", "Report 0", "2024-06-11") and "village number 1" in row[0][3], "watch: the feed's facts, the page's text", str(row))
    tally.tell(site.asked()[:2] == ["/robots.txt", "/feed.xml"] and sorted(site.asked()) == ["/1.html", "/2.html", "/feed.xml", "/robots.txt"],
               "watch: robots.txt first, then each address once, and nothing else", str(site.asked()))
    tally.tell(all(re.match(r"dragoman/\d", h.get("User-Agent", "")) for _, h, _ in site.log), "watch: says who it is")
    code, err = desk.once()
    tally.tell(code == 0 and "not due" in err and len(site.log) == 4, "watch: a feed that is not due is not asked", f"{code} {err} {site.asked()}")
    desk.set_due()
    desk.once()
    sent = site.log[-1][1]
    tally.tell(site.asked()[4:] == ["/feed.xml"] and sent.get("If-None-Match") and sent.get("If-Modified-Since") == "Tue, 11 Jun 2024 10:00:00 GMT",
               "watch: validators are kept over restarts, 304 fetches nothing", f"{site.asked()} {sent}")
    version["items"].insert(0, ("/3.html", ""))
    site.put("/1.html", page(99))
    desk.set_due()
    desk.once()
    tally.tell(desk.urls() == ["1.html", "2.html", "3.html"] and site.asked("/1.html") == ["/1.html"], "watch: only the new item is fetched", str(site.asked()))


def slow(h):
    h.send_response(200)
    h.send_header("Content-Type", "text/html")
    h.end_headers()
    for _ in range(100):
        h.wfile.write(b"<p>drip")
        h.wfile.flush()
        time.sleep(0.1)


def endless(h):
    h.send_response(200)
    h.send_header("Content-Type", "text/html")
    h.end_headers()
    for _ in range(600):
        h.wfile.write(b"x" * 65536)


def reset(h):
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    h.connection.close()


def check_pages(site, desk, tally):
    """Every way in which a page fails: the feed's own text is taken, and a problem says why."""
    pages = {"gone": "page-gone", "file": "redirect", "ftp": "redirect", "loop": "redirect", "bomb": "too-large", "endless": "too-large", "pdf": "page-type",
             "secret": "robots", "drip": "page-unreachable", "reset": "page-unreachable", "500": "page-unreachable", "wall": "page-no-text"}
    site.put("/robots.txt", b"User-agent: *\nDisallow: /sec*\n", kind="text/plain")
    site.put_feed("/feed.xml", [("/" + name, TEXT.format(i)) for i, name in enumerate(pages)] + [("/moved", "No."), ("/cyrillic", "No."), ("/bare", "")])
    site.put("/file", b"", 302, Location="file:///etc/passwd")
    site.put("/ftp", b"", 301, Location="ftp://127.0.0.1/x")
    site.put("/loop", b"", 302, Location="/loop")
    site.put("/bomb", gzip.compress(b"<p>" + b"x" * (40 << 20)), Content_Encoding="gzip")
    site.put("/pdf", b"%PDF-1.4", kind="application/pdf")
    site.put("/secret", page(1))
    site.put("/500", b"", 500)
    site.put("/wall", b"<html><body><script>load()</script></body></html>")
    site.put("/moved", b"", 302, Location="there")
    site.put("/there", page(77))
    site.put("/cyrillic", "<p>The minister Мир said on Monday that Turkey condemned the attack on Syria.</p>".encode("cp1251") * 3, kind="text/html; charset=windows-1251")
    site.answers.update({"/drip": slow, "/endless": endless, "/reset": reset})
    desk.list(site.base + "/feed.xml")
    for _ in range(4):  # failures for a time are tried again, later
        code, err = desk.once("--jobs", 1, *SHORT)
        due = desk.state("SELECT max(next) FROM items WHERE waits = 1")[0][0] or 0
        time.sleep(max(0, due / 1000 - time.time()))
    wanted = sorted([(code, name) for name, code in pages.items()] + [("page-gone", "bare")])
    tally.tell(desk.problems() == wanted, "watch: a problem says what is wrong with each page", f"{set(wanted) ^ set(desk.problems())}\n{err}")
    tally.tell(desk.urls() == sorted([*pages, "moved", "cyrillic"]), "watch: the feed's own text stands in for a page that fails", str(desk.urls()))
    texts = dict(desk.ask("SELECT replace(url, rtrim(url, replace(url, '/', '')), ''), text FROM reports"))
    tally.tell("village number 77" in texts.get("moved", ""), "watch: a redirect is followed", str(texts.get("moved")))
    tally.tell("Мир" in texts.get("cyrillic", ""), "watch: the server's charset is believed", str(texts.get("cyrillic"))[:100])
    counts = {p: len(site.asked("/" + p)) for p in ("500", "reset", "drip", "loop", "secret", "gone", "there")}
    tally.tell(counts == {"500": 4, "reset": 4, "drip": 4, "loop": 6, "secret": 0, "gone": 1, "there": 1}, "watch: tries and redirects have limits", str(counts))
    tally.tell(desk.state("SELECT count(*) FROM items WHERE waits = 1") == [(0,)], "watch: nothing waits in the end")


def check_feeds(site, desk, tally):
    """Every way in which a feed fails, and the lines of the list."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /closed\n\nUser-agent: other\nDisallow: /\n", kind="text/plain")
    site.put("/page", page(1))
    site.put("/late", b"", 429, Retry_After="7200")
    site.put("/500", b"", 500)
    site.put("/410", b"", 410)
    site.put_feed("/closed", [("/page", "")])
    site.put("/cut", feed([("/a", TEXT.format(1)), ("/b", TEXT.format(2))])[:-60])
    site.put_feed("/age", [], Cache_Control="max-age=5000")
    site.put_feed("/ttl", [], "<ttl>600</ttl>")
    site.answers["/drip"] = slow
    names = ("page", "500", "410", "closed", "cut", "age", "ttl", "drip")  # and then "late": its answer closes the host for two hours
    desk.list("# towns", *(f"{site.base}/{n}" for n in names), "", "ftp://127.0.0.1/x", "not an address", f"{site.base}/age", f"{site.base}/plain 2x",
              f"{site.base}/empty  3h  \"20 Minutes\"", f"{site.base}/late")
    site.put_feed("/empty", [("/quiet", TEXT.format(9))])
    before = time.time()
    code, err = desk.once("--no-pages", *SHORT)
    told = dict((d, c) for c, d in desk.problems() if c != "list")
    tally.tell(code == 3 and told == {"page": "not-feed", "late": "unreachable", "500": "unreachable", "410": "gone", "closed": "robots", "cut": "damaged",
                                      "drip": "unreachable"}, "watch: a problem says what is wrong with each feed", f"exit {code} {told}\n{err}")
    lines = sorted(n for n, in desk.ask("SELECT at FROM problems WHERE code = 'list'"))
    tally.tell(lines == [11, 12, 13, 14] and "feeds.txt:11:" in err, "watch: bad lines of the list are named", f"{lines} {err}")
    tally.tell(desk.urls() == ["a", "b", "quiet"] and not {"/quiet", "/a", "/b", "/closed"} & set(site.asked()), "watch: --no-pages fetches feeds alone", str(site.asked()))
    tally.tell(desk.ask("SELECT outlet FROM reports WHERE url LIKE '%/quiet'") == [("20 Minutes",)], "watch: the list names the outlet")
    waits = {a.rsplit("/", 1)[1]: (n / 1000 - before) / 60 for a, n in desk.state("SELECT address, next FROM feeds")}
    least = {"late": 120, "500": 30, "410": 7 * 1440, "closed": 1440, "age": 83, "ttl": 600, "page": 30, "empty": 180}
    tally.tell(all(least[n] - 1 < waits[n] < least[n] + 2 for n in least), "watch: waits as servers and feeds ask", str(waits))


def check_robots(site, desk, tally):
    """A robots.txt that cannot be had closes the host; a known one goes on counting; pauses are kept."""
    site.put("/robots.txt", b"", 503)
    site.put_feed("/feed.xml", [("/1.html", ""), ("/2.html", "")])
    for i in (1, 2):
        site.put(f"/{i}.html", page(i))
    desk.list(site.base + "/feed.xml")
    code, err = desk.once()
    tally.tell(code == 3 and set(site.asked()) == {"/robots.txt"} and "robots.txt" in err, "watch: without an answer for robots.txt nothing is fetched", f"{code} {site.asked()} {err}")
    site.put("/robots.txt", b"User-agent: dragoman\nCrawl-delay: 0.3\n", kind="text/plain")
    time.sleep(1.1)
    desk.set_due()
    code, err = desk.once("--jobs", 4)
    times = [t for p, _, t in site.log if p in ("/feed.xml", "/1.html", "/2.html")]
    tally.tell(code == 0 and len(times) == 3 and min(b - a for a, b in zip(times, times[1:])) > 0.29, "watch: Crawl-delay is kept between two requests", f"{code} {times} {err}")
    site.put("/robots.txt", b"", 503)
    count = len(site.log)
    desk.set_due()
    code, err = desk.once()
    tally.tell(code == 0 and site.asked()[count:] == ["/feed.xml"], "watch: robots.txt is not asked for again while it counts", f"{code} {site.asked()[count:]}")


def check_private(site, desk, tally):
    """What a feed of the open web links to is not fetched from a private network; passwords are not shown."""
    site.put_feed("/feed.xml", [("/1.html", TEXT.format(1))])
    site.put("/1.html", b"", 500)
    desk.list(site.base.replace("//", "//me:secret@") + "/feed.xml")
    desk.once()
    tally.tell(site.log[-1][0] == "/1.html" and site.log[1][1].get("Authorization") and "Authorization" not in site.log[-1][1],
               "watch: a password goes to its feed alone", str(site.log))
    count = len(site.log)
    base = sqlite3.connect(desk.path.with_name("desk.db.watch"))
    with base:  # as if the feed had been found on the open web
        base.execute("UPDATE feeds SET private = 0, next = next + 100000000")
        base.execute("UPDATE items SET next = 0")
    base.close()
    code, err = desk.once()
    tally.tell(len(site.log) == count and desk.problems() == [("private", "1.html")] and desk.urls() == ["1.html"],
               "watch: a private address is not asked for on a feed's word", f"{code} {site.asked()} {desk.problems()} {err}")
    tally.tell("secret" not in err and not desk.ask("SELECT 1 FROM problems WHERE input LIKE '%secret%'") and
               desk.path.with_name("desk.db.watch").stat().st_mode & 0o77 == 0, "watch: passwords are not shown", err)


def check_certificate(site, desk, tally):
    """TLS that cannot be verified is refused."""
    if not shutil.which("openssl"):
        tally.skip("watch: certificates", "no openssl here")
        return
    key, cert = desk.folder / "key.pem", desk.folder / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=127.0.0.1"],
                   capture_output=True, check=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.put_feed("/feed.xml", [])
    desk.list(site.base.replace("http:", "https:") + "/feed.xml")
    code, err = desk.once()
    tally.tell(code == 3 and "certificate" in err.lower() and not site.log, "watch: a certificate that nobody vouches for is refused", f"{code} {site.asked()} {err}")


def big_site(site, count):
    site.put_feed("/feed.xml", [(f"/{i}.html", "") for i in range(count)], ETag='"one"')
    site.answers["/feed.xml"] = (lambda whole: lambda h: h.reply(304) if h.headers.get("If-None-Match") == '"one"' else whole(h))(site.answers["/feed.xml"])
    for i in range(count):
        site.put(f"/{i}.html", page(i))


def check_killed(site, desk, tally):
    """Killed again and again at any moment: in the end each item is in the desk once."""
    big_site(site, 60)
    desk.list(site.base + "/feed.xml")
    killed = 0
    for turn in range(12):
        child = desk.start("--once")
        time.sleep(0.06 + 0.021 * turn)
        child.kill()
        killed += child.wait() == -9
        child.stderr.close()
    part = len(desk.ask("SELECT 1 FROM reports")) if desk.ask("SELECT 1 FROM sqlite_schema WHERE name = 'reports'") else 0
    if desk.state("SELECT 1 FROM sqlite_schema WHERE name = 'feeds'"):
        desk.set_due()
    code, err = desk.once()
    rows = desk.ask("SELECT count(*), count(DISTINCT url) FROM reports")
    events = desk.ask("SELECT count(*) FROM (SELECT report, count(*) n FROM events GROUP BY report HAVING n <> 2)")
    sound = desk.ask("PRAGMA integrity_check") == [("ok",)]
    tally.tell(killed > 3 and code == 0 and rows == [(60, 60)] and events == [(0,)] and sound, "watch: killed at any moment, nothing is lost and nothing is doubled",
               f"killed {killed}, {part} before the last run; exit {code} {rows} {events} {err[-300:]}")


def check_lost_mark(site, desk, tally):
    """The desk was committed, the mark was not: the item is coded again, even from a changed page, and is there once."""
    big_site(site, 3)
    desk.list(site.base + "/feed.xml")
    desk.once()
    base = sqlite3.connect(desk.path.with_name("desk.db.watch"))
    with base:
        base.execute("UPDATE items SET waits = 1")
    base.close()
    site.put("/1.html", page(111))
    code, err = desk.once()
    texts = desk.ask("SELECT text FROM reports WHERE url LIKE '%/1.html'")
    tally.tell(code == 0 and desk.urls() == ["0.html", "1.html", "2.html"] and "number 111" in texts[0][0], "watch: an item that is coded again replaces itself",
               f"{code} {desk.urls()} {texts} {err}")


def check_signals(site, desk, tally):
    """A watch that runs: it polls again by itself, ends cleanly at a signal; a second one on the same desk is refused."""
    site.put_feed("/feed.xml", [("/0.html", "")])
    for i in range(2):
        site.put(f"/{i}.html", page(i))
    desk.list(site.base + "/feed.xml 200ms")
    for number, name in ((signal.SIGTERM, "SIGTERM"), (signal.SIGINT, "Ctrl-C")):
        child = desk.start("--every", "1s")
        deadline, polls = time.monotonic() + 20, len(site.asked("/feed.xml"))
        while time.monotonic() < deadline and len(site.asked("/feed.xml")) < polls + 3:
            time.sleep(0.02)
            if len(site.asked("/feed.xml")) == polls + 1:
                site.put_feed("/feed.xml", [("/1.html", ""), ("/0.html", "")])
        if number == signal.SIGTERM:
            code, err = desk.once()
            tally.tell(code == 1 and "another watch" in err, "watch: two on one desk are refused", f"{code} {err}")
        child.send_signal(number)
        _, err = child.communicate(timeout=20)
        tally.tell(child.returncode == 130 and b"interrupted" in err and desk.urls() == ["0.html", "1.html"], f"watch: polls by itself, ends cleanly at {name}",
                   f"exit {child.returncode} {desk.urls()} {err.decode()[-500:]}")


def check_use(site, desk, tally):
    desk.list("# nothing")
    code, err = desk.once()
    tally.tell(code == 2 and "names no feed" in err, "watch: an empty list is told", f"{code} {err}")
    other = desk.folder / "other.db"
    base = sqlite3.connect(other)
    with base:
        base.execute("CREATE TABLE mine(a)")
    base.close()
    before = other.read_bytes()
    code, err = desk.once("--state", other)
    tally.tell(code == 1 and "no file of dragoman watch" in err and other.read_bytes() == before, "watch: a database of another program is left as it is", f"{code} {err}")
    for more, word in ((("--every", "x"), "--every"), (("--jobs", "0"), "--jobs"), (("--agent", "1\n"), "--agent"), (("--timeout", "5h"), "--timeout")):
        code, err = desk.once(*more)
        tally.tell(code == 2 and word in err, f"watch: {word} is checked", f"{code} {err}")
    (desk.folder / "feeds.txt").unlink()
    code, err = desk.once()
    tally.tell(code == 3 and "feeds.txt" in err, "watch: a list that is not there is told", f"{code} {err}")


def run(build, tally, env):
    has_watch = subprocess.run([str(build / "dragoman"), "watch", os.devnull, "-o", "/nowhere/x"], capture_output=True, env=env)
    if b"without libcurl" in has_watch.stderr:
        tally.skip("watch", "built without libcurl")
        return
    for check in (check_growing, check_pages, check_feeds, check_robots, check_private, check_certificate, check_killed, check_lost_mark, check_signals, check_use):
        with tempfile.TemporaryDirectory() as folder, Site() as site:
            check(site, Desk(build, env, folder), tally)
