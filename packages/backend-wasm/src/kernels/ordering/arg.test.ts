import { argmax, argmin, Tensor } from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerArg } from './arg.ts';
import { captureNode, runNode } from '../../../testing/node.ts';
import type { Mode } from '../../../testing/kernel.ts';

const special = [NaN, Infinity, -Infinity, 0, -0, 1];

describe.each<Mode>(['simd', 'relaxed', 'scalar'])('argmax and argmin in mode %s', (mode) => {
  test.each<[string, typeof argmax]>([
    ['argmax', argmax],
    ['argmin', argmin],
  ])('%s is the reference’s, with ties, infinities and NaN', (_, op) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 11 }),
        fc.nat(2),
        fc.nat(),
        (a, b, c, axis, seed) => {
          const x = new Tensor(
            [a, b, c],
            'float32',
            Float32Array.from({ length: a * b * c }, (_unused, i) => {
              const draw = (i * 2654435761 + seed * 40503) % 97;
              return draw < 12 ? special[draw % special.length]! : (draw % 7) - 3;
            }),
          );
          const node = captureNode('reduce', () => op(x, { axis }) as Tensor, [x]);
          const [out] = runNode(node, lowerArg(node)!, [x.data], mode);
          expect([...new Int32Array(out!)]).toEqual([...(op(x, { axis }) as Tensor).data]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
