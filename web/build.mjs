// SPDX-License-Identifier: Apache-2.0
// Builds the page into dist/: `node build.mjs` (or `make web`).  The same sources give the same bytes, so
// tests/page.py can build it again elsewhere and compare.
//
//   src/main.tsx  -> app.js     everything that draws, minified, no source map
//   src/style/    -> app.css
//   world-atlas   -> map-110m.json, map-50m.json: countries by ISO 3166 alpha-3, with a point for each
//   world/*.tsv   -> the names of countries and the families of categories, inside app.js
//   licences of what is inside -> licences.txt
//
// `node build.mjs FOLDER` writes somewhere else.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const WORLD = join(HERE, "..", "world");
const OUT = resolve(process.argv[2] ?? join(HERE, "dist"));

/** Rows of a table of world/: comments left out, the first row names the columns. */
async function table(name) {
  const text = await readFile(join(WORLD, name), "utf8");
  const [head, ...rows] = text
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"));
  return rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i] ?? ""])));
}

async function names() {
  const found = {};
  for (const row of await table("countries.tsv")) found[row.code] ??= row.name;
  return found;
}

/** world-atlas knows ISO 3166 numbers; the page, as all of Dragoman, knows alpha-3. */
async function map(scale) {
  const numbers = new Map(
    require("iso-3166-1")
      .all()
      .map((c) => [c.numeric, c.alpha3]),
  );
  const atlas = JSON.parse(await readFile(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));
  const byName = { Kosovo: "XKX" }; // has no number
  for (const shape of atlas.objects.countries.geometries) {
    shape.id = numbers.get(shape.id) ?? byName[shape.properties.name] ?? "";
    delete shape.properties;
  }
  delete atlas.objects.land;
  const points = {};
  for (const row of await table("country_points.tsv")) points[row.code] = [Number(row.lon), Number(row.lat)];
  await writeFile(join(OUT, `map-${scale}.json`), JSON.stringify({ atlas, points }) + "\n");
}

/** Quad class of each PLOVER category. */
async function quads() {
  const found = {};
  for (const row of await table("plover_scores.tsv")) found[row.category] ??= Number(row.quad);
  return found;
}

const tables = {
  name: "tables",
  setup(builder) {
    builder.onResolve({ filter: /^tables:/ }, (wanted) => ({ path: wanted.path.slice(7), namespace: "tables" }));
    builder.onLoad({ filter: /./, namespace: "tables" }, async ({ path }) => ({
      contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(await { countries: names, quads }[path]()))})`,
      loader: "js",
    }));
  },
};

/** The licences of the packages that the bundle holds, and of the atlas. */
async function licences(inputs) {
  const packages = new Set(["world-atlas"]);
  for (const input of Object.keys(inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = join(HERE, "node_modules", name);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((f) => /^licen[cs]e/i.test(f));
    parts.push(`${name} ${version}\n\n${file ? (await readFile(join(folder, file), "utf8")).trim() : ""}\n`);
  }
  await writeFile(join(OUT, "licences.txt"), parts.join(`\n${"-".repeat(72)}\n\n`));
}

await mkdir(OUT, { recursive: true });
const made = await build({
  absWorkingDir: HERE,
  entryPoints: { app: "src/main.tsx" },
  outdir: OUT,
  bundle: true,
  metafile: true,
  minify: true,
  format: "esm",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  plugins: [tables],
  logLevel: "warning",
});
await build({
  absWorkingDir: HERE,
  entryPoints: { app: "src/style/page.css" },
  outdir: OUT,
  bundle: true,
  minify: true,
  target: "es2021",
  charset: "utf8",
  logLevel: "warning",
});
await Promise.all(["110m", "50m"].map(map));
for (const file of ["index.html", "icon.svg"]) await copyFile(join(HERE, "src", file), join(OUT, file));
await licences(made.metafile.inputs);
