// SPDX-License-Identifier: Apache-2.0
// A chart in its frame: a title, one sentence that says what it shows, the chart, and its twin as a table for whoever
// would rather read it.  The chart can be taken as SVG with its filter written below.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { conditions, writeCondition } from "../state/route";
import { desk } from "../state/desk";

export type Twin = { head: string[]; rows: (string | number | ComponentChildren)[][]; numbers?: number[] };

const KEPT_STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
  "display",
];

/** A copy of a drawing that needs no style sheet, with the filter as its last line. */
function drawing(svg: SVGSVGElement, title: string): string {
  const out = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>("*")],
    to = [out, ...out.querySelectorAll<SVGElement>("*")];
  from.forEach((one, i) => {
    const style = getComputedStyle(one);
    to[i].setAttribute("style", KEPT_STYLES.map((k) => `${k}:${style.getPropertyValue(k)}`).join(";"));
    to[i].removeAttribute("class");
  });
  const box = svg.viewBox.baseVal,
    width = box?.width || svg.clientWidth,
    height = box?.height || svg.clientHeight,
    below = 30;
  out.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  out.setAttribute("width", String(width));
  out.setAttribute("height", String(height + below));
  out.setAttribute("viewBox", `0 0 ${width} ${height + below}`);
  const note = document.createElementNS("http://www.w3.org/2000/svg", "text");
  note.setAttribute("x", "4");
  note.setAttribute("y", String(height + below - 10));
  note.setAttribute("style", `font-family:sans-serif;font-size:11px;fill:${getComputedStyle(svg).color}`);
  note.textContent = `${title} · ${desk.value?.name ?? ""} · ${conditions.value.map(writeCondition).join(" ") || "no filter"} · Dragoman ${desk.value?.program ?? ""}`;
  out.append(note);
  return new XMLSerializer().serializeToString(out);
}

export function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

type Props = {
  title: string;
  name: string;
  summary: string;
  twin: Twin;
  tools?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
  plain?: boolean;
};

export const Figure = ({ title, name, summary, twin, tools, children, class: place = "", plain }: Props) => {
  const [asTable, set] = useState(false);
  const frame = useRef<HTMLElement>(null);
  const saveDrawing = () => {
    const svg = frame.current?.querySelector<SVGSVGElement>("svg.chart");
    if (svg) save(drawing(svg, title), `${name}.svg`, "image/svg+xml");
  };
  return (
    <figure class={`sheet figure ${place}`} id={name} ref={frame}>
      <header class="spread">
        <h2>{title}</h2>
        <span class="row">
          {tools}
          <span class="row ends">
            <button type="button" class="plain" aria-pressed={asTable} onClick={() => set(!asTable)}>
              {asTable ? "Chart" : "Table"}
              <span class="hidden"> of {title}</span>
            </button>
            {!asTable && !plain && (
              <button type="button" class="plain" onClick={saveDrawing}>
                SVG<span class="hidden"> of {title}</span>
              </button>
            )}
          </span>
        </span>
      </header>
      {asTable ? <TwinTable of={twin} title={title} /> : children}
      <figcaption class="soft small">{summary}</figcaption>
    </figure>
  );
};

const TwinTable = ({ of, title }: { of: Twin; title: string }) => (
  <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
    <table class="rows">
      <thead>
        <tr>
          {of.head.map((h, i) => (
            <th key={h} scope="col" class={of.numbers?.includes(i) ? "number" : ""}>
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.rows.map((row, r) => (
          <tr key={r}>
            {row.map((cell, i) => (
              <td key={i} class={of.numbers?.includes(i) ? "number" : ""}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
