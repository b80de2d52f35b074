// SPDX-License-Identifier: Apache-2.0
// Events as a table, and the facts of one, as the card and the event's own page show them.
import type { ComponentChildren } from "preact";
import { api, Event, Report, useAnswer, usePages } from "../state/api";
import { conditions, filterQuery, go, put, view, withFilter, withView } from "../state/route";
import { clip, count, countryName, day, many } from "../state/say";
import { desk } from "../state/desk";
import { ActorLink, ActorNames, Category, headline, Status } from "./family";
import { Empty, Failed, Loading } from "./told";
import { Column, Rows } from "./rows";
import { copy } from "./take";

const size = (e: Event): string =>
  (
    [
      ["dead", e.dead],
      ["injured", e.injured],
      ["arrested", e.arrested],
    ] as const
  )
    .filter(([, n]) => n !== null)
    .map(([w, n]) => `${count(n as number)} ${w}`)
    .join(", ");

export const eventColumns: Column<Event>[] = [
  { head: "Date", sort: "date", class: "nowrap", cell: (e) => day(e.shown || e.date, true) },
  { head: "Who", cell: (e) => <ActorNames of={e.source} /> },
  {
    head: "Did what",
    sort: "class",
    cell: (e) => (
      <>
        <Category name={e.plover} quad={e.quad} />{" "}
        <span class="soft">
          <bdi>{e.trigger}</bdi>
        </span>
      </>
    ),
  },
  { head: "To whom", cell: (e) => (e.mutual && !e.target.length ? <span class="soft">each other</span> : <ActorNames of={e.target} />) },
  { head: "Where", cell: (e) => <bdi>{e.place?.name ?? ""}</bdi> },
  {
    head: "Status",
    cell: (e) => (
      <>
        <Status of={e.status} />
        {e.claimed_by.length > 0 && (
          <span class="soft small">
            {" "}
            by <ActorNames of={e.claimed_by} />
          </span>
        )}
      </>
    ),
  },
  { head: "Reports", sort: "reports", class: "number", cell: (e) => count(e.reports) },
  { head: "Outlets", sort: "outlets", class: "number", cell: (e) => count(e.outlets) },
];

/** The events of the filter, newest first, with a card for the chosen one. */
export const EventTable = ({ query, caption = "Events" }: { query: string; caption?: string }) => {
  const held = conditions.value.find((c) => c.name === "sort")?.value ?? "-date";
  const pages = usePages<Event>(
    api("events", "rows=25", query.includes("sort=") ? query : [query, "sort=-date"].filter(Boolean).join("&")),
  );
  return (
    <>
      <Failed of={pages} />
      <Loading of={pages} lines={8} />
      {pages.data &&
        (pages.rows.length ? (
          <Rows
            caption={caption}
            columns={eventColumns}
            rows={pages.rows}
            keyOf={(e) => e.event}
            chosen={view("card")}
            open={(e) => go(withView({ card: e.event }))}
            next={pages.next}
            more={pages.more}
            sorted={held}
            sort={(by) => go(withFilter(put(conditions.value, { name: "sort", op: "=", value: by })))}
          />
        ) : (
          <Empty what="events" />
        ))}
    </>
  );
};

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
const Actors = ({ of }: { of: Event["source"] }) => (
  <>
    {of.map((a, i) => (
      <span key={i}>
        {i > 0 && ", "}
        <ActorLink actor={a} />
      </span>
    ))}
  </>
);

export const Facts = ({ of: e }: { of: Event }) => (
  <dl class="facts">
    <Fact name="Who">{e.source.length ? <Actors of={e.source} /> : <span class="soft">not said</span>}</Fact>
    <Fact name="Did what">
      <Category name={e.plover} quad={e.quad} />{" "}
      <span class="soft">
        {[e.cameo, e.cameo_name].filter(Boolean).join(" ")}
        {e.mode ? ` · ${e.mode}` : ""}
        {e.contexts.length ? ` · ${e.contexts.join(", ")}` : ""}
      </span>
    </Fact>
    <Fact name="To whom">
      {e.mutual ? <span class="soft">each other</span> : e.target.length ? <Actors of={e.target} /> : <span class="soft">not said</span>}
    </Fact>
    <Fact name="When">
      {e.date ? day(e.date) : day(e.shown)}
      {e.date_end && e.date_end !== e.date ? ` to ${day(e.date_end)}` : ""}{" "}
      <span class="soft">
        {e.date_basis === "said" ? "as its words say" : e.date ? "taken over from the report" : "of the report: no date is told"}
      </span>
    </Fact>
    <Fact name="Where">
      {e.place ? (
        <>
          <bdi>{e.place.name}</bdi>
          {e.place.country && <>, {countryName(e.place.country)}</>} <span class="soft">{e.place.kind}</span>
        </>
      ) : (
        <span class="soft">no place is told</span>
      )}
    </Fact>
    <Fact name="According to">
      <Status of={e.status} />{" "}
      {e.claimed_by.length > 0 && (
        <>
          by <Actors of={e.claimed_by} />
        </>
      )}{" "}
      {e.standing && <span class="soft">· across reports: {e.standing}</span>}
    </Fact>
    {size(e) && <Fact name="How many">{size(e)}</Fact>}
    <Fact name="Told by">
      {many(e.reports, "report")}, {many(e.outlets, "outlet")}, {many(e.witnesses, "witness", "witnesses")}
      {e.background && <span class="soft"> · told as background</span>}
    </Fact>
    <Fact name="Certainty">
      {e.confidence.toFixed(2)} <span class="soft">of 1</span>
    </Fact>
  </dl>
);

