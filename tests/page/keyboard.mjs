// SPDX-License-Identifier: Apache-2.0
// A tour with the keyboard alone: filter, rows, card, why, reader, mentions, screens, help, and back.
import { check, open, settle } from "./browser.mjs";

const focused = (page) =>
  page.evaluate(() => {
    const e = document.activeElement;
    return `${e.tagName} ${e.id || e.className || e.textContent?.slice(0, 30)}`;
  });

async function tour() {
  const { page, wrong, done } = await open("/explore");
  const press = async (...keys) => {
    for (const k of keys) await page.keyboard.press(k);
  };
  await press("Tab");
  await check("the first stop leads past the header", async () => (await focused(page)).includes("skip") || focused(page));
  await press("/");
  await check("/ goes to the filter", async () => (await focused(page)).includes("filter") || focused(page));
  await page.keyboard.type("class=acc");
  await page.locator(".suggest li").first().waitFor();
  await press("ArrowDown", "Enter");
  await settle(page);
  await check("a suggestion is taken with arrow and Enter", () => /class=accuse/i.test(page.url()) || page.url());
  await press("Escape");
  await press("j");
  await check("j goes into the rows", async () => (await focused(page)).startsWith("TR") || focused(page));
  const first = await page.evaluate(() => document.activeElement.dataset.row);
  await press("j");
  await check("j goes to the next row", async () => (await page.evaluate(() => document.activeElement.dataset.row)) !== first);
  await press("k");
  await check("k goes back", async () => (await page.evaluate(() => document.activeElement.dataset.row)) === first);
  await press("Enter");
  await settle(page);
  await check("Enter opens the card", () => page.url().includes(`card=${first}`) && page.locator("aside.card").isVisible());
  await press("Escape");
  await page.waitForTimeout(80);
  await check(
    "Esc closes it and gives the row back",
    async () =>
      (!page.url().includes("card=") && (await page.evaluate(() => document.activeElement.dataset.row)) === first) || focused(page),
  );
  await press("Enter");
  await settle(page);
  await press("w");
  await page.waitForURL(/\/why\//);
  await settle(page);
  await check("w tells why", async () => (await page.locator("h1").innerText()) === "Why this code");
  await press("o");
  await page.waitForURL(/\/reader\//);
  await settle(page);
  await press("]");
  await check("] goes to a mention", async () => page.evaluate(() => document.activeElement.hasAttribute("data-mention")));
  const mention = await page.evaluate(() => document.activeElement.textContent);
  await press("]", "[");
  await check("[ goes back to it", async () => (await page.evaluate(() => document.activeElement.textContent)) === mention);
  await press("Escape");
  await page.waitForURL(/\/why\//);
  await check("Esc goes back", () => page.url().includes("/why/"));
  for (const [key, path] of Object.entries({
    e: "explore",
    r: "reader",
    d: "dyads",
    p: "actors",
    a: "agreements",
    c: "claims",
    s: "sources",
    u: "audit",
    n: "runs",
    i: "try",
    q: "sql",
  })) {
    await press("g", key);
    await check(
      `g ${key} goes to ${path}`,
      async () => (await page.waitForURL((url) => url.pathname === `/${path}`, { timeout: 5000 })) === undefined,
    );
    await page.evaluate(() => document.activeElement?.blur?.());
  }
  await press("?");
  await check("? opens the sheet of keys", () => page.locator("dialog[open]").waitFor());
  await press("Escape");
  await check("Esc shuts it", async () => (await page.locator("dialog[open]").count()) === 0);
  await check("nothing went wrong on the way", () => wrong.length === 0 || wrong.join("\n"));
  await done();
}

async function matrix() {
  const { page, done } = await open("/dyads");
  await page.locator(".matrix [tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await check(
    "arrows walk the matrix with one tab stop",
    async () =>
      (await page.locator(".matrix [tabindex='0']").count()) === 1 &&
      page.evaluate(() => document.activeElement.closest("tr").rowIndex === 2 && document.activeElement.closest("td").cellIndex === 2),
  );
  await page.locator(".matrix a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dyads\/.+-/);
  await check("Enter opens the pair", () => /\/dyads\/[A-Z-]+/.test(page.url()) || page.url());
  await done();
}

async function menu() {
  const { page, done } = await open("/explore");
  await page.locator("details.take summary").focus();
  await page.keyboard.press("Enter");
  await page.locator(".drop .files a").first().waitFor();
  await page.locator(".drop pre").first().waitFor();
  await page.keyboard.press("Tab");
  await check("the menu is reached by Tab", async () => (await focused(page)).startsWith("A "));
  await page.keyboard.press("Escape");
  await check(
    "Esc shuts the menu and stays",
    async () => ((await page.locator("details.take[open]").count()) === 0 && (await focused(page)).startsWith("SUMMARY")) || focused(page),
  );
  await done();
}

export default async function () {
  await tour();
  await matrix();
  await menu();
}
