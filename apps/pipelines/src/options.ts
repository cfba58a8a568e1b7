import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';

export type Pipeline = 'cnn' | 'mlp' | 'tabular';
type DataSet = 'digits' | 'mnist' | 'fashion-mnist' | 'blobs' | 'breast-cancer';

export type BackendName = 'wasm' | 'reference';

const backends: readonly BackendName[] = ['wasm', 'reference'];

/** For each pipeline the data sets that it takes: the generated one first, then the one that `--data-dir` alone means. */
const dataSets: Record<Pipeline, readonly DataSet[]> = {
  cnn: ['digits', 'mnist', 'fashion-mnist'],
  mlp: ['digits', 'fashion-mnist', 'mnist'],
  tabular: ['blobs', 'breast-cancer'],
};

/** What a run can be told. */
export interface Options {
  readonly dataset: DataSet;
  readonly dataDir: string | undefined;
  readonly limit: number | undefined;
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly backend: BackendName;
  readonly threads: number | undefined;
  readonly json: string | undefined;
}

export const help = `Chainrule: trains example pipelines in this terminal.

usage: npm start -- [pipeline] [options]

pipelines
  cnn                   a convolutional net that reads digits (the default); digits, mnist, fashion-mnist
  mlp                   a multilayer perceptron 784-300-100-10; digits, fashion-mnist, mnist
  tabular               one unit on a table of numbers; blobs, breast-cancer

options
  --dataset NAME        the first of the pipeline's sets is generated; with --data-dir alone, the second is meant
  --data-dir DIR        where the set's files are, plain or gzipped; or a folder that has them in a subfolder of the
                        set's name (mnist, fashion-mnist, tabular)
  --limit N             train on the first N samples (default: 6000 drawn digits; all of a real set)
  --epochs N            times that the training samples are gone through (default: cnn 3, mlp 5, tabular 10)
  --seed N              of everything random (default: 1); the same seed gives the same result
  --backend NAME        where the steps run: wasm (WebAssembly, the default) or reference (plain JavaScript, slow)
  --threads N           that share the work on wasm (default: one for each core, at most 8); the result is the same
  --json FILE           write the result there
  --help                show this text
`;

/** The pipeline's name and options, or 'help'. */
export function parseOptions(args: readonly string[]): { pipeline: Pipeline; options: Options } | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  const [name = 'cnn', ...rest] = positionals;
  if (!Object.hasOwn(dataSets, name)) throw new OptionError(`start: pipeline must be ${Object.keys(dataSets).join(', ')}, got ${JSON.stringify(name)}; see npm start -- --help`);
  if (rest.length > 0) throw new OptionError(`start: expects one pipeline, got also ${rest.join(' ')}`);
  const pipeline = name as Pipeline;
  const dataDir = values['data-dir'];
  return {
    pipeline,
    options: {
      dataset: dataSetOf(pipeline, values.dataset, dataDir),
      dataDir,
      limit: integer('limit', values.limit, 1),
      epochs: integer('epochs', values.epochs, 0),
      seed: integer('seed', values.seed, 0) ?? 1,
      ...backendOptions(values.backend, values.threads),
      json: values.json,
    },
  };
}

function dataSetOf(pipeline: Pipeline, given: string | undefined, dataDir: string | undefined): DataSet {
  const known = dataSets[pipeline];
  const dataset = given ?? known[dataDir === undefined ? 0 : 1]!;
  const found = known.find((set) => set === dataset);
  if (!found) throw new OptionError(`start: \`--dataset\` of ${pipeline} must be ${known.join(', ')}, got ${JSON.stringify(dataset)}`);
  if (found !== known[0] && dataDir === undefined) throw new OptionError(`start: \`--dataset ${found}\` needs \`--data-dir DIR\`, the folder with its files`);
  return found;
}

function backendOptions(given: string | undefined, count: string | undefined): Pick<Options, 'backend' | 'threads'> {
  const backend = backends.find((name) => name === (given ?? backends[0]));
  if (!backend) throw new OptionError(`start: \`--backend\` must be ${backends.join(', ')}, got ${JSON.stringify(given)}`);
  const threads = integer('threads', count, 1);
  if (threads !== undefined && backend === 'reference') throw new OptionError(`start: \`--threads\` needs \`--backend wasm\`, got ${threads} for the reference, which has one thread`);
  return { backend, threads };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { dataset: text, 'data-dir': text, limit: text, epochs: text, seed: text, backend: text, threads: text, json: text, help: { type: 'boolean', short: 'h' } },
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
