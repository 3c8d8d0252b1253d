// Build the scripts and the base map of the pages, and the list of the licences of what is in them.
// Usage: node build.mjs [folder], by default where the package keeps them.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildBasemap } from "./basemap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const folder = process.argv[2] ?? join(here, "..", "src", "kg", "views", "static");

const { metafile } = await build({
  entryPoints: ["editor.js"],
  outfile: join(folder, "editor.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
});

// node_modules/@scope/name/… or node_modules/name/…
const packageOf = (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
const used = [...new Set(Object.keys(metafile.inputs).map(packageOf))].filter(Boolean).sort();
used.push(...buildBasemap(join(folder, "basemap.json")));

const licences = used.map((name) => {
  const at = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  const file = readdirSync(at).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no file with its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(at, file), "utf8").trim()}\n`;
});

const line = `\n${"-".repeat(80)}\n\n`;
const lead = [
  "editor.js holds these packages, each under its own licence; basemap.json is from the last one,",
  "whose data are those of Natural Earth, which are in the public domain.\n",
].join("\n");
writeFileSync(join(folder, "THIRD_PARTY.txt"), [lead, ...licences].join(line));
