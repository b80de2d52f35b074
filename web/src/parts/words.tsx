// SPDX-License-Identifier: Apache-2.0
// Some lists take only some words of the filter: what does not apply is left out, and the page says so.
import { Condition, conditions } from "../state/route";

export const applying = (allowed: string[]): Condition[] => conditions.value.filter((c) => allowed.includes(c.name));

export const LeftOut = ({ allowed }: { allowed: string[] }) => {
  const out = conditions.value.filter((c) => !allowed.includes(c.name) && c.name !== "sort");
  return out.length ? (
    <p class="note">Left out, as it does not speak of these: {out.map((c) => `${c.name}${c.op}${c.value}`).join(", ")}.</p>
  ) : null;
};
