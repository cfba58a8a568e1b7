import { Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { pictures } from './pictures.ts';

describe('pictures', () => {
  /** Two pixels wide, four high: dark above, bright below. */
  const images = (count: number): Tensor =>
    new Tensor(
      [count, 4, 2, 1],
      'uint8',
      Uint8Array.from({ length: 8 * count }, (_, i) => (i % 8 < 4 ? 0 : 255)),
    );

  test('show what was read wrong, two rows of pixels a line', () => {
    const text = pictures(images(3), Int32Array.of(1, 2, 3), Int32Array.of(1, 7, 3));
    expect(text.split('\n')).toEqual(['1 of 3 misread, such as', '2 read as 7', '  ', '██', '']);
  });

  test('stop after the most that are asked for', () => {
    const text = pictures(images(5), Int32Array.of(0, 0, 0, 0, 0), Int32Array.of(1, 2, 3, 4, 5), 2);
    expect(text).toContain('5 of 5 misread');
    expect(text).toContain('0 read as 1  0 read as 2');
    expect(text).not.toContain('0 read as 3');
  });

  test('say so when nothing was misread', () => {
    expect(pictures(images(1), Int32Array.of(1), Int32Array.of(1))).toBe('no digit was misread\n');
  });
});
