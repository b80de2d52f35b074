// SPDX-License-Identifier: Apache-2.0
// A report's text with its marks, in lanes below the line that never cross.  The server has cut it wherever a mark begins
// or ends; here each piece becomes a text node, so that nothing in a report can ever be more than text.
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Claim, Event, Mark, Report, Run } from "../state/api";
import { go, withView } from "../state/route";
import { Category } from "./family";

export type ReportAnswer = {
  report: Report & { words: number; caption: string; sources: string[]; credits: string[]; run: number };
  runs: Run[];
  paragraphs: number[];
  marks: Mark[];
  events: Event[];
  claims: Claim[];
  agreements: { name: string; kind: string; stage: string; accord?: string }[];
  others: Report[];
  dates: boolean;
};

export const KINDS: [string, string][] = [
  ["actor", "who"],
  ["trigger", "deed"],
  ["deed", "words of the deed"],
  ["place", "where"],
  ["date", "when"],
  ["speaker", "speaker"],
  ["cue", "word of saying"],
  ["quote", "what is said"],
  ["agreement", "agreement"],
];

const LANES = 6; // deeper lanes share the last

/** Where in its runs each hit of `find` lies: [run, from, to] in UTF-16 units. */
function hits(runs: Run[], find: string): Map<number, [number, number][]> {
  const found = new Map<number, [number, number][]>();
  const wanted = find.trim().toLowerCase();
  if (wanted.length < 2) return found;
  const whole = runs
    .map((r) => r.text)
    .join("")
    .toLowerCase();
  const starts: number[] = [];
  runs.reduce((at, r) => {
    starts.push(at);
    return at + r.text.length;
  }, 0);
  let run = 0;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    while (run + 1 < runs.length && starts[run + 1] <= at) run++;
    for (let r = run; r < runs.length && starts[r] < end; r++) {
      const from = Math.max(0, at - starts[r]),
        to = Math.min(runs[r].text.length, end - starts[r]);
      if (to > from) found.set(r, [...(found.get(r) ?? []), [from, to]]);
    }
  }
  return found;
}

const Found = ({ text, at }: { text: string; at: [number, number][] | undefined }) => {
  if (!at) return <>{text}</>;
  const out: ComponentChildren[] = [];
  let last = 0;
  for (const [from, to] of at) {
    out.push(text.slice(last, from), <mark>{text.slice(from, to)}</mark>);
    last = to;
  }
  return (
    <>
      {out}
      {text.slice(last)}
    </>
  );
};

/** Lanes once more for the marks that are shown, so that what is hidden leaves no gap: each in the first lane where it
 * meets no other, in the order of the server's lanes. */
function lanes(marks: Mark[], hidden: Set<string>): Mark[] {
  const taken: [number, number][][] = [];
  const order = marks
    .map((_, i) => i)
    .filter((i) => !hidden.has(marks[i].kind))
    .sort((a, b) => marks[a].lane - marks[b].lane || marks[a].start - marks[b].start);
  const out = [...marks];
  for (const i of order) {
    const m = marks[i];
    let lane = 0;
    while (taken[lane]?.some(([start, stop]) => start < m.stop && m.start < stop)) lane++;
    (taken[lane] ??= []).push([m.start, m.stop]);
    out[i] = { ...m, lane };
  }
  return out;
}

/** The event that a place in the text speaks of: the chosen one if it is among them, else that of its deed, else any. */
const eventOf = (marks: Mark[], chosen: string): string =>
  marks.some((m) => m.events?.includes(chosen))
    ? chosen
    : ((marks.find((m) => m.kind === "trigger" && m.events) ?? marks.find((m) => m.events))?.events?.[0] ?? "");

const describe = (m: Mark): string => {
  const kind = KINDS.find(([k]) => k === m.kind)?.[1] ?? m.kind;
  return [kind, m.side, m.name, m.code].filter(Boolean).join(", ");
};

