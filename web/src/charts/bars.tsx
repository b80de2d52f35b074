// SPDX-License-Identifier: Apache-2.0
// Groups as bars, split by family; each is a button that filters.  With an earlier period to compare with, a tick
// stands where the bar ended then.
import type { Group } from "../state/api";
import { Shape } from "../parts/family";
import { atLeast, brief, change } from "../state/say";

type Props = {
  rows: Group[];
  measure: "events" | "reports";
  exact: boolean;
  label: (row: Group) => string;
  quad?: (row: Group) => number;
  chosen: (row: Group) => boolean;
  choose?: (row: Group, without: boolean) => void;
  before?: Map<string, number>;
};

const Split = ({ of, share }: { of: number[]; share: number }) => {
  const whole = of.reduce((a, b) => a + b, 0);
  if (!whole) return <i class="part quad0" style={{ width: `${100 * share}%` }} />;
  return (
    <>
      {[2, 1, 3, 4].map(
        (q) => of[q - 1] > 0 && <i key={q} class={`part quad${q}`} style={{ width: `${(100 * share * of[q - 1]) / whole}%` }} />,
      )}
    </>
  );
};

export const Bars = ({ rows, measure, exact, label, quad, chosen, choose, before }: Props) => {
  const most = Math.max(1, ...rows.map((r) => r[measure]), ...rows.map((r) => before?.get(r.name) ?? 0));
  return (
    <ul class="bars">
      {rows.map((r) => {
        const then = before?.get(r.name) ?? 0;
        const inner = (
          <>
            <span class="name">
              {quad && <Shape quad={quad(r)} />}
              <bdi>{label(r)}</bdi>
            </span>
            <span class="track">
              <Split of={r.quads ?? []} share={r[measure] / most} />
              {before && <i class="then" style={{ left: `${(100 * then) / most}%` }} />}
            </span>
            <span class="value">
              {exact ? brief(r[measure]) : atLeast(r[measure], exact)}
              {before && <span class="soft"> {change(r[measure], then)}</span>}
            </span>
          </>
        );
        return (
          <li key={r.name}>
            {choose ? (
              <button type="button" class="bar-row" aria-pressed={chosen(r)} onClick={(e) => choose(r, e.shiftKey)}>
                {inner}
              </button>
            ) : (
              <span class="bar-row">{inner}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
};
