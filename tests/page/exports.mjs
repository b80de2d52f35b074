// SPDX-License-Identifier: Apache-2.0
// What a view gives away, read back by another program: DuckDB for rows, the browser's own XML reader for drawings and
// networks; and the SQL and command line that a view shows give the same answer again.
import { execFileSync } from "node:child_process";
import { check, counted, DESK, download, open, program, require, same, settle, sql, text } from "./browser.mjs";

const { DuckDBInstance } = require("@duckdb/node-api");
const FILTER = "actor=KEN";
const KENYA = "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side <> 'claimer' AND a.code GLOB 'KEN*')";

async function duck(question) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = await (await connection.runAndReadAll(question)).getRowObjectsJson();
  connection.closeSync();
  return rows;
}

async function menu(page) {
  await page.locator("details.take summary").first().click();
  await page.locator(".drop .files").waitFor();
}

const take = (page, name) => download(page, () => page.locator(".drop .files a", { hasText: name }).first().click());

async function rows() {
  const { page, done } = await open(`/explore?${FILTER}`);
  const wanted = counted(KENYA);
  await menu(page);
  const csv = await take(page, /^CSV$/);
  await check("CSV read back by DuckDB", async () =>
    same(Number((await duck(`SELECT count(DISTINCT event) n FROM read_csv('${csv}')`))[0].n), wanted.events),
  );
  const jsonl = await take(page, "JSON lines");
  await check("JSON lines read back by DuckDB", async () =>
    same(
      Number((await duck(`SELECT count(DISTINCT event) n FROM read_json('${jsonl}', format = 'newline_delimited')`))[0].n),
      wanted.events,
    ),
  );
  const geo = await take(page, "GeoJSON");
  const placed = sql(
    `SELECT count(DISTINCT e.story) n FROM events e JOIN reports r ON r.id = e.report WHERE ${KENYA} AND e.lat IS NOT NULL AND e.id = (SELECT f.id FROM events f JOIN reports r ON r.id = f.report WHERE f.story = e.story AND ${KENYA.replace(/e\./g, "f.")} ORDER BY f.number LIMIT 1)`,
  )[0].n;
  await check("GeoJSON read back by DuckDB", async () =>
    same(Number((await duck(`SELECT len(features) n FROM read_json('${geo}', maximum_object_size = 100000000)`))[0].n), placed),
  );
  const gexf = await take(page, "GEXF");
  await check("GEXF is XML with nodes and edges", async () =>
    page.evaluate((xml) => {
      const d = new DOMParser().parseFromString(xml, "text/xml");
      return !d.querySelector("parsererror") && d.querySelectorAll("node").length > 1 && d.querySelectorAll("edge").length > 0;
    }, text(gexf)),
  );
  await check("the files are those of the command line", () => same(text(csv), text(exported("events.csv", "csv"))));
  const shown = await page.locator(".drop pre").allInnerTexts();
  await check("the command line of the view gives its events", () => {
    const line = shown.find((t) => t.startsWith("dragoman query"));
    return (
      (same(Number(JSON.parse(program("query", DESK, "actor=KEN", "--count", "--to", "jsonl")).events), wanted.events) === true &&
        line?.includes("actor=KEN")) ||
      line
    );
  });
  await check("the SQL of the view runs as it stands", () => {
    const statement = shown.find((t) => /^\s*(select|with)/i.test(t));
    const out = execFileSync("sqlite3", ["-readonly", "-json", DESK, statement], { encoding: "utf8", maxBuffer: 1 << 26 });
    return same(JSON.parse(out).length, wanted.events);
  });
  await done();
}

function exported(name, kind) {
  const path = `${process.env.PAGE_FOLDER}/${name}`;
  program("export", DESK, "-o", path, "--to", kind, FILTER);
  return path;
}

async function drawing() {
  const { page, done } = await open(`/explore?${FILTER}`);
  for (const name of ["timeline", "map"]) {
    const svg = text(await download(page, () => page.locator(`#${name}`).getByRole("button", { name: "SVG" }).click()));
    await check(`the ${name} as SVG holds its filter and stands alone`, () =>
      page.evaluate((xml) => {
        const d = new DOMParser().parseFromString(xml, "image/svg+xml");
        return (
          !d.querySelector("parsererror") &&
          d.documentElement.textContent.includes("actor=KEN") &&
          !/var\(--|class=/.test(xml) &&
          d.querySelectorAll("rect,path").length > 5
        );
      }, svg),
    );
  }
  await done();
}

async function others() {
  const kinds = [
    ["/claims?show=disputes", "CSV", "SELECT count(*) n FROM disputes"],
    ["/claims", "CSV", "SELECT count(*) n FROM claims"],
    ["/sources", "CSV", "SELECT count(DISTINCT r.outlet) n FROM events e JOIN reports r ON r.id = e.report"],
    ["/agreements", "Ledger, CSV", "SELECT count(*) n FROM accord_stages"],
  ];
  for (const [path, name, question] of kinds) {
    const { page, done } = await open(path);
    await menu(page);
    const file = await take(page, new RegExp(`^${name}$`));
    await check(`${path}: its CSV read back by DuckDB`, async () =>
      same(Number((await duck(`SELECT count(*) n FROM read_csv('${file}', header = true, all_varchar = true)`))[0].n), sql(question)[0].n),
    );
    await done();
  }
}

async function statement() {
  const { page, done } = await open(
    `/sql#sql=${encodeURIComponent("SELECT plover, count(*) AS n FROM events GROUP BY plover ORDER BY plover")}`,
    { token: false },
  );
  await page.locator("section[aria-label='Answer'] tbody tr").first().waitFor();
  const shown = await page
    .locator("section[aria-label='Answer'] tbody tr")
    .evaluateAll((all) => all.map((r) => [r.cells[0].innerText, Number(r.cells[1].innerText)]));
  await check("SQL on the page answers as sqlite3 does", () =>
    same(
      shown,
      sql("SELECT plover a, count(*) n FROM events GROUP BY plover ORDER BY plover").map((r) => [r.a, r.n]),
    ),
  );
  const csv = await download(page, () => page.locator("section[aria-label='Answer']").getByRole("button", { name: "CSV" }).click());
  await check("its CSV read back by DuckDB", async () =>
    same(Number((await duck(`SELECT sum(n) n FROM read_csv('${csv}')`))[0].n), sql("SELECT count(*) n FROM events")[0].n),
  );
  await page.locator("textarea").fill("DELETE FROM events");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.getByRole("alert").waitFor();
  await check("SQL that writes is refused", async () => sql("SELECT count(*) n FROM events")[0].n > 0);
  await settle(page);
  await done();
}

export default async function () {
  await rows();
  await drawing();
  await others();
  await statement();
}
