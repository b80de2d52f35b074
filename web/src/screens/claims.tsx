// SPDX-License-Identifier: Apache-2.0
// Who says what: claims by speaker, claims against denials side by side, and what rests on one side's word alone.
import { api, Claim, Dispute, useAnswer, usePages } from "../state/api";
import { conditions, filterQuery, go, onScreen, put, view, withFilter, withView } from "../state/route";
import { codeName, count, many } from "../state/say";
import { DisputeSides } from "../parts/dispute";
import { EventTable, ReportLine } from "../parts/events";
import { ActorNames, Category, Status } from "../parts/family";
import { Empty, Failed, Loading } from "../parts/told";
import { exports, TakeAway } from "../parts/take";
import { applying, LeftOut } from "../parts/words";
import { Switch } from "../parts/switch";

const WORDS = ["speaker", "since", "until", "date", "outlet", "owner", "lang", "text", "report", "actor"];
const ACTS = ["assert", "deny", "accuse", "demand", "threaten", "promise", "praise", "question"];

type Speaker = { code: string; name: string; claims: number; reports: number; outlets: number; acts: Record<string, number> };

const named = (s: Speaker): string =>
  s.name && s.name !== "---" ? s.name : s.code === "---" || !s.code ? "nobody named" : codeName(s.code);

