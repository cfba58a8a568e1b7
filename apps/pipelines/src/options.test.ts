import { OptionError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { dataSetOf, helpOf, parseOptions } from './options.ts';
import type { Options, Task } from './task.ts';
import { testOptions } from '../testing/runOnce.ts';

const run = (): never => {
  throw new Error('not run');
};
const cnn: Task = {
  pipeline: 'cnn',
  name: 'classify',
  main: true,
  about: 'a net',
  dataSets: ['digits', 'mnist', 'fashion-mnist'],
  run,
};
const tabular: Task = {
  pipeline: 'tabular',
  name: 'classify',
  main: true,
  about: 'a unit',
  dataSets: ['blobs', 'breast-cancer'],
  filesOnly: ['breast-cancer'],
  run,
};
const airline: Task = {
  pipeline: 'rnn',
  name: 'airline',
  main: true,
  about: 'passengers',
  dataSets: ['growth', 'airline'],
  run,
};
const names: Task = { pipeline: 'rnn', name: 'names', about: 'letters', dataSets: ['syllables'], run };
const tasks: readonly Task[] = [cnn, tabular, airline, names];

function options(...args: string[]): Options {
  const parsed = parseOptions(args, tasks);
  if (parsed === 'help') throw new Error('help');
  return parsed.options;
}

const defaults: Options = { ...testOptions, plots: 'plots', threads: undefined };

describe('parseOptions', () => {
  test('selects the main tasks of the main pipelines by default, the main or all tasks of a pipeline, or one task', () => {
    expect(parseOptions([], tasks)).toEqual({ name: 'main', tasks: [cnn, airline], options: defaults });
    expect(parseOptions(['cnn'], tasks)).toEqual({ name: 'cnn', tasks: [cnn], options: defaults });
    expect(parseOptions(['rnn'], tasks)).toEqual({ name: 'rnn', tasks: [airline], options: defaults });
    expect(parseOptions(['rnn', 'all'], tasks)).toEqual({
      name: 'rnn all',
      tasks: [airline, names],
      options: defaults,
    });
    expect(parseOptions(['rnn', 'airline'], tasks)).toEqual({
      name: 'rnn airline',
      tasks: [airline],
      options: defaults,
    });
  });

  test.each([
    [['cnn', '--dataset', 'digits'], { dataset: 'digits' }],
    [['--dataset', 'mnist', 'cnn'], { dataset: 'mnist' }],
    [['--mirror', 'http://localhost/'], { mirror: 'http://localhost/' }],
    [['--dataset', 'mnist', '--data-dir', '/data', 'cnn'], { dataset: 'mnist', dataDir: '/data' }],
    [['--limit', '200'], { limit: 200 }],
    [['--epochs', '0'], { epochs: 0 }],
    [['--seed=7'], { seed: 7 }],
    [['--backend', 'reference'], { backend: 'reference' }],
    [['--threads', '2'], { threads: 2 }],
    [['--plots', 'pictures'], { plots: 'pictures' }],
    [['--json', 'out.json'], { json: 'out.json' }],
    [['--limit', '10', 'cnn', '--epochs=2'], { limit: 10, epochs: 2 }],
  ])('reads %j', (args, expected) => {
    expect(options(...args)).toEqual({ ...defaults, ...expected });
  });

  test('selects generated data by default, and real data if a folder is given', () => {
    const sets = (task: Task): string[] => [
      dataSetOf(task, defaults),
      dataSetOf(task, { ...defaults, dataDir: '/data' }),
    ];
    expect([sets(cnn), sets(tabular), sets(names)]).toEqual([
      ['digits', 'mnist'],
      ['blobs', 'breast-cancer'],
      ['syllables', 'syllables'],
    ]);
  });

  test('accepts both names of help, with any other arguments', () => {
    const asked = [['--help'], ['-h'], ['cnn', '--limit', 'x', '--help']];
    expect(asked.map((args) => parseOptions(args, tasks))).toEqual(['help', 'help', 'help']);
  });

  test.each([
    '--dataset',
    '--data-dir',
    '--mirror',
    '--limit',
    '--epochs',
    '--seed',
    '--backend',
    '--threads',
    '--plots',
    '--json',
    '--help',
  ])('the help text mentions %s', (option) => {
    expect(helpOf(tasks)).toMatch(new RegExp(`^  ${option}\\b`, 'm'));
  });

  test.each([
    [['gan'], 'start: pipeline must be cnn, tabular, rnn, got "gan"; see npm start -- --help'],
    [['cnn', 'more'], 'start: task of cnn must be all, classify, got "more"'],
    [['rnn', 'weather'], 'start: task of rnn must be all, airline, names, got "weather"'],
    [['rnn', 'airline', 'more'], 'start: expects a pipeline and a task, got also more'],
    [
      ['rnn', 'all', '--dataset', 'airline'],
      'start: `--dataset` needs one task, such as rnn airline; got rnn all, which has 2',
    ],
    [
      ['cnn', '--dataset', 'cifar'],
      'start: `--dataset` of cnn classify must be digits, mnist, fashion-mnist, got "cifar"',
    ],
    [
      ['tabular', '--dataset', 'digits'],
      'start: `--dataset` of tabular classify must be blobs, breast-cancer, got "digits"',
    ],
    [
      ['tabular', '--dataset', 'breast-cancer'],
      'start: `--dataset breast-cancer` needs `--data-dir DIR`, the folder with its files, which are not downloaded',
    ],
    [['--limit', '0'], 'start: `--limit` must be an integer of at least 1, got "0"'],
    [['--limit', '1.5'], 'start: `--limit` must be an integer of at least 1, got "1.5"'],
    [['--limit', ''], 'start: `--limit` must be an integer of at least 1, got ""'],
    [['--limit', '1e99'], 'start: `--limit` must be an integer of at least 1, got "1e99"'],
    [['--epochs', 'many'], 'start: `--epochs` must be an integer of at least 0, got "many"'],
    [['--epochs=-1'], 'start: `--epochs` must be an integer of at least 0, got "-1"'],
    [['--seed', 'NaN'], 'start: `--seed` must be an integer of at least 0, got "NaN"'],
    [['--backend', 'cuda'], 'start: `--backend` must be wasm, reference, got "cuda"'],
    [['--threads', '0'], 'start: `--threads` must be an integer of at least 1, got "0"'],
    [
      ['--backend', 'reference', '--threads', '2'],
      'start: `--threads` needs `--backend wasm`, got 2 for the reference, which has one thread',
    ],
    [['--colour'], 'start: '],
    [['--json'], 'start: '],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args, tasks)).toThrow(message);
    expect(() => parseOptions(args, tasks)).toThrow(OptionError);
  });
});
