import { wasm } from '@chainrule/backend-wasm';
import { describe, expect, test } from 'vitest';
import { run as runCnn } from './cnn.ts';
import { run as runLstm } from './lstm.ts';
import { trainW3, w3Hash } from './w3.ts';

type Seen = Record<string, number[]>;

/** What must not depend on how sums are rounded. */
const exact = ['masks', 'counter', 'key', 'step', 'learningRate'];

/**
 * Batch normalization cancels the bias before it, so the gradient of this bias is only rounding noise. Adam scales noise to
 * full steps. The moving mean follows the bias.
 */
const noise = ['conv2d/bias', 'batchNormalization/movingMean', 'adam/m/conv2d/bias', 'adam/v/conv2d/bias'];

const one = await wasm({ threads: 1, relaxed: false });
const two = await wasm({ threads: 2, relaxed: false });

/** Adam divides a gradient by its own size: in the first steps rounding decides the sign of those that are nearly 0. */
const tolerance = 2e-3;

function expectClose(actual: Seen, expected: Seen): void {
  for (const [name, values] of Object.entries(expected)) {
    if (exact.includes(name)) expect(actual[name], name).toEqual(values);
    else if (!noise.includes(name))
      values.forEach((value, i) =>
        expect(Math.abs(actual[name]![i]! - value), `${name} ${i}`).toBeLessThan(
          tolerance * Math.max(1, Math.abs(value)),
        ),
      );
  }
}

describe.each<[string, typeof runCnn]>([
  ['gate 1, the CNN', runCnn],
  ['gate 2, the LSTM', runLstm],
])('%s, on WebAssembly', (_, run) => {
  const reference = run({});

  test('leaves the same masks and counters as the reference, and the same values except for rounding', () => {
    expectClose(run({ backend: one }), reference);
    expect(Object.keys(reference).length).toBeGreaterThan(5);
  });

  test('leaves the same bits on one thread and on two', () => {
    expect(run({ backend: two })).toEqual(run({ backend: one }));
  });

  test('joins and simplifies without a difference beyond rounding', () => {
    expectClose(run({ backend: one, fuse: false, simplify: false }), reference);
  });
});

describe('W3, in reproducible mode', () => {
  test.each([1, 2])('has the same weights after 20 steps as everywhere, on %s threads', async (threads) => {
    const { losses, hash } = await trainW3(await wasm({ threads, reproducible: true }));
    expect(hash).toBe(w3Hash);
    expect(losses.at(-1)).toBeLessThan(losses[0]! + 0.1);
  });
});
