import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Aligned } from '../aligned.ts';
import { undecomposedClass } from '../characters.ts';
import {
  bertNormalizer,
  byteNormalizer,
  lowercase,
  nmt,
  normalizerSequence,
  prependText,
  replacePattern,
  stripAccents,
  stripSpaces,
  unicodeForm,
} from '../index.ts';
import type { Normalizer } from '../pipeline.ts';

const run = (step: Normalizer, text: string): string => step.normalize(new Aligned(text)).text;
const places = (step: Normalizer, text: string): [string, string][] => {
  const aligned = step.normalize(new Aligned(text));
  return Array.from(aligned.text, (char, i) => [char, text.slice(aligned.from(i), aligned.to(i + 1))]);
};

test('unicodeForm aligns characters with their origin, including combining marks', () => {
  expect(places(unicodeForm('NFC'), 'ae\u0301o')).toEqual([
    ['a', 'a'],
    ['é', 'e\u0301'],
    ['o', 'o'],
  ]);
  expect(places(unicodeForm('NFKD'), 'ﬁé')).toEqual([
    ['f', 'ﬁ'],
    ['i', 'ﬁ'],
    ['e', 'é'],
    ['\u0301', 'é'],
  ]);
  expect(places(unicodeForm('NFC'), '\u1112\u1161\u11ab')).toEqual([['한', '\u1112\u1161\u11ab']]);
  expect(places(unicodeForm('NFKC'), 'ｶﾞx')).toEqual([
    ['ガ', 'ｶﾞ'],
    ['x', 'x'],
  ]);
});

test('unicodeForm agrees with the platform on any text of Unicode 12', () => {
  const later = new RegExp(undecomposedClass, 'v');
  const part = fc.oneof(
    fc
      .integer({ min: 0, max: 0x10ffff })
      .map((point) => String.fromCodePoint(point))
      .filter((char) => !later.test(char)),
    fc.constantFrom('e', '\u0301', '\u0323', '\u1100', '\u1161', '\u11a8', '\uff76', '\uff9e'),
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (value, form) => {
      expect(run(unicodeForm(form), value)).toBe(value.normalize(form));
    }),
    { numRuns: 300 },
  );
});

test('lowercase keeps offsets, even if a letter becomes longer', () => {
  expect(run(lowercase(), 'ΟΔΟΣ ÀB')).toBe('οδοσ àb');
  expect(places(lowercase(), 'AİB')).toEqual([
    ['a', 'A'],
    ['i', 'İ'],
    ['\u0307', 'İ'],
    ['b', 'B'],
  ]);
  expect(run(lowercase(), 'İΟΔΟΣ')).toBe('i\u0307οδοσ');
});

test('strip, prepend and replace normalizers change the text as documented', () => {
  expect(run(normalizerSequence([unicodeForm('NFD'), stripAccents()]), 'Ångström')).toBe('Angstrom');
  expect(
    [stripSpaces(), stripSpaces({ left: false }), stripSpaces({ right: false })].map((step) => run(step, ' a ')),
  ).toEqual(['a', ' a', 'a ']);
  expect([run(stripSpaces(), '  '), run(prependText('▁'), ''), run(prependText('▁'), 'a')]).toEqual(['', '', '▁a']);
  expect(places(replacePattern({ regex: ' +' }, ' '), 'a  b')).toEqual([
    ['a', 'a'],
    [' ', '  '],
    ['b', 'b'],
  ]);
  expect(run(replacePattern('$&', '$1'), 'a$&b')).toBe('a$1b');
});

test('bertNormalizer cleans, separates Chinese characters, lowercases and strips accents', () => {
  expect(run(bertNormalizer(), 'H\u00c9llo\u0000\ufffd\tW\u200d\u00a0\u732b\ud840\udc00!')).toBe(
    'hello w  \u732b  \ud840\udc00 !',
  );
  expect(run(bertNormalizer({ lowercase: false }), 'É猫')).toBe('É 猫 ');
  expect(run(bertNormalizer({ lowercase: false, stripAccents: true, handleChineseChars: false }), 'É猫')).toBe('E猫');
  expect(run(bertNormalizer({ stripAccents: false, cleanText: false }), 'É\t')).toBe('é\t');
});

test('nmt turns whitespace into spaces and removes control characters', () => {
  expect(run(nmt(), 'a\tb\u200bc\ufeffd\u0007e\u2581f\u0085g')).toBe('a b c de f\u0085g');
});

test('byteNormalizer spells bytes and maps each letter to its character', () => {
  expect(places(byteNormalizer(), 'a é')).toEqual([
    ['a', 'a'],
    ['Ġ', ' '],
    ['Ã', 'é'],
    ['©', 'é'],
  ]);
});

test('character classes match the Rust library, not the newest Unicode', () => {
  expect(run(bertNormalizer({ lowercase: false }), 'a\u0085b\ufeffc\u200bd\u2028e')).toBe('abcd e');
  // A combining mark of Unicode 9, and U+1734, which was a nonspacing mark then.
  expect(run(bertNormalizer(), 'A\u{1e000}\u1734')).toBe('a\u{1e000}');
  expect(run(unicodeForm('NFKC'), '㋿ ①')).toBe('㋿ 1');
  expect(run(stripSpaces(), '\u0085\ufeff \u3000')).toBe('\ufeff');
});

test('a step that makes the text grow too much throws before it exhausts the memory', () => {
  const grow = replacePattern('a', 'aaaaaaaaaa');
  expect(run(normalizerSequence([grow, grow]), 'a').length).toBe(100);
  expect(() => run(normalizerSequence(Array.from({ length: 30 }, () => grow)), 'a')).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: rewrite: the new text must have at most 65568 units for this original, got 65570; use steps that replace less]`,
  );
  const before = prependText('b'.repeat(1000));
  expect(() => run(normalizerSequence(Array.from({ length: 300 }, () => before)), 'a')).toThrow(
    'must have at most 65568 units for this original, got 66001',
  );
});
