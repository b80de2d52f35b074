// SPDX-License-Identifier: Apache-2.0
// What went into the desk, and what did not: runs with the hashes of what coded them, problems by stage, languages.
import { api, Report, useAnswer, usePages } from "../state/api";
import { go, view, withView } from "../state/route";
import { count, day, many } from "../state/say";
import { desk } from "../state/desk";
import { ReportLine } from "../parts/events";
import { Failed, Loading } from "../parts/told";
import { TakeAway } from "../parts/take";
import { Rows } from "../parts/rows";

type RunRow = {
  id: number;
  program: string;
  model: string;
  words: string;
  options: string;
  reports: number;
  events: number;
  first: string;
  last: string;
};
type Runs = { rows: RunRow[]; now: { program: string; model: string; words: string } };
type Problem = { number: number; stage: string; code: string; message: string; input: string; at: number | null; report: Report | null };
type Problems = {
  rows: Problem[];
  counts: { stage: string; code: string; problems: number }[];
  languages: { lang: string; reports: number }[];
  next: string | null;
};

const HELD: [string, string][] = [
  ["events", "events"],
  ["tellings", "tellings"],
  ["reports", "reports"],
  ["copies", "copies"],
  ["stories", "stories"],
  ["outlets", "outlets"],
  ["owners", "owners"],
  ["claims", "claims"],
  ["agreements", "agreements"],
  ["disputes", "disputes"],
  ["problems", "problems"],
  ["runs", "runs"],
];

const Differences = ({ of }: { of: Runs }) => {
  const last = of.rows[of.rows.length - 1];
  if (!last) return null;
  const differs = (["program", "model", "words"] as const).filter((k) => last[k] !== of.now[k]);
  return differs.length ? (
    <p class="note">
      The last run was coded by {differs.length === 1 ? `another ${differs[0]}` : `another ${differs.join(", ")}`} than this program has
      now; coding the same inputs again brings the desk up to date.
    </p>
  ) : (
    <p class="soft small">This program, its model and its word lists are those of the last run.</p>
  );
};

export const RunsScreen = () => {
  const runs = useAnswer<Runs>(api("runs"));
  const own = [view("stage") && `stage=${encodeURIComponent(view("stage"))}`, view("pick") && `code=${encodeURIComponent(view("pick"))}`]
    .filter(Boolean)
    .join("&");
  const url = api("problems", own);
  const problems = useAnswer<Problems>(url);
  const pages = usePages<Problem>(url);
  return (
    <>
      <header class="screen-head">
        <h1>Runs and problems</h1>
        <span class="tools">
          <TakeAway data={api("runs")} files={[{ label: "Sidecar, JSON", href: api("export/run") }]} />
        </span>
        <p>What made these records, and what could not be read. A count from this desk is cited with its run.</p>
      </header>
      {desk.value && (
        <dl class="strip wrap">
          {HELD.filter(([k]) => desk.value?.counts[k] !== undefined).map(([k, name]) => (
            <div key={k}>
              <dt>{desk.value?.counts[k] === 1 ? name.replace(/ies$/, "y").replace(/s$/, "") : name}</dt>
              <dd>
                <b>{count(desk.value?.counts[k] ?? 0)}</b>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <section class="sheet" aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        <Failed of={runs} />
        <Loading of={runs} lines={3} />
        {runs.data && (
          <>
            <Rows
              caption="Runs"
              rows={runs.data.rows}
              keyOf={(r) => String(r.id)}
              columns={[
                { head: "Run", class: "number", cell: (r) => r.id },
                { head: "Program", cell: (r) => <code>{r.program}</code> },
                { head: "Model", cell: (r) => <code>{r.model}</code> },
                { head: "Word lists", cell: (r) => <code>{r.words}</code> },
                { head: "Options", cell: (r) => <code>{r.options}</code> },
                { head: "Reports", class: "number", cell: (r) => count(r.reports) },
                { head: "Events", class: "number", cell: (r) => count(r.events) },
                { head: "Reports from", class: "nowrap", cell: (r) => day(r.first, true) },
                { head: "to", class: "nowrap", cell: (r) => day(r.last, true) },
              ]}
            />
            <Differences of={runs.data} />
          </>
        )}
      </section>
      <div class="columns">
        <section class="sheet two-thirds" aria-labelledby="problems">
          <h2 id="problems">Problems</h2>
          <Failed of={problems} />
          <Loading of={problems} />
          {problems.data && !problems.data.counts.length && <p class="soft">None: everything that was given could be read.</p>}
          {problems.data && problems.data.counts.length > 0 && (
            <p class="row" role="group" aria-label="Kind of problem">
              <button type="button" class="tab" aria-pressed={!own} onClick={() => go(withView({ stage: "", pick: "" }))}>
                any
              </button>
              {problems.data.counts.map((c) => (
                <button
                  key={`${c.stage} ${c.code}`}
                  type="button"
                  class="tab"
                  aria-pressed={view("stage") === c.stage && view("pick") === c.code}
                  onClick={() => go(withView({ stage: c.stage, pick: c.code }))}
                >
                  {c.stage}: {c.code} <span class="soft">{count(c.problems)}</span>
                </button>
              ))}
            </p>
          )}
          {pages.rows.length > 0 && (
            <Rows
              caption="Problems"
              rows={pages.rows}
              keyOf={(p) => String(p.number)}
              next={pages.next}
              more={pages.more}
              columns={[
                { head: "Stage", cell: (p) => p.stage },
                { head: "Code", cell: (p) => p.code },
                { head: "What", cell: (p) => <bdi>{p.message}</bdi> },
                {
                  head: "Input",
                  cell: (p) => (
                    <>
                      <bdi>{p.input}</bdi>
                      {p.at !== null && <span class="soft"> at {count(p.at)}</span>}
                    </>
                  ),
                },
                { head: "Report", cell: (p) => p.report && <ReportLine of={p.report} /> },
              ]}
            />
          )}
        </section>
        <section class="sheet third" aria-labelledby="languages">
          <h2 id="languages">Languages</h2>
          {problems.data && (
            <ul class="lines">
              {problems.data.languages.map((l) => (
                <li key={l.lang}>
                  <b>{l.lang || "not known"}</b> <span class="soft">{many(l.reports, "report")}</span>
                </li>
              ))}
            </ul>
          )}
          <p class="soft small">
            Only English is coded; reports in another language are kept with their text and stand among the problems.
          </p>
        </section>
      </div>
    </>
  );
};
