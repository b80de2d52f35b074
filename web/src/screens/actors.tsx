// SPDX-License-Identifier: Apache-2.0
// Actors: everybody with a code, and a page for each: the names it was found under, its offices, partners, outlets.
import { api, Counts, Timeline as TimelineAnswer, useAnswer, usePages } from "../state/api";
import { conditions, filterQuery, go, onScreen, put, view } from "../state/route";
import { clip, codeName, count, day, many } from "../state/say";
import { Category, Shape } from "../parts/family";
import { Empty, Failed, Loading } from "../parts/told";
import { EventTable } from "../parts/events";
import { exports, TakeAway } from "../parts/take";
import { Figure } from "../parts/figure";
import { Find } from "../parts/find";
import { Rows } from "../parts/rows";
import { Timeline, timelineSummary, timelineTwin } from "../charts/timeline";

type Listed = Counts & { code: string; name: string; as_source: number; as_target: number; as_speaker: number; quads: number[] };

const Mix = ({ of }: { of: number[] }) => {
  const whole = of.reduce((a, b) => a + b, 0) || 1;
  return (
    <span
      class="mix"
      role="img"
      aria-label={of
        .map((n, i) => `${count(n)} ${["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"][i]}`)
        .join(", ")}
    >
      {[2, 1, 3, 4].map((q) => of[q - 1] > 0 && <i key={q} class={`part quad${q}`} style={{ width: `${(100 * of[q - 1]) / whole}%` }} />)}
    </span>
  );
};

export const Actors = () => {
  const query = filterQuery(conditions.value);
  const find = view("find") ? `find=${encodeURIComponent(view("find"))}` : "";
  const pages = usePages<Listed>(api("actors", query, find));
  return (
    <>
      <header class="screen-head">
        <h1>Actors</h1>
        <span class="tools">
          <Find label="Part of a code or name" />
          <TakeAway
            data={api("actors", query, find)}
            filter={query}
            files={exports(query, [
              ["By source, CSV", "by=source&to=csv"],
              ["By target, CSV", "by=target&to=csv"],
            ])}
          />
        </span>
        <p>States, bodies and groups that events are between, under the filter.</p>
      </header>
      <Failed of={pages} />
      <Loading of={pages} lines={12} />
      {pages.data &&
        (pages.rows.length ? (
          <section class="sheet" aria-label="Actors">
            <Rows
              caption="Actors"
              rows={pages.rows}
              keyOf={(r) => r.code}
              open={(r) => go(onScreen(`/actors/${encodeURIComponent(r.code)}`))}
              next={pages.next}
              more={pages.more}
              columns={[
                {
                  head: "Actor",
                  cell: (r) => (
                    <>
                      <a href={onScreen(`/actors/${encodeURIComponent(r.code)}`)}>
                        <bdi>{r.name || codeName(r.code)}</bdi>
                      </a>{" "}
                      <span class="code soft">{r.code}</span>
                    </>
                  ),
                },
                { head: "Events", class: "number", cell: (r) => count(r.events) },
                { head: "Reports", class: "number", cell: (r) => count(r.reports) },
                { head: "Outlets", class: "number", cell: (r) => count(r.outlets) },
                { head: "Did", class: "number", cell: (r) => count(r.as_source) },
                { head: "Was done to", class: "number", cell: (r) => count(r.as_target) },
                { head: "Vouched", class: "number", cell: (r) => count(r.as_speaker) },
                { head: "Families", cell: (r) => <Mix of={r.quads} /> },
              ]}
            />
          </section>
        ) : (
          <Empty what="actors">{view("find") && <p>None has “{view("find")}” in its code or name.</p>}</Empty>
        ))}
    </>
  );
};

type One = Counts & {
  code: string;
  name: string;
  as_source: number;
  as_target: number;
  as_speaker: number;
  names: { name: string; code: string; title: string; events: number; first: string; last: string }[];
  sectors: { code: string; name: string; events: number }[];
  partners: { code: string; name: string; forth: number; back: number; both: number; goldstein: number }[];
  categories: { name: string; as_source: number; as_target: number }[];
  told_by: { name: string; reports: number }[];
  timeline: TimelineAnswer;
  agreements: number;
  claims: number;
};