export const ReportLine = ({ of: r, event = "" }: { of: Report; event?: string }) => (
  <>
    <a href={`/reader/${encodeURIComponent(r.id)}${event ? `?pick=${encodeURIComponent(event)}` : ""}`}>
      <bdi>{clip(r.title || r.id, 140)}</bdi>
    </a>{" "}
    <span class="soft">
      {[clip(r.outlet, 60), day(r.date, true)].filter(Boolean).join(", ")}
      {r.copy_of ? " · a copy" : ""}
    </span>
  </>
);

const citation = (e: Event): string =>
  `${headline(e)} (${[e.plover, e.cameo, e.status].filter(Boolean).join(" ")}), ${day(e.shown)}${e.place ? `, ${e.place.name}` : ""}. ` +
  `Told in “${e.report.title || e.report.id}”, ${[e.report.outlet, day(e.report.date)].filter(Boolean).join(", ")}${e.report.url ? `, ${e.report.url}` : ""}; ${many(e.reports, "report")}. ` +
  `Event ${e.event} of the Dragoman desk ${desk.value?.name ?? ""}, program ${desk.value?.program ?? ""}.`;

const address = (url: string): string | undefined => (/^https?:\/\//i.test(url) ? url : undefined);

/** Links out of an event: its page, why, its report, its source. */
export const EventLinks = ({ of: e, page = true }: { of: Event; page?: boolean }) => (
  <p class="row">
    <a class="button" data-key="w" href={`/why/${encodeURIComponent(e.telling)}`}>
      Why this code
    </a>
    <a class="button" data-key="o" href={`/reader/${encodeURIComponent(e.report.id)}?pick=${encodeURIComponent(e.telling)}`}>
      Read the report
    </a>
    {page && (
      <a class="button" href={`/event/${encodeURIComponent(e.event)}`}>
        All about it
      </a>
    )}
    {address(e.report.url) && (
      <a class="button" href={address(e.report.url)} target="_blank" rel="noreferrer noopener">
        Source
      </a>
    )}
    <button type="button" class="plain" onClick={() => copy(citation(e), "Citation")}>
      Copy citation
    </button>
    <button type="button" class="plain" onClick={() => copy(JSON.stringify(e, null, 2), "Event as JSON")}>
      Copy JSON
    </button>
    <button type="button" class="plain" onClick={() => copy(e.event, "Id")}>
      Copy id
    </button>
  </p>
);

type OneEvent = { event: Event; tellings: Event[] };

export const EventCard = ({ id }: { id: string }) => {
  const answer = useAnswer<OneEvent>(api(`events/${encodeURIComponent(id)}`));
  const e = answer.data?.event;
  return (
    <aside class="card sheet" aria-label="The chosen event">
      <header class="spread">
        <h2>Event</h2>
        <button type="button" class="plain" onClick={() => go(withView({ card: "" }))}>
          Close
        </button>
      </header>
      <Failed of={answer} />
      <Loading of={answer} lines={8} />
      {e && (
        <>
          <blockquote class="words quoted">
            <bdi>{e.words}</bdi>
          </blockquote>
          <Facts of={e} />
          <EventLinks of={e} />
          <h3>{many(answer.data?.tellings.length ?? 0, "telling")}</h3>
          <ul class="lines">
            {answer.data?.tellings.slice(0, 8).map((t) => (
              <li key={t.telling}>
                <ReportLine of={t.report} event={t.telling} />
              </li>
            ))}
          </ul>
          {(answer.data?.tellings.length ?? 0) > 8 && <a href={`/event/${encodeURIComponent(e.event)}`}>All of them</a>}
        </>
      )}
    </aside>
  );
};

export const currentQuery = (): string => filterQuery(conditions.value);
