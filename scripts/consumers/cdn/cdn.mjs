// The page without a bundler: its scripts and the worker's file import the one-file build from a CDN.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const url = 'https://cdn.jsdelivr.net/npm/chainrule/dist/chainrule.min.js';
mkdirSync('site');
for (const file of ['umbrella.js', 'page.js', 'training.js']) {
  const code = readFileSync(file, 'utf8');
  if (!code.includes('from "chainrule"')) throw new Error(`${file} must import chainrule`);
  writeFileSync(`site/${file}`, code.replace('from "chainrule"', `from "${url}"`));
}
writeFileSync('site/index.html', readFileSync('index.html', 'utf8').replace(/.*images[.]js.*\n/, ''));
