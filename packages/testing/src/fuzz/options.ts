import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';
import type { Fuzzer } from './fuzzer.ts';
import { type Mutation, mutations } from './mutations.ts';

/** The options of a run. */
export interface Options {
  readonly fuzzers: readonly Fuzzer[];
  readonly minutes: number;
  readonly seed: number;
  readonly path: string | undefined;
  /** The mutations that fuzzers must find. Undefined for an ordinary search. */
  readonly prove: readonly Mutation[] | undefined;
}

/** The text of `--help`. */
export function helpOf(fuzzers: readonly Fuzzer[]): string {
  const width = Math.max(0, ...fuzzers.map(({ name }) => name.length));
  return `Tries random inputs until one fails, shrinks it, and prints how to repeat it.

usage: npm run fuzz -- [NAME…] [options]
       npm run fuzz -- --prove [MUTATION…] [options]

fuzzers (default: all)
${fuzzers.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('')}
options
  --minutes N   how long to look, in all; the fuzzers share the time evenly (default: 2)
  --seed S      where the random inputs start, an integer from 0 (default: drawn, and printed)
  --path P      only the input at this path, as a failure prints it; with one NAME and --seed
  --prove       take the fixes of known faults out, one after the other, and look whether the fuzzers find them
                (--minutes: for each fault and seed; --seed: the first of three; default: 1 minute, seed 1)
  --help        show this text

exit code: 0 when every fuzzer passes, else 1. 2 for a wrong call.
`;
}

/**
 * Parses the options of a call; returns 'help' if they ask for it.
 *
 * @throws OptionError for an invalid call
 */
export function parseOptions(all: readonly Fuzzer[], args: readonly string[]): Options | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  if (values.prove) {
    const prove = positionals.length > 0 ? positionals.map((name) => named('mutations', mutations, name)) : mutations;
    return {
      fuzzers: all,
      minutes: minutesOf(values.minutes ?? '1'),
      seed: seedOf(values.seed ?? '1'),
      path: undefined,
      prove,
    };
  }
  const fuzzers = positionals.length > 0 ? positionals.map((name) => named('fuzzers', all, name)) : all;
  if (values.path !== undefined && (positionals.length !== 1 || values.seed === undefined)) {
    throw new OptionError(`fuzz: \`--path\` repeats one input; give one NAME and \`--seed\` too`);
  }
  return {
    fuzzers,
    minutes: minutesOf(values.minutes),
    seed: seedOf(values.seed),
    path: values.path,
    prove: undefined,
  };
}

const seeHelp = 'see npm run fuzz -- --help';

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        minutes: text,
        seed: text,
        path: text,
        prove: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(`fuzz: ${(error as Error).message}; ${seeHelp}`);
  }
}

function named<T extends { readonly name: string }>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (!found)
    throw new OptionError(
      `fuzz: expects names of ${kind}, got ${JSON.stringify(name)}; there are ${all.map((one) => one.name).join(', ')}`,
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
