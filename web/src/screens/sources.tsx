// SPDX-License-Identifier: Apache-2.0
// Who tells it: outlets and their owners, how much is their own, and who repeats whom.
import { api, usePages } from "../state/api";
import { conditions, filterQuery, go, toggle, view, withFilter, withView } from "../state/route";
import { clip, count, countryName, day, percent } from "../state/say";
import { Empty, Failed, Loading } from "../parts/told";
import { exports, TakeAway } from "../parts/take";
import { Rows } from "../parts/rows";
import { applying, LeftOut } from "../parts/words";
import { Switch } from "../parts/switch";

type Source = {
  name: string;
  owner: string;
  outlets: number;
  side: string;
  events: number;
  tellings: number;
  reports: number;
  first: string;
  last: string;
  copies: number;
  original: number;
  alone: number;
  status: { actual: number; claimed: number; denied: number; planned: number };
};
type Repeat = { outlet: string; repeats: string; how: string; reports: number };

const share = (part: number, whole: number): string => (whole ? percent(part / whole) : "");
const HOW: Record<string, string> = { copy: "copies it", source: "names it as its source", claim: "lets it speak" };
const WORDS = ["outlet", "reports"];

const Outlets = () => {
  const query = filterQuery(conditions.value),
    by = view("by") === "owner" ? "owner" : "outlet";
  const url = api("sources", query, `by=${by}`);
  const pages = usePages<Source>(url);
  return (
    <section class="sheet" aria-label={by === "owner" ? "Owners" : "Outlets"}>
      <header class="spread">
        <h2>{by === "owner" ? "Owners" : "Outlets"}</h2>
        <span class="row">
          <Switch
            word="by"
            first="outlet"
            label="Rows"
            of={[
              ["outlet", "Outlets"],
              ["owner", "Owners"],
            ]}
          />
          <TakeAway
            data={url}
            filter={query}
            files={exports(query, [
              ["CSV", `by=${by}&to=csv`],
              ["JSON lines", `by=${by}&to=jsonl`],
            ])}
          />
        </span>
      </header>
      <Failed of={pages} />
      <Loading of={pages} lines={10} />
      {pages.data &&
        (pages.rows.length ? (
          <Rows
            caption="Outlets"
            rows={pages.rows}
            keyOf={(s) => s.name}
            open={(s) => s.name && go(withFilter(toggle(conditions.value, by, s.name)))}
            next={pages.next}
            more={pages.more}
            columns={[
              {
                head: by === "owner" ? "Owner" : "Outlet",
                cell: (s) => (
                  <>
                    <bdi>{clip(s.name || "not named", 80)}</bdi>
                    {s.side && <span class="soft small"> speaks for {countryName(s.side)}</span>}
                  </>
                ),
              },
              {
                head: by === "owner" ? "Outlets" : "Owner",
                class: by === "owner" ? "number" : "",
                cell: (s) => (by === "owner" ? count(s.outlets) : <bdi>{s.owner}</bdi>),
              },
              { head: "Reports", class: "number", cell: (s) => count(s.reports) },
              { head: "Events", class: "number", cell: (s) => count(s.events) },
              {
                head: "Copies",
                class: "number",
                cell: (s) => (
                  <>
                    {count(s.copies)} <span class="soft small">{share(s.copies, s.copies + s.original)}</span>
                  </>
                ),
              },
              {
                head: "Only it tells",
                class: "number",
                cell: (s) => (
                  <>
                    {count(s.alone)} <span class="soft small">{share(s.alone, s.events)}</span>
                  </>
                ),
              },
              { head: "Claimed", class: "number", cell: (s) => count(s.status.claimed) },
              { head: "Denied", class: "number", cell: (s) => count(s.status.denied) },
              { head: "From", class: "nowrap", cell: (s) => day(s.first, true) },
              { head: "To", class: "nowrap", cell: (s) => day(s.last, true) },
            ]}
          />
        ) : (
          <Empty what="outlets" />
        ))}
    </section>
  );
};

const Repeats = () => {
  const query = filterQuery(applying(WORDS)),
    how = view("pick");
  const url = api("sources/repeats", query, how && `how=${how}`);
  const pages = usePages<Repeat>(url);
  return (
    <section class="sheet" aria-labelledby="repeats">
      <header class="spread">
        <h2 id="repeats">Who repeats whom</h2>
        <span class="row">
          <Switch
            word="pick"
            first=""
            label="How"
            of={[
              ["", "Any way"],
              ["copy", "Copies"],
              ["source", "Named sources"],
              ["claim", "Lets speak"],
            ]}
          />
          <TakeAway
            data={url}
            filter={query}
            files={exports(query, [
              ["CSV", "of=repeats&to=csv"],
              ["JSON lines", "of=repeats&to=jsonl"],
            ])}
          />
        </span>
      </header>
      <LeftOut allowed={WORDS} />
      <Failed of={pages} />
      <Loading of={pages} />
      {pages.data &&
        (pages.rows.length ? (
          <Rows
            caption="Who repeats whom"
            rows={pages.rows}
            keyOf={(r) => `${r.outlet} ${r.repeats} ${r.how}`}
            next={pages.next}
            more={pages.more}
            columns={[
              { head: "Outlet", cell: (r) => <bdi>{r.outlet}</bdi> },
              { head: "repeats", cell: (r) => <bdi>{r.repeats}</bdi> },
              { head: "how", cell: (r) => HOW[r.how] ?? r.how },
              { head: "Reports", class: "number", cell: (r) => count(r.reports) },
            ]}
          />
        ) : (
          <Empty what="outlets that repeat another">
            {how && (
              <p>
                <a href={withView({ pick: "" })}>In any way</a>
              </p>
            )}
          </Empty>
        ))}
    </section>
  );
};

export const Sources = () => (
  <>
    <header class="screen-head">
      <h1>Sources</h1>
      <p>Ten reports may have one witness. How much an outlet tells by itself, and whose words it passes on.</p>
    </header>
    <Outlets />
    <Repeats />
  </>
);
