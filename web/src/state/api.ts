// SPDX-License-Identifier: Apache-2.0
// Asking the server: the shapes of docs/api.md, and one hook that turns an address into its latest answer.
// While a new answer is on its way the old one stays, so that nothing flickers; one that is overtaken is dropped.
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { token } from "./session";

export type Counts = { events: number; tellings: number; reports: number; outlets: number; owners: number };
export type Actor = { code: string; name: string; title: string; text: string; start: number; stop: number };
export type Place = { name: string; country: string; lat: number; lon: number; geonameid: number; kind: string };
export type Report = {
  id: string;
  outlet: string;
  owner: string;
  title: string;
  date: string;
  url: string;
  lang: string;
  copy_of: string | null;
  story: string;
};
export type Entry = { file: string; line: number } | null;
export type Span = { start: number; stop: number; text: string };
export type Event = {
  event: string;
  telling: string;
  shown: string;
  date: string;
  date_end: string;
  date_basis: string;
  plover: string;
  mode: string;
  contexts: string[];
  cameo: string;
  cameo_name: string;
  goldstein: number;
  quad: number;
  status: string;
  standing: string;
  mutual: boolean;
  source: Actor[];
  target: Actor[];
  claimed_by: Actor[];
  place: Place | null;
  dead: number | null;
  injured: number | null;
  arrested: number | null;
  background: boolean;
  confidence: number;
  frame: string;
  trigger: string;
  entry: Entry;
  words: string;
  report: Report;
  reports: number;
  outlets: number;
  witnesses: number;
  evidence?: Span[];
};
export type Page<T> = { rows: T[]; next: string | null };
export type Group = Counts & { name: string; label: string; quads: number[] };
export type Groups = { by: string; rows: Group[]; groups: number; exact: boolean };
export type Bucket = {
  from: string;
  until: string;
  events: number;
  tellings: number;
  reports: number;
  outlets: number;
  parts: number[];
  documents: number;
};
export type Timeline = {
  bucket: string;
  split: string;
  names: string[];
  rows: Bucket[];
  undated?: Counts;
  exact: boolean;
  earlier: { since: string; until: string; rows: Bucket[] } | null;
};
export type MapRow = Counts & { name: string; country: string; lat: number; lon: number; kind: string; geonameid: number; quads: number[] };
export type MapAnswer = { by: string; rows: MapRow[]; nowhere: Counts; groups: number; exact: boolean };
export type CountAnswer = Counts & {
  exact: boolean;
  first: string;
  last: string;
  filter: string;
  earlier: (Counts & { since: string; until: string }) | null;
};
export type Named = { code: string; name: string; title?: string };
export type Claim = {
  id: string;
  report: Report;
  speaker: Actor;
  act: string;
  direct: boolean;
  channel: string;
  cue: Span;
  parts: Span[];
  about: Actor[];
  events: { telling: string; event: string; plover: string; trigger: string; status: string }[];
};
export type Dispute = {
  dispute: number;
  field: string;
  event: string;
  who: string;
  what: string;
  whom: string;
  place: string;
  date: string;
  sides: { value: string; vouchers: { speaker: string; outlet: string; report: Report; telling: string; words: string }[] }[];
};
export type Verdict = {
  id: number;
  telling: string;
  event: string;
  report: string;
  verdict: string;
  field: string;
  correct: string;
  note: string;
  by: string;
  at: string;
  plover: string;
  words: string;
  order: string;
  seed: number;
};
export type Precision = {
  judged: number;
  right: number;
  wrong: number;
  unsure: number;
  precision: number | null;
  low: number;
  high: number;
  level: number;
  fields: { field: string; wrong: number }[];
  by: { name: string; right: number; wrong: number; low: number; high: number }[];
  fair: boolean;
};
export type Mark = {
  kind: string;
  lane: number;
  start: number;
  stop: number;
  side: string;
  code: string;
  name: string;
  direct: boolean;
  events?: string[]; // tellings that it belongs to
  claims?: string[];
  agreements?: string[];
};
export type Run = { text: string; marks: number[] };
export type Desk = {
  name: string;
  kind: string;
  program: string;
  ready: boolean;
  read: number;
  counts: Record<string, number>;
  first: string;
  last: string;
  loaded: string;
  writable: boolean;
  token: "none" | "write" | "all";
};
export type Words = {
  filters: { name: string; example: string; help: string }[];
  sorts: string[];
  groups: string[];
  cameo: { code: string; name: string; plover: string; quad: number; goldstein: number }[];
  statuses: string[];
  standings: string[];
  sectors: { code: string; name: string }[];
  countries: { code: string; name: string; lat: number; lon: number }[];
  kinds: string[];
  exports: { name: string; ending: string; help: string }[];
};
export type Taken = { sql: string; command: string | null };

