import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Access, type Buffer, placeBuffers } from './arena.ts';

const buffer = (bytes: number): Buffer => ({ bytes });
const all = (): boolean => true;

describe('placeBuffers', () => {
  test('reuses the memory of buffers after their last use', () => {
    const [a, b, c] = [buffer(1000), buffer(1000), buffer(1000)];
    const { offsets, bytes, sum } = placeBuffers(
      [
        { reads: [], writes: [a] },
        { reads: [a], writes: [b] },
        { reads: [b], writes: [c] },
      ],
      all,
      [c],
    );
    expect(offsets.get(c)).toBe(offsets.get(a));
    expect([bytes, sum]).toEqual([2 * 1088, 3 * 1088]);
  });

  test('keeps arguments from the start and results to the end', () => {
    const [x, a, b] = [buffer(64), buffer(64), buffer(64)];
    const { offsets } = placeBuffers(
      [
        { reads: [], writes: [a] },
        { reads: [a, x], writes: [b] },
      ],
      all,
      [a, b],
      [x],
    );
    expect(new Set(offsets.values()).size).toBe(3);
  });

  test('puts a result where an input dies, if it may', () => {
    const [a, b] = [buffer(64), buffer(64)];
    const steps = (inPlace: Access['inPlace'] & object): Access[] => [
      { reads: [], writes: [a] },
      { reads: [a], writes: [b], inPlace },
    ];
    expect(placeBuffers(steps([[b, a]]), all, [b]).bytes).toBe(128);
    expect(placeBuffers(steps([]), all, [b]).bytes).toBe(256);
    expect(placeBuffers(steps([[b, a]]), all, [a, b]).bytes).toBe(256);
  });

  test('passes over buffers that lie elsewhere', () => {
    const [a, weight] = [buffer(64), buffer(1e6)];
    expect(placeBuffers([{ reads: [weight], writes: [a] }], (b) => b === a, [a]).bytes).toBe(128);
  });

  test('never lets two buffers meet that live at the same time', () => {
    const step = fc.record({
      reads: fc.array(fc.nat(11), { maxLength: 3 }),
      writes: fc.array(fc.nat(11), { minLength: 1, maxLength: 2 }),
      inPlace: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 12, maxLength: 12 }),
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(11), { maxLength: 2 }),
        (sizes, steps, kept) => {
          const buffers = sizes.map(buffer);
          const of = (list: readonly number[]): Buffer[] => [...new Set(list)].map((i) => buffers[i]!);
          const known = new Set<Buffer>();
          const accesses = steps.map(({ reads, writes, inPlace }): Access => {
            const made = of(writes);
            const read = of(reads).filter((b) => known.has(b) && !made.includes(b));
            for (const b of made) known.add(b);
            return { reads: read, writes: made, ...(inPlace && read[0] && { inPlace: [[made[0]!, read[0]]] }) };
          });
          const { offsets, lives } = placeBuffers(
            accesses,
            all,
            of(kept).filter((b) => known.has(b)),
          );
          const placed = [...lives];
          for (const [a, [from, to]] of placed) {
            for (const [b, [begin, end]] of placed) {
              if (a === b || to < begin || end < from) continue;
              // What dies at the step that writes the other may have given it its place.
              if (offsets.get(a) === offsets.get(b) && (to === begin || end === from)) continue;
              const [x, y] = [offsets.get(a)!, offsets.get(b)!];
              expect(x + a.bytes <= y || y + b.bytes <= x).toBe(true);
            }
          }
        },
      ),
    );
  });
});
