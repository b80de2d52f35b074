// SPDX-License-Identifier: Apache-2.0
// Why an event is coded as it is: the report is read again with every reason kept, and the sentences of the event stand
// first.  A sentence can be changed and coded anew, in memory only, to see which word made the difference.
import { useState } from "preact/hooks";
import { api, post, Refusal, useAnswer } from "../state/api";
import { go, view, withView } from "../state/route";
import { Category, Status } from "../parts/family";
import { Explained, Glance, Sentence } from "../parts/reasons";
import { StageOf, Stages } from "../parts/stages";
import { ReportLine } from "../parts/events";
import { Failed, Loading } from "../parts/told";
import { many } from "../state/say";
import { save } from "../parts/figure";

const Edit = ({ of, date }: { of: Sentence; date: string }) => {
  const [text, set] = useState(of.text.trim());
  const [answer, setAnswer] = useState<Explained>();
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setError("");
    try {
      setAnswer(await post<Explained>(api("explain"), { text, date }));
    } catch (e) {
      setError((e as Refusal).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="stack"
      onSubmit={(e) => {
        e.preventDefault();
        run();
      }}
    >
      <label class="field">
        Change the sentence and code it anew; nothing is stored
        <textarea class="words" rows={3} dir="auto" value={text} onInput={(e) => set(e.currentTarget.value)} />
      </label>
      <p class="row">
        <button type="submit" class="main" disabled={busy || !text.trim()}>
          {busy ? "Coding…" : "Code it"}
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => {
            set(of.text.trim());
            setAnswer(undefined);
          }}
        >
          As it was
        </button>
      </p>
      {error && (
        <p class="note bad" role="alert">
          {error}
        </p>
      )}
      {answer && (
        <div role="status">
          {answer.sentences.flatMap((s) => s.deeds).length === 0 && <p class="soft">No deed is read in it now.</p>}
          {answer.sentences.map((s) => (
            <Glance key={s.number} of={s} deeds={[]} />
          ))}
        </div>
      )}
    </form>
  );
};

const SentenceSheet = ({
  of: s,
  deeds,
  stage,
  date,
  open,
}: {
  of: Sentence;
  deeds: number[];
  stage: string;
  date: string;
  open: boolean;
}) => (
  <details class="sheet sentence" open={open}>
    <summary>
      <span class="label">{s.number}</span>{" "}
      <span class="words">
        <bdi>{s.text}</bdi>
      </span>
      {!s.here && s.deeds.length > 0 && (
        <span class="row small">
          {s.deeds.map((d) => (
            <Category key={d.number} name={d.plover} />
          ))}
        </span>
      )}
    </summary>
    {stage ? <StageOf stage={stage} of={s} deeds={deeds} /> : <Glance of={s} deeds={deeds} />}
    <details class="edit">
      <summary>Try an edit</summary>
      <Edit of={s} date={date} />
    </details>
  </details>
);

export const Why = ({ id }: { id: string }) => {
  const answer = useAnswer<Explained>(api(`events/${encodeURIComponent(id)}/why`));
  const stage = view("stage");
  if (answer.error) return <Failed of={answer} />;
  if (!answer.data) return <Loading of={answer} lines={12} />;
  const w = answer.data;
  const here = w.sentences.filter((s) => s.here),
    others = w.sentences.filter((s) => !s.here);
  return (
    <div class="narrow stack">
      <header class="screen-head">
        <h1>Why this code</h1>
        <span class="tools">
          <a
            class="button"
            data-key="o"
            href={w.report ? `/reader/${encodeURIComponent(w.report.id)}?pick=${encodeURIComponent(id)}` : "/reader"}
          >
            Read the report
          </a>
          <a class="button" href={`/event/${encodeURIComponent(id)}`}>
            The event
          </a>
          <button type="button" onClick={() => save(JSON.stringify(w, null, 2), `why-${id}.json`, "application/json")}>
            JSON
          </button>
        </span>
        {w.report && (
          <p>
            <ReportLine of={w.report} event={id} />
          </p>
        )}
      </header>
      <Stages of={w.stages} at={stage} choose={(name) => go(withView({ stage: name }))} />
      {w.same === false && (
        <div class="note bad">
          <p>
            The program of today ({w.program}) does not code this event as the desk has it{w.differs?.length ? ":" : "."}
          </p>
          <ul class="lines">
            {w.differs?.map((d) => (
              <li key={d.field}>
                {d.field}: the desk has <b>{d.desk || "nothing"}</b>, now it is <b>{d.now || "nothing"}</b>
              </li>
            ))}
          </ul>
        </div>
      )}
      {here.map((s) => (
        <SentenceSheet key={s.number} of={s} deeds={w.deeds} stage={stage} date={w.report?.date ?? ""} open />
      ))}
      {!here.length && <p class="note">No sentence of today's reading holds the words of this event.</p>}
      {w.problems.length > 0 && (
        <ul class="note">
          {w.problems.map((p, i) => (
            <li key={i}>
              <Status of={p.code} /> {p.message}
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details class="others">
          <summary>{many(others.length, "other sentence")} of the report</summary>
          <div class="stack">
            {others.map((s) => (
              <SentenceSheet key={s.number} of={s} deeds={w.deeds} stage={stage} date={w.report?.date ?? ""} open={false} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
};
