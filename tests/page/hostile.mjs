// SPDX-License-Identifier: Apache-2.0
// Reports that want to be more than text: tags, handlers, template braces, direction controls, words without end, ids
// that look like paths.  They are shown as the text they are.
import { check, open, settle, sql } from "./browser.mjs";

const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]/u;
const IDS = ["hostile-tags", "hostile-bidi", "hostile-huge", "hostile/../%2e?#&id"];

const intruders = (page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "#page script, #page img:not([src='/icon.svg']), #page iframe, #page [onerror], #page [onload], #page a[href^='javascript' i], #page [style*='url']",
      ),
    ].map((e) => e.outerHTML.slice(0, 100)),
  );

async function harmless(name, path, wanted) {
  const { page, wrong, done } = await open(path);
  await page.evaluate(() => {
    globalThis.hacked = () => {
      globalThis.wasHacked = true;
    };
  });
  await settle(page);
  await check(`hostile ${name}: nothing ran and nothing was put in`, async () => {
    const found = await intruders(page);
    const told = wrong.filter((w) => !w.includes("Failed to load resource")); // a filter that is none is refused with 400
    return (!found.length && !(await page.evaluate(() => globalThis.wasHacked)) && !told.length) || [...found, ...told].join("\n");
  });
  if (wanted)
    await check(
      `hostile ${name}: shown as text`,
      async () => (await page.locator("main").innerText()).includes(wanted) || (await page.locator("main").innerText()).slice(0, 600),
    );
  await check(`hostile ${name}: no sideways scrolling`, () =>
    page.evaluate(
      () => document.scrollingElement.scrollWidth <= document.documentElement.clientWidth || String(document.scrollingElement.scrollWidth),
    ),
  );
  await done();
}

export default async function () {
  for (const id of IDS) {
    const telling = sql(`SELECT id FROM events WHERE report = '${id}' LIMIT 1`)[0]?.id;
    await harmless(
      `${id} in the reader`,
      `/reader/${encodeURIComponent(id)}`,
      {
        "hostile-tags": "<script>hacked()</script>",
        "hostile-huge": "xxxxxxxx",
        "hostile/../%2e?#&id": "An id that is no path",
      }[id],
    );
    if (telling) await harmless(`${id}: why`, `/why/${telling}`);
    if (telling) await harmless(`${id}: its event`, `/event/${telling}`);
  }
  await harmless("reports in lists", "/reader?since=2024-08-01&until=2024-09-30", "<script>hacked()</script>");
  await harmless("outlets", "/sources", "Nasty <b>News</b>");
  await harmless("words of a filter", `/explore?text=${encodeURIComponent("<img src=x onerror=hacked()>")}`);
  await harmless("a text to try", `/try#text=${encodeURIComponent("<script>hacked()</script> Kenya attacked Ethiopia \u202eon Monday.")}`);
  const { page, done } = await open("/reader/hostile-bidi");
  await check(
    "hostile direction controls are taken out of the text",
    async () => !CONTROLS.test(await page.locator(".report-text").innerText()),
  );
  const isolated = await page.evaluate(() =>
    [...document.querySelectorAll("h1, .report-text p")].every(
      (e) => e.querySelector("bdi") || e.getAttribute("dir") === "auto" || getComputedStyle(e).unicodeBidi !== "normal",
    ),
  );
  await check("hostile directions do not reach beyond their element", () => isolated);
  await done();
}
