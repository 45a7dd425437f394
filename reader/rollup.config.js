// Bundles the modules as classic scripts: a browser refuses modules where a site is opened from a folder. Styles are
// written without what only people read.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { transform } from "lightningcss";

const ASSETS = process.env.ASSETS ?? "../generator/playbook_press/assets";
const TOOLS = ["chooser", "finder", "kept-pages", "my-sheet", "practice", "worksheet"];
/** The modules that every page has already: what `handbook.js` exports. */
const SHARED = ["cards", "elements", "marks", "mine", "notice", "page", "slots", "ticks", "words"];

const path = (name) => fileURLToPath(new URL(`src/${name}.js`, import.meta.url));
const written = new Set(readdirSync(new URL("src", import.meta.url)));

/** ts-fsrs gives every date of the page methods of its own: without them, most of it is not needed. */
const leavesDatesAlone = {
  name: "leaves-dates-alone",
  transform: (code, id) =>
    id.includes("/ts-fsrs/") ? code.replace(/^Date\.prototype\.\w+ = function[^]*?^};$/gm, "") : null,
};

const common = {
  plugins: [
    nodeResolve(),
    leavesDatesAlone,
    terser({
      ecma: 2020,
      compress: { passes: 3, pure_getters: true, unsafe_arrows: true },
      format: { comments: false },
    }),
  ],
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
};

for (const filename of readdirSync(new URL("styles", import.meta.url))) {
  const code = readFileSync(new URL(`styles/${filename}`, import.meta.url));
  writeFileSync(`${ASSETS}/${filename}`, transform({ filename, code, minify: true }).code);
}

export default [
  {
    ...common,
    input: path("handbook"),
    output: { file: `${ASSETS}/handbook.js`, format: "iife", name: "playbooks" },
  },
  {
    // It runs beside the pages, and shares nothing with them.
    ...common,
    input: path("service-worker"),
    output: { file: `${ASSETS}/service-worker.js`, format: "iife" },
  },
  ...TOOLS.filter((tool) => written.has(`${tool}.js`)).map((tool) => ({
    ...common,
    input: path(tool),
    external: SHARED.map(path),
    output: {
      file: `${ASSETS}/${tool}.js`,
      format: "iife",
      globals: Object.fromEntries(SHARED.map((name) => [path(name), "playbooks"])),
    },
  })),
];
