import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';
import { libraries, type Peer } from './job.ts';
import { selectTasks, type Task, tasks } from './workloads.ts';

/** Options of the command line. */
export interface Options {
  readonly tasks: readonly Task[];
  readonly peers: readonly Peer[];
  /** The numbers of threads with which each library that has threads is measured. */
  readonly threads: readonly number[];
  readonly steps: number;
  readonly rounds: number;
  readonly budgetMs: number;
  readonly backend: string;
  readonly check: boolean;
  readonly json: string | undefined;
}

/** Prints the tables of an earlier run. */
export interface MarkdownOptions {
  readonly markdown: string;
}

const allPeers = libraries.filter((name): name is Peer => name !== 'chainrule');

export const help: string = `Chainrule: times this library and its peers, in turn, each in a process of its own.

usage: npm run bench -- [workloads] [options]

workloads (by default all)
${tasks.map(({ name, title }) => `  ${name.padEnd(16)}${title}`).join('\n')}
  W3-forward or matmul alone mean all that begin so

options
  --peers NAMES     of ${allPeers.join(', ')}; by default all, none with --peers ''
  --threads LIST    numbers of threads to try, such as 1,2 (the default, as far as there are cores)
  --steps N         timed steps of each process (default: 20)
  --rounds N        how often each library has its turn (default: 3)
  --budget SECONDS  after which a process ends early (default: 30); too slow a library then has one round only
  --backend NAME    of this library: wasm (the default), wasm-plain (without relaxed SIMD), wasm-reproducible or reference
  --json FILE       write the results there
  --markdown FILE   print the tables of such a file, and measure nothing
  --no-check        do not compare the losses first
  --help            show this text
`;

/** Parses the options; returns 'help' if they ask for it. */
export function parseOptions(
  args: readonly string[],
  cores: number = availableParallelism(),
): Options | MarkdownOptions | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  if (values.markdown !== undefined) return { markdown: values.markdown };
  return {
    tasks: selectTasks(positionals),
    peers: values.peers === undefined ? allPeers : list(values.peers).map(peerOf),
    threads:
      values.threads === undefined
        ? [1, 2].filter((n) => n <= cores)
        : list(values.threads).map((n) => integer('threads', n)),
    steps: integer('steps', values.steps ?? '20'),
    rounds: integer('rounds', values.rounds ?? '3'),
    budgetMs: 1000 * integer('budget', values.budget ?? '30'),
    backend: values.backend ?? 'wasm',
    check: !values['no-check'],
    json: values.json,
  };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        peers: text,
        threads: text,
        steps: text,
        rounds: text,
        budget: text,
        backend: text,
        json: text,
        markdown: text,
        'no-check': flag,
        help: { ...flag, short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(`bench: ${(error as Error).message}; see npm run bench -- --help`);
  }
}

const list = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

function peerOf(name: string): Peer {
  const found = allPeers.find((peer) => peer === name);
  if (!found)
    throw new OptionError(`bench: \`--peers\` must be of ${allPeers.join(', ')}, got ${JSON.stringify(name)}`);
  return found;
}

function integer(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < 1)
    throw new OptionError(`bench: \`--${name}\` must be an integer of at least 1, got ${JSON.stringify(text)}`);
  return value;
}
