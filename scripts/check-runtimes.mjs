// npm run runtimes -- Deno Bun: the umbrella trains on other runtimes, and their consoles show objects as that of Node does.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = ['umbrella', 'consoles'].map((name) => join('scripts', 'consumers', `${name}.ts`));
const runTs = 'import { runTs } from "./scripts/run-ts.mjs"; await runTs(process.argv[1], []);';

/** How each runtime starts a program in TypeScript. */
const runtimes = {
  Node: (program) => [process.execPath, '--input-type=module', '--eval', runTs, join(root, program)],
  Deno: (program) => ['deno', 'run', '--allow-all', program],
  Bun: (program) => ['bun', 'run', program],
};

/** What a program prints on a runtime. */
function outputOf(name, program) {
  const [command, ...args] = runtimes[name](program);
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`${name}: ${error?.message ?? stderr}`);
  return stdout.trim();
}

const names = process.argv.length > 2 ? process.argv.slice(2) : ['Deno', 'Bun'];
const unknown = names.find((name) => !Object.hasOwn(runtimes, name));
if (unknown) throw new Error(`runtimes: a runtime must be one of ${Object.keys(runtimes).join(', ')}, got ${unknown}`);
for (const program of programs) {
  const expected = outputOf('Node', program);
  for (const name of names) {
    const output = outputOf(name, program);
    if (output !== expected) throw new Error(`${name} must print what Node prints, ${expected}, got ${output}`);
    console.log(`ok  ${name} prints of ${program} what Node prints: ${output.split('\n').at(-1)}`);
  }
}
