import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';
import { type BackendName, type Options, type Pipeline, type Task, taskName } from './task.ts';

const backends: readonly BackendName[] = ['wasm', 'reference'];

/** The tasks to run, with their options. */
export interface Selection {
  /** The name of the selection: `main`, a pipeline such as `rnn` or `rnn all`, or a task. */
  readonly name: string;
  readonly tasks: readonly Task[];
  readonly options: Options;
}

/** The pipelines whose main tasks run by default. */
const byDefault: readonly Pipeline[] = ['cnn', 'rnn', 'nlp'];

/** The help text, with all tasks. */
export function helpOf(tasks: readonly Task[]): string {
  const lines = tasks.map(
    (task) =>
      `${task.main ? '*' : ' '} ${taskName(task).padEnd(20)}  ${task.about}\n${' '.repeat(24)}data: ${task.dataSets.join(', ')}`,
  );
  return `Chainrule: trains example pipelines in this terminal.

usage: npm start -- [pipeline [task]] [options]

A pipeline alone runs its main tasks, which have a star below; npm start alone runs those of ${byDefault.join(', ')}, on generated
data, which takes about a minute. npm start -- rnn all runs all tasks of rnn. Every task draws its figures here and in
the folder of --plots.

pipelines and tasks
${lines.join('\n')}

options
  --dataset NAME        one of the task's data sets; the first is generated (default: the first, or the second with --data-dir)
  --data-dir DIR        folder with the files of the data set, plain or gzipped, or with subfolders that hold them (mnist,
                        fashion-mnist, cifar-10, images, tabular, timeseries, text, translation, embeddings); without it,
                        data sets are downloaded, checked and kept, except for ${[...new Set(tasks.flatMap(({ filesOnly = [] }) => filesOnly))].join(', ')}
  --mirror URL          download from this folder, in place of the usual addresses
  --limit N             train on the first N samples (default: all samples of files, a few of generated data)
  --epochs N            passes over the training samples (default: depends on the task)
  --seed N              seed of everything random (default: 1); the same seed gives the same result
  --backend NAME        wasm (WebAssembly, the default) or reference (plain JavaScript, slow)
  --threads N           threads of wasm (default: one per core, at most 8); the result does not depend on it
  --plots DIR           folder for the plots, as SVG files (default: plots)
  --json FILE           write the report to this file
  --help                show this text
`;
}

/** Parses the arguments. */
export function parseOptions(args: readonly string[], tasks: readonly Task[]): Selection | 'help' {
  const { values, positionals } = readArguments(args);
  if (values.help) return 'help';
  const selected = select(tasks, positionals);
  const [first, second] = selected.tasks;
  if (values.dataset !== undefined && second)
    throw new OptionError(
      `start: \`--dataset\` needs one task, such as ${taskName(first!)}; got ${selected.name}, which has ${selected.tasks.length}`,
    );
  const options: Options = {
    dataset: values.dataset,
    dataDir: values['data-dir'],
    mirror: values.mirror,
    limit: integer('limit', values.limit, 1),
    epochs: integer('epochs', values.epochs, 0),
    seed: integer('seed', values.seed, 0) ?? 1,
    ...backendOptions(values.backend, values.threads),
    plots: values.plots ?? 'plots',
    json: values.json,
  };
  for (const task of selected.tasks) dataSetOf(task, options);
  return { ...selected, options };
}

function select(
  tasks: readonly Task[],
  [pipeline, name, ...rest]: readonly string[],
): { name: string; tasks: readonly Task[] } {
  if (rest.length > 0) throw new OptionError(`start: expects a pipeline and a task, got also ${rest.join(' ')}`);
  const mains = tasks.filter(({ main }) => main);
  if (pipeline === undefined) return { name: 'main', tasks: mains.filter((task) => byDefault.includes(task.pipeline)) };
  const found = tasks.filter((task) => task.pipeline === pipeline);
  const pipelines = [...new Set(tasks.map((task) => task.pipeline))];
  if (found.length === 0)
    throw new OptionError(
      `start: pipeline must be ${pipelines.join(', ')}, got ${JSON.stringify(pipeline)}; see npm start -- --help`,
    );
  if (name === undefined) return { name: pipeline, tasks: found.filter(({ main }) => main) };
  if (name === 'all') return { name: `${pipeline} all`, tasks: found };
  const task = found.find((one) => one.name === name);
  if (task) return { name: taskName(task), tasks: [task] };
  const names = ['all', ...found.map((one) => one.name)];
  throw new OptionError(`start: task of ${pipeline} must be ${names.join(', ')}, got ${JSON.stringify(name)}`);
}

/** The data set for a task. */
export function dataSetOf(task: Task, { dataset: given, dataDir }: Pick<Options, 'dataset' | 'dataDir'>): string {
  const known = task.dataSets;
  const dataset = given ?? known[dataDir === undefined ? 0 : 1] ?? known[0];
  if (!known.includes(dataset))
    throw new OptionError(
      `start: \`--dataset\` of ${taskName(task)} must be ${known.join(', ')}, got ${JSON.stringify(dataset)}`,
    );
  if (task.filesOnly?.includes(dataset) && dataDir === undefined)
    throw new OptionError(
      `start: \`--dataset ${dataset}\` needs \`--data-dir DIR\`, the folder with its files, which are not downloaded`,
    );
  return dataset;
}

function backendOptions(given: string | undefined, count: string | undefined): Pick<Options, 'backend' | 'threads'> {
  const backend = backends.find((name) => name === (given ?? backends[0]));
  if (!backend)
    throw new OptionError(`start: \`--backend\` must be ${backends.join(', ')}, got ${JSON.stringify(given)}`);
  const threads = integer('threads', count, 1);
  if (threads !== undefined && backend === 'reference')
    throw new OptionError(
      `start: \`--threads\` needs \`--backend wasm\`, got ${threads} for the reference, which has one thread`,
    );
  return { backend, threads };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        dataset: text,
        'data-dir': text,
        mirror: text,
        limit: text,
        epochs: text,
        seed: text,
        backend: text,
        threads: text,
        plots: text,
        json: text,
        help: { type: 'boolean', short: 'h' },
      },
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
