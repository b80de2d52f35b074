// SPDX-License-Identifier: Apache-2.0
// One dyad over time: what the first does to the second stands above the line, what the second does to the first
// below it, what both do together on both sides in a paler tone.  Conflict is warm, cooperation blue.
import { scaleLinear, scaleUtc } from "d3-scale";
import { useWidth } from "./size";
import { count, day } from "../state/say";

export type Side = { events: number; reports: number; quads: number[]; goldstein: number };
export type PairRow = { from: string; until: string; forth: Side; back: Side; both: Side };

const HEIGHT = 250,
  LEFT = 44,
  DAY = 86400000,
  MIDDLE = 118;
const at = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);
const ORDER = [2, 1, 3, 4];

/** One side's bars, from the middle line outwards; `way` -1 is up. */
const Stack = ({
  of,
  together,
  x,
  width,
  height,
  way,
}: {
  of: Side;
  together: Side;
  x: number;
  width: number;
  height: (n: number) => number;
  way: number;
}) => {
  let out = 0;
  const parts = [
    ...ORDER.map((q) => ({ q, n: of.quads[q - 1] ?? 0, both: false })),
    ...ORDER.map((q) => ({ q, n: together.quads[q - 1] ?? 0, both: true })),
  ];
  return (
    <>
      {parts
        .filter((p) => p.n > 0)
        .map((p) => {
          const size = height(p.n),
            y = way < 0 ? MIDDLE - out - size : MIDDLE + out;
          out += size;
          return <rect key={`${p.q}${p.both}`} class={`bar quad${p.q}${p.both ? " both" : ""}`} x={x} y={y} width={width} height={size} />;
        })}
    </>
  );
};

export const Pair = ({ rows, a, b, label }: { rows: PairRow[]; a: string; b: string; label: string }) => {
  const { frame, width } = useWidth();
  const right = width - 6;
  const x = scaleUtc()
    .domain([at(rows[0].from), at(rows[rows.length - 1].until) + DAY])
    .range([LEFT, right]);
  const sum = (s: Side) => s.quads.reduce((m, n) => m + n, 0);
  const most = Math.max(1, ...rows.map((r) => Math.max(sum(r.forth), sum(r.back)) + sum(r.both)));
  const y = scaleLinear()
    .domain([0, most])
    .range([0, MIDDLE - 14])
    .nice(3);
  return (
    <div class="chart-frame" ref={frame}>
      <svg class="chart pair" viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={label}>
        {y
          .ticks(3)
          .filter((t) => t > 0 && Number.isInteger(t))
          .map((t) =>
            [-1, 1].map((way) => (
              <g key={`${t}${way}`}>
                <line class="rule" x1={LEFT} x2={right} y1={MIDDLE + way * y(t)} y2={MIDDLE + way * y(t)} />
                <text class="tick" x={LEFT - 6} y={MIDDLE + way * y(t)} dy="0.32em" text-anchor="end">
                  {count(t)}
                </text>
              </g>
            )),
          )}
        {rows.map((r) => {
          const from = x(at(r.from)),
            wide = Math.max(0.7, x(at(r.until) + DAY) - from - 1);
          return (
            <g key={r.from}>
              <Stack of={r.forth} together={r.both} x={from} width={wide} height={y} way={-1} />
              <Stack of={r.back} together={r.both} x={from} width={wide} height={y} way={1} />
              <rect class="cover" x={from} y={0} width={wide} height={HEIGHT - 18}>
                <title>{`${day(r.from)}: ${a} → ${b} ${r.forth.events}, ${b} → ${a} ${r.back.events}, together ${r.both.events}`}</title>
              </rect>
            </g>
          );
        })}
        <line class="axis" x1={LEFT} x2={right} y1={MIDDLE} y2={MIDDLE} />
        <text class="side" x={LEFT + 4} y={11}>
          {a} → {b}
        </text>
        <text class="side" x={LEFT + 4} y={HEIGHT - 22}>
          {b} → {a}
        </text>
        {x
          .ticks(Math.max(2, Math.floor(width / 95)))
          .filter((t) => x(t) < right - 16)
          .map((t) => (
            <text class="tick" key={+t} x={x(t)} y={HEIGHT - 4} text-anchor="middle">
              {x.tickFormat()(t)}
            </text>
          ))}
      </svg>
    </div>
  );
};
