// SPDX-License-Identifier: Apache-2.0
// Events over time, by family of category; below them, in a lane of its own, how many reports the desk holds at all:
// where the news is thin, a quiet month means little.  Dragging chooses a period, snapped to whole buckets.
import { brushX, D3BrushEvent } from "d3-brush";
import { scaleLinear, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { useEffect, useRef } from "preact/hooks";
import type { Bucket, Timeline as Answer } from "../state/api";
import { brief, inBucket, count, day } from "../state/say";
import { useWidth } from "./size";

const HEIGHT = 150,
  LANE = 26,
  BELOW = 20,
  LEFT = 44,
  TOP = 20;
export type Measure = "events" | "reports" | "share";

const at = (iso: string): number => Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7) || 1) - 1, Number(iso.slice(8, 10) || 1));
const DAY = 86400000;

export const valueOf = (b: Bucket, measure: Measure): number =>
  measure === "events" ? b.events : measure === "reports" ? b.reports : b.documents ? b.reports / b.documents : 0;

const written = (n: number, measure: Measure): string => (measure === "share" ? `${(100 * n).toFixed(n < 0.1 ? 1 : 0)} %` : brief(n));

type Props = {
  of: Answer;
  measure: Measure;
  since: string;
  until: string;
  choose: (since: string, until: string) => void;
  label: string;
  peak?: { from: string; told: string };
};

const edge = (iso: string, last: boolean): string => {
  if (iso.length >= 10) return iso;
  if (!last) return iso.length === 4 ? `${iso}-01-01` : `${iso}-01`;
  const [year, month] = iso.split("-").map(Number);
  return iso.length === 4 ? `${iso}-12-31` : new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
};

/** A bucket's bar: its families on top of each other, or one bar where there is no split. */
const Bar = ({ of, x, width, y, measure }: { of: Bucket; x: number; width: number; y: (n: number) => number; measure: Measure }) => {
  if (measure !== "events" || !of.parts.length) {
    const top = y(valueOf(of, measure));
    return <rect class="bar" x={x} y={top} width={width} height={Math.max(0, y(0) - top)} />;
  }
  const whole = of.parts.reduce((a, b) => a + b, 0) || 1;
  const scale = of.events / whole; // an event that two categories tell is in both parts
  let below = 0;
  return (
    <>
      {[2, 1, 3, 4].map((quad) => {
        const part = (of.parts[quad - 1] ?? 0) * scale;
        if (!part) return null;
        const top = y(below + part),
          height = y(below) - top;
        below += part;
        return <rect key={quad} class={`bar quad${quad}`} x={x} y={top} width={width} height={height} />;
      })}
    </>
  );
};

/** What the highest bar is about, beside it on the side where there is room. */
const Peak = ({ x, middle, told }: { x: number; middle: number; told: string }) => (
  <g class="peak">
    <line class="axis" x1={x} x2={x} y1={4} y2={TOP} />
    <text class="side" x={x < middle ? x + 5 : x - 5} y={13} text-anchor={x < middle ? "start" : "end"}>
      {told}
    </text>
  </g>
);

