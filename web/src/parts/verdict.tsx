// SPDX-License-Identifier: Apache-2.0
// What an audit shows besides the event: how right the desk is, with the interval, and the form that says what is wrong.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, Precision } from "../state/api";
import { count, percent } from "../state/say";
import { desk, fileLink } from "../state/desk";
import { Category } from "./family";

const FIELDS: [string, string][] = [
  ["event", "no such deed is told"],
  ["plover", "category"],
  ["cameo", "CAMEO code"],
  ["source", "who"],
  ["target", "to whom"],
  ["status", "status"],
  ["date", "date"],
  ["place", "place"],
  ["dead", "dead"],
  ["injured", "injured"],
  ["arrested", "arrested"],
];

/** The interval as a band on a line from 0 to 100 %. */
const Interval = ({ of: p }: { of: Precision }) => (
  <svg
    class="chart interval"
    viewBox="0 0 200 22"
    role="img"
    aria-label={
      p.precision === null
        ? "No verdict yet"
        : `Precision ${percent(p.precision, 1)}, between ${percent(p.low, 1)} and ${percent(p.high, 1)}`
    }
  >
    <line class="axis" x1="2" x2="198" y1="11" y2="11" />
    {[0, 50, 100].map((t) => (
      <line key={t} class="axis" x1={2 + 1.96 * t} x2={2 + 1.96 * t} y1="7" y2="15" />
    ))}
    {p.precision !== null && (
      <>
        <rect class="band" x={2 + 196 * p.low} y="6" width={Math.max(1, 196 * (p.high - p.low))} height="10" />
        <rect class="point" x={1 + 196 * p.precision} y="3" width="2.5" height="16" />
      </>
    )}
  </svg>
);

export const Score = ({ of: p, query }: { of: Precision; query: string }) => (
  <section class="sheet" aria-labelledby="score">
    <h2 id="score">How right the desk is</h2>
    <p class="figure-line">
      <b data-precision>{p.precision === null ? "–" : percent(p.precision, 1)}</b>{" "}
      {p.precision !== null && (
        <span class="soft">
          95 % interval {percent(p.low, 1)} to {percent(p.high, 1)}
        </span>
      )}
    </p>
    <Interval of={p} />
    <p class="small soft">
      <span data-judged>{count(p.judged)}</span> judged: {count(p.right)} right, {count(p.wrong)} wrong, {count(p.unsure)} cannot tell.
      Interval: Wilson 1927.
    </p>
    {!p.fair && <p class="note">Some verdicts come from a queue that is no random sample: the figure does not speak for the whole desk.</p>}
    {p.fields.length > 0 && (
      <>
        <h3>What is wrong</h3>
        <ul class="lines small">
          {p.fields.map((f) => (
            <li key={f.field}>
              {FIELDS.find(([k]) => k === f.field)?.[1] ?? f.field} <b>{f.wrong}</b>
            </li>
          ))}
        </ul>
      </>
    )}
    {p.by.length > 0 && (
      <details>
        <summary>By category</summary>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Category</th>
              <th scope="col" class="number">
                right
              </th>
              <th scope="col" class="number">
                wrong
              </th>
              <th scope="col" class="number">
                interval
              </th>
            </tr>
          </thead>
          <tbody>
            {p.by.map((b) => (
              <tr key={b.name}>
                <td>
                  <Category name={b.name} />
                </td>
                <td class="number">{b.right}</td>
                <td class="number">{b.wrong}</td>
                <td class="number soft">
                  {percent(b.low)}–{percent(b.high)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    )}
    <p class="row">
      <a class="button" download="gold.jsonl" href={fileLink(api("audit/gold", query))}>
        Gold for dragoman eval
      </a>
    </p>
    <p class="small soft">
      Then: <code>dragoman eval gold.jsonl {desk.value?.name}</code>
    </p>
  </section>
);

export const Wrong = ({ give, stop }: { give: (field: string, correct: string, note: string) => void; stop: () => void }) => {
  const [field, set] = useState("");
  const first = useRef<HTMLFieldSetElement>(null);
  useEffect(() => first.current?.querySelector("button")?.focus(), []);
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      class="stack wrong"
      onSubmit={(e) => {
        e.preventDefault();
        const data = new FormData(e.currentTarget);
        give(field, String(data.get("correct") ?? ""), String(data.get("note") ?? ""));
      }}
      onKeyDown={(e) => {
        if (e.key === "Escape") {
          e.stopPropagation();
          stop();
        }
      }}
    >
      <fieldset ref={first}>
        <legend>What is wrong? A letter chooses, Enter saves.</legend>
        <div class="row">
          {FIELDS.map(([k, name], i) => {
            const letter = "abcdefghijk"[i];
            return (
              <button
                key={k}
                type="button"
                data-key={letter}
                aria-pressed={field === k}
                class="tab"
                onClick={() => {
                  set(k);
                  if (k === "event") give(k, "", "");
                  else setTimeout(() => form.current?.querySelector("input")?.focus());
                }}
              >
                <kbd>{letter}</kbd> {name}
              </button>
            );
          })}
        </div>
      </fieldset>
      {field && field !== "event" && (
        <div class="row">
          <label>
            what is right{" "}
            <input
              name="correct"
              autocomplete="off"
              placeholder={field === "source" || field === "target" ? "IRN GOV" : "may be left out"}
            />
          </label>
          <label>
            note <input name="note" autocomplete="off" />
          </label>
          <button type="submit" class="main">
            Save
          </button>
        </div>
      )}
      <p>
        <button type="button" class="plain" onClick={stop}>
          Not wrong after all
        </button>
      </p>
    </form>
  );
};
