// SPDX-License-Identifier: Apache-2.0
// One event out of all its reports: what most witnesses say, every telling, and each field on which they differ.
import { api, Dispute, Event, Refusal, useAnswer, Verdict } from "../state/api";
import { codeName, day, many, period } from "../state/say";
import { Category, headline, Shape, Status } from "../parts/family";
import { EventLinks, Facts, ReportLine } from "../parts/events";
import { Failed, Loading } from "../parts/told";
import { exports, TakeAway } from "../parts/take";
import { DisputeSides } from "../parts/dispute";

type Answer = {
  event: Event;
  tellings: (Event & {
    claims: { id: string; speaker: Event["source"][number]; act: string; cue: string; direct: boolean; channel: string }[];
  })[];
  more?: number;
  joined: {
    standing: string;
    events: number;
    reports: number;
    outlets: number;
    owners: number;
    first_date: string;
    first_outlet: string;
    first_report: string;
    last_date: string;
  };
  differ: { field: string; values: { value: string; tellings: string[]; outlets: string[] }[] }[];
  disputes: Dispute[];
  story: { id: string; reports: number; outlets: number; first: string; last: string } | null;
  agreements: { accord: string; name: string; stage: string }[];
  verdicts: Verdict[];
};

const FIELDS: Record<string, string> = { plover: "what", cameo: "CAMEO code", source: "who", target: "to whom" };
const valueName = (field: string, value: string): string =>
  (["source", "target", "country"].includes(field)
    ? value
        .split(/[;,]\s*/)
        .map(codeName)
        .join(", ")
    : field === "date"
      ? day(value)
      : value) || "not said";

const Differ = ({ of }: { of: Answer["differ"] }) => (
  <section class="sheet" aria-labelledby="differ">
    <h2 id="differ">Where its reports differ</h2>
    {of.length ? (
      <div class="scroll">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Outlets</th>
              <th scope="col" class="number">
                Tellings
              </th>
            </tr>
          </thead>
          <tbody>
            {of.flatMap((d) =>
              d.values.map((v, i) => (
                <tr key={`${d.field} ${v.value}`}>
                  {i === 0 && (
                    <th scope="rowgroup" rowSpan={d.values.length}>
                      {FIELDS[d.field] ?? d.field}
                    </th>
                  )}
                  <td>
                    <bdi>{valueName(d.field, v.value)}</bdi>
                  </td>
                  <td class="soft">
                    <bdi>{v.outlets.join(", ")}</bdi>
                  </td>
                  <td class="number">{v.tellings.length}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    ) : (
      <p class="soft">They do not: every telling says the same, or there is only one.</p>
    )}
  </section>
);

export const EventScreen = ({ id }: { id: string }) => {
  const answer = useAnswer<Answer>(api(`events/${encodeURIComponent(id)}`));
  if (answer.error) return <Failed of={{ ...answer, error: answer.error as Refusal }} />;
  if (!answer.data) return <Loading of={answer} lines={12} />;
  const { event: e, joined, tellings, differ, disputes, story, agreements, verdicts } = answer.data;
  const only = `event=${encodeURIComponent(e.event)}`;
  return (
    <>
      <header class="screen-head">
        <h1>
          <Shape quad={e.quad} /> <bdi>{headline(e)}</bdi>
        </h1>
        <span class="tools">
          <TakeAway
            data={api("events", only)}
            filter={only}
            files={exports(only, [
              ["CSV, all tellings", "to=csv&tellings=yes"],
              ["JSON lines", "to=jsonl&tellings=yes"],
            ])}
          />
        </span>
        <p>
          {day(e.shown)}
          {e.place ? `, ${e.place.name}` : ""}. First told by {joined.first_outlet || "an unnamed outlet"} on {day(joined.first_date)}
          {joined.last_date && joined.last_date !== joined.first_date ? `, last on ${day(joined.last_date)}` : ""}:{" "}
          {many(joined.reports, "report")} of {many(joined.outlets, "outlet")}, {many(joined.owners, "owner")}.
        </p>
      </header>
      <div class="columns">
        <section class="sheet half" aria-labelledby="facts">
          <h2 id="facts">What most witnesses say</h2>
          <blockquote class="words quoted">
            <bdi>{e.words}</bdi>
          </blockquote>
          <Facts of={e} />
          <EventLinks of={e} page={false} />
        </section>
        <div class="half stack">
          <Differ of={differ} />
          {disputes.length > 0 && (
            <section class="sheet" aria-labelledby="disputed">
              <h2 id="disputed">Disputed</h2>
              {disputes.map((d) => (
                <DisputeSides key={d.dispute} of={d} />
              ))}
            </section>
          )}
          {(story || agreements.length > 0 || verdicts.length > 0) && (
            <section class="sheet" aria-labelledby="context">
              <h2 id="context">Around it</h2>
              <ul class="lines">
                {story && (
                  <li>
                    Its story: {many(story.reports, "report")} of {many(story.outlets, "outlet")}, {period(story.first, story.last)}
                  </li>
                )}
                {agreements.map((a) => (
                  <li key={a.accord}>
                    <a href={`/agreements/${encodeURIComponent(a.accord)}`}>
                      <bdi>{a.name}</bdi>
                    </a>{" "}
                    <Status of={a.stage} />
                  </li>
                ))}
                {verdicts.map((v) => (
                  <li key={v.id}>
                    Audited: <Status of={v.verdict} /> {v.field && <>the {v.field} </>}
                    {v.note && (
                      <q>
                        <bdi>{v.note}</bdi>
                      </q>
                    )}{" "}
                    <span class="soft">
                      {v.by} {v.at.slice(0, 10)}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
      <section class="sheet" aria-labelledby="tellings">
        <h2 id="tellings">
          {many(tellings.length, "telling")}
          {answer.data.more ? ` and ${many(answer.data.more, "more", "more")}` : ""}
        </h2>
        <ol class="tellings">
          {tellings.map((t) => (
            <li key={t.telling}>
              <p>
                <ReportLine of={t.report} event={t.telling} />
              </p>
              <p class="words">
                <bdi>{(t.evidence ?? []).map((v) => v.text).join(" … ") || t.words}</bdi>
              </p>
              <p class="row small">
                <Category name={t.plover} quad={t.quad} />
                <Status of={t.status} />
                {t.claims.map((c) => (
                  <span key={c.id} class="soft">
                    {c.speaker.name || c.speaker.text} {c.cue} it
                  </span>
                ))}
                <a href={`/why/${encodeURIComponent(t.telling)}`}>Why</a>
              </p>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
};
