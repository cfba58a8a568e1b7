// Measures the bundles of small programs: minified, tree-shaken, compressed by gzip at level 9, in kB of 1000 bytes.
// `--json FILE` writes the sizes; `--before FILE` compares with such a file; `--summary FILE` appends the differences as
// Markdown.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const sizes = JSON.parse(readFileSync(new URL('./sizes.json', import.meta.url), 'utf8'));

async function measure({ name, entry, maxKB }) {
  if (!existsSync(join(root, entry))) return { name, 'gzip kB': 'no entry file', 'max kB': maxKB, ok: false };
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    write: false,
  });
  const bytes = outputFiles[0].contents;
  const gzip = gzipSync(bytes, { level: 9 }).length / 1000;
  return {
    name,
    gzip,
    'minified kB': (bytes.length / 1000).toFixed(2),
    'gzip kB': gzip.toFixed(2),
    'max kB': maxKB,
    ok: gzip <= maxKB,
  };
}

/** The changes of the sizes, as a table in Markdown. */
function differences(before) {
  const lines = rows.map(({ name, gzip = NaN }) => {
    const was = before[name] ?? NaN;
    const bytes = Math.round(1000 * (gzip - was));
    return `| ${name} | ${was.toFixed(2)} | ${gzip.toFixed(2)} | ${bytes > 0 ? '+' : ''}${bytes} |`;
  });
  return ['| bundle | before, gzip kB | after | bytes |', '| --- | --- | --- | --- |', ...lines, ''].join('\n');
}

const rows = await Promise.all(sizes.map(measure));
const { values } = parseArgs({
  options: { json: { type: 'string' }, before: { type: 'string' }, summary: { type: 'string' } },
});
console.table(rows.map(({ gzip: _, ...shown }) => shown));
if (values.json)
  writeFileSync(values.json, JSON.stringify(Object.fromEntries(rows.map(({ name, gzip }) => [name, gzip]))));
if (values.before) {
  const before = existsSync(values.before) ? JSON.parse(readFileSync(values.before, 'utf8')) : {};
  const table = differences(before);
  console.log(table);
  if (values.summary) appendFileSync(values.summary, table);
}
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
