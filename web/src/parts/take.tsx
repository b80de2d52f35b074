// SPDX-License-Identifier: Apache-2.0
// "Take it away": what stands behind a view, to be run, cited or kept: its SQL, its command line, its files.
import { useRef, useState } from "preact/hooks";
import { askText, Taken, useAnswer } from "../state/api";
import { api } from "../state/api";
import { desk, fileLink } from "../state/desk";
import { say } from "../state/session";
import { day } from "../state/say";

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    say(`The browser does not let ${what.toLowerCase()} be copied: select the text instead`);
  }
}

export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [done, set] = useState(false);
  return (
    <button
      type="button"
      class="plain"
      onClick={async () => {
        await copy(text, what);
        set(true);
        setTimeout(() => set(false), 1500);
      }}
    >
      {done ? "Copied" : "Copy"}
      <span class="hidden"> {what}</span>
    </button>
  );
};

const Taking = ({ title, text }: { title: string; text: string }) => (
  <section class="taken">
    <header>
      <h2 class="minor">{title}</h2>
      <CopyButton text={text} what={title} />
    </header>
    <pre tabIndex={0} role="region" aria-label={title}>
      {text}
    </pre>
  </section>
);

export type File = { label: string; href: string };

type Source = { program: string; model: string; words: string };

async function cite(filter: string): Promise<void> {
  const run = JSON.parse(await askText(api("export/run", filter))) as { program?: unknown; runs?: Source[] } & Record<string, unknown>;
  const runs = (run.runs ?? []).map((r) => `program ${r.program}, model ${r.model}, words ${r.words}`).join("; ");
  const d = desk.value;
  await copy(
    `Dragoman desk ${d?.name ?? ""}${d ? ` (${day(d.first)} to ${day(d.last)})` : ""}${runs ? `, coded by ${runs}` : ""}. ` +
      `Filter: ${filter ? decodeURIComponent(filter.replace(/&/g, " ")) : "none"}. ${location.href}. Read on ${new Date().toISOString().slice(0, 10)}.`,
    "Citation",
  );
}

/** `data`: the address whose SQL and command line are shown; `files`: what can be downloaded. */
export const TakeAway = ({ data, files, filter = "" }: { data: string; files: File[]; filter?: string }) => {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDetailsElement>(null);
  const taken = useAnswer<Taken>(open ? `${data}${data.includes("?") ? "&" : "?"}show=sql` : null);
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    event.stopPropagation();
    menu.current.open = false;
    menu.current.querySelector("summary")?.focus();
  };
  return (
    <details
      class="menu take"
      ref={menu}
      onToggle={() => setOpen(menu.current?.open ?? false)}
      onKeyDown={close}
      onFocusOut={(e: FocusEvent) => {
        if (menu.current && e.relatedTarget instanceof Node && !menu.current.contains(e.relatedTarget)) menu.current.open = false;
      }}
    >
      <summary>Take it away</summary>
      {open && (
        <div class="drop">
          {files.length > 0 && (
            <div class="files">
              {files.map((f) => (
                <a class="button" key={f.label} href={fileLink(f.href)} download>
                  {f.label}
                </a>
              ))}
              <button type="button" onClick={() => cite(filter)}>
                Copy citation
              </button>
              <button type="button" onClick={() => copy(location.href, "Address of this view")}>
                Copy address
              </button>
            </div>
          )}
          {taken.error && <p class="note">{taken.error.message}</p>}
          {taken.data?.command && <Taking title="Command line" text={taken.data.command} />}
          {taken.data?.sql && <Taking title="SQL" text={taken.data.sql} />}
          {taken.data?.sql && <a href={`/sql#sql=${encodeURIComponent(taken.data.sql)}`}>Change it and run it</a>}
        </div>
      )}
    </details>
  );
};

/** Export links of `export?to=…` with this filter. */
export const exports = (filter: string, kinds: [string, string][]): File[] =>
  kinds.map(([label, query]) => ({ label, href: api("export", query, filter) }));
