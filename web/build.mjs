/**
 * Bundles the console and the library into `dist`, which is committed: larimard embeds it, so that a build of larimard needs no npm.
 * The same sources give the same bytes on every machine.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WEB = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(WEB, "console/src");
const DIST = join(WEB, "dist");

/** What a page needs to work without the server. */
const OFFLINE = ["index.html", "console.css", "console.js", "strength.js", "kdf-worker.js", "icon.svg"];

const sha256 = (/** @type {Uint8Array | string} */ bytes) => createHash("sha256").update(bytes).digest("hex");

/** Left as it is: the meter is a file of its own, fetched when a password is chosen. @type {import("esbuild").Plugin} */
const strengthApart = {
  name: "strength apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/strength\.js$/ }, ({ kind }) => (kind === "dynamic-import" ? { path: "./strength.js", external: true } : undefined));
  },
};

// the rest of the list changes the judgement of no password that anybody would think good
const COMMON_PASSWORDS = 5000;

/** The most common passwords, and which keys are neighbours. @type {import("esbuild").Plugin} */
const commonPasswords = {
  name: "common passwords",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^virtual:common-passwords$/ }, ({ path }) => ({ path, namespace: "virtual" }));
    onLoad({ filter: /.*/, namespace: "virtual" }, async () => {
      const { adjacencyGraphs, dictionary } = await import("@zxcvbn-ts/language-common");
      const passwords = dictionary["passwords-common"].slice(0, COMMON_PASSWORDS);
      return { contents: `export const graphs = ${JSON.stringify(adjacencyGraphs)};\nexport const passwords = ${JSON.stringify(passwords.join(" "))}.split(" ");\n` };
    });
  },
};

/** The text of the worker, for the library in one file. @type {import("esbuild").Plugin} */
const workerWithin = {
  name: "worker within",
  setup({ onLoad }) {
    onLoad({ filter: /client\/src\/worker-source\.js$/ }, async () => {
      const text = await readFile(join(DIST, "kdf-worker.js"), "utf8");
      return { contents: `export const workerSource = ${JSON.stringify(text)};\n` };
    });
  },
};

/**
 * @param {Record<string, string>} entryPoints
 * @param {{ define?: Record<string, string>, plugins?: import("esbuild").Plugin[] }} [options]
 */
async function bundle(entryPoints, { define = {}, plugins = [] } = {}) {
  const { metafile } = await build({
    absWorkingDir: WEB,
    entryPoints,
    outdir: "dist",
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    define,
    plugins: [strengthApart, commonPasswords, ...plugins],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(metafile.inputs);
}

/** Every file below a folder, sorted. @param {string} folder @returns {Promise<string[]>} */
async function filesBelow(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => relative(WEB, join(entry.parentPath, entry.name))).sort();
}

/** The licences of the packages that these files are from. @param {string[]} inputs */
async function notices(inputs) {
  const packages = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter((name) => name !== undefined));
  if (inputs.some((path) => path.includes("common-passwords"))) packages.add("@zxcvbn-ts/language-common");
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = join(WEB, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), "utf8") : `License: ${license}\n`;
    texts.push(`${name} ${version}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`);
  }
  const head = "Larimar's console and browser library are MIT OR Apache-2.0. They contain these packages, under these licences:\n";
  return [head, ...texts].join(`\n${"-".repeat(80)}\n\n`);
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST);
for (const name of ["index.html", "console.css", "icon.svg"]) await writeFile(join(DIST, name), await readFile(join(SOURCE, name)));

const inputs = await bundle({
  console: "console/src/main.jsx",
  strength: "console/src/strength.js",
  "kdf-worker": "client/src/kdf-worker.js",
});
await bundle({ "larimar-client": "client/src/index.js" }, { plugins: [workerWithin] });
await writeFile(join(DIST, "NOTICES.txt"), await notices(inputs));

/** @type {Record<string, string>} */
const hashes = {};
for (const name of OFFLINE) hashes[name] = sha256(await readFile(join(DIST, name)));
await bundle({ sw: "console/src/sw.js" }, { define: { FILES: JSON.stringify(hashes) } });

const sources = [...(await filesBelow(join(WEB, "client/src"))), ...(await filesBelow(join(WEB, "console/src"))), "package-lock.json", "build.mjs"].sort();
const lines = await Promise.all(sources.map(async (path) => `${sha256(await readFile(join(WEB, path)))}  ${path}\n`));
await writeFile(join(DIST, "SOURCES"), lines.join(""));
