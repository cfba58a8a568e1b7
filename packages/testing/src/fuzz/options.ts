import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';
import type { Fuzzer } from './fuzzer.ts';

/** What a run can be told. */
export interface Options {
  readonly fuzzers: readonly Fuzzer[];
  readonly minutes: number;
  readonly seed: number;
  readonly path: string | undefined;
}

/** The text of `--help`. */
export function helpOf(fuzzers: readonly Fuzzer[]): string {
  const width = Math.max(0, ...fuzzers.map(({ name }) => name.length));
  return `Tries random inputs until one fails, shrinks it, and prints how to repeat it.

usage: npm run fuzz -- [NAME…] [options]

fuzzers (default: all)
${fuzzers.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('')}
options
  --minutes N   how long to look, in all; the fuzzers share the time evenly (default: 2)
  --seed S      where the random inputs start, an integer from 0 (default: drawn, and printed)
  --path P      only the input at this path, as a failure prints it; with one NAME and --seed
  --help        show this text

exit code: 0 when every fuzzer passes, else 1. 2 for a wrong call.
`;
}

/**
 * The options of a call, or 'help'.
 *
 * @throws OptionError for a call that is wrong
 */
export function parseOptions(all: readonly Fuzzer[], args: readonly string[]): Options | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  const fuzzers = positionals.length > 0 ? positionals.map((name) => named(all, name)) : all;
  if (values.path !== undefined && (positionals.length !== 1 || values.seed === undefined)) {
    throw new OptionError(`fuzz: \`--path\` repeats one input; give one NAME and \`--seed\` too`);
  }
  return { fuzzers, minutes: minutesOf(values.minutes), seed: seedOf(values.seed), path: values.path };
}

const seeHelp = 'see npm run fuzz -- --help';

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { minutes: text, seed: text, path: text, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new OptionError(`fuzz: ${(error as Error).message}; ${seeHelp}`);
  }
}

function named(all: readonly Fuzzer[], name: string): Fuzzer {
  const found = all.find((fuzzer) => fuzzer.name === name);
  if (!found)
    throw new OptionError(
      `fuzz: expects names of fuzzers, got ${JSON.stringify(name)}; there are ${all.map((fuzzer) => fuzzer.name).join(', ')}`,
    );
  return found;
}

function minutesOf(text = '2'): number {
  const value = Number(text);
  if (!(value > 0) || value > 1e5)
    throw new OptionError(`fuzz: \`--minutes\` must be a positive number, got ${JSON.stringify(text)}`);
  return value;
}

/** fast-check's seeds are int32. */
function seedOf(text?: string): number {
  if (text === undefined) return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d+$/.test(text) || Number(text) >= 2 ** 31)
    throw new OptionError(`fuzz: \`--seed\` must be an integer from 0 to ${2 ** 31 - 1}, got ${JSON.stringify(text)}`);
  return Number(text);
}
