// SPDX-License-Identifier: Apache-2.0
// Drives the page in Chromium: each file beside this one is a chapter of checks.  tests/page.py starts the server and
// reads the lines that are printed: "ok NAME" or "not ok NAME<tab>DETAIL".
//
//   node tests/page/run.mjs [CHAPTER ...]     with the variables that tests/page.py sets
import { browse, close, failures } from "./browser.mjs";

const CHAPTERS = ["screens", "filters", "keyboard", "audit", "hostile", "exports"];
const wanted = process.argv.slice(2).length ? process.argv.slice(2) : CHAPTERS;

await browse();
try {
  for (const name of wanted) {
    const chapter = await import(`./${name}.mjs`);
    const began = Date.now();
    await chapter.default();
    console.error(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await close();
}
process.exit(failures() ? 1 : 0);
