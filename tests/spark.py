# SPDX-License-Identifier: Apache-2.0
"""Checks of the package on Spark: a master and two workers of our own on loopback, and a job (python/tests/spark_job.py) that
compares what it makes of reports with what the program makes of them.  One worker is killed in mid-job.

    the reports     texts of our own grammar (tools/make_variants.py) with copies among them, the samples, and broken ones
    the cluster     master and workers are processes of the tests' own, on free ports, in a temporary folder

Needs pyspark in the environment of `make python-tests`, and Java 17 or newer."""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FAMILIES = 26
LIMIT = 900
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # short lives: no time for the optimizing compiler


def missing(python):
    if not python.exists():
        return "no environment: make python-tests lays it out"
    if subprocess.run([str(python), "-c", "import pyspark, pyarrow"], capture_output=True).returncode != 0:
        return "pyspark is not installed there"
    java = shutil.which("java")
    if java is None:
        return "there is no Java (make setup)"
    version = re.search(r'version "(\d+)', subprocess.run([java, "-version"], capture_output=True, text=True).stderr)
    if version is None or int(version[1]) < 17:
        return "Java is older than 17"
    return None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    """A master and two workers; each leads a process group with all that it starts."""

    def __init__(self, python, folder, env):
        home = subprocess.run([str(python), "-c", "import os, pyspark; print(os.path.dirname(pyspark.__file__))"], capture_output=True, text=True,
                              check=True).stdout.strip()
        self.home, self.folder = pathlib.Path(home), folder
        self.env = dict(env, SPARK_HOME=home, SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="127.0.0.1", SPARK_NO_DAEMONIZE="1",
                        SPARK_DAEMON_JAVA_OPTS=QUICK, SPARK_DAEMON_MEMORY="256m", SPARK_LOCAL_DIRS=str(folder / "local"),
                        SPARK_WORKER_DIR=str(folder / "work"), PYSPARK_PYTHON=str(python), PYTHONDONTWRITEBYTECODE="1", PYTHONWARNINGS="ignore")
        self.address = f"spark://127.0.0.1:{free_port()}"
        self.started = []

    def start(self, kind, *arguments):
        log = open(self.folder / f"{kind}-{len(self.started)}.log", "wb")
        started = subprocess.Popen([str(self.home / "bin/spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--host", "127.0.0.1",
                                    "--webui-port", "0", *arguments], env=self.env, stdout=log, stderr=log, start_new_session=True)
        self.started.append(started)
        return pathlib.Path(log.name), started

    def wait(self, log, words, seconds=120):
        until = time.monotonic() + seconds
        while words not in log.read_text(errors="replace"):
            if time.monotonic() > until:
                raise RuntimeError(f"no \"{words}\" in {seconds} s: {log.read_text(errors='replace')[-800:]}")
            time.sleep(0.1)

    def __enter__(self):
        try:
            log, _ = self.start("Master", "--port", self.address.rsplit(":", 1)[1])
            self.wait(log, "Starting Spark master")
            self.workers = [self.start("Worker", "--cores", "1", "--memory", "1g", self.address) for _ in range(2)]
            for log, _ in self.workers:
                self.wait(log, "Successfully registered with master")
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.started:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()

    def submit(self, job, *arguments):
        settings = {"spark.executor.memory": "512m", "spark.driver.memory": "700m", "spark.sql.shuffle.partitions": "2",
                    "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1",
                    "spark.driver.bindAddress": "127.0.0.1", "spark.driver.extraJavaOptions": QUICK, "spark.executor.extraJavaOptions": QUICK,
                    "spark.sql.codegen.wholeStage": "false", "spark.network.timeout": "60s", "spark.executor.heartbeatInterval": "5s"}
        options = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
        return subprocess.run([str(self.home / "bin/spark-submit"), "--master", self.address, *options, str(job), *map(str, arguments)],
                              env=self.env, capture_output=True, text=True, timeout=LIMIT, cwd=ROOT)


# ---------------------------------------------------------------- reports, and what the program makes of them

def make_reports(folder):
    made = subprocess.run([sys.executable, str(ROOT / "tools/make_variants.py"), "--families", str(FAMILIES)], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    for name in ("samples/18-agency-day.jsonl", "python/tests/stories.jsonl"):
        rows += [json.loads(line) for line in (ROOT / name).read_text().splitlines()]
    rows += [{"id": path.stem, "text": path.read_text()} for path in sorted((ROOT / "samples").glob("*.txt"))]
    rows += [{"id": "empty", "text": ""}, {"id": "noise", "text": "\u0000\u0007 ///"}]
    with open(folder / "reports.jsonl", "w") as file:
        for number, row in enumerate(rows):
            told = {"url": row.get("id", f"r{number}"), "body": row.get("text", ""), "outlet": row.get("outlet", ""), "published": row.get("date", "")}
            file.write(json.dumps(told) + "\n")


def make_inputs(folder):
    inputs = folder / "inputs"
    inputs.mkdir()
    for name in ("01-moyale-agreement.txt", "04-tbilisi-talks-copy.html", "10-port-sudan-aid.html", "18-agency-day.jsonl"):
        shutil.copy(ROOT / "samples" / name, inputs)
    for name in ("packed.warc.gz", "lies.warc", "plain.warc"):
        shutil.copy(ROOT / "tests/fuzz/corpus/warc" / name, inputs)
    (inputs / "deeper").mkdir()
    shutil.copy(ROOT / "samples/17-havana-talks.html", inputs / "deeper")
    (inputs / "broken.jsonl").write_text('{"text": "Chad accused Niger of shelling a village.", "id": "good"}\n{"text": \n')


def expect(build, folder, env):
    """What the program makes of the same."""
    def program(*arguments):
        return subprocess.run([str(build / "dragoman"), "code", *map(str, arguments)], capture_output=True, env=env, cwd=ROOT)
    fields = ("--map", "text=body,date=published,id=url")
    (folder / "wanted.jsonl").write_bytes(program(*fields, folder / "reports.jsonl", "--to", "jsonl").stdout)
    program(*fields, folder / "reports.jsonl", "-o", folder / "desk.db")
    (folder / "wanted-inputs.jsonl").write_bytes(program(folder / "inputs", "--to", "jsonl").stdout)


def run(build, tally, env):
    python = build / "python/venv/bin/python"
    why = missing(python)
    if why is not None:
        tally.skip("spark", why)
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-spark-") as name:
        folder = pathlib.Path(name)
        make_reports(folder)
        make_inputs(folder)
        expect(build, folder, env)
        try:
            with Cluster(python, folder, env) as cluster:
                done = cluster.submit(ROOT / "python/tests/spark_job.py", folder, cluster.workers[0][1].pid)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            tally.tell(False, "spark cluster", str(error)[-2000:])
            return
    told = re.findall(r"^(ok|not ok) (\w+)(.*)$", done.stdout, re.M)
    for word, check, detail in told:
        tally.tell(word == "ok", f"spark {check}", detail)
    tally.tell(done.returncode == 0 and bool(told), "spark job", f"exit {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
