// Measures what small programs weigh in a bundle: minified, tree-shaken, gzip level 9; kB are 1000 bytes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  return { name, 'minified kB': (bytes.length / 1000).toFixed(2), 'gzip kB': gzip.toFixed(2), 'max kB': maxKB, ok: gzip <= maxKB };
}

const rows = await Promise.all(sizes.map(measure));
console.table(rows);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
