// SPDX-License-Identifier: Apache-2.0
// Who deals with whom: a matrix first, for it hides nothing; a small graph beside it; and one pair over time.
import { useRef, useState } from "preact/hooks";
import { api, Counts, useAnswer } from "../state/api";
import { conditions, filterQuery, go, onScreen, put, view, withView } from "../state/route";
import { inBucket, codeName, count, day, many } from "../state/say";
import { Figure } from "../parts/figure";
import { Category, Legend } from "../parts/family";
import { Empty, Failed, Loading } from "../parts/told";
import { EventTable } from "../parts/events";
import { exports, TakeAway } from "../parts/take";
import { Edge, Graph, Node } from "../charts/graph";
import { Pair, PairRow } from "../charts/pair";
import { step } from "../charts/map";
import { Switch } from "../parts/switch";

type Cell = { source: string; target: string; events: number; reports: number; quads: number[]; goldstein: number };
type Matrix = { sources: string[]; targets: string[]; names: Record<string, string>; cells: Cell[]; pairs: number; exact: boolean };

const pairPath = (a: string, b: string): string => onScreen(`/dyads/${encodeURIComponent(`${a}-${b}`)}`);

/** How a cell is shaded: by events, or from −10 to 10 by Goldstein's score. */
const tone = (c: Cell, most: number, lens: string): string =>
  lens === "score"
    ? c.goldstein < -5
      ? "quad4 full"
      : c.goldstein < 0
        ? "quad3 full"
        : c.goldstein > 4
          ? "quad2 full"
          : "quad1 full"
    : `heat${step(c.events, most)}`;

