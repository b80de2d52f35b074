// SPDX-License-Identifier: Apache-2.0
// The audit: one event and its sentence at a time, one key a verdict.  What comes out is a precision with its interval,
// which says how much to trust the desk's counts, and a gold file for `dragoman eval`.
import { useEffect, useState } from "preact/hooks";
import { api, ask, Event, forget, Mark, Page, post, Precision, Refusal, remove, Run, useAnswer, Verdict } from "../state/api";
import { conditions, filterQuery, go, view, withView } from "../state/route";
import { many, percent } from "../state/say";
import { desk } from "../state/desk";
import { say, token } from "../state/session";
import { Facts, ReportLine } from "../parts/events";
import { Score, Wrong } from "../parts/verdict";
import { Empty, Failed, Loading } from "../parts/told";

type Item = { event: Event; sentence: { runs: Run[]; marks: Mark[] }; verdict: Verdict | null };
type Queue = { rows: Item[]; open: number; next: string | null; order: string; seed: number };
type Saved = { verdict: Verdict; precision: Precision };

const ORDERS: [string, string][] = [
  ["random", "Random"],
  ["stratified", "By category"],
  ["doubtful", "Least certain"],
  ["changed", "Changed"],
];

/** A sentence with the event's own words marked. */
const Sentence = ({ of }: { of: Item }) => (
  <p class="words sentence-text" dir="auto">
    {of.sentence.runs.map((r) => {
      const marks = r.marks.map((m) => of.sentence.marks[m]).filter((m) => m && (!m.events || m.events.includes(of.event.telling)));
      return marks.length
        ? marks
            .sort((a, b) => a.lane - b.lane)
            .reduce<preact.ComponentChildren>(
              (inner, m) => <span class={`mark ${m.kind} lane${Math.min(6, m.lane)}`}>{inner}</span>,
              r.text,
            )
        : r.text;
    })}
  </p>
);

