import { OptionError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { help, type Options, parseOptions } from './options.ts';
import { selectTasks, tasks } from './workloads.ts';

function options(...args: string[]): Options {
  const parsed = parseOptions(args, 2);
  if (parsed === 'help' || 'markdown' in parsed) throw new Error('no options');
  return parsed;
}

const names = (...args: string[]): string[] => options(...args).tasks.map(({ name }) => name);

describe('parseOptions of the benchmark', () => {
  test('measures everything when told nothing', () => {
    expect(options()).toEqual({
      tasks,
      peers: ['torch', 'tfjs-wasm', 'tfjs-cpu', 'jax-js', 'onnxruntime'],
      threads: [1, 2],
      steps: 20,
      rounds: 3,
      budgetMs: 30_000,
      backend: 'wasm',
      check: true,
      json: undefined,
    });
  });

  test('takes workloads by name, or by what their names begin with, in the order of the list', () => {
    expect(names('W3', 'w1')).toEqual(['W1', 'W3']);
    expect(names('W3-forward', 'matmul')).toEqual([
      'W3-forward-1',
      'W3-forward-256',
      'matmul-256',
      'matmul-512',
      'matmul-1024',
    ]);
    expect(names('compile')).toHaveLength(7);
    expect(() => selectTasks(['W33'])).toThrow('bench: workload must be one of W1, W2,');
  });

  test('reads the other options', () => {
    const { peers, threads, steps, rounds, budgetMs, backend, check, json } = options(
      'W1',
      '--peers',
      'jax-js, torch',
      '--threads',
      '2,1,2',
      '--steps',
      '7',
      '--rounds=1',
      '--budget',
      '5',
      '--backend',
      'reference',
      '--no-check',
      '--json',
      'out.json',
    );
    expect({ peers, threads, steps, rounds, budgetMs, backend, check, json }).toEqual({
      peers: ['jax-js', 'torch'],
      threads: [2, 1],
      steps: 7,
      rounds: 1,
      budgetMs: 5000,
      backend: 'reference',
      check: false,
      json: 'out.json',
    });
    expect(options('--peers', '').peers).toEqual([]);
    expect(parseOptions(['--markdown', 'out.json'])).toEqual({ markdown: 'out.json' });
    expect(parseOptions(['W1', '-h'])).toBe('help');
  });

  test('takes one thread on a machine of one core', () => {
    expect((parseOptions([], 1) as Options).threads).toEqual([1]);
  });

  test.each([
    '--peers',
    '--threads',
    '--steps',
    '--rounds',
    '--budget',
    '--backend',
    '--json',
    '--markdown',
    '--no-check',
    '--help',
  ])('the help text tells of %s', (option) => {
    expect(help).toMatch(new RegExp(`^  ${option}\\b`, 'm'));
  });

  test.each([
    [['--peers', 'keras'], 'bench: `--peers` must be of torch, tfjs-wasm, tfjs-cpu, jax-js, onnxruntime, got "keras"'],
    [['--threads', '0'], 'bench: `--threads` must be an integer of at least 1, got "0"'],
    [['--steps', 'many'], 'bench: `--steps` must be an integer of at least 1, got "many"'],
    [['--colour'], 'bench: '],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
    expect(() => parseOptions(args)).toThrow(OptionError);
  });
});
