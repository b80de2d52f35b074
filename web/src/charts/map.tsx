// SPDX-License-Identifier: Apache-2.0
// Where events happened.  Countries are shaded by how many; states too small to be seen at this scale are drawn as a
// disc as well.  Places are dots: a filled one is a town, a ring stands for no more than a country or a region.
// The coarse outlines come first, the fine ones when somebody looks closer.
import { geoEqualEarth, geoPath } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity, ZoomTransform } from "d3-zoom";
import { feature } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import type { MapAnswer } from "../state/api";
import { count, countryName } from "../state/say";

type Atlas = { atlas: Topology<{ countries: GeometryCollection }>; points: Record<string, [number, number]> };
type Shape = { code: string; path: string; small: boolean };
type Drawn = { shapes: Shape[]; points: Record<string, [number, number]> };

const WIDTH = 960,
  HEIGHT = 455,
  SMALL = 7,
  FINE_AT = 2.2; // SMALL: px across, below which a state gets a disc
const atlases = signal<Record<string, Atlas>>({});
const asked = new Set<string>();

function load(scale: string): void {
  if (asked.has(scale)) return;
  asked.add(scale);
  fetch(`/map-${scale}.json`)
    .then((a) => a.json())
    .then(
      (found: Atlas) => {
        atlases.value = { ...atlases.value, [scale]: found };
      },
      () => asked.delete(scale),
    );
}

const projection = geoEqualEarth().fitExtent(
  [
    [4, 4],
    [WIDTH - 4, HEIGHT - 4],
  ],
  { type: "Sphere" },
);
const line = geoPath(projection);
const SPHERE = line({ type: "Sphere" }) ?? "";

function draw(of: Atlas): Drawn {
  const shapes = feature(of.atlas, of.atlas.objects.countries)
    .features.filter((f) => f.id !== "ATA")
    .map((f) => {
      const [[x0, y0], [x1, y1]] = line.bounds(f);
      return { code: String(f.id ?? ""), path: line(f) ?? "", small: Math.max(x1 - x0, y1 - y0) < SMALL };
    });
  const held = new Set(shapes.map((s) => s.code));
  const lost = Object.keys(of.points)
    .filter((code) => !held.has(code))
    .map((code) => ({ code, path: "", small: true }));
  return { shapes: [...shapes, ...lost], points: of.points };
}

/** Steps of shading: the same share of the root of the greatest value each, so that one great one leaves the rest visible. */
export const STEPS = 5;
export const step = (n: number, most: number): number =>
  n <= 0 ? 0 : Math.min(STEPS, 1 + Math.floor(Math.sqrt(n / Math.max(1, most)) * (STEPS - 0.001)));
const bound = (s: number, most: number): number => Math.max(1, Math.ceil(((s - 1) / (STEPS - 0.001)) ** 2 * most));

type Box = { x0: number; y0: number; x1: number; y1: number };

/** Shift and drag draws a box; what lies in it when the button is let go is chosen together. */
function useLasso(svg: { current: SVGSVGElement | null }, at: ZoomTransform, done: (inside: (point: [number, number]) => boolean) => void) {
  const [box, set] = useState<Box>();
  const place = (event: PointerEvent): [number, number] => {
    const room = svg.current?.getBoundingClientRect() ?? new DOMRect(0, 0, WIDTH, HEIGHT);
    return [((event.clientX - room.left) * WIDTH) / room.width, ((event.clientY - room.top) * HEIGHT) / room.height];
  };
  const start = (event: PointerEvent) => {
    if (!event.shiftKey || event.button) return;
    const [x, y] = place(event);
    set({ x0: x, y0: y, x1: x, y1: y });
  };
  const move = (event: PointerEvent) => {
    if (!box) return;
    const [x, y] = place(event);
    if (!svg.current?.hasPointerCapture(event.pointerId)) svg.current?.setPointerCapture(event.pointerId);
    set({ ...box, x1: x, y1: y });
  };
  const stop = () => {
    if (!box) return;
    set(undefined);
    const [left, right] = [box.x0, box.x1].sort((a, b) => a - b),
      [top, bottom] = [box.y0, box.y1].sort((a, b) => a - b);
    if (right - left < 5 && bottom - top < 5) return; // a click that trembled
    done((point) => {
      const [x, y] = at.apply(projection(point) ?? [-1, -1]);
      return x >= left && x <= right && y >= top && y <= bottom;
    });
  };
  return { box, handlers: { onPointerDown: start, onPointerMove: move, onPointerUp: stop, onPointerCancel: () => set(undefined) } };
}

type Props = {
  of: MapAnswer;
  measure: "events" | "reports";
  chosen: (code: string) => boolean;
  choose: (row: { country: string; name: string }, without: boolean) => void;
  gather: (names: string[]) => void; // countries or places in a box
  label: string;
};

const Steps = ({ most }: { most: number }) => (
  <ul class="steps small" aria-label="Shades">
    {Array.from({ length: STEPS }, (_, i) => i + 1)
      .filter((s) => s === 1 || bound(s, most) > bound(s - 1, most))
      .map((s) => (
        <li key={s}>
          <i class={`heat${s}`} />
          {count(bound(s, most))}
          {s === STEPS ? "+" : ""}
        </li>
      ))}
  </ul>
);

