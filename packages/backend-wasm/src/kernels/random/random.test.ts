import { type Tensor, tensor } from '@chainrule/tensor';
import { randomNode } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerRandom } from './random.ts';
import { modes } from '../../../testing/modes.ts';
import { captureNode, expectSameBytes, runNode, view } from '../../../testing/node.ts';

const word = fc.integer();
const sizes = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(16383, 16384, 16385, 40000));

describe.each(modes)('random in mode %s', (mode) => {
  test.each(['int32', 'float32'] as const)('draws the %s values of the reference, bit for bit', (dtype) => {
    const cases = fc.tuple(fc.tuple(word, word), fc.tuple(word, word, word), sizes);
    fc.assert(
      fc.property(cases, ([key, counter, size]) => {
        const inputs = [tensor([...key], [2], 'int32'), tensor([...counter], [3], 'int32')];
        const node = captureNode('random', (k: Tensor, c: Tensor) => randomNode(k, c, [size], dtype), inputs);
        const values = inputs.map((t) => t['~values']);
        const expected = node.evaluate(node, values)[0]!;
        expectSameBytes(view(runNode(node, lowerRandom(node)!, values, mode)[0]!, expected), expected);
      }),
      { numRuns: 15 },
    );
  });

  test('draws blocks with counters of their own', () => {
    fc.assert(
      fc.property(
        fc.tuple(word, word),
        fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(4100)),
        word,
        (key, blocks, at) => {
          const counters = tensor(
            Array.from({ length: 4 * blocks }, (_, i) => (at + i * 77) | 0),
            [blocks, 4],
            'int32',
          );
          const inputs = [tensor([...key], [2], 'int32'), counters];
          const node = captureNode(
            'random',
            (k: Tensor, c: Tensor) => randomNode(k, c, [4 * blocks], 'float32'),
            inputs,
          );
          const values = inputs.map((t) => t['~values']);
          const expected = node.evaluate(node, values)[0]!;
          expectSameBytes(view(runNode(node, lowerRandom(node)!, values, mode)[0]!, expected), expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('does not lower float64', () => {
    const inputs = [tensor([1, 2], [2], 'int32'), tensor([1, 2, 3], [3], 'int32')];
    expect(
      lowerRandom(captureNode('random', (k: Tensor, c: Tensor) => randomNode(k, c, [2], 'float64'), inputs)),
    ).toBeUndefined();
  });
});
