// SPDX-License-Identifier: Apache-2.0
// Explore: counts, time, map, groups and rows, all under one filter.  Each number says what it counts.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Answer, api, CountAnswer, Event, MapAnswer, Page, Timeline as TimelineAnswer, useAnswer } from "../state/api";
import { Condition, conditions, filterQuery, go, holds, put, toggle, view, withFilter, withView } from "../state/route";
import { atLeast, change, count, countryName, many, period } from "../state/say";
import { say } from "../state/session";
import { Figure } from "../parts/figure";
import { headline, Legend } from "../parts/family";
import { Empty, Failed, Loading } from "../parts/told";
import { EventTable } from "../parts/events";
import { exports, TakeAway } from "../parts/take";
import { highest, Measure, Timeline, timelineSummary, timelineTwin } from "../charts/timeline";
import { WorldMap } from "../charts/map";
import { GroupFigure } from "../parts/groups";
import { Switch } from "../parts/switch";

const DATED = new Set(["since", "until"]);
const undated = (filter: Condition[]): Condition[] => filter.filter((c) => !DATED.has(c.name));
const valueOf = (name: string): string => conditions.value.find((c) => c.name === name)?.value ?? "";

const setPeriod = (since: string, until: string) =>
  go(withFilter(put(put(conditions.value, { name: "since", op: "=", value: since }), { name: "until", op: "=", value: until })));

const yearBefore = (iso: string): string => `${Number(iso.slice(0, 4)) - 1}${iso.slice(4)}`.replace("-02-29", "-02-28");

/** What `compare=` of this page means to the server; "" without a period to compare. */
function comparison(): string {
  const since = valueOf("since"),
    until = valueOf("until");
  if (!since || !until || !view("compare")) return "";
  return view("compare") === "year" ? `compare=${yearBefore(since)}..${yearBefore(until)}` : "compare=before";
}

const Strip = ({ of }: { of: CountAnswer }) => {
  const parts: [keyof CountAnswer & ("events" | "reports" | "outlets" | "owners"), string, string][] = [
    ["events", "events", "one however many reports tell it"],
    ["reports", "reports", "that tell one of them"],
    ["outlets", "outlets", "of these reports"],
    ["owners", "owners", "of these outlets"],
  ];
  return (
    <dl class="strip">
      {parts.map(([key, name, help]) => (
        <div key={key}>
          <dt title={help}>{of[key] === 1 ? name.slice(0, -1) : name}</dt>
          <dd>
            <b data-count={key}>
              {of.exact ? "" : "≥ "}
              {count(of[key])}
            </b>
          </dd>
          {of.earlier && <dd class="soft small change">{change(of[key], of.earlier[key])}</dd>}
        </div>
      ))}
    </dl>
  );
};

const Period = () => (
  <span class="row period">
    <label>
      from{" "}
      <input
        type="date"
        value={valueOf("since").length === 10 ? valueOf("since") : ""}
        onChange={(e) => setPeriod(e.currentTarget.value, valueOf("until"))}
      />
    </label>
    <label>
      to{" "}
      <input
        type="date"
        value={valueOf("until").length === 10 ? valueOf("until") : ""}
        onChange={(e) => setPeriod(valueOf("since"), e.currentTarget.value)}
      />
    </label>
  </span>
);

const LATER = 350,
  TOLD = 64; // ms before the peak is asked about, letters of what is told of it

/** The most reported event of the highest bucket; asked for once the reader rests. */
function usePeak(answer: Answer<TimelineAnswer>, filter: Condition[], measure: Measure) {
  const best = measure === "share" ? undefined : highest(answer.data, measure);
  const url =
    best && !answer.pending && best.events > 1
      ? api(
          "events",
          filterQuery([
            ...undated(filter).filter((c) => c.name !== "sort"),
            { name: "since", op: "=", value: best.from },
            { name: "until", op: "=", value: best.until },
          ]),
          "sort=-reports",
          "rows=1",
        )
      : null;
  const [wanted, want] = useState<string | null>(null);
  useEffect(() => {
    const wait = setTimeout(() => want(url), LATER);
    return () => clearTimeout(wait);
  }, [url]);
  const found = useAnswer<Page<Event>>(wanted === url ? wanted : null);
  const event = found.data?.rows[0];
  if (!event || !best) return undefined;
  const told = headline(event);
  return { from: best.from, told: told.length > TOLD ? `${told.slice(0, TOLD - 1)}…` : told };
}

