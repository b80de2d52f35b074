// SPDX-License-Identifier: Apache-2.0
// Try it: paste a text and see what is read in it, and why.  The text stands behind # in the address, so that a link
// carries it, and no server's log does.
import { useEffect, useState } from "preact/hooks";
import { api, post, Refusal } from "../state/api";
import { go, view, withView } from "../state/route";
import { Explained, Glance } from "../parts/reasons";
import { StageOf, Stages } from "../parts/stages";
import { many } from "../state/say";
import { say } from "../state/session";
import { copy } from "../parts/take";
import { save } from "../parts/figure";

const EXAMPLE =
  "Kenya and Ethiopia signed a grazing agreement in Nairobi on Monday. Addis Ababa denied that its troops had crossed the border.";

const fromAddress = (name: string): string => new URLSearchParams(location.hash.slice(1)).get(name) ?? "";

export const Try = () => {
  const [text, set] = useState(fromAddress("text"));
  const [date, setDate] = useState(fromAddress("date") || new Date().toISOString().slice(0, 10));
  const [answer, setAnswer] = useState<Explained>();
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (given: string) => {
    if (!given.trim()) return;
    setBusy(true);
    setError("");
    history.replaceState(
      null,
      "",
      `${location.pathname}${location.search}#text=${encodeURIComponent(given)}${date ? `&date=${date}` : ""}`,
    );
    try {
      const found = await post<Explained>(api("explain"), { text: given, date });
      setAnswer(found);
      say(
        `${many(
          found.sentences.reduce((n, s) => n + s.deeds.length, 0),
          "deed",
        )} in ${many(found.sentences.length, "sentence")}`,
      );
    } catch (e) {
      setError((e as Refusal).message);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    if (text) run(text);
  }, []);
  const stage = view("stage");
  return (
    <div class="narrow stack">
      <header class="screen-head">
        <h1>Try it</h1>
        <p>Any text in English, coded in memory: nothing is stored, and nothing leaves this machine.</p>
      </header>
      <form
        class="sheet stack"
        onSubmit={(e) => {
          e.preventDefault();
          run(text);
        }}
      >
        <label class="field">
          Text
          <textarea class="words" rows={6} dir="auto" value={text} placeholder={EXAMPLE} onInput={(e) => set(e.currentTarget.value)} />
        </label>
        <p class="row">
          <label>
            written on <input type="date" value={date} onInput={(e) => setDate(e.currentTarget.value)} />
          </label>
          <button type="submit" class="main" disabled={busy || !text.trim()}>
            {busy ? "Coding…" : "Code it"}
          </button>
          {!text && (
            <button
              type="button"
              onClick={() => {
                set(EXAMPLE);
                run(EXAMPLE);
              }}
            >
              Take the example
            </button>
          )}
          {answer && (
            <button type="button" class="plain" onClick={() => copy(location.href, "Link with the text")}>
              Copy link with the text
            </button>
          )}
          {answer && (
            <button type="button" class="plain" onClick={() => save(JSON.stringify(answer, null, 2), "explain.json", "application/json")}>
              JSON
            </button>
          )}
        </p>
      </form>
      {error && (
        <p class="note bad" role="alert">
          {error}
        </p>
      )}
      {answer && (
        <>
          <Stages of={answer.stages} at={stage} choose={(name) => go(withView({ stage: name }) + location.hash)} />
          {answer.sentences.map((s) => (
            <section class="sheet sentence" key={s.number} aria-label={`Sentence ${s.number}`}>
              <p class="words lead">
                <span class="label">{s.number}</span> <bdi>{s.text}</bdi>
              </p>
              {stage ? <StageOf stage={stage} of={s} deeds={[]} /> : <Glance of={s} deeds={[]} />}
            </section>
          ))}
          {answer.problems.map((p, i) => (
            <p class="note bad" key={i}>
              {p.stage}: {p.message}
            </p>
          ))}
        </>
      )}
    </div>
  );
};
