// SPDX-License-Identifier: Apache-2.0
// The keyboard: one table feeds what a key does and the sheet that tells of it.  No key does what no control does.
import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { go, onScreen, view, withView } from "../state/route";

export const helpOpen = signal(false);

const SCREENS: Record<string, [string, string]> = {
  e: ["/explore", "Explore"],
  r: ["/reader", "Reports"],
  d: ["/dyads", "Dyads"],
  p: ["/actors", "Actors (people and parties)"],
  a: ["/agreements", "Agreements"],
  c: ["/claims", "Claims"],
  s: ["/sources", "Sources"],
  u: ["/audit", "Audit"],
  n: ["/runs", "Runs and problems"],
  i: ["/try", "Try it"],
  q: ["/sql", "SQL"],
  m: ["/explore#map", "the map"],
  t: ["/explore#timeline", "the timeline"],
};

const press = (selector: string): boolean => {
  const control = document.querySelector<HTMLElement>(selector);
  control?.click();
  return control !== null;
};

const walkTable = (): boolean => {
  const row = document.querySelector<HTMLElement>("main tr[tabindex='0']");
  row?.focus();
  return row !== null;
};

function mention(step: number): boolean {
  const marks = [...document.querySelectorAll<HTMLElement>("[data-mention]")];
  if (!marks.length) return false;
  const now = marks.indexOf(document.activeElement as HTMLElement);
  marks[(now + step + marks.length + (now < 0 && step < 0 ? 1 : 0)) % marks.length].focus();
  return true;
}

function back(): boolean {
  if (helpOpen.value) {
    helpOpen.value = false;
    return true;
  }
  if (view("card")) {
    const row = view("card");
    go(withView({ card: "" }));
    setTimeout(() => document.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(row)}"]`)?.focus());
    return true;
  }
  history.back();
  return true;
}

type Key = { keys: string; does: string; run?: () => boolean };
const MOVES: Key[] = [
  {
    keys: "/",
    does: "filter",
    run: () => {
      const f = document.getElementById("filter");
      f?.focus();
      return f !== null;
    },
  },
  { keys: "j", does: "next row", run: walkTable },
  { keys: "k", does: "row before", run: walkTable },
  { keys: "Enter", does: "open the row's card" },
  { keys: "o", does: "open the report", run: () => press("[data-key='o']") },
  { keys: "w", does: "why this code", run: () => press("[data-key='w']") },
  { keys: "[", does: "mention before", run: () => mention(-1) },
  { keys: "]", does: "next mention", run: () => mention(1) },
  { keys: "Esc", does: "close the card, go back" },
  {
    keys: "?",
    does: "this sheet",
    run: () => {
      helpOpen.value = !helpOpen.value;
      return true;
    },
  },
];
const AUDIT: [string, string][] = [
  ["1", "right"],
  ["2", "wrong, then the field"],
  ["3", "cannot tell"],
  ["n", "skip"],
  ["u", "undo"],
];

let leading = false; // g was pressed, a screen's letter is to come

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  if (event.key === "Escape") {
    if (writing) target.blur();
    else back();
    return;
  }
  if (writing) return;
  if (leading) {
    leading = false;
    const screen = SCREENS[event.key];
    if (screen) {
      event.preventDefault();
      const [to, part] = screen[0].split("#");
      go(onScreen(to));
      if (part)
        setTimeout(() => {
          const f = document.getElementById(part);
          f?.scrollIntoView();
          f?.querySelector<HTMLElement>("button")?.focus();
        }, 60);
      else setTimeout(() => document.querySelector<HTMLElement>("main")?.focus(), 0);
    }
    return;
  }
  if (event.key === "g") {
    leading = true;
    setTimeout(() => {
      leading = false;
    }, 1500);
    return;
  }
  const found = MOVES.find((k) => k.keys === event.key);
  if (found?.run?.() || press(`main [data-key='${CSS.escape(event.key)}']`)) event.preventDefault();
}

export function useKeys(): void {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

export const HelpSheet = () => {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value && !sheet.current?.open) sheet.current?.showModal();
    if (!helpOpen.value && sheet.current?.open) sheet.current.close();
  }, [helpOpen.value]);
  return (
    <dialog
      ref={sheet}
      aria-labelledby="help-title"
      onClose={() => {
        helpOpen.value = false;
      }}
    >
      <header>
        <h2 id="help-title">Keys</h2>
        <button
          type="button"
          class="plain"
          onClick={() => {
            helpOpen.value = false;
          }}
        >
          Close
        </button>
      </header>
      <div class="keys">
        <section>
          <h3>Everywhere</h3>
          <dl>
            {MOVES.map((k) => (
              <>
                <dt>
                  <kbd>{k.keys}</kbd>
                </dt>
                <dd>{k.does}</dd>
              </>
            ))}
          </dl>
        </section>
        <section>
          <h3>Go to</h3>
          <dl>
            {Object.entries(SCREENS).map(([k, [, name]]) => (
              <>
                <dt>
                  <kbd>g</kbd> <kbd>{k}</kbd>
                </dt>
                <dd>{name}</dd>
              </>
            ))}
          </dl>
        </section>
        <section>
          <h3>In an audit</h3>
          <dl>
            {AUDIT.map(([k, name]) => (
              <>
                <dt>
                  <kbd>{k}</kbd>
                </dt>
                <dd>{name}</dd>
              </>
            ))}
          </dl>
        </section>
        <section>
          <h3>With the mouse</h3>
          <dl>
            <dt>Click</dt>
            <dd>a bar, a country, a cell: filter by it</dd>
            <dt>Shift click</dt>
            <dd>leave it out</dd>
            <dt>Drag</dt>
            <dd>over the timeline: a period</dd>
            <dt>Shift drag</dt>
            <dd>over the map: all in the box</dd>
            <dt>Ctrl wheel</dt>
            <dd>zoom the map</dd>
          </dl>
        </section>
      </div>
    </dialog>
  );
};
