# SPDX-License-Identifier: Apache-2.0
"""What a desk holds, row by row, less what tells only the order of writing: for comparing desks."""
import json
import sqlite3

SERIAL = {"reports": {"number", "run", "found_by"}, "events": {"number"}, "claims": {"number"}, "agreements": {"number"},
          "problems": {"number"}, "runs": {"id"}}


def keep(table, row):
    return tuple(sorted((name, value) for name, value in row.items() if name not in SERIAL.get(table, ())))


def tables_of(path):
    """Our tables: not those behind the index of words."""
    with sqlite3.connect(path) as base:
        return [r[0] for r in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'report_words%' ORDER BY name")]


def sqlite_rows(path):
    out = {}
    with sqlite3.connect(path) as base:
        base.row_factory = sqlite3.Row
        for table in tables_of(path):
            rows = [{k: ("\\x" + r[k].hex() if isinstance(r[k], bytes) else r[k]) for k in r.keys()} for r in base.execute(f"SELECT * FROM {table}")]
            out[table] = sorted((keep(table, r) for r in rows), key=repr)
    return out


def postgres_rows(server, name, tables):
    out = {}
    for table in tables:
        lines = server.sql(name, f"SELECT row_to_json(t) FROM {table} t").split("\n")
        out[table] = sorted((keep(table, json.loads(line)) for line in lines if line), key=repr)
    return out


def differing(a, b):
    return ", ".join(f"{t}: {len(a.get(t, ()))} and {len(b.get(t, ()))} rows, {len(set(a.get(t, ())) ^ set(b.get(t, ())))} differ"
                     for t in sorted(set(a) | set(b)) if a.get(t) != b.get(t))