const Speakers = ({ query, own }: { query: string; own: string }) => {
  const answer = useAnswer<{ rows: Speaker[] }>(api("claims/speakers", query, own, "rows=40"));
  const choose = (s: Speaker) =>
    go(withFilter(put(conditions.value, { name: "speaker", op: "=", value: s.code && s.code !== "---" ? s.code : s.name })));
  return (
    <section class="sheet third" aria-labelledby="speakers">
      <h2 id="speakers">Speakers</h2>
      <Failed of={answer} />
      <Loading of={answer} />
      {answer.data && (
        <ul class="lines tall scroll" tabIndex={0} aria-label="Speakers">
          {answer.data.rows.map((s) => (
            <li key={`${s.code} ${s.name}`}>
              <button type="button" class="link" onClick={() => choose(s)}>
                <bdi>{named(s)}</bdi>
              </button>{" "}
              <span class="code soft">{s.code}</span>
              <span class="soft small">
                {" "}
                {many(s.claims, "claim")} in {many(s.reports, "report")}:{" "}
                {Object.entries(s.acts)
                  .filter(([, n]) => n)
                  .map(([act, n]) => `${act} ${n}`)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const ClaimItem = ({ of: c }: { of: Claim }) => (
  <li>
    <p>
      <b>
        <bdi>{c.speaker.name || c.speaker.text}</bdi>
      </b>{" "}
      <span class="code soft">{c.speaker.code}</span>{" "}
      <span class="soft">
        {c.cue.text}
        {c.about.length > 0 && (
          <>
            {" "}
            · about <ActorNames of={c.about} />
          </>
        )}
        {c.channel && <> · in a {c.channel}</>}
      </span>{" "}
      <Status of={c.act} />
      {c.direct && <span class="status">quoted</span>}
    </p>
    <blockquote class="words quoted">
      <bdi>{c.parts.map((p) => p.text).join(" … ")}</bdi>
    </blockquote>
    {c.events.length > 0 && (
      <p class="row small">
        {c.events.map((e) => (
          <a key={e.telling} class="quiet" href={`/event/${encodeURIComponent(e.event)}`}>
            <Category name={e.plover} /> <bdi>{e.trigger}</bdi> {e.status !== "actual" && <Status of={e.status} />}
          </a>
        ))}
      </p>
    )}
    <p class="small">
      <ReportLine of={c.report} />
    </p>
  </li>
);

const Said = () => {
  const query = filterQuery(applying(WORDS));
  const own = [view("pick") && `act=${view("pick")}`, view("lens") === "quoted" ? "direct=yes" : ""].filter(Boolean).join("&");
  const url = api("claims", query, own, "rows=20");
  const pages = usePages<Claim>(url);
  return (
    <>
      <LeftOut allowed={WORDS} />
      <div class="row">
        <p class="row" role="group" aria-label="What is done by saying it">
          {["", ...ACTS].map((act) => (
            <button key={act} type="button" class="tab" aria-pressed={view("pick") === act} onClick={() => go(withView({ pick: act }))}>
              {act || "any"}
            </button>
          ))}
        </p>
        <Switch
          word="lens"
          first="all"
          label="Form"
          of={[
            ["all", "All"],
            ["quoted", "Quoted only"],
          ]}
        />
        <TakeAway
          data={url}
          filter={query}
          files={exports(query, [
            ["CSV", "of=claims&to=csv"],
            ["JSON lines", "of=claims&to=jsonl"],
          ])}
        />
      </div>
      <Failed of={pages} />
      <div class="columns">
        <section class="sheet two-thirds" aria-labelledby="said">
          <h2 id="said">Claims, the newest first</h2>
          <Loading of={pages} lines={10} />
          {pages.data &&
            (pages.rows.length ? (
              <ol class="tellings">
                {pages.rows.map((c) => (
                  <ClaimItem key={c.id} of={c} />
                ))}
              </ol>
            ) : (
              <Empty what="claims">
                {own && (
                  <p>
                    <a href={withView({ pick: "", lens: "" })}>Of any kind and form</a>
                  </p>
                )}
              </Empty>
            ))}
          {pages.next && (
            <button type="button" onClick={pages.more}>
              More claims
            </button>
          )}
        </section>
        <Speakers query={query} own={own} />
      </div>
    </>
  );
};

const Disputed = () => {
  const query = filterQuery(conditions.value.filter((c) => c.name !== "sort"));
  const field = view("pick") ? `field=${view("pick")}` : "";
  const url = api("disputes", query, field);
  const first = useAnswer<{ fields: { name: string; disputes: number }[] }>(url);
  const pages = usePages<Dispute>(url);
  return (
    <>
      <div class="row">
        <p class="row" role="group" aria-label="Field">
          {[{ name: "", disputes: 0 }, ...(first.data?.fields ?? [])].map((f) => (
            <button
              key={f.name}
              type="button"
              class="tab"
              aria-pressed={view("pick") === f.name}
              onClick={() => go(withView({ pick: f.name }))}
            >
              {f.name || "any field"} {f.disputes > 0 && <span class="soft">{count(f.disputes)}</span>}
            </button>
          ))}
        </p>
        <TakeAway
          data={url}
          filter={query}
          files={exports(query, [
            ["CSV", "of=disputes&to=csv"],
            ["JSON lines", "of=disputes&to=jsonl"],
          ])}
        />
      </div>
      <Failed of={pages} />
      <Loading of={pages} lines={10} />
      {pages.data &&
        (pages.rows.length ? (
          <section class="sheet" aria-labelledby="disputes">
            <h2 id="disputes" class="hidden">
              Disputes
            </h2>
            {pages.rows.map((d) => (
              <DisputeSides key={d.dispute} of={d} link />
            ))}
            {pages.next && (
              <button type="button" onClick={pages.more}>
                More disputes
              </button>
            )}
          </section>
        ) : (
          <Empty what="disputes">
            <p>Disputes are found when the reports of a desk are joined, where one contradicts another.</p>
          </Empty>
        ))}
    </>
  );
};

const OneSided = () => {
  const claimed = view("lens") === "claimed";
  const query = filterQuery(
    put(conditions.value, claimed ? { name: "status", op: "=", value: "claimed" } : { name: "standing", op: "=", value: "one side" }),
  );
  return (
    <>
      <div class="row">
        <Switch
          word="lens"
          first="side"
          label="Which"
          of={[
            ["side", "On one side only"],
            ["claimed", "Only claimed"],
          ]}
        />
        <p class="soft">
          {claimed
            ? "Deeds whose report leaves them to somebody's word."
            : "Everyone who vouches for it speaks for one of its parties: its officials, or an outlet of its government."}
        </p>
        <TakeAway
          data={api("events", query)}
          filter={query}
          files={exports(query, [
            ["CSV", "to=csv"],
            ["JSON lines", "to=jsonl"],
          ])}
        />
      </div>
      <section class="sheet" aria-label="Events">
        <EventTable query={query} caption="Events that rest on one side" />
      </section>
    </>
  );
};

export const Claims = () => {
  const show = view("show") || "said";
  const tabs: [string, string][] = [
    ["said", "By speaker"],
    ["disputes", "Claim against denial"],
    ["one", "On one side only"],
  ];
  return (
    <>
      <header class="screen-head">
        <h1>Claims</h1>
        <span class="switch" role="group" aria-label="View">
          {tabs.map(([k, name]) => (
            <button
              key={k}
              type="button"
              aria-pressed={show === k}
              onClick={() => go(withView({ show: k === "said" ? "" : k, pick: "", lens: "" }))}
            >
              {name}
            </button>
          ))}
        </span>
        <p>
          A report rarely sees what it tells. Who vouches for it, and who says otherwise.{" "}
          <a href={onScreen("/explore")}>Events themselves</a> are on Explore.
        </p>
      </header>
      {show === "disputes" ? <Disputed /> : show === "one" ? <OneSided /> : <Said />}
    </>
  );
};
