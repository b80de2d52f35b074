// SPDX-License-Identifier: Apache-2.0
// What is said when there is nothing, not yet, or something went wrong.
import { Component, ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Answer, waiting } from "../state/api";
import { said } from "../state/session";
import { conditions, withFilter } from "../state/route";
import { desk } from "../state/desk";

const SHOWN_AFTER = 300,
  TOLD_AFTER = 1000; // ms

/** A bar for what takes longer than a blink, with seconds for what takes longer than one. */
export const Waiting = () => {
  const [since, set] = useState(0);
  const starts = [...waiting.value.values()];
  const oldest = starts.length ? Math.min(...starts) : 0;
  useEffect(() => {
    if (!oldest) {
      set(0);
      return undefined;
    }
    const tick = setInterval(() => set(performance.now() - oldest), 100);
    return () => clearInterval(tick);
  }, [oldest]);
  useLayoutEffect(() => document.getElementById("main")?.setAttribute("aria-busy", String(oldest > 0)), [oldest > 0]);
  if (!oldest || since < SHOWN_AFTER) return null;
  return (
    <>
      <div class="waiting">
        <i />
      </div>
      {since >= TOLD_AFTER && (
        <p class="waiting-note" role="status">
          Asking the desk · {Math.floor(since / 1000)} s
        </p>
      )}
    </>
  );
};

/** Tells a screen reader what the eye sees change. */
export const Live = () => (
  <p class="hidden" role="status" aria-live="polite" id="live">
    {said.value}
  </p>
);

export const Failed = ({ of }: { of: Answer<unknown> }) =>
  of.error ? (
    <p class="note bad" role="alert">
      {of.error.message}
    </p>
  ) : null;

/** Nothing found: why, and what to do. */
export const Empty = ({ what, children }: { what: string; children?: ComponentChildren }) => {
  const filter = conditions.value;
  const nothing = desk.value?.counts.reports === 0;
  return (
    <div class="empty">
      <h2>{nothing ? "This desk is empty" : `No ${what}${filter.length ? " fit this filter" : ""}`}</h2>
      {nothing && (
        <p>
          Code some reports into it, then reload: <code>dragoman code FILES -o {desk.value?.name}</code>
        </p>
      )}
      {!nothing && filter.length > 0 && (
        <>
          <p class="soft">All conditions must hold for one telling. Take one away:</p>
          <p class="row">
            {filter.map((c) => (
              <a class="button" href={withFilter(filter.filter((o) => o !== c))}>
                without {c.name}
                {c.op}
                {c.value}
              </a>
            ))}
            <a class="button" href={withFilter([])}>
              without any
            </a>
          </p>
        </>
      )}
      {!nothing && children}
    </div>
  );
};

export const Loading = ({ of, lines = 5 }: { of: Answer<unknown>; lines?: number }) =>
  of.pending && !of.data ? (
    <div class="ghost" aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        <i key={i} class={`w${(i * 7) % 4}`} />
      ))}
    </div>
  ) : null;

/** A screen that fails says so and leaves the rest of the page standing. */
export class Boundary extends Component<{ children: ComponentChildren }, { error: string }> {
  state = { error: "" };
  componentDidCatch(error: Error) {
    this.setState({ error: error.message });
  }
  render() {
    return this.state.error ? (
      <div class="empty" role="alert">
        <h1>This screen could not be drawn</h1>
        <p class="soft">{this.state.error}</p>
        <p>
          <a href="/explore">Explore the desk</a>, or reload.
        </p>
      </div>
    ) : (
      this.props.children
    );
  }
}
