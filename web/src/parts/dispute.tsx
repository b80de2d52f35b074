// SPDX-License-Identifier: Apache-2.0
// A dispute: who vouches for what, the sides next to each other.
import type { Dispute } from "../state/api";
import { day } from "../state/say";
import { ReportLine } from "./events";

const NAMES: Record<string, string> = {
  denial: "Done or denied",
  doer: "Who did it",
  dead: "How many dead",
  injured: "How many injured",
  arrested: "How many arrested",
  date: "When",
  office: "Which office",
};

export const DisputeSides = ({ of: d, link }: { of: Dispute; link?: boolean }) => (
  <article class="dispute">
    <h3 class="spread">
      <span>{NAMES[d.field] ?? d.field}</span>
      <span class="soft small">
        <bdi>{[d.who, d.what, d.whom].filter(Boolean).join(" · ")}</bdi>
        {d.place && (
          <>
            , <bdi>{d.place}</bdi>
          </>
        )}
        {d.date && `, ${day(d.date, true)}`} {link && <a href={`/event/${encodeURIComponent(d.event)}`}>Event</a>}
      </span>
    </h3>
    <div class="sides">
      {d.sides.map((s) => (
        <div class="side" key={s.value}>
          <h4>
            <bdi>{s.value}</bdi>
          </h4>
          <ul>
            {s.vouchers.map((v, i) => (
              <li key={i}>
                <b>
                  <bdi>{v.speaker || v.outlet}</bdi>
                </b>
                {v.words && (
                  <>
                    :{" "}
                    <q class="words">
                      <bdi>{v.words}</bdi>
                    </q>
                  </>
                )}
                <br />
                <small>
                  <ReportLine of={v.report} event={v.telling} />
                </small>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  </article>
);