export const WorldMap = ({ of, measure, chosen, choose, gather, label }: Props) => {
  const svg = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState<ZoomTransform>(zoomIdentity);
  const behavior = useRef(
    zoom<SVGSVGElement, unknown>()
      .scaleExtent([1, 24])
      .translateExtent([
        [0, 0],
        [WIDTH, HEIGHT],
      ]),
  );
  useEffect(() => {
    load("110m");
    if (!svg.current) return;
    behavior.current
      .filter((event: Event & { ctrlKey?: boolean; metaKey?: boolean; button?: number; shiftKey?: boolean }) =>
        event.type === "wheel" ? Boolean(event.ctrlKey || event.metaKey) : !event.button && !event.shiftKey,
      )
      .on("zoom", (event: { transform: ZoomTransform }) => setAt(event.transform));
    select(svg.current).call(behavior.current).on("dblclick.zoom", null);
  }, []);
  const fine = at.k >= FINE_AT;
  useEffect(() => {
    if (fine) load("50m");
  }, [fine]);
  const atlas = (fine && atlases.value["50m"]) || atlases.value["110m"];
  const drawn = useMemo(() => (atlas ? draw(atlas) : undefined), [atlas]);
  const found = useMemo(() => new Map(of.by === "country" ? of.rows.map((r) => [r.country || r.name, r]) : []), [of]);
  const lasso = useLasso(svg, at, (inside) => {
    const rows =
      of.by === "country"
        ? of.rows.filter((r) => inside(drawn?.points[r.country || r.name] ?? [r.lon, r.lat]))
        : of.rows.filter((r) => inside([r.lon, r.lat]));
    if (rows.length) gather([...new Set(rows.map((r) => (of.by === "country" ? r.country || r.name : r.name)))]);
  });
  const most = Math.max(1, ...of.rows.map((r) => r[measure]));
  const by = (factor: number) => svg.current && select(svg.current).call(behavior.current.scaleBy, factor);
  const disc = (n: number) => (2.2 + 9 * Math.sqrt(n / most)) / Math.sqrt(at.k);
  const told = (code: string, n: number) => `${countryName(code)}: ${count(n)} ${measure}`;
  return (
    <div class="map">
      <svg class="chart" ref={svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} {...lasso.handlers}>
        <g transform={at.toString()}>
          <path class="sea" d={SPHERE} />
          {drawn?.shapes
            .filter((s) => s.path)
            .map((s, i) => {
              const n = found.get(s.code)?.[measure] ?? 0;
              return (
                <path
                  key={s.code || i}
                  d={s.path}
                  class={`land heat${of.by === "country" ? step(n, most) : 0}${chosen(s.code) ? " chosen" : ""}`}
                  onClick={(e) => s.code && choose({ country: s.code, name: s.code }, e.shiftKey)}
                >
                  <title>{s.code ? told(s.code, n) : "no code of its own"}</title>
                </path>
              );
            })}
          {of.by === "country" &&
            drawn?.shapes
              .filter((s) => s.small && found.has(s.code) && drawn.points[s.code])
              .map((s) => {
                const [x, y] = projection(drawn.points[s.code]) ?? [0, 0],
                  n = found.get(s.code)?.[measure] ?? 0;
                return (
                  <circle
                    key={`small ${s.code}`}
                    cx={x}
                    cy={y}
                    r={4.6 / Math.sqrt(at.k)}
                    class={`small-state heat${step(n, most)}${chosen(s.code) ? " chosen" : ""}`}
                    onClick={(e) => choose({ country: s.code, name: s.code }, e.shiftKey)}
                  >
                    <title>{told(s.code, n)}</title>
                  </circle>
                );
              })}
          {of.by === "place" &&
            [...of.rows]
              .sort((a, b) => b[measure] - a[measure])
              .map((r) => {
                const [x, y] = projection([r.lon, r.lat]) ?? [0, 0];
                return (
                  <circle
                    key={`${r.name} ${r.country} ${r.geonameid}`}
                    cx={x}
                    cy={y}
                    r={disc(r[measure])}
                    class={/country|region|state|area/.test(r.kind) ? "ring" : "dot"}
                    onClick={(e) => choose({ country: r.country, name: r.name }, e.shiftKey)}
                  >
                    <title>{`${r.name}, ${countryName(r.country)} (${r.kind}): ${count(r[measure])} ${measure}`}</title>
                  </circle>
                );
              })}
        </g>
        {lasso.box && (
          <rect
            class="lasso"
            x={Math.min(lasso.box.x0, lasso.box.x1)}
            y={Math.min(lasso.box.y0, lasso.box.y1)}
            width={Math.abs(lasso.box.x1 - lasso.box.x0)}
            height={Math.abs(lasso.box.y1 - lasso.box.y0)}
          />
        )}
      </svg>
      <div class="map-foot">
        {of.by === "country" ? (
          <Steps most={most} />
        ) : (
          <ul class="steps small">
            <li>
              <i class="dot-key" />
              town
            </li>
            <li>
              <i class="ring-key" />
              country or region only
            </li>
          </ul>
        )}
        <span class="switch zoom">
          <button type="button" onClick={() => by(1.7)} aria-label="Zoom in">
            +
          </button>
          <button type="button" onClick={() => by(1 / 1.7)} aria-label="Zoom out">
            −
          </button>
          <button type="button" onClick={() => svg.current && select(svg.current).call(behavior.current.transform, zoomIdentity)}>
            Whole
          </button>
        </span>
      </div>
    </div>
  );
};
