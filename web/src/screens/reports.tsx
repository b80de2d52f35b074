// SPDX-License-Identifier: Apache-2.0
// The list of reports that the filter finds.
import { api, Report, usePages } from "../state/api";
import { conditions, filterQuery, go } from "../state/route";
import { clip, count, day } from "../state/say";
import { Empty, Failed, Loading } from "../parts/told";
import { Rows } from "../parts/rows";
import { exports, TakeAway } from "../parts/take";

type Listed = Report & { words: number; events: number; claims: number; agreements: number };

export const Reports = () => {
  const query = filterQuery(conditions.value);
  const pages = usePages<Listed>(api("reports", query));
  return (
    <>
      <header class="screen-head">
        <h1>Reports</h1>
        <span class="tools">
          <TakeAway
            data={api("reports", query)}
            filter={query}
            files={exports(query, [
              ["Events as CSV", "to=csv&tellings=yes"],
              ["Stories as CSV", "of=stories&to=csv"],
            ])}
          />
        </span>
        <p>Reports that hold a telling that fits the filter, the newest first. Open one to read it with its marks.</p>
      </header>
      <Failed of={pages} />
      <Loading of={pages} lines={10} />
      {pages.data &&
        (pages.rows.length ? (
          <section class="sheet" aria-label="Reports">
            <Rows
              caption="Reports"
              rows={pages.rows}
              keyOf={(r) => r.id}
              open={(r) => go(`/reader/${encodeURIComponent(r.id)}`)}
              next={pages.next}
              more={pages.more}
              columns={[
                { head: "Date", class: "nowrap", cell: (r) => day(r.date, true) },
                { head: "Outlet", cell: (r) => <bdi>{clip(r.outlet, 60)}</bdi> },
                {
                  head: "Report",
                  cell: (r) => (
                    <>
                      <a href={`/reader/${encodeURIComponent(r.id)}`}>
                        <bdi>{clip(r.title || r.id, 160)}</bdi>
                      </a>
                      {r.copy_of && <span class="soft"> a copy</span>}
                    </>
                  ),
                },
                { head: "Words", class: "number", cell: (r) => count(r.words) },
                { head: "Events", class: "number", cell: (r) => count(r.events) },
                { head: "Claims", class: "number", cell: (r) => count(r.claims) },
                { head: "Agreements", class: "number", cell: (r) => count(r.agreements) },
              ]}
            />
          </section>
        ) : (
          <Empty what="reports" />
        ))}
    </>
  );
};
