// SPDX-License-Identifier: Apache-2.0
// Numbers, days and names as people read them.
import countries from "tables:countries";
import type { Actor } from "./api";

const whole = new Intl.NumberFormat("en-GB");
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

export const count = (n: number): string => whole.format(n);
/** A long text cut, at a word where there is one. */
export const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, text.lastIndexOf(" ", most) > most / 2 ? text.lastIndexOf(" ", most) : most)}…`;
export const brief = (n: number): string => (n < 10000 ? whole.format(n) : short.format(n));
export const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`;
export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)} %`;

/** "at least 1,200" where counting was cut short. */
export const atLeast = (n: number, exact: boolean): string => (exact ? count(n) : `at least ${count(n)}`);

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "2024-03-05" -> "5 March 2024"; "2024-03" -> "March 2024"; what is no date stays. */
export function day(iso: string, shortly = false): string {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso);
  if (!found) return iso;
  const [, year, month, date] = found;
  const name = month ? (MONTHS[Number(month) - 1] ?? month) : "";
  return [date ? String(Number(date)) : "", shortly ? name.slice(0, 3) : name, year].filter(Boolean).join(" ");
}

/** When a bucket is, by its first day: "on 5 March 2024", "in March 2024", "in 2024", "in the week of 4 March 2024". */
export const inBucket = (from: string, bucket: string): string =>
  bucket === "day"
    ? `on ${day(from)}`
    : bucket === "week"
      ? `in the week of ${day(from)}`
      : `in ${day(from.slice(0, bucket === "year" ? 4 : 7))}`;

export const period = (from: string, until: string): string => (from === until ? day(from) : `${day(from)} to ${day(until)}`);

/** "KEN" -> "Kenya"; "KEN GOV" keeps its sector; what is no country stays. */
export function codeName(code: string): string {
  if (code === "---") return "no code";
  const [primary, ...sector] = code.split(" ");
  const name = countries[primary];
  return name ? [name, ...sector].join(" ") : code;
}
export const countryName = (code: string): string => countries[code] ?? code;

/** "Kenya", "William Ruto", or the words themselves where nobody was recognised. */
export const actorName = (a: Actor): string => a.name || a.text || a.code || "unknown";

export const change = (now: number, before: number): string => {
  if (before === 0) return now === 0 ? "as before" : `from none`;
  const share = (now - before) / before;
  return share === 0 ? "as before" : `${share > 0 ? "+" : "−"}${percent(Math.abs(share))}`;
};

export const QUADS = ["no class", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
