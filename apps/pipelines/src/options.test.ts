import { OptionError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { help, type Options, parseOptions } from './options.ts';

function options(...args: string[]): Options {
  const parsed = parseOptions(args);
  if (parsed === 'help') throw new Error('help');
  return parsed.options;
}

const defaults: Options = { dataset: 'digits', dataDir: undefined, limit: undefined, epochs: undefined, seed: 1, backend: 'wasm', threads: undefined, json: undefined };

describe('parseOptions', () => {
  test('trains the CNN on drawn digits when told nothing', () => {
    expect(parseOptions([])).toEqual({ pipeline: 'cnn', options: defaults });
    expect(parseOptions(['cnn'])).toEqual({ pipeline: 'cnn', options: defaults });
  });

  test.each([
    [['--dataset', 'digits'], { dataset: 'digits' }],
    [['--dataset', 'mnist', '--data-dir', '/data'], { dataset: 'mnist', dataDir: '/data' }],
    [['--limit', '200'], { limit: 200 }],
    [['--epochs', '0'], { epochs: 0 }],
    [['--seed=7'], { seed: 7 }],
    [['--backend', 'reference'], { backend: 'reference' }],
    [['--threads', '2'], { threads: 2 }],
    [['--json', 'out.json'], { json: 'out.json' }],
    [['--limit', '10', 'cnn', '--epochs=2'], { limit: 10, epochs: 2 }],
  ])('reads %j', (args, expected) => {
    expect(options(...args)).toEqual({ ...defaults, ...expected });
  });

  test('takes the generated set by default, and the real one where a folder is given', () => {
    const sets = (pipeline: string): string[] => [options(pipeline).dataset, options(pipeline, '--data-dir', '/data').dataset];
    expect([sets('cnn'), sets('mlp'), sets('tabular')]).toEqual([['digits', 'mnist'], ['digits', 'fashion-mnist'], ['blobs', 'breast-cancer']]);
  });

  test('asks for help by either name, whatever else is given', () => {
    expect([parseOptions(['--help']), parseOptions(['-h']), parseOptions(['cnn', '--limit', 'x', '--help'])]).toEqual(['help', 'help', 'help']);
  });

  test.each(['--dataset', '--data-dir', '--limit', '--epochs', '--seed', '--backend', '--threads', '--json', '--help'])('the help text tells of %s', (option) => {
    expect(help).toMatch(new RegExp(`^  ${option}\\b`, 'm'));
  });

  test.each([
    [['rnn'], 'start: pipeline must be cnn, mlp, tabular, got "rnn"; see npm start -- --help'],
    [['cnn', 'more'], 'start: expects one pipeline, got also more'],
    [['--dataset', 'cifar'], 'start: `--dataset` of cnn must be digits, mnist, fashion-mnist, got "cifar"'],
    [['tabular', '--dataset', 'digits'], 'start: `--dataset` of tabular must be blobs, breast-cancer, got "digits"'],
    [['--dataset', 'mnist'], 'start: `--dataset mnist` needs `--data-dir DIR`, the folder with its files'],
    [['--limit', '0'], 'start: `--limit` must be an integer of at least 1, got "0"'],
    [['--limit', '1.5'], 'start: `--limit` must be an integer of at least 1, got "1.5"'],
    [['--limit', ''], 'start: `--limit` must be an integer of at least 1, got ""'],
    [['--limit', '1e99'], 'start: `--limit` must be an integer of at least 1, got "1e99"'],
    [['--epochs', 'many'], 'start: `--epochs` must be an integer of at least 0, got "many"'],
    [['--epochs=-1'], 'start: `--epochs` must be an integer of at least 0, got "-1"'],
    [['--seed', 'NaN'], 'start: `--seed` must be an integer of at least 0, got "NaN"'],
    [['--backend', 'cuda'], 'start: `--backend` must be wasm, reference, got "cuda"'],
    [['--threads', '0'], 'start: `--threads` must be an integer of at least 1, got "0"'],
    [['--backend', 'reference', '--threads', '2'], 'start: `--threads` needs `--backend wasm`, got 2 for the reference, which has one thread'],
    [['--colour'], 'start: '],
    [['--json'], 'start: '],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
    expect(() => parseOptions(args)).toThrow(OptionError);
  });
});