type PieceProps = {
  run: Run;
  marks: Mark[];
  begins: boolean;
  chosen: string;
  at: [number, number][] | undefined;
  pick: (event: string) => void;
  hover: (id: string) => void;
};

/** One run: its text inside one underline for each mark, the nearest innermost. */
const Piece = ({ run, marks, begins, chosen, at, pick, hover }: PieceProps) => {
  const text = <Found text={run.text} at={at} />;
  if (!marks.length) return text;
  const owner = eventOf(marks, chosen);
  const inner = begins ? (
    <span
      role="button"
      tabIndex={-1}
      data-mention
      aria-label={`${run.text}: ${marks.map(describe).join("; ")}`}
      onClick={() => pick(owner)}
      onKeyDown={(e) => {
        if (e.key === "Enter" || e.key === " ") {
          e.preventDefault();
          pick(owner);
        }
      }}
      onFocus={() => hover(owner)}
      onBlur={() => hover("")}
    >
      {text}
    </span>
  ) : (
    text
  );
  const nested = [...marks]
    .sort((a, b) => a.lane - b.lane)
    .reduce<ComponentChildren>(
      (within, m) => (
        <span class={`mark ${m.kind} lane${Math.min(m.lane, LANES)}${chosen && m.events?.includes(chosen) ? " chosen" : ""}`}>
          {within}
        </span>
      ),
      inner,
    );
  return (
    <span onMouseEnter={() => hover(owner)} onMouseLeave={() => hover("")} onClick={begins ? undefined : () => pick(owner)}>
      {nested}
    </span>
  );
};

export const Marked = ({
  of,
  hidden,
  find,
  chosen,
  pick,
}: {
  of: ReportAnswer;
  hidden: Set<string>;
  find: string;
  chosen: string;
  pick: (event: string) => void;
}) => {
  const [near, hover] = useState("");
  const found = useMemo(() => hits(of.runs, find), [of, find]);
  const marks = useMemo(() => lanes(of.marks, hidden), [of, hidden]);
  const starts = useMemo(() => {
    const begun = new Set<number>(),
      first = new Set<number>();
    of.runs.forEach((r, i) =>
      r.marks.forEach((m) => {
        if (!begun.has(m) && !hidden.has(of.marks[m]?.kind)) {
          begun.add(m);
          first.add(i);
        }
      }),
    );
    return first;
  }, [of, hidden]);
  const bounds = useMemo(() => {
    const at: number[] = [];
    of.runs.reduce((n, r) => {
      at.push(n);
      return n + [...r.text].length;
    }, 0);
    return at;
  }, [of]);
  const stops = [...of.paragraphs, of.runs.length];
  const begin = stops[0] === 0 ? stops : [0, ...stops];
  return (
    <div class="report-text">
      {begin.slice(0, -1).map((from, p) => {
        const to = begin[p + 1],
          low = bounds[from],
          high = bounds[to] ?? Infinity;
        const told = of.events.filter((e) => {
          const at = e.evidence?.[0]?.start ?? -1;
          return at >= low && at < high;
        });
        return (
          <div class="paragraph" key={from}>
            <ul class="gutter" aria-label="Events of this paragraph">
              {told.map((e) => (
                <li key={e.telling}>
                  <button
                    type="button"
                    class={`plain${e.telling === (near || chosen) ? " near" : ""}`}
                    aria-pressed={e.telling === chosen}
                    onClick={() => go(withView({ pick: e.telling === chosen ? "" : e.telling }), true)}
                  >
                    <Category name={e.plover} quad={e.quad} />
                  </button>
                </li>
              ))}
            </ul>
            <p class="words" dir="auto">
              {of.runs.slice(from, to).map((r, i) => (
                <Piece
                  key={from + i}
                  run={r}
                  marks={r.marks.map((m) => marks[m]).filter((m) => m && !hidden.has(m.kind))}
                  begins={starts.has(from + i)}
                  chosen={near || chosen}
                  at={found.get(from + i)}
                  pick={pick}
                  hover={hover}
                />
              ))}
            </p>
          </div>
        );
      })}
    </div>
  );
};