export const ActorScreen = ({ code }: { code: string }) => {
  const query = filterQuery(conditions.value);
  const answer = useAnswer<One>(api(`actors/${encodeURIComponent(code)}`, query));
  if (answer.error) return <Failed of={answer} />;
  if (!answer.data) return <Loading of={answer} lines={12} />;
  const a = answer.data,
    name = a.name || codeName(a.code),
    primary = a.code.split(" ")[0];
  const own = filterQuery(put(conditions.value, { name: "actor", op: "=", value: a.code }));
  const summary = timelineSummary(a.timeline, "events");
  return (
    <>
      <header class="screen-head">
        <h1>
          <bdi>{name}</bdi> <span class="code soft">{a.code}</span>
        </h1>
        <span class="tools">
          <a class="button" href={`/explore?actor=${encodeURIComponent(a.code)}`}>
            Explore
          </a>
          <a class="button" href={`/claims?speaker=${encodeURIComponent(a.code)}`}>
            {many(a.claims, "claim")}
          </a>
          <a class="button" href={`/agreements?actor=${encodeURIComponent(a.code)}`}>
            {many(a.agreements, "agreement")}
          </a>
          <a class="button" href={`/audit?actor=${encodeURIComponent(a.code)}`}>
            Audit: is the link right?
          </a>
          <TakeAway
            data={api("events", own)}
            filter={own}
            files={exports(own, [
              ["CSV", "to=csv"],
              ["JSON lines", "to=jsonl"],
              ["GEXF", "to=gexf"],
            ])}
          />
        </span>
        <p>
          {many(a.events, "event")} in {many(a.reports, "report")} of {many(a.outlets, "outlet")}: does {count(a.as_source)}, is done to in{" "}
          {count(a.as_target)}, vouches for {count(a.as_speaker)}.
        </p>
      </header>
      {!a.events && <Empty what="events of this actor" />}
      {a.timeline.rows.length > 0 && (
        <Figure
          title="Over time"
          name="timeline"
          summary={summary}
          twin={timelineTwin(a.timeline, (since, until) =>
            go(`/explore?actor=${encodeURIComponent(a.code)}&since=${since}&until=${until}`),
          )}
        >
          <Timeline
            of={a.timeline}
            measure="events"
            since=""
            until=""
            choose={(since, until) => since && go(`/explore?actor=${encodeURIComponent(a.code)}&since=${since}&until=${until}`)}
            label={summary}
          />
        </Figure>
      )}
      <div class="columns">
        <section class="sheet third" aria-labelledby="names">
          <h2 id="names">Found as</h2>
          <div class="scroll tall" tabIndex={0} role="region" aria-label="Names">
            <table class="rows">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Code</th>
                  <th scope="col" class="number">
                    Events
                  </th>
                  <th scope="col">Seen</th>
                </tr>
              </thead>
              <tbody>
                {a.names.map((n, i) => (
                  <tr key={i}>
                    <td>
                      <bdi>{n.name}</bdi>
                      {n.title && <span class="soft small"> {n.title}</span>}
                    </td>
                    <td>
                      <a class="quiet code" href={onScreen(`/actors/${encodeURIComponent(n.code)}`)}>
                        {n.code}
                      </a>
                    </td>
                    <td class="number">{count(n.events)}</td>
                    <td class="soft small">
                      {day(n.first, true)}
                      {n.last !== n.first ? ` to ${day(n.last, true)}` : ""}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {a.sectors.length > 0 && (
            <p class="row small">
              {a.sectors.map((s) => (
                <a key={s.code} href={onScreen(`/actors/${encodeURIComponent(s.code ? `${primary} ${s.code}` : primary)}`)}>
                  {s.name || s.code || "no sector"} {count(s.events)}
                </a>
              ))}
            </p>
          )}
        </section>
        <section class="sheet third" aria-labelledby="partners">
          <h2 id="partners">With whom</h2>
          <div class="scroll tall" tabIndex={0} role="region" aria-label="Partners">
            <table class="rows">
              <thead>
                <tr>
                  <th scope="col">Partner</th>
                  <th scope="col" class="number">
                    to
                  </th>
                  <th scope="col" class="number">
                    from
                  </th>
                  <th scope="col" class="number">
                    both
                  </th>
                  <th scope="col" class="number">
                    score
                  </th>
                </tr>
              </thead>
              <tbody>
                {a.partners.map((p) => (
                  <tr key={p.code}>
                    <td>
                      <a href={onScreen(`/dyads/${encodeURIComponent(`${primary}-${p.code}`)}`)}>
                        <bdi>{p.name || codeName(p.code)}</bdi>
                      </a>
                    </td>
                    <td class="number">{count(p.forth)}</td>
                    <td class="number">{count(p.back)}</td>
                    <td class="number">{count(p.both)}</td>
                    <td class="number">
                      <Shape quad={p.goldstein < -5 ? 4 : p.goldstein < 0 ? 3 : p.goldstein > 5 ? 2 : 1} /> {p.goldstein.toFixed(1)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
        <section class="sheet third" aria-labelledby="acts">
          <h2 id="acts">What</h2>
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Category</th>
                <th scope="col" class="number">
                  does
                </th>
                <th scope="col" class="number">
                  is done to
                </th>
              </tr>
            </thead>
            <tbody>
              {a.categories.map((c) => (
                <tr key={c.name}>
                  <td>
                    <Category name={c.name} />
                  </td>
                  <td class="number">{count(c.as_source)}</td>
                  <td class="number">{count(c.as_target)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3>Told by</h3>
          <p class="small">
            {a.told_by.slice(0, 12).map((o, i) => (
              <span key={o.name}>
                {i > 0 && ", "}
                <a class="quiet" href={`/explore?actor=${encodeURIComponent(a.code)}&outlet=${encodeURIComponent(o.name)}`}>
                  <bdi>{clip(o.name, 60)}</bdi>
                </a>{" "}
                <span class="soft">{count(o.reports)}</span>
              </span>
            ))}
          </p>
        </section>
      </div>
      <section class="sheet" aria-label="Events">
        <h2>Events</h2>
        <EventTable query={own} />
      </section>
    </>
  );
};