export const Audit = () => {
  const query = filterQuery(conditions.value.filter((c) => c.name !== "sort"));
  const order = view("order") || "random",
    seed = view("seed") || "1";
  const [queue, setQueue] = useState<Item[]>([]);
  const [open, setOpen] = useState(0);
  const [next, setNext] = useState<string | null>(null);
  const [done, setDone] = useState<{ item: Item; verdict: Verdict | null }[]>([]);
  const [wrong, setWrong] = useState(false);
  const [error, setError] = useState("");
  const [precision, setPrecision] = useState<Precision>();
  const [saving, setSaving] = useState(false);
  const url = api("audit/queue", query, `order=${order}`, `seed=${seed}`, "rows=20", view("show") === "all" ? "again=yes" : "");
  const first = useAnswer<Queue>(url);
  const score = useAnswer<Precision>(api("audit/precision", query, `order=${order}`, `seed=${seed}`));
  useEffect(() => {
    if (first.data && !first.pending) {
      setQueue(first.data.rows);
      setOpen(first.data.open);
      setNext(first.data.next);
      setDone([]);
      setWrong(false);
    }
  }, [first.data, first.pending]);
  useEffect(() => () => forget(), []);
  const shown = precision ?? score.data;
  useEffect(() => setPrecision(undefined), [query, order, seed]);

  const fill = async (left: Item[]) => {
    if (left.length > 5 || !next) return;
    const page = await ask<Queue & Page<Item>>(`${url}&after=${encodeURIComponent(next)}`);
    setNext(page.next);
    setQueue((now) => [...now, ...page.rows.filter((r) => !now.some((o) => o.event.telling === r.event.telling))]);
  };
  const item = queue[0];
  const step = (verdict: Verdict | null) => {
    if (!item) return;
    const left = queue.slice(1);
    setQueue(left);
    setDone([{ item, verdict }, ...done].slice(0, 50));
    setWrong(false);
    fill(left).catch((e: Refusal) => setError(e.message));
  };
  const give = async (verdict: string, field = "", correct = "", note = "") => {
    if (!item || saving) return;
    setSaving(true);
    setError("");
    try {
      const saved = await post<Saved>(api("audit/verdicts"), {
        telling: item.event.telling,
        verdict,
        ...(field && { field }),
        ...(correct && { correct }),
        ...(note && { note }),
        order,
        seed: Number(seed),
      });
      forget();
      setPrecision(saved.precision);
      setOpen((n) => Math.max(0, n - 1));
      say(`${verdict}. ${saved.precision.precision === null ? "" : `Precision ${percent(saved.precision.precision, 1)}`}`);
      step(saved.verdict);
    } catch (e) {
      setError((e as Refusal).message);
    } finally {
      setSaving(false);
    }
  };
  const undo = async () => {
    const [last, ...rest] = done;
    if (!last || saving) return;
    setSaving(true);
    setError("");
    try {
      if (last.verdict) {
        const back = await remove<{ precision: Precision }>(api(`audit/verdicts/${last.verdict.id}`));
        forget();
        setPrecision(back.precision);
        setOpen((n) => n + 1);
      }
      setQueue([last.item, ...queue]);
      setDone(rest);
      setWrong(false);
      say("Undone");
    } catch (e) {
      setError((e as Refusal).message);
    } finally {
      setSaving(false);
    }
  };
  const mayWrite = desk.value?.writable && (desk.value.token === "none" || token);
  return (
    <>
      <header class="screen-head">
        <h1>Audit</h1>
        <span class="tools">
          <span class="switch" role="group" aria-label="Order">
            {ORDERS.map(([k, name]) => (
              <button key={k} type="button" aria-pressed={order === k} onClick={() => go(withView({ order: k === "random" ? "" : k }))}>
                {name}
              </button>
            ))}
          </span>
          <button type="button" onClick={() => go(withView({ seed: String(Number(seed) + 1) }))} title="Another sample of the same kind">
            Sample {seed}
          </button>
        </span>
        <p>Is the event coded as its report says? Read the sentence, press a key. The filter above chooses what is sampled.</p>
      </header>
      {desk.value && !mayWrite && (
        <p class="note bad">
          {desk.value.writable
            ? "Verdicts need the token: open the page by the address that dragoman serve printed."
            : "This desk is read only: verdicts cannot be saved."}
        </p>
      )}
      {error && (
        <p class="note bad" role="alert">
          {error}
        </p>
      )}
      <div class="columns">
        <section class="two-thirds stack" aria-label="To be judged">
          <Failed of={first} />
          <Loading of={first} lines={10} />
          {first.data && !item && (
            <Empty what="events left to judge">
              <p>All of this sample have a verdict.</p>
              <p>
                <a class="button" href={withView({ show: "all" })}>
                  Judge them again
                </a>
              </p>
            </Empty>
          )}
          {item && (
            <article class="sheet judged" data-telling={item.event.telling}>
              <p class="small soft">
                {many(open, "event")} without a verdict · <ReportLine of={item.event.report} event={item.event.telling} />
              </p>
              <Sentence of={item} />
              <Facts of={item.event} />
              {wrong ? (
                <Wrong give={(field, correct, note) => give("wrong", field, correct, note)} stop={() => setWrong(false)} />
              ) : (
                <p class="row verdicts" role="group" aria-label="Verdict">
                  <button type="button" data-key="1" disabled={saving || !mayWrite} onClick={() => give("right")}>
                    <kbd>1</kbd> Right
                  </button>
                  <button type="button" data-key="2" disabled={saving || !mayWrite} onClick={() => setWrong(true)}>
                    <kbd>2</kbd> Wrong…
                  </button>
                  <button type="button" data-key="3" disabled={saving || !mayWrite} onClick={() => give("unsure")}>
                    <kbd>3</kbd> Cannot tell
                  </button>
                  <button type="button" data-key="n" class="plain" onClick={() => step(null)}>
                    <kbd>n</kbd> Skip
                  </button>
                  <a class="button plain" data-key="w" href={`/why/${encodeURIComponent(item.event.telling)}`}>
                    <kbd>w</kbd> Why
                  </a>
                  <a
                    class="button plain"
                    data-key="o"
                    href={`/reader/${encodeURIComponent(item.event.report.id)}?pick=${encodeURIComponent(item.event.telling)}`}
                  >
                    <kbd>o</kbd> Report
                  </a>
                </p>
              )}
            </article>
          )}
          <p class="row">
            <button type="button" data-key="u" class="plain" disabled={!done.length || saving} onClick={undo}>
              <kbd>u</kbd> Undo
            </button>
            <span class="soft small">
              {done
                .slice(0, 10)
                .map((d) => d.verdict?.verdict ?? "skipped")
                .join(" · ")}
            </span>
          </p>
        </section>
        <div class="third">
          <Failed of={score} />
          {shown && <Score of={shown} query={query} />}
        </div>
      </div>
    </>
  );
};
