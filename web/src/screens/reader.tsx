// SPDX-License-Identifier: Apache-2.0
// One report to read: its text with marks, and beside it the chosen event, all events, who says what, and who else tells it.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, Claim, useAnswer } from "../state/api";
import { go, view, withView } from "../state/route";
import { day, many } from "../state/say";
import { Category, Status } from "../parts/family";
import { EventLinks, Facts, ReportLine } from "../parts/events";
import { Failed, Loading } from "../parts/told";
import { exports, TakeAway } from "../parts/take";
import { Find } from "../parts/find";
import { KINDS, Marked, ReportAnswer } from "../parts/marked";

const Quotes = ({ of }: { of: Claim[] }) => {
  const speakers = new Map<string, Claim[]>();
  for (const c of of) {
    const name = c.speaker.name && c.speaker.name !== "---" ? c.speaker.name : c.speaker.text || "Nobody named";
    speakers.set(name, [...(speakers.get(name) ?? []), c]);
  }
  return (
    <section class="sheet" aria-labelledby="quotes">
      <h2 id="quotes">Who says what</h2>
      {[...speakers].map(([name, said]) => (
        <div key={name} class="speaker">
          <h3>
            <bdi>{name}</bdi> {said[0].speaker.code !== "---" && <span class="code soft">{said[0].speaker.code}</span>}
          </h3>
          <ul class="lines">
            {said.map((c) => (
              <li key={c.id}>
                <span class="soft">
                  {c.cue.text} ({c.act}
                  {c.direct ? ", quoted" : ""})
                </span>{" "}
                <q class="words">
                  <bdi>{c.parts.map((p) => p.text).join(" … ")}</bdi>
                </q>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
};

export const Reader = ({ id }: { id: string }) => {
  const answer = useAnswer<ReportAnswer>(api(`reports/${encodeURIComponent(id)}`));
  const [shut, setShut] = useState<Set<string>>(new Set(["deed"]));
  const chosen = view("pick");
  const card = useRef<HTMLElement>(null);
  const first = answer.data?.events.find((e) => e.telling === chosen);
  useEffect(() => {
    if (first) document.querySelector(".mark.chosen")?.scrollIntoView({ block: "center" });
  }, [answer.data]);
  if (answer.error) return <Failed of={answer} />;
  if (!answer.data) return <Loading of={answer} lines={14} />;
  const a = answer.data,
    r = a.report;
  const kinds = KINDS.filter(([k]) => a.marks.some((m) => m.kind === k));
  const flip = (kind: string) => {
    const next = new Set(shut);
    if (!next.delete(kind)) next.add(kind);
    setShut(next);
  };
  const only = `report=${encodeURIComponent(r.id)}`;
  return (
    <div class="columns reader">
      <article class="seven stack">
        <header class="screen-head">
          <h1>
            <bdi>{r.title || "Without a title"}</bdi>
          </h1>
          <p>
            <bdi>{[r.outlet, r.owner && `owned by ${r.owner}`, day(r.date), many(r.words, "word")].filter(Boolean).join(" · ")}</bdi>
            {r.url && /^https?:/i.test(r.url) && (
              <>
                {" "}
                ·{" "}
                <a href={r.url} target="_blank" rel="noreferrer noopener">
                  source
                </a>
              </>
            )}
            {r.copy_of && (
              <>
                {" "}
                · copies <a href={`/reader/${encodeURIComponent(r.copy_of)}`}>an earlier report</a>
              </>
            )}
          </p>
          {a.report.sources.length > 0 && (
            <p>
              Names as its sources: <bdi>{a.report.sources.join(", ")}</bdi>
            </p>
          )}
        </header>
        <div class="row marks-legend" role="group" aria-label="What is marked">
          {kinds.map(([k, name]) => (
            <label key={k} class={`small key ${k}`}>
              <input type="checkbox" checked={!shut.has(k)} onChange={() => flip(k)} />
              <span class={`mark ${k} lane0`}>{name}</span>
            </label>
          ))}
          <Find label="Find in the report" />
        </div>
        {!a.dates && <p class="note">Dates are not marked: the text could not be read again.</p>}
        <Marked of={a} hidden={shut} find={view("find")} chosen={chosen} pick={(event) => event && go(withView({ pick: event }), true)} />
        {r.caption && (
          <p class="soft small">
            <bdi>Caption: {r.caption}</bdi>
          </p>
        )}
      </article>
      <div class="five stack">
        {first && (
          <section class="sheet" ref={card} aria-label="The chosen event">
            <h2>Event</h2>
            <blockquote class="words quoted">
              <bdi>{first.words}</bdi>
            </blockquote>
            <Facts of={first} />
            <EventLinks of={first} />
          </section>
        )}
        <section class="sheet" aria-labelledby="told">
          <header class="spread">
            <h2 id="told">{many(a.events.length, "event")}</h2>
            <TakeAway
              data={api("events", only)}
              filter={only}
              files={exports(only, [
                ["CSV", "to=csv&tellings=yes"],
                ["JSON lines", "to=jsonl&tellings=yes"],
              ])}
            />
          </header>
          <ol class="lines">
            {a.events.map((e) => (
              <li key={e.telling}>
                <button
                  type="button"
                  class="link"
                  aria-pressed={e.telling === chosen}
                  onClick={() => go(withView({ pick: e.telling }), true)}
                >
                  <Category name={e.plover} quad={e.quad} />{" "}
                  <bdi>
                    {e.source.map((s) => s.name || s.text).join(", ")}
                    {e.target.length ? ` → ${e.target.map((s) => s.name || s.text).join(", ")}` : ""}
                  </bdi>
                </button>{" "}
                {e.status !== "actual" && <Status of={e.status} />}
              </li>
            ))}
          </ol>
          {!a.events.length && <p class="soft">None was read in this report.</p>}
        </section>
        {a.claims.length > 0 && <Quotes of={a.claims} />}
        {a.agreements.length > 0 && (
          <section class="sheet" aria-labelledby="agreed">
            <h2 id="agreed">Agreements</h2>
            <ul class="lines">
              {a.agreements.map((g, i) => (
                <li key={i}>
                  <bdi>{g.name}</bdi> <Status of={g.stage} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {a.others.length > 0 && (
          <section class="sheet" aria-labelledby="story">
            <h2 id="story">The same story elsewhere</h2>
            <ul class="lines">
              {a.others.map((o) => (
                <li key={o.id}>
                  <ReportLine of={o} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
};
