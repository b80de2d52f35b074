// SPDX-License-Identifier: Apache-2.0
// How fast the page is, from the outside: first paint, everything drawn, and the time from a click that changes the
// filter until every figure shows the new numbers.  Not a test: figures for docs/page.md.
//
//   node tests/page/speed.mjs http://127.0.0.1:PORT/ [ROUNDS]
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [address, rounds = "4"] = process.argv.slice(2);
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Filters one after the other, as somebody follows a thread; each step is one change of the filter. */
const STEPS = [
  "?class=agree",
  "?class=agree,consult",
  "?quad=4",
  "?actor=RUS",
  "?actor=RUS&quad=4",
  "?since=2020-01-01&until=2020-12-31",
  "?since=2021-01-01&until=2021-12-31&class=assault",
  "?country=SYR",
  "?status=claimed",
  "?dyad=USA-IRN",
  "?source=ISR",
  "?conf%3E=0.8",
  "?class!=consult",
  "?reports%3E=2",
  "",
];
const rank = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.ceil(share * all.length) - 1)];
const tell = (name, all) =>
  console.log(
    `${name}: median ${rank(all, 0.5).toFixed(0)} ms, 95th percentile ${rank(all, 0.95).toFixed(0)} ms, most ${Math.max(...all).toFixed(0)} ms (${all.length})`,
  );

const browser = await chromium.launch({ executablePath: process.env.PAGE_BROWSER ?? "/usr/bin/chromium", args: FLAGS });
const first = [],
  whole = [],
  change = [],
  numbers = [],
  slow = new Map();
for (let round = 0; round < Number(rounds); round++) {
  const page = await (await browser.newContext({ viewport: { width: 1360, height: 900 } })).newPage();
  await page.goto(`${address.replace(/\/$/, "")}/explore`);
  await page.waitForFunction(() => document.querySelector("main[aria-busy=false] [data-count=events]"));
  whole.push(
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))),
  );
  first.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN));
  for (const step of STEPS) {
    const [count, all] = await page.evaluate(async (to) => {
      const main = document.getElementById("main");
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const start = performance.now();
      let counted = 0;
      const link = document.createElement("a");
      link.href = `/explore${to}`;
      document.body.append(link);
      const strip = document.querySelector("[data-count=events]")?.textContent;
      link.click();
      link.remove();
      let busy = false;
      for (;;) {
        await frame();
        const now = main.getAttribute("aria-busy") === "true";
        busy ||= now;
        if (!counted && document.querySelector("[data-count=events]")?.textContent !== strip) counted = performance.now() - start;
        if (!now && (busy || performance.now() - start > 500)) break;
      }
      await frame();
      const done = performance.now() - start;
      return [counted || done, done];
    }, step);
    numbers.push(count);
    change.push(all);
    slow.set(step, Math.max(slow.get(step) ?? 0, all));
  }
  await page.context().close();
}
tell("first paint", first);
tell("everything drawn", whole);
tell("filter change, counts", numbers);
tell("filter change, all figures", change);
console.log(
  [...slow]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([s, ms]) => `  ${s || "(none)"} ${ms.toFixed(0)} ms`)
    .join("\n"),
);
await browser.close();
