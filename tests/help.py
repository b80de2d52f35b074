# SPDX-License-Identifier: Apache-2.0
"""Checks of what the program says of itself: help of every command and option, examples that run,
manual pages that man reads without a warning, completions that a shell takes.

An example is a line of the help behind "Examples:"; a note stands behind three blanks.  All examples
of a command run one after another in a folder that holds what they name.
"""
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCREEN = 40  # lines that the short help may take
TREE = "# text = Peace came.\n1\tPeace\tpeace\tNOUN\tNN\tNumber=Sing\t2\tnsubj\t_\t_\n2\tcame\tcome\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
REPORT = '{"id":"a1","date":"2024-06-14","lang":"en","text":"Iran and Oman signed a gas deal in Muscat on Sunday."}\n'
GOLD = ('{"id":"a1","date":"2024-06-14","text":"Iran and Oman signed a gas deal in Muscat on Sunday.","events":[{"plover":"AGREE","cameo":"057",'
        '"source":["IRN","OMN"],"target":[],"reciprocal":true,"status":"actual","date":"2024-06-09","place":"Muscat, OMN",'
        '"evidence":["signed a gas deal"]}]}\n')
RECORD = ('{"type":"event","doc":"a1","plover":"AGREE","cameo":"057","source":["IRN GOV","OMN"],"target":[],"reciprocal":true,"status":"actual",'
          '"date":"2024-06-09","place":"Muscat, OMN","evidence":["signed a gas deal"]}\n')
FILES = {"news.jsonl": REPORT, "records.jsonl": RECORD, "page.html": "<html><body><p>Iran and Oman signed a gas deal in Muscat on Sunday.</p></body></html>",
         "gold.jsonl": GOLD, **{name: TREE for name in ("en_ewt-ud-test.conllu", "gold.conllu", "system.conllu", "treebank.conllu")}}


def say(build, *arguments):
    return subprocess.run([str(build / "dragoman"), *arguments], capture_output=True, text=True)


def commands(build):
    return re.findall(r"^  ([a-z]+) +\S", say(build, "help").stdout, re.M)


def check_help(build, command, tally):
    short, full = say(build, command, "-h"), say(build, command, "--help")
    options = re.findall(r"^  (?:-[a-z]|  ) --([a-z-]+)(?: [A-Z-]+)? *(.*)$", full.stdout, re.M)
    silent = [name for name, text in options if not text.strip()]
    good = short.returncode == full.returncode == 0 and not silent and {"help", "data"} <= {name for name, _ in options}
    tally.tell(good, f"help {command}: every option is explained", f"{silent}\n{full.stdout}")
    lines, examples = short.stdout.count("\n"), short.stdout.partition("Examples:\n")[2].count("\n")
    tally.tell(lines <= SCREEN and examples >= 1, f"help {command}: fits a screen, with examples", f"{lines} lines, {examples} examples")


def prepare(build, folder, env):
    (folder / "samples").symlink_to(ROOT / "samples")
    (folder / "lang").symlink_to(ROOT / "lang")
    (folder / "docs").symlink_to(ROOT / "docs")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run([str(build / "dragoman"), "code", "samples", "-o", "desk.db"], cwd=folder, env=env, capture_output=True, check=True)
    for name in ("spring.db", "summer.db"):
        shutil.copy(folder / "desk.db", folder / name)


def check_examples(build, command, env, tally):
    examples = say(build, command, "-h").stdout.partition("Examples:\n")[2].split("\n")
    examples = [re.split(r" {3,}", line.strip())[0] for line in examples if line.startswith("  ")]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(build, folder, env)
        for example in examples:
            if "| man" in example and shutil.which("man") is None:
                tally.skip(f"example: {example}", "no man here")
                continue
            done = subprocess.run(["bash", "-o", "pipefail", "-c", example], cwd=folder, env=env, capture_output=True, text=True, timeout=120,
                                  stdin=subprocess.DEVNULL)
            tally.tell(done.returncode == 0, f"example: {example}", f"exit {done.returncode}\n{done.stdout[-500:]}{done.stderr[-500:]}")


def check_manual(build, names, tally):
    there = {path.name for path in (build / "man").glob("*.1")}
    wanted = {"dragoman.1"} | {f"dragoman-{name}.1" for name in names}
    tally.tell(there == wanted, "a manual page for every command", f"missing {wanted - there}, too many {there - wanted}: see man/meson.build")
    if shutil.which("man") is None:
        tally.skip("manual pages without a warning", "no man here")
        return
    for page in sorted(there):
        done = subprocess.run(["man", "--warnings", "-l", str(build / "man" / page)], capture_output=True, text=True,
                              env={"LC_ALL": "C.UTF-8", "MANWIDTH": "100", "PATH": "/usr/bin:/bin"})
        tally.tell(done.returncode == 0 and not done.stderr and "NAME" in done.stdout, f"{page} without a warning", done.stderr[-800:])


def check_completion(build, names, tally):
    bash = say(build, "completion", "bash").stdout
    ask = bash + ('\nask() { COMP_WORDS=(dragoman "$@"); COMP_CWORD=$#; COMPREPLY=(); _dragoman; echo "${COMPREPLY[*]}"; }\n'
                  'ask ""; ask code --to ""; ask code --err; ask completion f; ask dict te\n')
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, cwd="/proc/sys/abi" if pathlib.Path("/proc/sys/abi").is_dir() else "/")
    answers = done.stdout.split("\n")
    good = len(answers) > 4 and answers[0].split() == names and "jsonl" in answers[1].split() and answers[2:5] == ["--errors", "fish", "test"]
    tally.tell(good, "completion in bash", done.stdout[-800:] + done.stderr[-800:])
    for shell in ("bash", "zsh", "fish"):
        if shutil.which(shell) is None:
            tally.skip(f"completion script of {shell}", f"no {shell} here")
            continue
        done = subprocess.run([shell, "-n"], input=say(build, "completion", shell).stdout, capture_output=True, text=True)
        tally.tell(done.returncode == 0, f"{shell} reads its completion script", done.stderr[-500:])


def run(build, tally, env):
    names = commands(build)
    env = dict(env, PATH=f"{build}:{env['PATH']}", NO_COLOR="1")
    for command in names:
        check_help(build, command, tally)
        if command not in ("watch", "serve"):  # tests/watch.py and tests/serve.py run them
            check_examples(build, command, env, tally)
    check_manual(build, names, tally)
    check_completion(build, names, tally)
