// SPDX-License-Identifier: Apache-2.0
// A table whose rows can be walked: one of them is the tab stop, j and k or the arrows move it, Enter opens it.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";

export type Column<T> = { head: string; cell: (row: T) => ComponentChildren; class?: string; sort?: string };

type Props<T> = {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  open?: (row: T) => void;
  chosen?: string;
  more?: () => Promise<void>;
  next?: string | null;
  sorted?: string;
  sort?: (by: string) => void;
};

export function Rows<T>({ caption, columns, rows, keyOf, open, chosen, more, next, sorted = "", sort }: Props<T>) {
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const body = useRef<HTMLTableSectionElement>(null);
  const stop = Math.min(at, Math.max(0, rows.length - 1));
  const walk = (to: number) => {
    const row = body.current?.rows[to];
    if (!row) return;
    setAt(to);
    row.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (
      event.target instanceof HTMLAnchorElement ||
      event.target instanceof HTMLButtonElement ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const steps: Record<string, number> = {
      j: stop + 1,
      ArrowDown: stop + 1,
      k: stop - 1,
      ArrowUp: stop - 1,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key in steps) {
      event.preventDefault();
      event.stopPropagation();
      walk(Math.max(0, Math.min(rows.length - 1, steps[event.key])));
    } else if ((event.key === "Enter" || event.key === " ") && open && rows[stop]) {
      event.preventDefault();
      open(rows[stop]);
    }
  };
  const loadMore = async () => {
    setBusy(true);
    try {
      await more?.();
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div class="scroll">
        <table class={`rows${open ? " walk" : ""}`} aria-label={caption}>
          <thead>
            <tr>
              {columns.map((c) => {
                const by = sorted.replace("-", "") === c.sort && c.sort;
                return (
                  <th
                    key={c.head}
                    scope="col"
                    class={c.class}
                    aria-sort={by ? (sorted.startsWith("-") ? "descending" : "ascending") : undefined}
                  >
                    {c.sort && sort ? (
                      <button type="button" class="plain" onClick={() => sort(sorted === `-${c.sort}` ? (c.sort as string) : `-${c.sort}`)}>
                        {c.head}
                        {by ? (sorted.startsWith("-") ? " ↓" : " ↑") : ""}
                      </button>
                    ) : (
                      c.head
                    )}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKey}>
            {rows.map((row, i) => {
              const key = keyOf(row);
              return (
                <tr
                  key={key}
                  data-row={key}
                  tabIndex={open ? (i === stop ? 0 : -1) : undefined}
                  class={key === chosen ? "chosen" : ""}
                  onClick={(e) => {
                    if (open && !(e.target as Element).closest("a,button") && !getSelection()?.toString()) {
                      setAt(i);
                      open(row);
                    }
                  }}
                >
                  {columns.map((c) => (
                    <td key={c.head} class={c.class}>
                      {c.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {next && more && (
        <p class="row">
          <button type="button" onClick={loadMore} disabled={busy}>
            {busy ? "Fetching…" : "More"}
            <span class="hidden"> {caption}</span>
          </button>
        </p>
      )}
    </>
  );
}
