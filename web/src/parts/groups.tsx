// SPDX-License-Identifier: Apache-2.0
// Groups of events as a figure: what, who, where, according to whom, told by whom.
import { api, Group, Groups, useAnswer } from "../state/api";
import { conditions, go, holds, toggle, withFilter, withView } from "../state/route";
import { codeName, count, many } from "../state/say";
import { quadOf, words } from "../state/desk";
import { Bars } from "../charts/bars";
import { Figure } from "./figure";
import { Failed, Loading } from "./told";

const WORD: Record<string, string> = { category: "class" };
const TITLES: Record<string, string> = {
  category: "What",
  cameo: "CAMEO code",
  status: "Status",
  standing: "Standing",
  source: "Who",
  target: "To whom",
  dyad: "Pairs",
  place: "Places",
  country: "Countries",
  outlet: "Outlets",
  owner: "Owners",
  speaker: "According to",
  lang: "Languages",
  quad: "Families",
};
const CODED = new Set(["source", "target", "country", "speaker"]);

const named = (by: string, row: Group): string => {
  if (row.name === "") return "none named";
  if (by === "cameo") return `${row.name} ${row.label || words.value?.cameo.find((c) => c.code === row.name)?.name || ""}`;
  if (by === "dyad") return row.name.split("-").map(codeName).join(" – ");
  return row.label || (CODED.has(by) ? codeName(row.name) : row.name);
};

export const GroupFigure = ({
  by,
  query,
  measure,
  rows = 16,
  earlier,
  pick,
  place,
}: {
  by: string;
  query: string;
  measure: "events" | "reports";
  rows?: number;
  earlier?: string;
  pick?: boolean;
  place: string;
}) => {
  const answer = useAnswer<Groups>(api("groups", query, `by=${by}`, `rows=${rows}`));
  const then = useAnswer<Groups>(earlier ? api("groups", earlier, `by=${by}`, "rows=500") : null);
  const before = earlier && then.data ? new Map(then.data.rows.map((r) => [r.name, r[measure]])) : undefined;
  const word = WORD[by] ?? by;
  const found = answer.data?.rows ?? [];
  const choose = (r: Group, without: boolean) => r.name && go(withFilter(toggle(conditions.value, word, r.name, without ? "!=" : "=")));
  const best = found.length ? found.reduce((a, b) => (b[measure] > a[measure] ? b : a)) : undefined;
  const summary = best
    ? `${named(by, best)} leads with ${many(best[measure], measure.slice(0, -1))}; ${count(found.length)} of ${count(answer.data?.groups ?? 0)} shown.`
    : "Nothing to count.";
  return (
    <Figure
      title={TITLES[by] ?? by}
      name={`groups-${by}`}
      class={place}
      plain
      summary={summary}
      twin={{
        head: [TITLES[by] ?? by, "Events", "Reports", "Outlets", "Owners"],
        numbers: [1, 2, 3, 4],
        rows: found.map((r) => [
          <button type="button" class="link" onClick={() => choose(r, false)}>
            {named(by, r)}
          </button>,
          count(r.events),
          count(r.reports),
          count(r.outlets),
          count(r.owners),
        ]),
      }}
      tools={
        pick ? (
          <label>
            <span class="hidden">Group by</span>
            <select value={by} onChange={(e) => go(withView({ by: e.currentTarget.value === "source" ? "" : e.currentTarget.value }))}>
              {Object.entries(TITLES)
                .filter(([k]) => k !== "category")
                .map(([k, name]) => (
                  <option key={k} value={k}>
                    {name}
                  </option>
                ))}
            </select>
          </label>
        ) : undefined
      }
    >
      <Failed of={answer} />
      <Loading of={answer} lines={8} />
      {answer.data && (
        <Bars
          rows={found}
          measure={measure}
          exact={answer.data.exact}
          label={(r) => named(by, r)}
          quad={by === "category" ? (r) => quadOf(r.name) : undefined}
          chosen={(r) => holds(conditions.value, word, r.name)}
          choose={choose}
          before={before}
        />
      )}
    </Figure>
  );
};