/** What an answer that is none says: the server's own words, or that there is no server. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Requests on their way: when each began. */
export const waiting = signal<ReadonlyMap<symbol, number>>(new Map());

function track<T>(work: Promise<T>): Promise<T> {
  const key = Symbol();
  waiting.value = new Map(waiting.value).set(key, performance.now());
  return work.finally(() => {
    const left = new Map(waiting.value);
    left.delete(key);
    waiting.value = left;
  });
}

/** "/api/v1" + path, with a query where there is one. */
export const api = (at: string, ...queries: string[]): string => {
  const query = queries.filter(Boolean).join("&");
  return `/api/v1/${at}${query ? `?${query}` : ""}`;
};

async function request(url: string, more: RequestInit): Promise<Response> {
  const headers: Record<string, string> = token ? { "Dragoman-Token": token } : {};
  if (more.body) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(url, { ...more, headers });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Refusal("gone", "dragoman serve does not answer: has it been stopped? Start it again with the same command, then reload.");
  }
  if (answer.ok) return answer;
  const told = (await answer.json().catch(() => null)) as { error?: { code: string; message: string } } | null;
  throw new Refusal(told?.error?.code ?? String(answer.status), told?.error?.message ?? `the server answered ${answer.status}`);
}

export const ask = async <T>(url: string, more: RequestInit = {}): Promise<T> =>
  track(request(url, more).then((a) => a.json() as Promise<T>));
export const askText = async (url: string): Promise<string> => track(request(url, {}).then((a) => a.text()));
export const post = <T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  ask<T>(url, { method: "POST", body: JSON.stringify(body), signal });
export const remove = <T>(url: string): Promise<T> => ask<T>(url, { method: "DELETE" });

export type Answer<T> = { data: T | undefined; error: Refusal | undefined; pending: boolean; url: string | null };

const KEPT = 60; // answers kept, so that going back is at once
const kept = new Map<string, unknown>();

/** Forgets what was answered: the desk has changed, or a verdict was given. */
export const forget = (): void => kept.clear();

/** The answer to `url`, or to nothing while it is null.  `data` is the one before until the new one is there. */
export function useAnswer<T>(url: string | null): Answer<T> {
  const [state, set] = useState<Answer<T>>({
    data: url ? (kept.get(url) as T) : undefined,
    error: undefined,
    pending: url !== null,
    url,
  });
  const last = useRef<string | null>(null);
  useLayoutEffect(() => {
    last.current = url;
    if (url === null) {
      set({ data: undefined, error: undefined, pending: false, url });
      return undefined;
    }
    if (kept.has(url)) {
      set({ data: kept.get(url) as T, error: undefined, pending: false, url });
      return undefined;
    }
    const stop = new AbortController();
    set((s) => ({ ...s, pending: true }));
    ask<T>(url, { signal: stop.signal }).then(
      (data) => {
        kept.set(url, data);
        if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
        if (last.current === url) set({ data, error: undefined, pending: false, url });
      },
      (error: Error) => {
        if (error.name === "AbortError" || last.current !== url) return;
        set({
          data: undefined,
          error: error instanceof Refusal ? error : new Refusal("broken", error.message),
          pending: false,
          url,
        });
      },
    );
    return () => stop.abort();
  }, [url]);
  return state;
}

/** A list that grows page by page: `more` asks for the next one. */
export function usePages<T>(url: string | null) {
  const first = useAnswer<Page<T>>(url);
  const [later, setLater] = useState<{ url: string | null; rows: T[]; next: string | null }>({ url: null, rows: [], next: null });
  const mine = later.url === url;
  const rows = [...(first.data?.rows ?? []), ...(mine && first.url === url ? later.rows : [])];
  const next = mine ? later.next : (first.data?.next ?? null);
  const more = async () => {
    if (!url || !next) return;
    const page = await ask<Page<T>>(`${url}${url.includes("?") ? "&" : "?"}after=${encodeURIComponent(next)}`);
    setLater({ url, rows: [...(mine ? later.rows : []), ...page.rows], next: page.next });
  };
  return { ...first, rows, next, more };
}
