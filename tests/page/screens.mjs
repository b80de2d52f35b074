// SPDX-License-Identifier: Apache-2.0
// Every screen opens by its address, says nothing wrong, asks nobody else, passes axe in light and dark, and fits into a
// window at 200 % zoom without sideways scrolling.
import { check, open, require, sql } from "./browser.mjs";
import { readFileSync } from "node:fs";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Screens and what must be seen on them. */
export function screens() {
  const first = (text) => encodeURIComponent(Object.values(sql(text)[0] ?? { none: "none" })[0]);
  const event = first("SELECT story FROM events GROUP BY story HAVING count(*) > 1 ORDER BY count(*) DESC, story LIMIT 1");
  const telling = first("SELECT id FROM events WHERE status = 'claimed' ORDER BY id LIMIT 1");
  const report = first("SELECT report FROM events GROUP BY report ORDER BY count(*) DESC, report LIMIT 1");
  const accord = first("SELECT accord FROM accords ORDER BY reports DESC, accord LIMIT 1");
  return {
    explore: ["/explore", "Over time"],
    card: [`/explore?actor=KEN&card=${event}`, "Why this code"],
    places: ["/explore?show=places&count=share", "Places"],
    compared: ["/explore?since=2024-09-01&until=2024-12-31&compare=before&lens=period", "compared with"],
    empty: ["/explore?actor=Nobody+At+All", "Take one away"],
    event: [`/event/${event}`, "Where its reports differ"],
    why: [`/why/${telling}`, "fires frame"],
    stages: [`/why/${telling}?stage=parse`, "nsubj"],
    reports: ["/reader", "Reports"],
    reader: [`/reader/${report}`, "Who says what"],
    dyads: ["/dyads", "As a graph"],
    pair: ["/dyads/KEN-ETH", "Both directions over time"],
    actors: ["/actors", "Was done to"],
    actor: ["/actors/KEN", "Found as"],
    agreements: ["/agreements", "Kept or broken"],
    agreement: [`/agreements/${accord}`, "according to whom"],
    claims: ["/claims", "Speakers"],
    disputes: ["/claims?show=disputes", "Done or denied"],
    onesided: ["/claims?show=one", "On one side only"],
    sources: ["/sources", "Who repeats whom"],
    audit: ["/audit", "How right the desk is"],
    runs: ["/runs", "Languages"],
    try: ["/try", "Try it"],
    sql: ["/sql", "Tables"],
    nowhere: ["/nowhere", "no such screen"],
  };
}

async function axe(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () =>
    (await globalThis.axe.run(document, { resultTypes: ["violations"] })).violations.map(
      (v) =>
        `${v.id}: ${v.help}\n  ${v.nodes
          .slice(0, 3)
          .map((n) => `${n.target} ${n.failureSummary?.split("\n")[1] ?? ""}`)
          .join("\n  ")}`,
    ),
  );
  return found.length === 0 || found.join("\n");
}

const sideways = (page) =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= room) return true;
    const wide = [...document.querySelectorAll("body *")]
      .filter((e) => e.getBoundingClientRect().right > room + 1 && !e.closest(".scroll,pre,.tree,.suggest"))
      .slice(0, 4);
    return `${document.scrollingElement.scrollWidth} > ${room}: ${wide.map((e) => `${e.tagName}.${e.className}`).join(", ")}`;
  });

export default async function () {
  const { page, wrong, visit, done } = await open("/explore");
  for (const [name, [path, seen]] of Object.entries(screens())) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "light" });
    await visit(path);
    await check(
      `${name} opens by its address`,
      async () =>
        (await page.locator("body").innerText()).includes(seen) ||
        `“${seen}” is not on it: ${(await page.locator("main").innerText()).slice(0, 400)}`,
    );
    await check(`${name} has one first heading`, async () => (await page.locator("h1").count()) === 1);
    await check(`${name}, light: axe finds nothing`, () => axe(page));
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await check(`${name}, dark: axe finds nothing`, () => axe(page));
    await page.setViewportSize({ width: 640, height: 400 }); // what 200 % leaves of 1280 by 800
    await page.waitForTimeout(100);
    await check(`${name} at 200 %: no sideways scrolling`, () => sideways(page));
    await check(`${name}: nothing wrong, nobody else asked`, () => wrong.length === 0 || wrong.join("\n"));
  }
  await reader(page, visit);
  await opened(page, visit);
  await visit("/explore?actor=KEN");
  await page.emulateMedia({ media: "print" });
  await check(
    "printed: no navigation, but the filter's address",
    async () => !(await page.locator(".header nav").isVisible()) && page.locator(".print-only").isVisible(),
  );
  await done();
}

/** The reader: marks of the chosen event, every letter of the report, and the way from a mark to its event. */
async function reader(page, visit) {
  const [telling] = sql(
    "SELECT e.id, e.report, v.text FROM events e JOIN evidence v ON v.event = e.id WHERE e.status = 'claimed' ORDER BY e.id, v.number LIMIT 1",
  );
  await visit(`/reader/${encodeURIComponent(telling.report)}?pick=${telling.id}`);
  await check("reader: the chosen event's words are marked", async () => (await page.locator(".mark.chosen").count()) > 0);
  const plain = (t) => t.replace(/\s+/g, "");
  const shown = await page.locator(".report-text p").allTextContents();
  await check(
    "reader: every letter of the report, once",
    () => plain(shown.join("")) === plain(sql(`SELECT text FROM reports WHERE id = '${telling.report}'`)[0].text),
  );
  const other = sql(`SELECT id FROM events WHERE report = '${telling.report}' AND id <> '${telling.id}' ORDER BY number LIMIT 1`)[0];
  await visit(`/reader/${encodeURIComponent(telling.report)}`);
  await page.locator(".mark.trigger [data-mention]").first().click();
  await page.waitForURL(/pick=/);
  await check("reader: a click on a deed chooses its event", async () =>
    page.locator("section[aria-label='The chosen event']").isVisible(),
  );
  await page.getByRole("searchbox", { name: "Find in the report" }).fill("the");
  await page.locator(".report-text mark").first().waitFor();
  const words = sql(`SELECT text FROM reports WHERE id = '${telling.report}'`)[0].text.toLowerCase().split("the").length - 1;
  await check(
    "reader: every hit is marked",
    async () => plain((await page.locator(".report-text mark").allTextContents()).join("")).length === 3 * words && other !== undefined,
  );
}

/** What opens above a screen. */
async function opened(page, visit) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await visit("/explore");
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await check("the sheet of keys: axe finds nothing", () => axe(page));
  await page.keyboard.press("Escape");
  await page.locator("details.take summary").click();
  await page.locator(".drop pre").first().waitFor();
  await check("the menu of what can be taken: axe finds nothing", () => axe(page));
  await page.keyboard.press("/");
  await page.locator("#filter").fill("sta");
  await page.locator(".suggest li").first().waitFor();
  await check("the filter's suggestions: axe finds nothing", () => axe(page));
}
