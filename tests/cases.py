# SPDX-License-Identifier: Apache-2.0
"""Case files: a text and the records that must come out of it.

    == denial-1                          name, one of its kind in the file
    @date 2020-07-09                     the report's date (2024-06-14 unless told; none: without), also @outlet, @title
    Turkey denied shelling the village.  the text; blank lines part paragraphs
    --
    REJECT 120 TUR > --- actual          must come out
    ! ASSAULT                            nothing that begins so may come out
    ! *                                  nothing but the lines above may come out

A record is written  CATEGORY CAMEO SOURCE [+ SOURCE] [> TARGET [+ TARGET]] STATUS [by CODE] [on DATE] [in PLACE]
[background] [dead N] [injured N] [arrested N], a claim  claim ACT SPEAKER.  An expected line may stop early: what it leaves out is not compared.
"""
import json
import pathlib
import subprocess

FOLDER = pathlib.Path(__file__).resolve().parent / "cases"
FIELDS = ("date", "outlet", "title", "url")


def read_cases(path):
    cases, case, part = [], None, None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("== "):
            case = {"name": line[3:].strip(), "line": number, "text": [], "expected": [], "given": {"date": "2024-06-14"}}
            cases.append(case)
            part = "text"
        elif case is None:
            continue
        elif line.strip() == "--" and part == "text":
            part = "expected"
        elif part == "text" and line.startswith("@") and line[1:].split(" ")[0] in FIELDS:
            value = line.split(" ", 1)[1].strip()
            case["given"][line[1:].split(" ")[0]] = "" if value == "none" else value
        elif part == "text":
            case["text"].append(line)
        elif line.strip() and not line.startswith("#"):
            case["expected"].append(line.strip())
    return cases


def side(actors):
    return " + ".join(a["code"] for a in actors) or "---"


def event_line(event):
    parts = [event["plover"], event["cameo"], side(event["source"])]
    if not event["reciprocal"]:
        parts += [">", side(event["target"])]
    parts.append(event["status"])
    if event["claimed_by"]:
        parts += ["by", side(event["claimed_by"])]
    if event["date"]:
        parts += ["on", event["date"] + ("/" + event["date_end"] if event["date_end"] else "")]
    if event["place"]:
        parts += ["in", event["place"]["name"]]
    if event["background"]:
        parts.append("background")
    parts += [f"{kind} {count}" for kind, count in event["size"].items()]
    return " ".join(parts)


def record_line(record):
    if record["type"] == "event":
        return event_line(record)
    if record["type"] == "claim":
        return f"claim {record['act']} {record['speaker']['code']}"
    if record["type"] == "agreement":
        return f"agreement {record['stage']} {side(record['parties'])}"
    if record["type"] == "problem":
        return f"problem {record['code']}"
    return ""


def fits(wanted, line):
    return line == wanted or line.startswith(wanted + " ")


def judge(case, lines):
    """Every expected line takes one produced line; what is left is checked against the "!" lines."""
    left, wrong = list(lines), []
    for wanted in (e for e in case["expected"] if not e.startswith("!")):
        found = next((line for line in left if fits(wanted, line)), None)
        if found is None:
            wrong.append("missing  " + wanted)
        else:
            left.remove(found)
    for barred in (e[1:].strip() for e in case["expected"] if e.startswith("!")):
        pool = [x for x in left if barred != "*" or not x.startswith(("claim", "agreement"))]
        wrong += ["barred   " + line for line in pool if barred == "*" or fits(barred, line)]
    return wrong


def rewrite(path, answers):
    """Keeps the "!" lines, replaces the others by what came out."""
    out, skip = [], False
    name = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("== "):
            name, skip = line[3:].strip(), False
        if skip and line.strip() and not line.startswith(("!", "#")):
            continue
        out.append(line)
        if line.strip() == "--" and not skip:
            wanted = next(c for c in answers if c["name"] == name)
            kinds = {e.split(" ")[0] for e in wanted["expected"] if e.split(" ")[0] in ("claim", "agreement", "problem")}
            out += [x for x in wanted["lines"] if not x.startswith(("claim", "agreement", "problem")) or x.split(" ")[0] in kinds]
            skip = True
    path.write_text("\n".join(out), encoding="utf-8")


def run(build, tally, env, accept):
    for path in sorted(FOLDER.glob("*.case")):
        cases = read_cases(path)
        given = "".join(json.dumps({"id": c["name"], "lang": "en", **c["given"], "text": "\n".join(c["text"]).strip()}) + "\n" for c in cases)
        done = subprocess.run([str(build / "dragoman"), "code", "-", "--from", "jsonl", "--to", "jsonl", "--jobs", "1", "--least-confidence", "0"],
                              input=given.encode(), capture_output=True, env=env)
        if done.returncode != 0:
            tally.tell(False, f"cases {path.name}", f"exit {done.returncode}\n{done.stderr.decode('utf-8', 'replace')[-2000:]}")
            continue
        records = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
        for case in cases:
            case["lines"] = [x for x in (record_line(r) for r in records if r.get("doc") == case["name"]) if x]
            wrong = judge(case, case["lines"])
            if not accept:
                detail = "\n".join(wrong + ["got      " + line for line in case["lines"]])
                tally.tell(not wrong, f"{path.name}:{case['line']}: {case['name']}", detail)
        if accept:
            rewrite(path, cases)
