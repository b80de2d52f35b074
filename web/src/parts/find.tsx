// SPDX-License-Identifier: Apache-2.0
// A field whose text stands in the address as find=: what a list or a text is searched for.
import { useEffect, useRef, useState } from "preact/hooks";
import { go, view, withView } from "../state/route";

const PAUSE = 180; // ms after the last key

export const Find = ({ label }: { label: string }) => {
  const [text, set] = useState(view("find"));
  const wait = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(wait.current), []);
  const change = (value: string) => {
    set(value);
    clearTimeout(wait.current);
    wait.current = setTimeout(() => go(withView({ find: value }), true), PAUSE);
  };
  return (
    <label>
      <span class="hidden">{label}</span>
      <input type="search" value={text} placeholder={label} onInput={(e) => change(e.currentTarget.value)} />
    </label>
  );
};
