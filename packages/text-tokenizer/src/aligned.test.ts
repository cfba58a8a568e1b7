import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Aligned, insertBefore, rewrite, transform } from './aligned.ts';

/** The original text of each unit. */
const originals = (original: string, aligned: Aligned): string[] =>
  Array.from({ length: aligned.text.length }, (_, i) => original.slice(aligned.from(i), aligned.to(i + 1)));

test('a slice of a slice keeps its origin', () => {
  const part = new Aligned('abcdef').slice(1, 5).slice(1, 3);
  expect([part.text, part.from(0), part.to(2)]).toEqual(['cd', 2, 4]);
  const wide = rewrite(new Aligned('xay'), /a/g, () => 'bcd').slice(2, 5);
  expect([wide.text, wide.from(0), wide.to(2), wide.from(2), wide.to(3), wide.from(3)]).toEqual(['cdy', 1, 2, 2, 3, 3]);
});

test('a replacement maps to its whole match, or unit by unit if the lengths are equal', () => {
  const text = new Aligned('one, two');
  expect(
    originals(
      'one, two',
      rewrite(text, /,/g, () => ' ,'),
    ),
  ).toEqual(['o', 'n', 'e', ',', ',', ' ', 't', 'w', 'o']);
  expect(rewrite(text, /[a-z]+/g, (word) => word.toUpperCase()).bounds).toBeUndefined();
  expect(
    originals(
      'one, two',
      rewrite(text, /, /g, () => ''),
    ),
  ).toEqual(['o', 'n', 'e', 't', 'w', 'o']);
  expect(rewrite(text, /z/g, () => '')).toBe(text);
});

test('an insertion maps to an empty range before the text that follows', () => {
  const prefixed = insertBefore(new Aligned('abc').slice(1, 3), '▁');
  expect([prefixed.text, prefixed.from(0), prefixed.to(1), prefixed.to(2)]).toEqual(['▁bc', 1, 1, 2]);
});

test('a rewrite of a rewrite maps to the original', () => {
  const once = rewrite(new Aligned('ab'), /a/g, () => 'xyz');
  expect(
    originals(
      'ab',
      rewrite(once, /yzb/g, () => '!'),
    ),
  ).toEqual(['a', 'ab']);
});

test('transform gives the same text for any segments, with offsets in order', () => {
  const texts = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'),
      fc.constantFrom(/[^]/gu, /\p{L}+/gu, /x/gu),
      (text, form, segments) => {
        const changed = transform(new Aligned(text), segments, (part) => part.normalize(form));
        expect(changed.text).toBe(text.normalize(form));
        for (let i = 0; i < changed.text.length; i++) {
          expect(changed.to(i + 1)).toBeGreaterThanOrEqual(changed.from(i));
          if (i) expect(changed.from(i)).toBeGreaterThanOrEqual(changed.from(i - 1));
        }
      },
    ),
    { numRuns: 500 },
  );
});
