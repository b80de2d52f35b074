// SPDX-License-Identifier: Apache-2.0
// Where we are.  Everything a reader set is in the address, so that it can be sent, kept and opened again:
//
//   /explore?actor=KEN&class=agree,consult&since=2024-03&count=reports&card=4f1c
//            ------------- filter words ------------------ --- view words ---
//
// Filter words are those of the command line (NAME=VALUE, NAME!=VALUE, NAME>=VALUE ...); view words are the
// page's own and say how something is shown, never what is counted.
import { signal, computed } from "@preact/signals";

export type Condition = { name: string; op: string; value: string };

/** Names of view words: no filter has such a name. */
const VIEW_WORDS = new Set([
  "count",
  "per",
  "compare",
  "card",
  "show",
  "after",
  "find",
  "lens",
  "pick",
  "stage",
  "order",
  "by",
  "seed",
  "full",
]);

const here = signal(location.pathname + location.search);

export const path = computed(() => here.value.split("?")[0]);

function segments(address: string): string[] {
  const query = address.split("?")[1] ?? "";
  return query
    .split("&")
    .filter(Boolean)
    .map((part) => {
      try {
        return decodeURIComponent(part.replace(/\+/g, " "));
      } catch {
        return part;
      }
    });
}

/** "dead>=10" -> {name: "dead", op: ">=", value: "10"}; undefined where it is no condition. */
export function readCondition(text: string): Condition | undefined {
  const found = /^\s*([a-z]+)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*$/su.exec(text);
  if (!found || found[3] === "") return undefined;
  return { name: found[1], op: found[2], value: found[3] };
}

export const writeCondition = (c: Condition): string => c.name + c.op + c.value;

const all = computed(() =>
  segments(here.value)
    .map(readCondition)
    .filter((c): c is Condition => c !== undefined),
);
export const conditions = computed(() => all.value.filter((c) => !(c.op === "=" && VIEW_WORDS.has(c.name))));
const views = computed(() => new Map(all.value.filter((c) => c.op === "=" && VIEW_WORDS.has(c.name)).map((c) => [c.name, c.value])));

/** A view word's value, or "". */
export const view = (name: string): string => views.value.get(name) ?? "";

const plain = (text: string) =>
  encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2F/g, "/").replace(/%20/g, "+");

/** One condition as it stands in an address: only what would be misread is escaped. */
const escaped = (c: Condition): string => {
  const op = c.op.replace("<", "%3C").replace(">", "%3E");
  return c.name + op + plain(c.value);
};

export function address(at: string, filter: Condition[], shown: Record<string, string> = {}): string {
  const words = [
    ...filter.map(escaped),
    ...Object.entries(shown)
      .filter(([, v]) => v !== "")
      .map(([k, v]) => `${k}=${plain(v)}`),
  ];
  return words.length ? `${at}?${words.join("&")}` : at;
}

/** The filter as a query string for the API, "" or "actor=KEN&since=2024". */
export const filterQuery = (filter: Condition[]): string => filter.map(escaped).join("&");

/** Same screen and filter, other view words ("" takes one away). */
export function withView(change: Record<string, string>): string {
  return address(path.value, conditions.value, { ...Object.fromEntries(views.value), ...change });
}

/** Same screen and view, another filter.  A card or a page of a longer list belongs to the old one. */
export function withFilter(filter: Condition[]): string {
  return address(path.value, filter, { ...Object.fromEntries(views.value), card: "", full: "" });
}

/** Another screen with the same filter. */
export const onScreen = (at: string): string => address(at, conditions.value);

/** Goes to an address; what stands behind # is for the screen to read, once. */
export function go(to: string, replace = false): void {
  const bare = to.split("#")[0];
  if (bare === here.value && bare === to) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  const moved = bare.split("?")[0] !== path.value;
  here.value = bare;
  if (moved) scrollTo(0, 0);
}

addEventListener("popstate", () => {
  here.value = location.pathname + location.search;
});

/** Links inside the page change the address without loading it anew; all others are left to the browser. */
addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest?.("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
});

/** Puts a condition beside the others; one of the same name and sign is replaced, for dates and actors alike. */
export function put(filter: Condition[], added: Condition): Condition[] {
  const rest = filter.filter((c) => !(c.name === added.name && c.op === added.op));
  return added.value === "" ? rest : [...rest, added];
}

export const drop = (filter: Condition[], gone: Condition): Condition[] => filter.filter((c) => c !== gone);

/** Adds one more alternative: class=agree, then consult, is class=agree,consult; a second time takes it away. */
export function toggle(filter: Condition[], name: string, value: string, op = "="): Condition[] {
  const held = filter.find((c) => c.name === name && c.op === op);
  const values = held ? alternatives(held.value) : [];
  const left = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  const opposite = filter.filter((c) => !(c.name === name && c.op === (op === "=" ? "!=" : "=") && alternatives(c.value).includes(value)));
  return put(opposite, { name, op, value: left.join(",") });
}

/** The alternatives of a value: class=agree,consult. */
export const alternatives = (value: string): string[] =>
  value
    .split(",")
    .map((v) => v.trim())
    .filter(Boolean);

export const holds = (filter: Condition[], name: string, value: string): boolean =>
  filter.some((c) => c.name === name && c.op === "=" && alternatives(c.value).some((v) => v.toLowerCase() === value.toLowerCase()));
