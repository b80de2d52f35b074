// SPDX-License-Identifier: Apache-2.0
// A few ways to show something, of which one holds; the choice stands in the address as a view word.
import { go, view, withView } from "../state/route";

export const Switch = ({ word, of, first, label }: { word: string; of: [string, string][]; first: string; label: string }) => (
  <span class="switch" role="group" aria-label={label}>
    {of.map(([value, name]) => (
      <button
        key={value}
        type="button"
        aria-pressed={(view(word) || first) === value}
        onClick={() => go(withView({ [word]: value === first ? "" : value }))}
      >
        {name}
      </button>
    ))}
  </span>
);
