// SPDX-License-Identifier: Apache-2.0
// The filter: chips of what holds, and one field that takes the words of the command line and helps to write them.
// A chip's name turns it round (= and !=); its cross takes it away.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { api, ask } from "../state/api";
import { conditions, Condition, drop, filterQuery, go, put, readCondition, withFilter } from "../state/route";
import { codeName, day } from "../state/say";
import { words } from "../state/desk";
import { say } from "../state/session";

type Suggestion = { value: string; label: string; events?: number };

const turned = (c: Condition): Condition | undefined =>
  c.op === "=" && !["since", "until", "sort", "text"].includes(c.name) ? { ...c, op: "!=" } : c.op === "!=" ? { ...c, op: "=" } : undefined;

const NAMES: Record<string, string> = { since: "from", until: "to", conf: "confidence", class: "category" };
const CODED = new Set(["source", "target", "actor", "speaker", "country"]);

function shown(c: Condition): string {
  if (["since", "until", "date"].includes(c.name)) return day(c.value, true);
  if (CODED.has(c.name))
    return c.value
      .split(",")
      .map((v) => codeName(v.trim()))
      .join(", ");
  return c.value.replace(/,/g, ", ");
}

const Chip = ({ of }: { of: Condition }) => {
  const other = turned(of);
  const swap = () => other && go(withFilter(conditions.value.map((c) => (c === of ? other : c))));
  const name = NAMES[of.name] ?? of.name;
  return (
    <li class={`chip${of.op === "!=" ? " without" : ""}`}>
      {other ? (
        <button type="button" class="what" onClick={swap} title={of.op === "!=" ? "Only these instead" : "All but these instead"}>
          <span class="soft">
            {of.op === "!=" ? "not " : ""}
            {name}
          </span>{" "}
          <b>
            <bdi>{shown(of)}</bdi>
          </b>
        </button>
      ) : (
        <span class="what">
          <span class="soft">
            {name}
            {of.op === "=" ? "" : ` ${of.op}`}
          </span>{" "}
          <b>
            <bdi>{shown(of)}</bdi>
          </b>
        </span>
      )}
      <button type="button" onClick={() => go(withFilter(drop(conditions.value, of)))} aria-label={`Without ${name} ${shown(of)}`}>
        ×
      </button>
    </li>
  );
};

async function suggest(text: string, signal: AbortSignal): Promise<Suggestion[]> {
  const begun = /^\s*([a-z]+)\s*(!=|=)\s*(.*)$/u.exec(text);
  if (!begun) {
    const known = words.value?.filters ?? [];
    const typed = text.trim().toLowerCase();
    return known
      .filter((w) => w.name.startsWith(typed))
      .map((w) => ({ value: /[<>]/.exec(w.example) ? w.example.replace(/[0-9.-]+$/, "") : `${w.name}=`, label: w.help }));
  }
  const [, word, op, rest] = begun;
  const cut = rest.lastIndexOf(",") + 1;
  const found = await ask<{ values: Suggestion[] }>(
    api("suggest", `word=${word}`, `prefix=${encodeURIComponent(rest.slice(cut).trim())}`),
    { signal },
  );
  return found.values.map((v) => ({ ...v, value: `${word}${op}${rest.slice(0, cut)}${v.value}` }));
}

export const FilterBar = () => {
  const [text, setText] = useState("");
  const [last, setLast] = useState<{ to: string; values: Suggestion[] }>({ to: "", values: [] });
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  // Until the answer to what stands there now has come, only those of the one before that still begin so.
  const found =
    last.to === text ? last.values : last.values.filter((s) => text && s.value.toLowerCase().startsWith(text.trim().toLowerCase()));
  useEffect(() => {
    if (!open) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(
      () =>
        suggest(text, stop.signal).then(
          (values) => {
            setLast({ to: text, values });
            setAt(-1);
          },
          () => setLast({ to: text, values: [] }),
        ),
      90,
    );
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [text, open]);

  const add = (given: string) => {
    const c = readCondition(given) ?? (given.trim() && !/[=<>]/.test(given) ? { name: "text", op: "=", value: given.trim() } : undefined);
    if (!c) {
      setProblem(`“${given}” is no filter yet: write NAME=VALUE, for example actor=KEN`);
      return;
    }
    const known = words.value?.filters.some((w) => w.name === c.name);
    if (known === false) {
      setProblem(`There is no filter word “${c.name}”. Begin to type and choose one of the list.`);
      return;
    }
    setProblem("");
    setText("");
    setOpen(false);
    say(`Filter ${c.name} ${c.op} ${c.value} added`);
    go(withFilter(put(conditions.value, c)));
  };
  const choose = (s: Suggestion) => {
    if (/[=<>]$/.test(s.value)) {
      setText(s.value);
      input.current?.focus();
    } else add(s.value);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length) setAt((at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === "Escape" && (open || text)) {
      event.stopPropagation();
      if (open) setOpen(false);
      else setText("");
    } else if (event.key === "Tab" && open && found[at]) {
      event.preventDefault();
      choose(found[at]);
    }
  };
  return (
    <section class="filterbar" aria-label="Filter">
      <form
        role="search"
        onSubmit={(e) => {
          e.preventDefault();
          if (open && found[at]) choose(found[at]);
          else add(text);
        }}
      >
        <label class="hidden" for="filter">
          Add a filter
        </label>
        <input
          id="filter"
          ref={input}
          value={text}
          autocomplete="off"
          spellcheck={false}
          placeholder="Filter: actor=KEN, class=agree, or words of a report"
          role="combobox"
          aria-expanded={open && found.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
          onInput={(e) => {
            setText(e.currentTarget.value);
            setAt(-1);
            setOpen(true);
            setProblem("");
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setTimeout(() => setOpen(false), 120)}
          onKeyDown={onKey}
        />
        <ul class="suggest" id={list} role="listbox" aria-label="Words of the filter" hidden={!open || found.length === 0}>
          {open &&
            found.map((s, i) => (
              <li
                key={s.value}
                id={`${list}-${i}`}
                role="option"
                aria-selected={i === at}
                onMouseDown={(e) => {
                  e.preventDefault();
                  choose(s);
                }}
              >
                <b>
                  <bdi>{s.value}</bdi>
                </b>
                <span>
                  {s.label}
                  {s.events ? ` · ${s.events}` : ""}
                </span>
              </li>
            ))}
        </ul>
      </form>
      {conditions.value.length > 0 && (
        <ul class="row chips" aria-label="Conditions that hold">
          {conditions.value.map((c) => (
            <Chip key={filterQuery([c])} of={c} />
          ))}
          <li>
            <button type="button" class="plain" onClick={() => go(withFilter([]))}>
              Clear
            </button>
          </li>
        </ul>
      )}
      <span class="switch certainty" role="group" aria-label="Certainty">
        {(
          [
            ["", "All"],
            ["actual", "As fact"],
            ["claimed", "Only claimed"],
          ] as const
        ).map(([value, name]) => (
          <button
            key={value}
            type="button"
            aria-pressed={(conditions.value.find((c) => c.name === "status" && c.op === "=")?.value ?? "") === value}
            onClick={() => go(withFilter(put(conditions.value, { name: "status", op: "=", value })))}
          >
            {name}
          </button>
        ))}
      </span>
      {problem && (
        <p class="note bad message" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
};
