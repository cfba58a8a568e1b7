import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ChainruleError, OptionError } from '@chainrule/errors';
import { openBackend } from '../openBackend.ts';
import { writeWhole } from '../report.ts';
import type { Options } from '../task.ts';
import { experiments } from './experiments.ts';
import { pageWith } from './page.ts';
import { choose, reproduce } from './reproduce.ts';

const help = `Trains the models of teaching material, and compares the figures.

usage: npm run reproduce -- [NAME…] [options]

experiments
${experiments.map(({ name, rows }) => `  ${name.padEnd(14)}  ${rows.length} figures`).join('\n')}

Without a name, runs all, which takes about an hour on two cores. The page keeps the sections of the others.

options
  --data-dir DIR   folder with the files of the data sets; without it, they are downloaded, checked and kept
  --mirror URL     download from this folder, in place of the usual addresses
  --seeds N        trains each model N times (default: 3)
  --threads N      threads of WebAssembly (default: one per core, at most 8); results do not depend on it
  --epochs N       at most N epochs,
  --limit N        the first N training samples, and
  --only TEXT      only figures whose names contain the text, to try an experiment
  --out FILE       the page (default: docs/results.md; a trial is only printed)
  --json FILE      write the figures of all seeds to this file
  --help           show this text
`;

process.on('SIGINT', () => setImmediate(() => process.exit(130)));

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ChainruleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  if (values.help) return console.log(help);
  const known = experiments.map(({ name }) => name);
  const seeds = whole('seeds', values.seeds, 1) ?? 3;
  // Figures of a trial do not belong on the page.
  const isTrial = [values.limit, values.epochs, values.only].some((value) => value !== undefined);
  const out = values.out ?? (isTrial ? undefined : 'docs/results.md');
  const options: Options = {
    dataset: undefined,
    dataDir: values['data-dir'],
    mirror: values.mirror,
    limit: whole('limit', values.limit, 1),
    epochs: whole('epochs', values.epochs, 1),
    seed: 1,
    backend: 'wasm',
    threads: whole('threads', values.threads, 1),
    plots: 'plots',
    json: values.json,
  };
  const chosen = choose(experiments, positionals, values.only);
  const opened = await openBackend(options);
  const sections: Record<string, string> = {};
  try {
    const results = await reproduce(
      chosen,
      { options, seeds, backend: opened.backend, on: opened.label, only: values.only },
      (name, section) => {
        if (out === undefined) return console.log(`\n${section}`);
        sections[name] = section;
        writeWhole('--out', out, pageWith(readPage(out), sections, known), 'reproduce');
        console.log(`written to ${out}`);
      },
    );
    if (values.json !== undefined)
      writeWhole('--json', values.json, `${JSON.stringify(results, null, 2)}\n`, 'reproduce');
  } finally {
    opened.close();
  }
}

function readPage(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-dir': text,
        mirror: text,
        seeds: text,
        threads: text,
        epochs: text,
        limit: text,
        only: text,
        out: text,
        json: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(`reproduce: ${(error as Error).message}; see npm run reproduce -- --help`);
  }
}

function whole(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new OptionError(
    `reproduce: \`--${name}\` must be an integer of at least ${least}, got ${JSON.stringify(text)}`,
  );
}
