// SPDX-License-Identifier: Apache-2.0
// The ledger of agreements: what stage each has reached, what was promised, and who says that it is kept or broken.
import { api, Event, Named, Report, useAnswer, usePages } from "../state/api";
import { filterQuery, go, onScreen, view, withView } from "../state/route";
import { codeName, count, day, many } from "../state/say";
import { Status } from "../parts/family";
import { Empty, Failed, Loading } from "../parts/told";
import { eventColumns, ReportLine } from "../parts/events";
import { exports, TakeAway } from "../parts/take";
import { Find } from "../parts/find";
import { Rows } from "../parts/rows";
import { applying, LeftOut } from "../parts/words";

const WORDS = ["actor", "dyad", "since", "until", "date", "place", "outlet", "owner", "lang", "text", "report", "reports"];
/** In the order in which an agreement goes through them. */
const LADDER = [
  "proposed",
  "negotiated",
  "agreed",
  "initialled",
  "denied",
  "signed",
  "ratified",
  "in force",
  "extended",
  "violated",
  "suspended",
  "expired",
  "ended",
];
const SHORT: Record<string, string> = {
  proposed: "P",
  negotiated: "N",
  agreed: "A",
  initialled: "I",
  denied: "D",
  signed: "S",
  ratified: "R",
  "in force": "F",
  extended: "E",
  violated: "V",
  suspended: "U",
  expired: "X",
  ended: "Z",
};
const AILING = new Set(["denied", "violated", "suspended", "expired", "ended"]);

type Accord = {
  accord: string;
  name: string;
  kind: string;
  stage: string;
  first: string;
  last: string;
  reports: number;
  owners: number;
  parties: Named[];
  kept: number;
  broken: number;
  unclear: number;
  stages: string[];
};
type List = { rows: Accord[]; stages: { name: string; agreements: number }[]; next: string | null };

const partyNames = (of: Named[]) => of.map((p) => p.name || codeName(p.code)).join(", ");

const Ladder = ({ stages, last }: { stages: string[]; last: string }) => (
  <ol class="ladder" aria-label={`Stages: ${stages.join(", ")}`}>
    {LADDER.map((s) => (
      <li
        key={s}
        class={`${stages.includes(s) ? "reached" : ""}${s === last ? " last" : ""}${AILING.has(s) ? " ailing" : ""}`}
        title={s}
        aria-hidden="true"
      >
        {SHORT[s]}
      </li>
    ))}
  </ol>
);

const Kept = ({ of: a }: { of: Pick<Accord, "kept" | "broken" | "unclear"> }) =>
  a.kept + a.broken + a.unclear === 0 ? (
    <span class="soft">not assessed</span>
  ) : (
    <span class="row tight">
      {a.kept > 0 && <span class="status kept">kept {a.kept}</span>}
      {a.broken > 0 && <span class="status broken">broken {a.broken}</span>}
      {a.unclear > 0 && <span class="status">unclear {a.unclear}</span>}
    </span>
  );

export const Agreements = () => {
  const query = filterQuery(applying(WORDS));
  const own = [view("stage") && `stage=${encodeURIComponent(view("stage"))}`, view("find") && `find=${encodeURIComponent(view("find"))}`]
    .filter(Boolean)
    .join("&");
  const url = api("agreements", query, own);
  const list = useAnswer<List>(url);
  const pages = usePages<Accord>(url);
  return (
    <>
      <header class="screen-head">
        <h1>Agreements</h1>
        <span class="tools">
          <Find label="Part of a name" />
          <TakeAway
            data={url}
            filter={query}
            files={exports(query, [
              ["Ledger, CSV", "of=agreements&to=csv"],
              ["Ledger, JSON lines", "of=agreements&to=jsonl"],
            ])}
          />
        </span>
        <p>Every agreement that reports tell of, with the stages it went through and who says that it is kept.</p>
      </header>
      <LeftOut allowed={WORDS} />
      <Failed of={list} />
      <Loading of={list} lines={10} />
      {list.data && (
        <>
          <p class="row" role="group" aria-label="Stage">
            {[
              { name: "", agreements: list.data.stages.reduce((n, s) => n + s.agreements, 0) },
              ...[...list.data.stages].sort((a, b) => LADDER.indexOf(a.name) - LADDER.indexOf(b.name)),
            ].map((s) => (
              <button
                key={s.name}
                type="button"
                class="tab"
                aria-pressed={view("stage") === s.name}
                onClick={() => go(withView({ stage: s.name }))}
              >
                {s.name || "any stage"} <span class="soft">{count(s.agreements)}</span>
              </button>
            ))}
          </p>
          {pages.rows.length ? (
            <section class="sheet" aria-label="Ledger">
              <Rows
                caption="Agreements"
                rows={pages.rows}
                keyOf={(a) => a.accord}
                open={(a) => go(onScreen(`/agreements/${encodeURIComponent(a.accord)}`))}
                next={pages.next}
                more={pages.more}
                columns={[
                  {
                    head: "Agreement",
                    cell: (a) => (
                      <>
                        <a href={onScreen(`/agreements/${encodeURIComponent(a.accord)}`)}>
                          <bdi>{a.name}</bdi>
                        </a>{" "}
                        <span class="soft small">{a.kind !== a.name && a.kind}</span>
                      </>
                    ),
                  },
                  { head: "Parties", cell: (a) => <bdi>{partyNames(a.parties)}</bdi> },
                  { head: "Now", cell: (a) => <Status of={a.stage} /> },
                  { head: "Stages", cell: (a) => <Ladder stages={a.stages} last={a.stage} /> },
                  { head: "Kept or broken", cell: (a) => <Kept of={a} /> },
                  { head: "First", class: "nowrap", cell: (a) => day(a.first, true) },
                  { head: "Last", class: "nowrap", cell: (a) => day(a.last, true) },
                  { head: "Reports", class: "number", cell: (a) => count(a.reports) },
                ]}
              />
              <p class="soft small">Stages, from left to right: {LADDER.map((s) => `${SHORT[s]} ${s}`).join(", ")}.</p>
            </section>
          ) : (
            <Empty what="agreements">
              {(view("stage") || view("find")) && (
                <p>
                  <a href={withView({ stage: "", find: "" })}>Of any stage and name</a>
                </p>
              )}
            </Empty>
          )}
        </>
      )}
    </>
  );
};

