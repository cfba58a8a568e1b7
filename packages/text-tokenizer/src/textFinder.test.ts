import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextFinder } from './textFinder.ts';

const found = (texts: string[], text: string): string[] => {
  const places = new TextFinder(texts).findAll(text);
  return Array.from(
    { length: places.length / 3 },
    (_, i) => `${places[3 * i]}:${text.slice(places[3 * i], places[3 * i + 1])}`,
  );
};

test('findAll prefers the leftmost match, then the longest', () => {
  expect(found(['a', 'ab', 'bcd'], 'abcd')).toEqual(['0:ab']);
  expect(found(['ab', 'abcd', 'c'], 'abcx abcd')).toEqual(['0:ab', '2:c', '5:abcd']);
  expect(found(['', '😀', '<é>'], '😀<é>')).toEqual(['0:😀', '2:<é>']);
  expect([found([], 'a'), found([''], 'a'), found(['a'], '')]).toEqual([[], [], []]);
});

test('findAll agrees with a naive search', () => {
  const word = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom('a', 'b'), maxLength });
  fc.assert(
    fc.property(fc.array(word(4), { maxLength: 6 }), word(20), (texts, text) => {
      const wanted: string[] = [];
      for (let at = 0; at < text.length;) {
        const longest = texts
          .filter((other) => other && text.startsWith(other, at))
          .sort((a, b) => b.length - a.length)[0];
        if (longest) wanted.push(`${at}:${longest}`);
        at += longest?.length ?? 1;
      }
      expect(found(texts, text)).toEqual(wanted);
    }),
    { numRuns: 1000 },
  );
});

test('texts that almost match everywhere take no more steps than others', () => {
  const long = 'a'.repeat(200_000);
  expect(new TextFinder(['b', `${long}b`]).findAll(long)).toEqual([]);
  expect(new TextFinder(['a', `${long}b`]).findAll(long).length).toBe(3 * long.length);
  const tokens = Array.from({ length: 6_400 }, (_, i) => `<extra_id_${i}>`);
  expect(new TextFinder(tokens).findAll(`${'<extra_id_6399> <extra_id_'.repeat(10_000)}`).length).toBe(30_000);
});
