// Bundles the page, and programs for Node as ES modules.
import { cpSync } from 'node:fs';
import { build } from 'esbuild';

const shared = { bundle: true, minify: true, target: 'es2022', format: 'esm', logLevel: 'warning' };
// A worker's file is an entry of its own.
const pages = ['umbrella.js', 'images.js', 'page.js', 'training.js'];
await build({ ...shared, entryPoints: pages, splitting: true, outdir: 'dist' });
await build({
  ...shared,
  entryPoints: ['files.js', 'images.js', 'flat.js', 'space.js'],
  platform: 'node',
  outdir: 'bundled',
});
cpSync('index.html', 'dist/index.html');