const Grid = ({ of, lens }: { of: Matrix; lens: string }) => {
  const [at, setAt] = useState<[number, number]>([0, 0]);
  const body = useRef<HTMLTableSectionElement>(null);
  const cells = new Map(of.cells.map((c) => [`${c.source} ${c.target}`, c]));
  const most = Math.max(1, ...of.cells.map((c) => c.events));
  const name = (code: string) => of.names[code] || codeName(code);
  const walk = (row: number, column: number) => {
    const to: [number, number] = [Math.max(0, Math.min(of.sources.length - 1, row)), Math.max(0, Math.min(of.targets.length - 1, column))];
    setAt(to);
    body.current?.rows[to[0]]?.cells[to[1] + 1]?.querySelector<HTMLElement>("a,span[tabindex]")?.focus();
  };
  const onKey = (e: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      j: [1, 0],
      ArrowUp: [-1, 0],
      k: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
    };
    const s = steps[e.key];
    if (!s) return;
    e.preventDefault();
    e.stopPropagation();
    walk(at[0] + s[0], at[1] + s[1]);
  };
  return (
    <div class="scroll">
      <table class="matrix" aria-label="Sources in rows, targets in columns: events">
        <thead>
          <tr>
            <td class="corner">
              <span class="small soft">who ↓ to whom →</span>
            </td>
            {of.targets.map((t) => (
              <th key={t} scope="col" title={name(t)}>
                <span>{t}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKey}>
          {of.sources.map((s, r) => (
            <tr key={s}>
              <th scope="row" title={s}>
                {name(s)}
              </th>
              {of.targets.map((t, c) => {
                const cell = cells.get(`${s} ${t}`);
                const tab = at[0] === r && at[1] === c ? 0 : -1;
                return (
                  <td key={t} class={cell ? tone(cell, most, lens) : "none"}>
                    {cell ? (
                      <a
                        href={pairPath(s, t)}
                        tabIndex={tab}
                        onFocus={() => setAt([r, c])}
                        title={`${name(s)} → ${name(t)}: ${many(cell.events, "event")}, ${many(cell.reports, "report")}, mean score ${cell.goldstein.toFixed(1)}`}
                        aria-label={`${name(s)} to ${name(t)}: ${many(cell.events, "event")}`}
                      >
                        {lens === "score" ? cell.goldstein.toFixed(1) : count(cell.events)}
                      </a>
                    ) : (
                      <span tabIndex={tab} aria-label={`${name(s)} to ${name(t)}: none`} role="img" />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

export const Dyads = () => {
  const query = filterQuery(conditions.value);
  const rows = view("show") === "more" ? 40 : 18;
  const matrix = useAnswer<Matrix>(api("dyads", query, `rows=${rows}`));
  const edges = useAnswer<{ nodes: Node[]; edges: Edge[]; more: number }>(api("edges", query, "rows=150"));
  const m = matrix.data;
  const best = m?.cells.length ? m.cells.reduce((a, b) => (b.events > a.events ? b : a)) : undefined;
  const summary = best
    ? `${codeName(best.source)} → ${codeName(best.target)} leads with ${many(best.events, "event")}; ${many(m?.pairs ?? 0, "pair")} in all. Rows and columns with like partners stand together.`
    : "";
  return (
    <>
      <header class="screen-head">
        <h1>Dyads</h1>
        <span class="tools">
          <Switch
            word="lens"
            first="events"
            label="What cells show"
            of={[
              ["events", "Events"],
              ["score", "Mean score"],
            ]}
          />
          <Switch
            word="show"
            first="few"
            label="Size"
            of={[
              ["few", "18 × 18"],
              ["more", "40 × 40"],
            ]}
          />
          <TakeAway
            data={api("dyads", query)}
            filter={query}
            files={exports(query, [
              ["Edges, GEXF", "to=gexf"],
              ["Pairs, CSV", "by=dyad&to=csv"],
              ["Pairs, JSON lines", "by=dyad&to=jsonl"],
            ])}
          />
        </span>
        <p>Whose deeds are aimed at whom. Choose a cell to follow that pair over time; what both do together stands in both directions.</p>
      </header>
      <Failed of={matrix} />
      <Loading of={matrix} lines={12} />
      {m && !m.cells.length && <Empty what="pairs" />}
      {m && m.cells.length > 0 && (
        <div class="columns">
          <section class="sheet two-thirds" aria-label="Matrix">
            <Grid of={m} lens={view("lens")} />
            <p class="soft small">
              {summary}
              {view("lens") === "score" ? " Scores run from −10, conflict, to 10, cooperation (Goldstein 1992)." : ""}
            </p>
          </section>
          <Figure
            class="third"
            title="As a graph"
            name="graph"
            summary={
              edges.data
                ? `${many(edges.data.nodes.length, "actor")}, ${many(edges.data.edges.length, "edge")}${edges.data.more ? `, ${count(edges.data.more)} lighter ones left out` : ""}. Thickness is events, colour the family of most of them.`
                : ""
            }
            twin={{
              head: ["Who", "To whom", "Family", "Events", "Reports", "Score"],
              numbers: [3, 4, 5],
              rows: (edges.data?.edges ?? []).map((e) => [
                codeName(e.source),
                `${codeName(e.target)}${e.mutual ? " (mutual)" : ""}`,
                e.quad,
                count(e.events),
                count(e.reports),
                e.goldstein.toFixed(1),
              ]),
            }}
          >
            <Failed of={edges} />
            {edges.data && (
              <Graph
                nodes={edges.data.nodes}
                edges={edges.data.edges}
                open={(a, b) => go(pairPath(a, b))}
                label="Actors on a circle, joined where they deal with each other"
              />
            )}
            <Legend />
          </Figure>
        </div>
      )}
    </>
  );
};

type PairAnswer = {
  a: { code: string; name: string };
  b: { code: string; name: string };
  bucket: string;
  rows: PairRow[];
  forth: Counts;
  back: Counts;
  both: Counts;
  categories: { name: string; forth: number; back: number; both: number }[];
};

export const DyadPair = ({ pair }: { pair: string }) => {
  const query = filterQuery(conditions.value);
  const answer = useAnswer<PairAnswer>(api(`dyads/${encodeURIComponent(pair)}`, query, view("per") && `bucket=${view("per")}`));
  if (answer.error) return <Failed of={answer} />;
  if (!answer.data) return <Loading of={answer} lines={10} />;
  const d = answer.data,
    a = d.a.name || codeName(d.a.code),
    b = d.b.name || codeName(d.b.code);
  const events = filterQuery(put(conditions.value, { name: "dyad", op: "=", value: `${d.a.code}-${d.b.code}` }));
  const sum = (r: PairRow) => r.forth.events + r.back.events + r.both.events;
  const worst = d.rows.length ? d.rows.reduce((m, r) => (conflict(r) > conflict(m) ? r : m)) : undefined;
  const busiest = d.rows.length ? d.rows.reduce((m, r) => (sum(r) > sum(m) ? r : m)) : undefined;
  const summary =
    `${a} → ${b} ${many(d.forth.events, "event")}, ${b} → ${a} ${count(d.back.events)}, together ${count(d.both.events)} (paler).` +
    (busiest && sum(busiest) ? ` Most ${inBucket(busiest.from, d.bucket)} (${count(sum(busiest))});` : "") +
    (worst && conflict(worst) ? ` most deeds of conflict ${inBucket(worst.from, d.bucket)} (${count(conflict(worst))}).` : "");
  return (
    <>
      <header class="screen-head">
        <h1>
          <bdi>{a}</bdi> and <bdi>{b}</bdi>
        </h1>
        <span class="tools">
          <a class="button" href={pairPath(d.b.code, d.a.code)}>
            Swap sides
          </a>
          <a class="button" href={onScreen("/dyads")}>
            All pairs
          </a>
          <a class="button" href={onScreen(`/actors/${encodeURIComponent(d.a.code)}`)}>
            {a}
          </a>
          <a class="button" href={onScreen(`/actors/${encodeURIComponent(d.b.code)}`)}>
            {b}
          </a>
          <TakeAway
            data={api("events", events)}
            filter={events}
            files={exports(events, [
              ["CSV", "to=csv"],
              ["JSON lines", "to=jsonl"],
              ["By month, CSV", "by=month&to=csv"],
            ])}
          />
        </span>
      </header>
      {d.rows.length ? (
        <Figure
          title="Both directions over time"
          name="pair"
          summary={summary}
          tools={
            <label>
              <span class="hidden">Bars of a</span>
              <select
                value={view("per") || "auto"}
                onChange={(e) => go(withView({ per: e.currentTarget.value === "auto" ? "" : e.currentTarget.value }))}
              >
                {["auto", "day", "week", "month", "year"].map((p) => (
                  <option key={p} value={p}>
                    {p === "auto" ? "bars: auto" : `a ${p}`}
                  </option>
                ))}
              </select>
            </label>
          }
          twin={{
            head: ["From", "To", `${a} → ${b}`, `${b} → ${a}`, "Together"],
            numbers: [2, 3, 4],
            rows: d.rows.map((r) => [
              day(r.from, true),
              day(r.until, true),
              count(r.forth.events),
              count(r.back.events),
              count(r.both.events),
            ]),
          }}
        >
          <Legend />
          <Pair rows={d.rows} a={a} b={b} label={summary} />
        </Figure>
      ) : (
        <Empty what="events of this pair" />
      )}
      <div class="columns">
        <section class="sheet third" aria-labelledby="kinds">
          <h2 id="kinds">What they do</h2>
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Category</th>
                <th scope="col" class="number">
                  {d.a.code} → {d.b.code}
                </th>
                <th scope="col" class="number">
                  {d.b.code} → {d.a.code}
                </th>
                <th scope="col" class="number">
                  both
                </th>
              </tr>
            </thead>
            <tbody>
              {d.categories.map((c) => (
                <tr key={c.name}>
                  <td>
                    <Category name={c.name} />
                  </td>
                  <td class="number">{count(c.forth)}</td>
                  <td class="number">{count(c.back)}</td>
                  <td class="number">{count(c.both)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section class="sheet two-thirds" aria-label="Events">
          <h2>Events</h2>
          <EventTable query={events} />
        </section>
      </div>
    </>
  );
};
const conflict = (r: PairRow): number => [r.forth, r.back, r.both].reduce((n, s) => n + (s.quads[3] ?? 0), 0);