const TimeFigure = ({ measure }: { measure: Measure }) => {
  const filter = view("lens") === "period" ? conditions.value : undated(conditions.value);
  const dated = valueOf("since") !== "" || valueOf("until") !== "";
  const compared = view("lens") === "period" ? comparison() : "";
  const answer = useAnswer<TimelineAnswer>(
    api("timeline", filterQuery(filter), "split=quad", view("per") && `bucket=${view("per")}`, compared),
  );
  const peak = usePeak(answer, filter, measure);
  const summary =
    timelineSummary(answer.data, measure) +
    (answer.data?.earlier ? ` The dashed line is ${period(answer.data.earlier.since, answer.data.earlier.until)}.` : "");
  return (
    <Figure
      title="Over time"
      name="timeline"
      summary={summary}
      twin={timelineTwin(answer.data, setPeriod)}
      tools={
        <>
          <Period />
          <Switch
            word="lens"
            first="all"
            label="Span of the timeline"
            of={[
              ["all", "All time"],
              ["period", "Period only"],
            ]}
          />
          <label>
            <span class="hidden">Bars of a</span>
            <select
              value={view("per") || "auto"}
              onChange={(e) => go(withView({ per: e.currentTarget.value === "auto" ? "" : e.currentTarget.value }))}
            >
              {["auto", "day", "week", "month", "year"].map((b) => (
                <option key={b} value={b}>
                  {b === "auto" ? "bars: auto" : `a ${b}`}
                </option>
              ))}
            </select>
          </label>
          {dated && (
            <button type="button" class="plain" onClick={() => setPeriod("", "")}>
              All dates
            </button>
          )}
        </>
      }
    >
      <Failed of={answer} />
      <Loading of={answer} lines={6} />
      {answer.data &&
        (answer.data.rows.length ? (
          <Timeline
            of={answer.data}
            measure={measure}
            since={view("lens") === "period" ? "" : valueOf("since")}
            until={view("lens") === "period" ? "" : valueOf("until")}
            choose={setPeriod}
            peak={peak}
            label={summary}
          />
        ) : (
          <p class="soft">Nothing with a day to draw.</p>
        ))}
    </Figure>
  );
};

const MapFigure = ({ query, measure }: { query: string; measure: "events" | "reports" }) => {
  const by = view("show") === "places" ? "place" : "country";
  const answer = useAnswer<MapAnswer>(api("map", query, `by=${by}`));
  const rows = answer.data?.rows ?? [];
  const top = [...rows].sort((a, b) => b[measure] - a[measure]).slice(0, 3);
  const label = (r: MapAnswer["rows"][number]) =>
    by === "place" ? `${r.name}, ${countryName(r.country)}` : countryName(r.country || r.name);
  const summary = rows.length
    ? `Most ${measure} in ${top.map((r) => `${label(r)} (${count(r[measure])})`).join(", ")}; ${many(answer.data?.groups ?? 0, by === "place" ? "place" : "country", by === "place" ? "places" : "countries")}. ${count(answer.data?.nowhere[measure] ?? 0)} name no place.`
    : "No place is told.";
  const choose = (r: { country: string; name: string }, without: boolean) =>
    go(
      withFilter(
        by === "place" && r.name !== r.country
          ? toggle(conditions.value, "place", r.name, without ? "!=" : "=")
          : toggle(conditions.value, "country", r.country, without ? "!=" : "="),
      ),
    );
  const gather = (names: string[]) => go(withFilter(put(conditions.value, { name: by, op: "=", value: names.join(",") })));
  return (
    <Figure
      title="Where"
      name="map"
      summary={`${summary} Outlines: Natural Earth; they take no side in any dispute.`}
      class="map-place"
      twin={{
        head: [by === "place" ? "Place" : "Country", "Events", "Reports", "Outlets"],
        numbers: [1, 2, 3],
        rows: rows.map((r) => [
          <button type="button" class="link" onClick={() => choose({ country: r.country || r.name, name: r.name }, false)}>
            {label(r)}
          </button>,
          count(r.events),
          count(r.reports),
          count(r.outlets),
        ]),
      }}
      tools={
        <Switch
          word="show"
          first="countries"
          label="Map of"
          of={[
            ["countries", "Countries"],
            ["places", "Places"],
          ]}
        />
      }
    >
      <Failed of={answer} />
      {answer.data ? (
        <WorldMap
          of={answer.data}
          measure={measure}
          chosen={(c) => holds(conditions.value, "country", c)}
          choose={choose}
          gather={gather}
          label={summary}
        />
      ) : (
        <Loading of={answer} lines={10} />
      )}
    </Figure>
  );
};

