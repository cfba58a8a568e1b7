// The consumers. Each has a folder of files beside this file (by default that of its name) and the programs, the tools that
// it installs, and steps: commands of the shell, or functions of the project's folder. What the last step prints must be
// what the programs print in Node. `quick` ones run in `npm run consumers` and in `.ci/run`.
import { bundled } from './bundled.mjs';
import { page } from './page.mjs';
import { compilers, readmesWork } from './readmes.mjs';
import { nodeScript, viteWorker } from './templates.mjs';

const everything = ['umbrella', 'images', 'worker'];
const node = (version) => ({
  folder: 'node',
  steps: [
    `node -e "if (parseInt(process.versions.node) !== ${version}) throw new Error(process.version)"`,
    'node entries.mjs',
    'node train.cjs',
    'node umbrella.js && node images.js && node worker.mjs && node files.js && node consoles.js',
  ],
  prints: [...everything, 'files', 'consoles'],
});
const typescript = {
  folder: 'typescript',
  steps: [
    'tsc -p tsconfig.bundler.json',
    'tsc -p tsconfig.nodenext.json',
    'node nodenext/train.js && node nodenext/umbrella.js',
  ],
  prints: ['train', 'umbrella'],
};
/** A bundler builds the programs, and Chromium shows the page. */
const bundler = (name, tools, steps, path, options = {}) => ({
  name,
  tools,
  needs: 'chromium',
  steps: [...steps, page(path, everything.length)],
  prints: everything,
  ...options,
});
/** Nothing but what is needed: WebAssembly and workers of the page's own origin. */
const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

export const consumers = [
  { name: 'node', quick: true, ...node(parseInt(process.versions.node)) },
  { name: 'node-20', ...node(20), tools: { node: '20.19.5' } },
  { name: 'node-22', ...node(22), tools: { node: '22.23.3' } },
  { name: 'node-24', ...node(24), tools: { node: '24.9.0' } },
  { name: 'typescript', quick: true, ...typescript, tools: { typescript: '6.0.3' } },
  { name: 'typescript-5.9', ...typescript, tools: { typescript: '5.9.3' } },
  { name: 'typescript-7', ...typescript, tools: { typescript: '7.0.2' } },
  bundler('vite', { vite: '8.4.0' }, ['vite build --target es2022 --logLevel warn'], 'dist', { quick: true }),
  { name: 'template-node-script', quick: true, steps: [nodeScript], prints: [] },
  { name: 'template-vite-worker', quick: true, needs: 'chromium', steps: [viteWorker], prints: [] },
  bundler('esbuild', { esbuild: '0.28.2' }, ['node build.mjs', bundled], 'dist', { quick: true }),
  bundler('rollup', { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' }, ['rollup -c', bundled], 'dist'),
  bundler('webpack', { webpack: '5.113.0', 'webpack-cli': '7.3.1' }, ['webpack'], '.'),
  bundler('rspack', { '@rspack/core': '2.3.4', '@rspack/cli': '2.2.8' }, ['rspack build'], '.'),
  bundler('parcel', { parcel: '2.16.4' }, ['parcel build index.html --no-cache'], 'dist'),
  {
    name: 'next',
    needs: 'chromium',
    tools: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    // The server component's program prints while the page is built.
    steps: [`next build > built.txt && grep '"backend":"wasm"' built.txt`, page('out', 1)],
    prints: ['worker'],
  },
  {
    name: 'deno',
    tools: { deno: '2.9.6' },
    steps: ['deno run --allow-all umbrella.ts && deno run --allow-all consoles.js'],
    prints: ['umbrella', 'consoles'],
  },
  {
    name: 'bun',
    tools: { bun: '1.4.5' },
    steps: ['bun run umbrella.ts && bun run consoles.js'],
    prints: ['umbrella', 'consoles'],
  },
  { name: 'vitest', tools: { vitest: '5.1.2' }, steps: ['vitest run'], prints: [] },
  {
    name: 'jest',
    tools: { jest: '30.5.2' },
    steps: ['node --experimental-vm-modules node_modules/jest/bin/jest.js'],
    prints: [],
  },
  {
    name: 'jest-cjs',
    type: 'commonjs',
    tools: { jest: '30.5.2', '@swc/core': '1.16.22', '@swc/jest': '0.2.39' },
    steps: ['jest'],
    prints: [],
  },
  {
    name: 'import-map',
    needs: 'chromium',
    steps: ['node map.mjs', page('.', 2, { path: 'map.html' })],
    prints: ['umbrella', 'images'],
  },
  {
    name: 'cdn',
    needs: 'chromium',
    steps: ['node cdn.mjs', page('site', 2)],
    prints: ['umbrella', 'worker'],
  },
  {
    name: 'readmes',
    tools: { pnpm: '10.34.9', ...compilers },
    steps: [readmesWork],
    prints: [],
  },
  {
    name: 'csp',
    needs: 'chromium',
    tools: { esbuild: '0.28.2' },
    steps: [
      'node build.mjs',
      page('dist', 1, { path: 'threads.html', headers: { 'content-security-policy': strict, ...isolated } }),
      page('dist', everything.length, { headers: { 'content-security-policy': strict } }),
    ],
    prints: everything,
  },
  {
    name: 'firefox',
    folder: 'esbuild',
    needs: 'firefox',
    tools: { esbuild: '0.28.2', 'puppeteer-core': '24.8.2' },
    steps: ['node build.mjs', page('dist', everything.length, { browser: 'firefox' })],
    prints: everything,
  },
];
