// SPDX-License-Identifier: Apache-2.0
// One browser for all chapters, and what they share: pages that watch for errors and strangers, numbers from the
// screen, numbers from sqlite3.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

export const ADDRESS = process.env.PAGE_ADDRESS.replace(/\/$/, "");
export const DESK = process.env.PAGE_DESK;
export const FOLDER = process.env.PAGE_FOLDER;
export const PROGRAM = process.env.PAGE_PROGRAM;
const TOKEN = process.env.PAGE_TOKEN;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

let browser,
  failed = 0;
export const failures = () => failed;

export async function browse() {
  browser = await chromium.launch({
    executablePath: process.env.PAGE_BROWSER,
    args: FLAGS,
    timeout: 60000,
  });
}
export const close = () => browser.close();

/** One check: a line for tests/page.py. */
export function tell(good, name, detail = "") {
  if (!good) failed++;
  console.log(good ? `ok ${name}` : `not ok ${name}\t${String(detail).replace(/\n/g, "\\n").slice(0, 1500)}`);
}

/** Runs a check that may throw: what it throws is its failure. */
export async function check(name, work) {
  try {
    const found = await work();
    tell(
      found === true || found === undefined,
      name,
      found === true || found === undefined ? "" : typeof found === "string" ? found : JSON.stringify(found),
    );
  } catch (error) {
    tell(false, name, error.stack ?? error);
  }
}

/** A page with the token, and a list of all that went wrong in it; `visit` goes to another address in the same page. */
export async function open(path, { theme = "light", width = 1280, height = 800, token = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(ADDRESS) && !/^(blob|data):/.test(request.url())) wrong.push(`a request to ${request.url()}`);
  });
  page.setDefaultTimeout(15000);
  const visit = async (to) => {
    wrong.length = 0;
    await page.goto(`${ADDRESS}${to}${token && TOKEN && !to.includes("#") ? `#token=${TOKEN}` : ""}`);
    await settle(page).catch((error) => wrong.push(`never at rest: ${error.message}`));
  };
  await visit(path);
  return { page, wrong, visit, done: () => context.close() };
}

/** Waits until nothing is being asked or drawn: no ghosts, and no request for a while. */
export async function settle(page) {
  await page.waitForFunction(
    () => document.querySelector("main[aria-busy=false]") && !document.querySelector(".ghost") && !document.querySelector(".waiting"),
  );
}

/** What sqlite3 says, one row of columns. */
export function sql(text) {
  const out = execFileSync("sqlite3", ["-readonly", "-json", DESK, text], {
    encoding: "utf8",
  });
  return out ? JSON.parse(out) : [];
}

/** The four counts of Explore. */
export async function strip(page) {
  const read = async (key) => Number((await page.locator(`[data-count=${key}]`).innerText()).replace(/[^\d]/g, ""));
  return {
    events: await read("events"),
    reports: await read("reports"),
    outlets: await read("outlets"),
    owners: await read("owners"),
  };
}

/** The same from the desk: tellings that fit a condition over events e and reports r. */
export function counted(condition) {
  return sql(`SELECT count(DISTINCT e.story) events, count(DISTINCT e.report) reports, count(DISTINCT nullif(r.outlet, '')) outlets,
    count(DISTINCT nullif(r.owner, '')) owners FROM events e JOIN reports r ON r.id = e.report WHERE ${condition}`)[0];
}

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b) || `${JSON.stringify(a)} is not ${JSON.stringify(b)}`;

export function program(...words) {
  return execFileSync(PROGRAM, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Saves what a click downloads; the path of the file. */
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  const path = join(mkdtempSync(join(FOLDER, "down-")), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

export const text = (path) => readFileSync(path, "utf8");
