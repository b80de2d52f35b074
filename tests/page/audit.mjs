// SPDX-License-Identifier: Apache-2.0
// Verdicts by key, undone and kept, and the gold that comes out: `dragoman eval` of the desk against it must find what
// the verdicts said.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDRESS, check, DESK, FOLDER, open, program, same, settle, sql } from "./browser.mjs";

const telling = (page) => page.locator("[data-telling]").getAttribute("data-telling");
const held = () => sql("SELECT telling, verdict, field FROM verdicts WHERE undone = 0 ORDER BY id");

async function given(page, ...keys) {
  const before = await telling(page);
  for (const k of keys) {
    await page.keyboard.press(k);
    await page.waitForTimeout(30);
  }
  await page.waitForFunction((b) => document.querySelector("[data-telling]")?.getAttribute("data-telling") !== b, before);
  return before;
}

export default async function () {
  const { page, wrong, done } = await open("/audit");
  const verdicts = [];
  for (let i = 0; i < 4; i++) verdicts.push([await given(page, "1"), "right", ""]);
  verdicts.push([await given(page, "2", "a"), "wrong", "event"]);
  const last = await given(page, "3");
  await page.keyboard.press("u");
  await page.waitForFunction((t) => document.querySelector("[data-telling]")?.getAttribute("data-telling") === t, last);
  await check("u takes the last verdict back", () => !held().some((v) => v.telling === last) || JSON.stringify(held()));
  await given(page, "n");
  const field = await telling(page);
  await page.keyboard.press("2");
  await page.keyboard.press("e");
  await page.locator("input[name=correct]").fill("IRN GOV");
  await page.keyboard.press("Enter");
  await page.waitForFunction((b) => document.querySelector("[data-telling]")?.getAttribute("data-telling") !== b, field);
  verdicts.push([field, "wrong", "target"]);
  await check("verdicts by key stand in the desk", () =>
    same(
      held().map((v) => [v.telling, v.verdict, v.field]),
      verdicts,
    ),
  );
  await check(
    "the running precision is theirs",
    async () =>
      ((await page.locator("[data-precision]").innerText()) === "66.7 %" && (await page.locator("[data-judged]").innerText()) === "6") ||
      page.locator("[data-precision]").innerText(),
  );
  await page.reload();
  await settle(page);
  await check(
    "reloaded: those judged are not asked again",
    async () => !verdicts.some(([t]) => t === undefined) && !verdicts.map(([t]) => t).includes(await telling(page)),
  );
  await check("reloaded: the same precision", async () => (await page.locator("[data-precision]").innerText()) === "66.7 %");
  await check("nothing went wrong in the audit", () => wrong.length === 0 || wrong.join("\n"));
  const gold = join(FOLDER, "gold.jsonl");
  const href = await page.getByRole("link", { name: "Gold for dragoman eval" }).getAttribute("href");
  writeFileSync(gold, await page.evaluate(async (h) => (await fetch(h)).text(), href));
  await check("the gold goes into dragoman eval", () => {
    const figures = /^what +(\d+) +(\d+) +(\d+)/m.exec(program("eval", gold, DESK));
    return (figures !== null && Number(figures[1]) === 5 && Number(figures[2]) === 1) || program("eval", gold, DESK);
  });
  await done();
  const without = await open("/audit", { token: false });
  await check(
    "without the token no verdict can be given",
    async () =>
      (await without.page.locator("button[data-key='1']").isDisabled()) &&
      (await without.page.locator(".note.bad").innerText()).includes("token"),
  );
  const refused = await without.page.evaluate(
    async (a) =>
      (
        await fetch(`${a}/api/v1/audit/verdicts`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: '{"telling":"x","verdict":"right"}',
        })
      ).status,
    ADDRESS,
  );
  await check("and the server refuses one", () => refused === 403 || String(refused));
  await without.done();
}
