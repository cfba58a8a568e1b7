import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';

/** What a run can be told. */
export interface Options {
  readonly dataset: 'digits' | 'mnist';
  readonly dataDir: string | undefined;
  readonly limit: number | undefined;
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly json: string | undefined;
}

export const help = `Chainrule: trains example pipelines in this terminal.

usage: npm start -- [pipeline] [options]

pipelines
  cnn                   a convolutional net that reads digits (the default)

options
  --dataset NAME        digits (drawn by the program, the default) or mnist
  --data-dir DIR        where mnist's IDX files are, plain or gzipped; or a folder that has them in a subfolder mnist
  --limit N             train on the first N images (default: 6000 drawn digits; all of mnist)
  --epochs N            times that the training images are gone through (default: 3)
  --seed N              of everything random (default: 1); the same seed gives the same result
  --json FILE           write the result there
  --help                show this text
`;

/** The pipeline's name and options, or 'help'. */
export function parseOptions(args: readonly string[]): { pipeline: 'cnn'; options: Options } | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  const [pipeline = 'cnn', ...rest] = positionals;
  if (pipeline !== 'cnn') throw new OptionError(`start: pipeline must be cnn, got ${JSON.stringify(pipeline)}; see npm start -- --help`);
  if (rest.length > 0) throw new OptionError(`start: expects one pipeline, got also ${rest.join(' ')}`);
  const { dataset = 'digits' } = values;
  if (dataset !== 'digits' && dataset !== 'mnist') throw new OptionError(`start: \`--dataset\` must be digits or mnist, got ${JSON.stringify(dataset)}`);
  const dataDir = values['data-dir'];
  if (dataset === 'mnist' && dataDir === undefined) {
    throw new OptionError('start: `--dataset mnist` needs `--data-dir DIR`, a folder with the files train-images-idx3-ubyte.gz and so on');
  }
  return {
    pipeline,
    options: {
      dataset,
      dataDir,
      limit: integer('limit', values.limit, 1),
      epochs: integer('epochs', values.epochs, 0),
      seed: integer('seed', values.seed, 0) ?? 1,
      json: values.json,
    },
  };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { dataset: text, 'data-dir': text, limit: text, epochs: text, seed: text, json: text, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new OptionError(`start: ${(error as Error).message}; see npm start -- --help`);
  }
}

function integer(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
    throw new OptionError(`start: \`--${name}\` must be an integer of at least ${least}, got ${JSON.stringify(text)}`);
  }
  return value;
}