export const Explore = () => {
  const query = filterQuery(conditions.value);
  const measure = (view("count") || "events") as Measure;
  const counted = measure === "share" ? "reports" : measure;
  const counts = useAnswer<CountAnswer>(api("counts", query, comparison()));
  const fuller = view("full") === "yes";
  const full = useAnswer<CountAnswer>(
    fuller && counts.data && !counts.data.exact ? api("counts", query, comparison(), "patience=60000") : null,
  );
  const shown = full.data ?? counts.data;
  const dated = valueOf("since") !== "" && valueOf("until") !== "";
  const earlier = shown?.earlier
    ? filterQuery(
        put(put(conditions.value, { name: "since", op: "=", value: shown.earlier.since }), {
          name: "until",
          op: "=",
          value: shown.earlier.until,
        }),
      )
    : undefined;
  const by = view("by") || "source";
  // Made anew only when they ask something else: the counts that come first do not draw the map again.
  const figures = useMemo(
    () => (
      <>
        <TimeFigure measure={measure} />
        <div class="columns">
          <MapFigure query={query} measure={counted} />
          <GroupFigure by="category" query={query} measure={counted} earlier={earlier} place="quarter what-place" />
          <GroupFigure by={by} query={query} measure={counted} earlier={earlier} pick place="quarter" />
        </div>
        <section class="sheet below" aria-label="Events">
          <h2>Events</h2>
          <EventTable query={query} />
        </section>
      </>
    ),
    [query, measure, counted, earlier, by],
  );
  useEffect(() => {
    if (shown && !counts.pending)
      say(
        `${atLeast(shown.events, shown.exact)} events in ${atLeast(shown.reports, shown.exact)} reports of ${atLeast(shown.outlets, shown.exact)} outlets`,
      );
  }, [shown, counts.pending]);
  return (
    <>
      <header class="screen-head">
        <h1 class="hidden">Explore</h1>
        {shown ? <Strip of={shown} /> : <Loading of={counts} lines={1} />}
        <span class="soft small">
          {shown?.first ? period(shown.first, shown.last) : ""}
          {shown?.earlier ? ` · compared with ${period(shown.earlier.since, shown.earlier.until)}` : ""}
        </span>
        {shown && !shown.exact && (
          <button type="button" onClick={() => go(withView({ full: "yes" }))}>
            Count all
          </button>
        )}
        <span class="tools">
          <Switch
            word="count"
            first="events"
            label="What is drawn"
            of={[
              ["events", "Events"],
              ["reports", "Reports"],
              ["share", "Share of reports"],
            ]}
          />
          <label title={dated ? "" : "Choose a period first: drag over the timeline"}>
            <span class="hidden">Compare with</span>
            <select value={view("compare")} disabled={!dated} onChange={(e) => go(withView({ compare: e.currentTarget.value }))}>
              <option value="">compare with…</option>
              <option value="before">the period before</option>
              <option value="year">a year before</option>
            </select>
          </label>
          <TakeAway
            data={api("events", query)}
            filter={query}
            files={exports(query, [
              ["CSV", "to=csv"],
              ["JSON lines", "to=jsonl"],
              ["GeoJSON", "to=geojson"],
              ["GEXF", "to=gexf"],
              ["Across reports, CSV", "to=joined"],
            ])}
          />
        </span>
      </header>
      <Failed of={counts} />
      {shown?.events === 0 && <Empty what="events" />}
      {shown && shown.events > 0 && (
        <>
          <Legend />
          {figures}
        </>
      )}
    </>
  );
};
