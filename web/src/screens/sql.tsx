// SPDX-License-Identifier: Apache-2.0
// SQL: any question to the desk, read only, with the tables beside it.
import { useEffect, useState } from "preact/hooks";
import { api, post, Refusal, useAnswer } from "../state/api";
import { count, many } from "../state/say";
import { say } from "../state/session";
import { Failed, Loading } from "../parts/told";
import { save } from "../parts/figure";
import { copy } from "../parts/take";
import { desk } from "../state/desk";

type Answer = { columns: string[]; rows: (string | null)[][]; more: boolean; ms: number };
type Table = { name: string; kind: string; help: string; columns: { name: string; type: string }[]; rows: number | null };

const FIRST = "SELECT plover, count(*) AS tellings\n  FROM events\n GROUP BY plover\n ORDER BY tellings DESC";
const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
const csv = (of: Answer): string =>
  [of.columns, ...of.rows.map((r) => r.map((c) => c ?? ""))].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
const jsonl = (of: Answer): string =>
  of.rows.map((r) => JSON.stringify(Object.fromEntries(of.columns.map((c, i) => [c, r[i]])))).join("\n") + "\n";

export const Sql = () => {
  const [sql, set] = useState(new URLSearchParams(location.hash.slice(1)).get("sql") ?? FIRST);
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const schema = useAnswer<{ tables: Table[] }>(api("schema"));
  const run = async () => {
    setBusy(true);
    setError("");
    history.replaceState(null, "", `${location.pathname}#sql=${encodeURIComponent(sql)}`);
    try {
      const found = await post<Answer>(api("sql"), { sql, rows: 1000, seconds: 20 });
      setAnswer(found);
      say(`${many(found.rows.length, "row")} in ${found.ms} ms`);
    } catch (e) {
      setError((e as Refusal).message);
      setAnswer(undefined);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    if (location.hash.includes("sql=")) run();
  }, []);
  return (
    <>
      <header class="screen-head">
        <h1>SQL</h1>
        <p>One statement that reads, against the tables of the desk. It stands in the address, to be kept or sent.</p>
      </header>
      <div class="columns">
        <div class="two-thirds stack">
          <form
            class="sheet stack"
            onSubmit={(e) => {
              e.preventDefault();
              run();
            }}
          >
            <label class="field">
              Statement
              <textarea
                class="code"
                rows={9}
                spellcheck={false}
                value={sql}
                onInput={(e) => set(e.currentTarget.value)}
                onKeyDown={(e) => {
                  if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
                    e.preventDefault();
                    run();
                  }
                }}
              />
            </label>
            <p class="row">
              <button type="submit" class="main" disabled={busy || !sql.trim()}>
                {busy ? "Asking…" : "Ask"}
              </button>{" "}
              <span class="soft small">
                <kbd>Ctrl</kbd> <kbd>Enter</kbd> · at most 1,000 rows and 20 s here
              </span>
              <button
                type="button"
                class="plain"
                onClick={() =>
                  copy(`dragoman query ${desk.value?.name ?? "desk.db"} ${JSON.stringify(sql.replace(/\s+/g, " ").trim())}`, "Command line")
                }
              >
                Copy command line
              </button>
            </p>
          </form>
          {error && (
            <p class="note bad" role="alert">
              {error}
            </p>
          )}
          {answer && (
            <section class="sheet" aria-label="Answer">
              <header class="spread">
                <p>
                  {many(answer.rows.length, "row")}
                  {answer.more ? ", and more" : ""} <span class="soft">in {count(answer.ms)} ms</span>
                </p>
                <span class="row">
                  <button type="button" onClick={() => save(csv(answer), "answer.csv", "text/csv")}>
                    CSV
                  </button>
                  <button type="button" onClick={() => save(jsonl(answer), "answer.jsonl", "application/jsonl")}>
                    JSON lines
                  </button>
                </span>
              </header>
              <div class="scroll tall" tabIndex={0} role="region" aria-label="Rows">
                <table class="rows">
                  <thead>
                    <tr>
                      {answer.columns.map((c, i) => (
                        <th key={i} scope="col">
                          {c}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {answer.rows.map((r, i) => (
                      <tr key={i}>
                        {r.map((c, k) => (
                          <td key={k} class={c !== null && /^-?[\d.]+$/.test(c) ? "number" : ""}>
                            {c === null ? <span class="soft">null</span> : <bdi>{c}</bdi>}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          )}
        </div>
        <section class="sheet third" aria-labelledby="tables">
          <h2 id="tables">Tables</h2>
          <Failed of={schema} />
          <Loading of={schema} lines={10} />
          {schema.data?.tables.map((t) => (
            <details key={t.name}>
              <summary>
                <b>{t.name}</b>{" "}
                <span class="soft small">{t.kind === "view" ? "view" : t.rows !== null && t.rows !== undefined ? count(t.rows) : ""}</span>
              </summary>
              {t.help && <p class="small soft">{t.help}</p>}
              <p class="small code">{t.columns.map((c) => c.name).join(", ")}</p>
              <p>
                <button type="button" class="plain" onClick={() => set(`SELECT * FROM ${t.name} LIMIT 20`)}>
                  Look into it<span class="hidden"> {t.name}</span>
                </button>
              </p>
            </details>
          ))}
        </section>
      </div>
    </>
  );
};