type One = {
  accord: string;
  name: string;
  kind: string;
  stage: string;
  first: string;
  last: string;
  reports: number;
  owners: number;
  parties: Named[];
  stages: { stage: string; date: string; place: string; report: Report; agreement: string }[];
  undertakings: { by: Named | null; to: Named | null; text: string; start: number; stop: number; report: Report }[];
  assessments: { verdict: string; of: Named | null; judge: Named | null; text: string; date: string; report: Report }[];
  provisions: { text: string; report: Report }[];
  signatories: Named[];
  events: Event[];
};

const nameOf = (n: Named | null): string => (n ? n.name || codeName(n.code) : "");

export const AgreementScreen = ({ accord }: { accord: string }) => {
  const url = api(`agreements/${encodeURIComponent(accord)}`);
  const answer = useAnswer<One>(url);
  if (answer.error) return <Failed of={answer} />;
  if (!answer.data) return <Loading of={answer} lines={10} />;
  const a = answer.data;
  return (
    <>
      <header class="screen-head">
        <h1>
          <bdi>{a.name}</bdi>
        </h1>
        <span class="tools">
          <a class="button" href={onScreen("/agreements")}>
            All agreements
          </a>
          <TakeAway data={url} files={[]} />
        </span>
        <p>
          <bdi>{partyNames(a.parties)}</bdi> · now <Status of={a.stage} /> · {day(a.first)}
          {a.last !== a.first ? ` to ${day(a.last)}` : ""} · {many(a.reports, "report")} of {many(a.owners, "owner")}
          {a.signatories.length > 0 && (
            <>
              {" "}
              · signed by <bdi>{a.signatories.map((s) => [s.name, s.title].filter(Boolean).join(", ")).join("; ")}</bdi>
            </>
          )}
        </p>
      </header>
      <div class="columns">
        <section class="sheet third" aria-labelledby="history">
          <h2 id="history">How it went</h2>
          <ol class="history">
            {a.stages.map((s, i) => (
              <li key={i} class={AILING.has(s.stage) ? "ailing" : ""}>
                <b>{s.stage}</b> <span class="soft">{[day(s.date), s.place].filter(Boolean).join(", ")}</span>
                <br />
                <small>
                  <ReportLine of={s.report} />
                </small>
              </li>
            ))}
          </ol>
        </section>
        <section class="sheet third" aria-labelledby="owed">
          <h2 id="owed">What was undertaken</h2>
          {a.undertakings.length ? (
            <ul class="lines">
              {a.undertakings.map((u, i) => (
                <li key={i}>
                  <b>
                    <bdi>{nameOf(u.by) || "a party"}</bdi>
                  </b>
                  {u.to && (
                    <>
                      {" "}
                      to <bdi>{nameOf(u.to)}</bdi>
                    </>
                  )}
                  :{" "}
                  <q class="words">
                    <bdi>{u.text}</bdi>
                  </q>
                  <br />
                  <small>
                    <ReportLine of={u.report} />
                  </small>
                </li>
              ))}
            </ul>
          ) : (
            <p class="soft">No undertaking is told.</p>
          )}
          {a.provisions.length > 0 && (
            <>
              <h3>Provisions</h3>
              <ul class="lines">
                {a.provisions.map((p, i) => (
                  <li key={i}>
                    <q class="words">
                      <bdi>{p.text}</bdi>
                    </q>
                    <br />
                    <small>
                      <ReportLine of={p.report} />
                    </small>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section class="sheet third" aria-labelledby="assessed">
          <h2 id="assessed">Kept or broken, according to whom</h2>
          {a.assessments.length ? (
            <ul class="lines">
              {a.assessments.map((s, i) => (
                <li key={i}>
                  <Status of={s.verdict} />{" "}
                  {s.of && (
                    <>
                      by{" "}
                      <b>
                        <bdi>{nameOf(s.of)}</bdi>
                      </b>
                    </>
                  )}{" "}
                  <span class="soft">
                    says <bdi>{nameOf(s.judge) || s.report.outlet || "the report"}</bdi>
                    {s.date && `, ${day(s.date, true)}`}
                  </span>
                  <br />
                  <q class="words">
                    <bdi>{s.text}</bdi>
                  </q>
                  <br />
                  <small>
                    <ReportLine of={s.report} />
                  </small>
                </li>
              ))}
            </ul>
          ) : (
            <p class="soft">Nobody has said.</p>
          )}
        </section>
      </div>
      {a.events.length > 0 && (
        <section class="sheet" aria-label="Events">
          <h2>Events in its reports between its parties</h2>
          <Rows
            caption="Events"
            columns={eventColumns}
            rows={a.events}
            keyOf={(e) => e.telling}
            open={(e) => go(`/event/${encodeURIComponent(e.event)}`)}
          />
        </section>
      )}
    </>
  );
};
