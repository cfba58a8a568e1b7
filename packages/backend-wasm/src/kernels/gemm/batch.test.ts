import { describe, expect, it } from 'vitest';
import { batchAxes } from './batch.ts';

describe('batchAxes', () => {
  it('makes one axis of neighbours along which all operands go on partition', () => {
    expect(
      batchAxes(
        [2, 3, 4],
        [
          { shape: [2, 3, 4], unit: 8 },
          { shape: [1, 1], unit: 5 },
        ],
      ),
    ).toEqual({ sizes: [24], strides: [[8], [0]] });
  });

  it('keeps axes apart where an operand repeats along one of them', () => {
    expect(
      batchAxes(
        [2, 3, 4],
        [
          { shape: [2, 1, 4], unit: 8 },
          { shape: [3, 4], unit: 5 },
        ],
      ),
    ).toEqual({
      sizes: [2, 3, 4],
      strides: [
        [32, 0, 8],
        [0, 20, 5],
      ],
    });
  });

  it('drops axes of size 1', () => {
    expect(batchAxes([1, 1], [{ shape: [1], unit: 8 }])).toEqual({ sizes: [], strides: [[]] });
  });
});
