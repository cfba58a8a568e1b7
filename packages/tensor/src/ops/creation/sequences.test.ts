import { describe, expect, it } from 'vitest';
import { arange, eye, linspace } from './sequences.ts';

describe('arange', () => {
  it('counts from 0', () => {
    expect([arange(3).toArray(), arange(0).shape, arange(2, 'int32').dtype]).toEqual([[0, 1, 2], [0], 'int32']);
  });

  it('goes from a start to before a stop, as NumPy does', () => {
    expect(arange(2, 5).toArray()).toEqual([2, 3, 4]);
    expect(arange(0, 1, 0.25, 'float64').toArray()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(arange(0, 1, 0.3, 'float64').shape).toEqual([4]);
    expect(arange(5, 0, -2, 'int32').toArray()).toEqual([5, 3, 1]);
    expect([arange(5, 5).shape, arange(5, 2).shape, arange(0, 3, -1).shape]).toEqual([[0], [0], [0]]);
  });

  it('refuses sizes that are not counts, and counts that the dtype cannot hold', () => {
    expect(() => arange(-1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: arange: \`count\` must be an integer of at least 0, got -1]`,
    );
    expect(() => arange(1.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: arange: \`count\` must be an integer of at least 0, got 1.5]`,
    );
    expect(() => arange(300, 'uint8')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: arange: uint8 cannot hold 256 (value 256)]`,
    );
    expect(() => arange(3, 'bool')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: arange: bool cannot hold 2 (value 2)]`,
    );
    expect(() => arange(3, 'half' as 'float32')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: arange: \`dtype\` must be float32, float64, int32, uint8 or bool, got "half"; write 'float32']`,
    );
  });

  it('refuses steps that lead nowhere', () => {
    expect(() => arange(0, 1, 0)).toThrowErrorMatchingInlineSnapshot(`[ValueError: arange: \`step\` must not be 0]`);
    expect(() => arange(0, Infinity)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: arange: \`stop\` must be a finite number, got Infinity]`,
    );
    expect(() => arange(0, 1, 0.5, 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: arange: int32 cannot hold 0.5 (value 1)]`,
    );
  });
});

describe('linspace', () => {
  it('includes both ends exactly', () => {
    expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linspace(3, -1, 3).toArray()).toEqual([3, 1, -1]);
    expect(linspace(0.1, 0.7, 7, 'float64').toArray()).toHaveProperty('6', 0.7);
  });

  it('has one number, or none', () => {
    expect([linspace(2, 9, 1).toArray(), linspace(2, 9, 0).shape]).toEqual([[2], [0]]);
  });

  it('refuses other counts and ends', () => {
    expect(() => linspace(0, 1, -1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: linspace: \`count\` must be an integer of at least 0, got -1]`,
    );
    expect(() => linspace(NaN, 1, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: linspace: \`start\` must be a finite number, got NaN]`,
    );
  });
});

describe('eye', () => {
  it('puts ones on the main diagonal', () => {
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect([eye(0).shape, eye(1, undefined, 0, 'bool').toArray(), eye(3, 0).shape]).toEqual([[0, 0], [[true]], [3, 0]]);
  });

  it('or on one above or below it', () => {
    expect(eye(3, 3, 1).toArray()).toEqual([
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(eye(3, 2, -1).toArray()).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect([eye(2, 2, 5).toArray(), eye(2, 2, -2).toArray()]).toEqual([
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  it('refuses other sizes and diagonals', () => {
    expect(() => eye(-1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: eye: \`rows\` must be an integer of at least 0, got -1]`,
    );
    expect(() => eye(2, 2, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: eye: \`k\` must be an integer, got 0.5]`,
    );
  });
});