export const Timeline = ({ of, measure, since, until, choose, label, peak }: Props) => {
  const { frame, width } = useWidth();
  const brushed = useRef<SVGGElement>(null);
  const rows = of.rows;
  const right = width - 6,
    floor = TOP + HEIGHT;
  const first = rows.length ? at(rows[0].from) : 0,
    last = rows.length ? at(rows[rows.length - 1].until) + DAY : 1;
  const x = scaleUtc().domain([first, last]).range([LEFT, right]);
  const most = Math.max(
    ...rows.map((r) => valueOf(r, measure)),
    ...(of.earlier?.rows ?? []).map((r) => valueOf(r, measure)),
    measure === "share" ? 0.001 : 1,
  );
  const y = scaleLinear().domain([0, most]).range([floor, TOP]).nice(4);
  const volume = scaleLinear()
    .domain([0, Math.max(1, ...rows.map((r) => r.documents))])
    .range([0, LANE - 4]);
  const shift = of.earlier?.rows.length ? first - at(of.earlier.rows[0].from) : 0;

  useEffect(() => {
    const group = brushed.current;
    if (!group || !rows.length) return;
    const snap = (from: number, to: number): [Bucket, Bucket] => {
      const a = rows.find((r) => at(r.until) + DAY > from) ?? rows[rows.length - 1];
      const b = [...rows].reverse().find((r) => at(r.from) < to) ?? a;
      return [a, b];
    };
    const brush = brushX<unknown>()
      .extent([
        [LEFT, TOP],
        [right, floor + LANE],
      ])
      .on("end", (event: D3BrushEvent<unknown>) => {
        if (!event.sourceEvent) return;
        const chosen = event.selection as [number, number] | null;
        if (!chosen) {
          choose("", "");
          return;
        }
        const [a, b] = snap(Number(x.invert(chosen[0])), Number(x.invert(chosen[1])));
        choose(a.from, b.until);
      });
    const target = select<SVGGElement, unknown>(group);
    target.call(brush);
    const from = since ? Math.max(first, at(edge(since, false))) : first,
      to = until ? Math.min(last, at(edge(until, true)) + DAY) : last;
    target.call(brush.move, since || until ? [x(from), Math.max(x(from) + 1, x(to))] : null);
  }, [rows, width, since, until]);

  const low = since ? edge(since, false) : "",
    high = until ? edge(until, true) : "";
  const inside = (r: Bucket) => (!low || r.until >= low) && (!high || r.from <= high);
  return (
    <div class="chart-frame" ref={frame}>
      <svg
        class="chart timeline"
        viewBox={`0 0 ${width} ${floor + LANE + BELOW}`}
        width={width}
        height={floor + LANE + BELOW}
        role="img"
        aria-label={label}
      >
        {y.ticks(4).map((t) => (
          <g key={t}>
            <line class="rule" x1={LEFT} x2={right} y1={y(t)} y2={y(t)} />
            <text class="tick" x={LEFT - 6} y={y(t)} dy="0.32em" text-anchor="end">
              {written(t, measure)}
            </text>
          </g>
        ))}
        {rows.map((r) => {
          const from = x(at(r.from)),
            wide = Math.max(0.6, x(at(r.until) + DAY) - from - (rows.length > 120 ? 0.3 : 1));
          return (
            <g key={r.from} class={inside(r) ? "" : "outside"}>
              <Bar of={r} x={from} width={wide} y={y} measure={measure} />
              <rect class="volume" x={from} y={floor + 4} width={wide} height={volume(r.documents)} />
            </g>
          );
        })}
        {of.earlier && (
          <path
            class="earlier"
            fill="none"
            d={of.earlier.rows
              .map((r, i) => `${i ? "L" : "M"}${x(at(r.from) + shift)},${y(valueOf(r, measure))}H${x(at(r.until) + DAY + shift)}`)
              .join("")}
          />
        )}
        <text class="tick" x={LEFT - 6} y={floor + 15} text-anchor="end">
          all
        </text>
        {x
          .ticks(Math.max(2, Math.floor(width / 95)))
          .filter((t) => x(t) < right - 16)
          .map((t) => (
            <text class="tick" key={+t} x={x(t)} y={floor + LANE + 14} text-anchor="middle">
              {x.tickFormat()(t)}
            </text>
          ))}
        {peak && at(peak.from) >= first && at(peak.from) < last && (
          <Peak x={x(at(peak.from))} middle={(LEFT + right) / 2} told={peak.told} />
        )}
        <g ref={brushed} class="brush" />
      </svg>
    </div>
  );
};

/** The twin: bucket, value, documents. */
export const timelineTwin = (of: Answer | undefined, pick: (from: string, until: string) => void) => ({
  head: ["From", "To", "Events", "Reports", "Outlets", "All reports"],
  numbers: [2, 3, 4, 5],
  rows: (of?.rows ?? []).map((r) => [
    <button type="button" class="link" onClick={() => pick(r.from, r.until)}>
      {day(r.from, true)}
    </button>,
    day(r.until, true),
    count(r.events),
    count(r.reports),
    count(r.outlets),
    count(r.documents),
  ]),
});

export const highest = (of: Answer | undefined, measure: Measure): Bucket | undefined =>
  of?.rows.length ? of.rows.reduce((a, b) => (valueOf(b, measure) > valueOf(a, measure) ? b : a)) : undefined;

export const timelineSummary = (of: Answer | undefined, measure: Measure): string => {
  const best = highest(of, measure);
  if (!of || !best) return "";
  const what =
    measure === "share" ? `${written(valueOf(best, measure), measure)} of all reports` : `${count(valueOf(best, measure))} ${measure}`;
  const without = of.undated?.[measure === "events" ? "events" : "reports"] ?? 0;
  return (
    `${of.rows.length} ${of.bucket}s from ${day(of.rows[0].from)} to ${day(of.rows[of.rows.length - 1].until)}; the most, ${what}, ${inBucket(best.from, of.bucket)}.` +
    " The lane below is all reports of the desk." +
    (without ? ` ${count(without)} have no whole day and are not drawn.` : "")
  );
};
