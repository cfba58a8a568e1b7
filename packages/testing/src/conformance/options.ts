import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';

/** The options of a run. */
export interface Options {
  readonly folder: string;
  readonly backend: string;
  readonly threads: number;
  readonly json: string | undefined;
  /** The list of cases that must pass; '' for the folder's own. */
  readonly expect: string | undefined;
  /** Whether to replace the list. */
  readonly update: boolean;
}

export const help = `Runs golden cases, operations with known results, through Chainrule.

usage: npm run conformance -- FOLDER [options]

Reads every *.json of FOLDER, in format golden-cases/1; packages/testing/golden/README.md describes it.
Prints a table by operation, the failures, and alone on the last line: N passed, N failed.
An operation or attribute that does not exist yet is a failure, and so is a file that cannot be read.

options
  --backend NAME        where cases run: reference (the default) or wasm
  --threads N           of a backend that has threads (default: 1)
  --json FILE           write the result of every case there
  --expect [LIST]       compare with a list of the cases that must pass (default: FOLDER/expected/passing.json)
  --update              write that list anew from this run
  --help                show this text

exit code: 0 when every case passes, or, with --expect, exactly those that the list names; else 1. 2 for a wrong call.
`;

/**
 * Parses the options of a call; returns 'help' if they ask for it.
 *
 * @throws OptionError for an invalid call
 */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0)
    throw new OptionError(`conformance: expects one folder, got ${positionals.length}; ${seeHelp}`);
  const { backend = 'reference', json, update = false } = values;
  const expect = values.expect ?? (update ? '' : undefined);
  return { folder, backend, threads: threadsOf(values.threads), json, expect, update };
}

const seeHelp = 'see npm run conformance -- --help';

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: args.map((arg, i) => (arg === '--expect' && (args[i + 1] ?? '-').startsWith('-') ? '--expect=' : arg)),
      allowPositionals: true,
      options: {
        backend: text,
        threads: text,
        json: text,
        expect: text,
        update: flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(`conformance: ${(error as Error).message}; ${seeHelp}`);
  }
}

function threadsOf(text = '1'): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new OptionError(`conformance: \`--threads\` must be an integer of at least 1, got ${JSON.stringify(text)}`);
  }
  return value;
}
