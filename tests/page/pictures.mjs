// SPDX-License-Identifier: Apache-2.0
// The pictures of docs/pictures: each screen once, light, from a desk of samples/.  `make pictures` starts the server
// and makes them small.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { FOLDER, open, settle } from "./browser.mjs";
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
    await page.screenshot({ path: join(FOLDER, "pictures", `${name}.png`) });
    await done();
  }
}
