// A page for the strictest policy, and one with threads, whose helpers come from a file instead of a string.
import { cpSync, writeFileSync } from 'node:fs';
import { workerSource } from 'chainrule';
import { build } from 'esbuild';

const entryPoints = ['umbrella.js', 'images.js', 'page.js', 'training.js', 'threads.js'];
await build({ entryPoints, bundle: true, format: 'esm', splitting: true, outdir: 'dist', logLevel: 'warning' });
cpSync('index.html', 'dist/index.html');
writeFileSync('dist/helper.js', workerSource);
writeFileSync('dist/threads.html', '<!doctype html><script type="module" src="./threads.js"></script>');
