// Installs the packed packages into projects as users have them, and builds and runs programs there. Expects `dist` to be
// built. `npm run consumers` checks the quick ones, `-- --all` all of them, and `-- NAME …` some; `--keep` keeps the projects.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missing } from './consumers/page.mjs';
import { copyFiles, install, run } from './consumers/project.mjs';
import { expected, linesOf } from './consumers/programs.mjs';
import { consumers } from './consumers/table.mjs';
import { packAll, publicPackages } from './pack.mjs';

const { values, positionals: names } = parseArgs({
  options: { all: { type: 'boolean' }, keep: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = names.find((name) => !consumers.some((consumer) => consumer.name === name));
if (unknown)
  throw new Error(`consumers: a name must be one of ${consumers.map(({ name }) => name).join(', ')}, got ${unknown}`);
const chosen = consumers.filter(({ name, quick }) => values.all || (names.length ? names.includes(name) : quick));

// TypeScript resolves links, so the projects are where they are.
const home = mkdtempSync(join(realpathSync(tmpdir()), 'chainrule-consumers-'));
const packed = join(home, 'packed');

/** Runs the steps of a consumer; its last step must print what the programs print in Node. */
async function check({ name, folder = name, tools, type, steps, prints }) {
  const project = join(home, name);
  await copyFiles(project, folder);
  await install(project, packed, { tools, type });
  let output = '';
  for (const step of steps) output = await (typeof step === 'string' ? run(project, step) : step(project));
  if (!prints.length) return;
  const [got, want] = [linesOf(output), await expected(project, prints)];
  if (String(got) !== String(want)) throw new Error(`expected\n${want.join('\n')}\ngot\n${output}`);
}

async function report(consumer) {
  const start = performance.now();
  const problem = consumer.needs && missing(consumer.needs);
  if (problem) {
    console.log(`skipped  ${consumer.name}: ${problem}`);
    return 'skipped';
  }
  try {
    await check(consumer);
    console.log(`ok  ${consumer.name}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
    return 'passed';
  } catch (error) {
    console.error(`not ok  ${consumer.name}\n${error.stdout ?? ''}${error.stderr || error.stack}`);
    return 'failed';
  }
}

const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  mkdirSync(packed);
  const tarballs = await packAll(packed);
  if (tarballs.length !== publicPackages.length)
    throw new Error(`${publicPackages.length} packages must be packed, got ${tarballs.join(', ')}`);
  for (const consumer of chosen) counts[await report(consumer)]++;
} finally {
  if (values.keep) console.log(`kept ${home}`);
  else rmSync(home, { recursive: true, force: true });
}
const others = consumers.length - chosen.length;
console.log(
  `consumers: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${others ? `, ${others} not asked for (--all)` : ''}`,
);
process.exitCode = counts.failed ? 1 : 0;
