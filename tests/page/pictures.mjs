// SPDX-License-Identifier: Apache-2.0
// The pictures of docs/pictures: each screen once, light, from a desk of samples/.  `make pictures` starts the server
// and makes them small.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { FOLDER, open, settle, sql } from "./browser.mjs";
import { screens } from "./screens.mjs";

const SHOWN = [
  "explore",
  "event",
  "why",
  "reader",
  "dyads",
  "pair",
  "actor",
  "agreements",
  "agreement",
  "claims",
  "disputes",
  "sources",
  "audit",
  "runs",
  "try",
  "sql",
];
const SIZE = { width: 1280, height: 860 };

export default async function () {
  const all = screens();
  const [signed] = sql("SELECT id FROM events WHERE cameo = '057' ORDER BY shown, id LIMIT 1");
  const [fired] = sql(
    "SELECT e.id, e.report FROM events e JOIN reports r ON r.id = e.report WHERE r.title LIKE 'Kenya accuses%' AND e.plover = 'ASSAULT' ORDER BY e.number LIMIT 1",
  );
  all.why = [`/why/${signed.id}`];
  all.reader = [`/reader/${fired.report}?pick=${fired.id}`];
  mkdirSync(join(FOLDER, "pictures"), { recursive: true });
  for (const name of SHOWN) {
    const { page, done } = await open(all[name][0], SIZE);
    if (name === "try") {
      await page.getByRole("button", { name: "Take the example" }).click();
      await settle(page);
    }
    if (name === "sql") {
      await page.getByRole("button", { name: "Ask" }).click();
      await settle(page);
    }
    await page.waitForTimeout(name === "explore" ? 1500 : 100); // the highest bar is told of once the reader rests
    await page.screenshot({ path: join(FOLDER, "pictures", `${name}.png`) });
    await done();
  }
}
