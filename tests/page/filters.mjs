// SPDX-License-Identifier: Apache-2.0
// One filter holds everywhere: what is typed, clicked or brushed stands in the address, a reload shows the same numbers,
// and they are those of the desk.
import { check, counted, open, same, settle, sql, strip } from "./browser.mjs";

const KENYA = "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side <> 'claimer' AND a.code GLOB 'KEN*')";
const CASES = [
  ["", "1"],
  ["actor=KEN", KENYA],
  ["class=agree,consult&status!=planned", "e.plover IN ('AGREE', 'CONSULT') AND e.status <> 'planned'"],
  ["since=2024-09&until=2024-12", "e.day BETWEEN julianday('2024-09-01') - 2440587.5 AND julianday('2024-12-31') - 2440587.5"],
  ["country!=KEN", "coalesce(e.country, '') <> 'KEN'"],
  ["conf%3E=0.8", "e.confidence >= 0.8"],
  ["dead%3E0", "e.dead > 0"],
  ["outlet=Horn+Daily", "lower(r.outlet) = 'horn daily'"],
];
const day = (n) => `julianday('${n}') - 2440587.5`;

async function fromAddress() {
  for (const [query, condition] of CASES) {
    const { page, done } = await open(`/explore${query ? `?${query}` : ""}`);
    await check(`counts of ${decodeURIComponent(query) || "all"} are those of the desk`, async () =>
      same(await strip(page), counted(condition)),
    );
    await done();
  }
}

async function typed() {
  const { page, done } = await open("/explore");
  await page.locator("#filter").fill("actor=KEN");
  await page.keyboard.press("Enter");
  await settle(page);
  await page.getByRole("button", { name: /^ACCUSE/ }).click();
  await settle(page);
  const condition = `${KENYA} AND e.plover = 'ACCUSE'`;
  const shown = await strip(page),
    address = page.url();
  await check(
    "typed and clicked: the address holds the filter",
    () => (/actor=KEN/.test(address) && /class=ACCUSE/.test(address)) || address,
  );
  await check("typed and clicked: counts are those of the desk", () => same(shown, counted(condition)));
  await check(
    "the live region tells the new count",
    async () => (await page.locator("#live").innerText()).includes(`${shown.events} event`) || page.locator("#live").innerText(),
  );
  await page.reload();
  await settle(page);
  await check("reloaded: the same numbers", async () => same(await strip(page), shown));
  await check("as many rows as events", async () => same(await page.locator("main table.walk tbody tr").count(), shown.events));
  await page.getByRole("button", { name: "Without category ACCUSE" }).click();
  await settle(page);
  await check("a chip taken away", async () => same(await strip(page), counted(KENYA)));
  await page.goBack();
  await settle(page);
  await check("back: the filter before", async () => same(await strip(page), shown));
  await page
    .getByRole("button", { name: /ACCUSE/ })
    .first()
    .click({ modifiers: ["Shift"] });
  await settle(page);
  await check("shift click leaves out", async () => same(await strip(page), counted(`${KENYA} AND e.plover <> 'ACCUSE'`)));
  await done();
}

async function brushed() {
  const { page, done } = await open("/explore");
  const box = await page.locator("svg.timeline .brush .overlay").boundingBox();
  await page.mouse.move(box.x + box.width * 0.35, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 6 });
  await page.mouse.up();
  await settle(page);
  const found = /since=(\d{4}-\d\d-\d\d)&until=(\d{4}-\d\d-\d\d)/.exec(page.url());
  await check("brushing the timeline sets whole buckets", () => found !== null || page.url());
  if (found)
    await check("brushed: counts are those of the desk", async () =>
      same(await strip(page), counted(`e.day BETWEEN ${day(found[1])} AND ${day(found[2])}`)),
    );
  await page.reload();
  await settle(page);
  await check(
    "brushed, reloaded: the selection is drawn",
    async () => Number(await page.locator(".brush .selection").getAttribute("width")) > 5,
  );
  await page.getByRole("button", { name: "All dates" }).click();
  await settle(page);
  await check("all dates again", async () => same(await strip(page), counted("1")));
  await done();
}

async function mapped() {
  const { page, done } = await open("/explore");
  const [most] = sql(
    "SELECT country, count(DISTINCT story) n FROM events WHERE country IS NOT NULL AND country <> '' GROUP BY country ORDER BY n DESC, country LIMIT 1",
  );
  await page.locator("#map").getByRole("button", { name: "Table" }).click();
  await page.locator("#map table tbody tr button").first().click();
  await settle(page);
  await check("the map's table filters by its first country", async () =>
    same(await strip(page), counted(`e.country = '${most.country}'`)),
  );
  await done();
  const small = await open("/explore");
  await check("states too small for the map have a disc", async () => {
    const held = sql(
      "SELECT DISTINCT country FROM events WHERE country IN ('SGP','MLT','BHR','VAT','MCO','LUX','MUS','SYC','RWA','BDI')",
    ).length;
    return (await small.page.locator("circle.small-state").count()) >= held - 2 || String(held);
  });
  await small.page.locator("#map").getByRole("button", { name: "Zoom in" }).click();
  await check("zooming the map moves it", async () =>
    (await small.page.locator("#map svg g").first().getAttribute("transform")).includes("scale(1.7"),
  );
  await small.done();
}

async function tables() {
  const { page, done } = await open("/explore");
  await page.locator("#groups-category").getByRole("button", { name: "Table" }).click();
  const rows = await page
    .locator("#groups-category table tbody tr")
    .evaluateAll((all) => all.map((r) => [r.cells[0].innerText.trim(), Number(r.cells[1].innerText), Number(r.cells[2].innerText)]));
  const wanted = sql("SELECT e.plover a, count(DISTINCT e.story) b, count(DISTINCT e.report) c FROM events e GROUP BY 1").map((r) => [
    r.a,
    r.b,
    r.c,
  ]);
  await check("the category bars' table is the desk's", () => same([...rows].sort(), [...wanted].sort()));
  await page.locator("#timeline").getByRole("button", { name: "Table" }).click();
  const sums = await page
    .locator("#timeline table tbody tr")
    .evaluateAll((all) => all.reduce((n, r) => n + Number(r.cells[2].innerText.replace(/\D/g, "")), 0));
  const [held] = sql("SELECT count(*) n FROM (SELECT DISTINCT e.story, e.day FROM events e WHERE e.day IS NOT NULL)");
  const [once] = sql("SELECT count(DISTINCT story) n FROM events WHERE day IS NOT NULL");
  await check("the timeline's table adds up", () => (sums >= once.n && sums <= held.n) || `${sums}, not ${once.n} to ${held.n}`);
  await done();
  const actors = await open("/actors?find=Kenya");
  await check("actors can be found by a part of the name", async () =>
    (await actors.page.locator("main table tbody tr").first().innerText()).includes("KEN"),
  );
  await actors.done();
}

export default async function () {
  await fromAddress();
  await typed();
  await brushed();
  await mapped();
  await tables();
}
