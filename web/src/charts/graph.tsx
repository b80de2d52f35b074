// SPDX-License-Identifier: Apache-2.0
// A small graph of who deals with whom: actors on a circle in the order of their partners, each pair a line as thick as
// its events are many, warm where conflict outweighs cooperation.  Second to the matrix, which hides nothing.
import { codeName, count } from "../state/say";

export type Node = { code: string; name: string; events: number };
export type Edge = { source: string; target: string; mutual: boolean; quad: number; events: number; reports: number; goldstein: number };
type Line = { a: string; b: string; quads: number[]; events: number };

const SIZE = 440,
  MIDDLE = SIZE / 2,
  RADIUS = 150,
  MOST_NODES = 24;

/** Edges of both directions and all families, one line a pair. */
function lines(edges: Edge[]): Line[] {
  const found = new Map<string, Line>();
  for (const e of edges) {
    const [a, b] = [e.source, e.target].sort();
    if (a === b) continue;
    const l = found.get(`${a} ${b}`) ?? { a, b, quads: [0, 0, 0, 0], events: 0 };
    l.quads[e.quad - 1] += e.events;
    l.events += e.events;
    found.set(`${a} ${b}`, l);
  }
  return [...found.values()];
}

/** An order in which partners stand beside each other: the next one is who deals most with those just placed. */
function ring(nodes: Node[], drawn: Line[]): Node[] {
  const left = [...nodes],
    placed: Node[] = left.splice(0, 1);
  const weight = (a: string, b: string) => drawn.find((l) => (l.a === a && l.b === b) || (l.a === b && l.b === a))?.events ?? 0;
  while (left.length) {
    const near = placed.slice(-3);
    const best = left.reduce(
      (m, n, i) =>
        near.reduce((s, p) => s + weight(p.code, n.code), 0) > near.reduce((s, p) => s + weight(p.code, left[m].code), 0) ? i : m,
      0,
    );
    placed.push(...left.splice(best, 1));
  }
  return placed;
}

export const Graph = ({
  nodes,
  edges,
  open,
  label,
}: {
  nodes: Node[];
  edges: Edge[];
  open: (a: string, b: string) => void;
  label: string;
}) => {
  const shown = [...nodes].sort((a, b) => b.events - a.events || (a.code < b.code ? -1 : 1)).slice(0, MOST_NODES);
  const held = new Set(shown.map((n) => n.code));
  const drawn = lines(edges.filter((e) => held.has(e.source) && held.has(e.target)));
  const order = ring(
    shown.filter((n) => drawn.some((l) => l.a === n.code || l.b === n.code)),
    drawn,
  );
  if (!order.length || !order[0]) return null;
  const most = Math.max(1, ...drawn.map((l) => l.events)),
    greatest = Math.max(1, ...order.map((n) => n.events));
  const spot = new Map(
    order.map((n, i) => {
      const turn = (2 * Math.PI * i) / order.length - Math.PI / 2;
      return [n.code, { turn, x: MIDDLE + RADIUS * Math.cos(turn), y: MIDDLE + RADIUS * Math.sin(turn) }];
    }),
  );
  return (
    <svg class="chart graph" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
      {drawn.map((l) => {
        const a = spot.get(l.a),
          b = spot.get(l.b);
        if (!a || !b) return null;
        const quad = l.quads.indexOf(Math.max(...l.quads)) + 1;
        return (
          <path
            key={`${l.a} ${l.b}`}
            class={`edge quad${quad}`}
            d={`M${a.x},${a.y}Q${((a.x + b.x) / 2) * 0.6 + MIDDLE * 0.4},${((a.y + b.y) / 2) * 0.6 + MIDDLE * 0.4} ${b.x},${b.y}`}
            stroke-width={1 + 6 * Math.sqrt(l.events / most)}
            onClick={() => open(l.a, l.b)}
          >
            <title>{`${codeName(l.a)} and ${codeName(l.b)}: ${count(l.events)} events`}</title>
          </path>
        );
      })}
      {order.map((n) => {
        const s = spot.get(n.code);
        if (!s) return null;
        const left = Math.cos(s.turn) < -0.01,
          away = 12 + 5 * Math.sqrt(n.events / greatest);
        return (
          <g key={n.code}>
            <circle class="node" cx={s.x} cy={s.y} r={3 + 6 * Math.sqrt(n.events / greatest)}>
              <title>{`${n.name || n.code}: ${count(n.events)} events`}</title>
            </circle>
            <text
              class="side"
              x={MIDDLE + (RADIUS + away) * Math.cos(s.turn)}
              y={MIDDLE + (RADIUS + away) * Math.sin(s.turn)}
              dy="0.32em"
              text-anchor={Math.abs(Math.cos(s.turn)) < 0.01 ? "middle" : left ? "end" : "start"}
            >
              {n.code}
            </text>
          </g>
        );
      })}
    </svg>
  );
};
