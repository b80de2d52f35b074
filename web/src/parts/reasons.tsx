// SPDX-License-Identifier: Apache-2.0
// Why a text is coded as it is: its sentences with every reason that the program kept, stage by stage, each with the
// line of the word lists that decided.  The Why and Try screens show the same.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { api, Entry, Report, useAnswer } from "../state/api";
import { day } from "../state/say";
import { Category, Status } from "./family";
import { Failed } from "./told";

export type Token = { form: string; lemma: string; upos: string; head: number; deprel: string; start: number; stop: number };
export type Piece = { text: string; code: string; start: number; stop: number };
export type Deed = {
  number: number;
  plover: string;
  cameo: string;
  cameo_name: string;
  mutual: boolean;
  source: Piece[];
  target: Piece[];
  claimed_by: Piece[];
  trigger: { text: string; start: number; stop: number };
  frame: string;
  entry: Entry;
  status: string;
  confidence: number;
  for: string[];
  against: string[];
  same_as: number | null;
  date: string;
  dated_by: string;
  place: string;
  dead: number | null;
  evidence: { start: number; stop: number; text: string };
};
export type Reason = { stage: string; word: string; start: number; stop: number; text: string; entry: Entry };
export type How = { text: string; entry: Entry };
export type Sentence = {
  number: number;
  start: number;
  stop: number;
  text: string;
  here: boolean;
  tokens: Token[];
  clauses: {
    token: number;
    lemma: string;
    arguments: { role: string; preposition: string; token: number; form: string; inherited: boolean }[];
    flags: string[];
  }[];
  mentions: { text: string; start: number; stop: number; code: string; name: string; kind: string; link: string[]; entry: Entry }[];
  times: { text: string; start: number; stop: number; value: string; how: How[] }[];
  places: { text: string; start: number; stop: number; name: string; country: string; lat: number; lon: number; how: How[] }[];
  deeds: Deed[];
  statements: { speaker: string; cue: string; act: string; direct: boolean; content: { start: number; stop: number; text: string }[] }[];
  passed: Reason[];
  notes: Reason[];
};
export type Explained = {
  report: Report | null;
  telling?: string;
  deeds: number[];
  same?: boolean;
  differs?: { field: string; desk: string; now: string }[];
  program: string;
  stages: { name: string; title: string; count: number; unit: string }[];
  sentences: Sentence[];
  problems: { stage: string; code: string; message: string }[];
};
type Lines = { file: string; first: number; line: number; lines: string[] };

/** "lang/en/frames/agree.frames:12", which opens to the lines around it. */
export const EntryLink = ({ of }: { of: Entry }) => {
  const [open, set] = useState(false);
  const answer = useAnswer<Lines>(open && of ? api("lexicon", `file=${encodeURIComponent(of.file)}`, `line=${of.line}`) : null);
  if (!of) return null;
  return (
    <span class="entry">
      <button type="button" class="link code" aria-expanded={open} onClick={() => set(!open)}>
        {of.file}:{of.line}
      </button>
      {open && <Failed of={answer} />}
      {open && answer.data && (
        <pre class="lexicon" tabIndex={0} role="region" aria-label={`Lines of ${of.file}`}>
          {answer.data.lines.map((l, i) => {
            const number = (answer.data?.first ?? 1) + i;
            return (
              <span key={number} class={number === answer.data?.line ? "this" : ""}>
                <i>{number}</i>
                {l}
                {"\n"}
              </span>
            );
          })}
        </pre>
      )}
    </span>
  );
};

const Names = ({ of }: { of: Piece[] }) => (
  <>
    {of.map((p, i) => (
      <span key={i}>
        {i > 0 && ", "}
        <bdi>{p.text}</bdi> <span class="code soft">{p.code}</span>
      </span>
    ))}
  </>
);
/** What speaks for a deed, or against it: "for it: dated, both political". */
const Signs = ({ name, of }: { name: string; of: string[] }) =>
  of.length > 0 ? (
    <span class="soft">
      {name}: {of.map((sign) => sign.replaceAll("_", " ")).join(", ")}
    </span>
  ) : null;
const Line = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

export const DeedFacts = ({ of: d, chosen }: { of: Deed; chosen?: boolean }) => (
  <section class={`deed${chosen ? " chosen" : ""}`} aria-label={`Deed ${d.plover} ${d.trigger.text}`}>
    <h2 class="row">
      <Category name={d.plover} />
      <span class="soft">
        {d.cameo} {d.cameo_name}
      </span>
      {chosen && <span class="status">this event</span>}
      {d.same_as !== null && <span class="status">the same event as one above</span>}
    </h2>
    <dl class="facts">
      <Line name="What">
        “<bdi>{d.trigger.text}</bdi>” fires frame <b>{d.frame}</b> <EntryLink of={d.entry} />
      </Line>
      <Line name="Who">{d.source.length ? <Names of={d.source} /> : <span class="soft">nobody named</span>}</Line>
      <Line name="To whom">
        {d.mutual ? (
          <span class="soft">each other</span>
        ) : d.target.length ? (
          <Names of={d.target} />
        ) : (
          <span class="soft">nobody named</span>
        )}
      </Line>
      <Line name="When">
        {d.date ? day(d.date) : <span class="soft">not said</span>} {d.date && <span class="soft">by its {d.dated_by}</span>}
      </Line>
      <Line name="Where">{d.place ? <bdi>{d.place}</bdi> : <span class="soft">not said</span>}</Line>
      <Line name="Status">
        <Status of={d.status} />{" "}
        {d.claimed_by.length > 0 && (
          <>
            by <Names of={d.claimed_by} />
          </>
        )}
      </Line>
      <Line name="How sure">
        confidence {d.confidence.toFixed(2)} <Signs name="for it" of={d.for} /> <Signs name="against it" of={d.against} />
      </Line>
      <Line name="Words">
        <q class="words">
          <bdi>{d.evidence.text}</bdi>
        </q>
      </Line>
    </dl>
  </section>
);

export const Reasons = ({ of, none }: { of: Reason[]; none: string }) =>
  of.length ? (
    <ul class="lines">
      {of.map((r, i) => (
        <li key={i}>
          <b>
            <bdi>{r.word}</bdi>
          </b>{" "}
          {r.text} <EntryLink of={r.entry} />
        </li>
      ))}
    </ul>
  ) : (
    <p class="soft">{none}</p>
  );

/** A sentence at a glance: its deeds with their reasons, and what was passed over. */
export const Glance = ({ of: s, deeds }: { of: Sentence; deeds: number[] }) => (
  <>
    {s.deeds.map((d) => (
      <DeedFacts key={d.number} of={d} chosen={deeds.includes(d.number)} />
    ))}
    {!s.deeds.length && <p class="soft">No deed is read in this sentence.</p>}
    {s.passed.length > 0 && (
      <>
        <h2 class="minor">Passed over</h2>
        <Reasons of={s.passed} none="" />
      </>
    )}
    {s.statements.length > 0 && (
      <>
        <h2 class="minor">Said</h2>
        <StageSaid of={s} />
      </>
    )}
    {s.notes.length > 0 && (
      <details>
        <summary>{s.notes.length} more reasons</summary>
        <Reasons of={s.notes} none="" />
      </details>
    )}
  </>
);
const StageSaid = ({ of: s }: { of: Sentence }) => (
  <ul class="lines">
    {s.statements.map((t, i) => (
      <li key={i}>
        <b>
          <bdi>{t.speaker || "nobody named"}</bdi>
        </b>{" "}
        “<bdi>{t.cue}</bdi>” <span class="soft">{t.act}</span>
      </li>
    ))}
  </ul>
);
