import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Aligned } from '../aligned.ts';
import {
  byteLevel,
  metaspace,
  preTokenizerSequence,
  segmentWords,
  splitBertWords,
  splitDigits,
  splitLength,
  splitPattern,
  splitPunctuation,
  splitScripts,
  splitSegments,
  splitWhitespace,
  splitWords,
} from '../index.ts';
import type { PreTokenizer } from '../pipeline.ts';

const run = (step: PreTokenizer, text: string, isFirst = true): string[] =>
  step.split(new Aligned(text), isFirst).map((piece) => piece.text);

test('splitPattern treats matches according to its behavior', () => {
  const cut = (behavior: 'removed' | 'isolated' | 'mergedWithPrevious' | 'mergedWithNext' | 'contiguous'): string[] =>
    run(splitPattern('-', { behavior }), 'the-final--countdown');
  // The examples of the documentation of Hugging Face's tokenizers.
  expect(cut('removed')).toEqual(['the', 'final', 'countdown']);
  expect(cut('isolated')).toEqual(['the', '-', 'final', '-', '-', 'countdown']);
  expect(cut('mergedWithPrevious')).toEqual(['the-', 'final-', '-', 'countdown']);
  expect(cut('mergedWithNext')).toEqual(['the', '-final', '-', '-countdown']);
  expect(cut('contiguous')).toEqual(['the', '-', 'final', '--', 'countdown']);
  expect(run(splitPattern({ regex: '\\w+' }, { behavior: 'removed', invert: true }), 'a, b')).toEqual(['a', 'b']);
});

test('pre-tokenizers split at spaces, punctuation and digits', () => {
  expect(run(splitWords(), "don't été_1 …!")).toEqual(['don', "'", 't', 'été_1', '…!']);
  expect(run(splitBertWords(), "don't $5 …!")).toEqual(['don', "'", 't', '$', '5', '…', '!']);
  expect(run(splitWhitespace(), ' a\u3000b\u0085c\n')).toEqual(['a', 'b', 'c']);
  expect(run(splitWhitespace(), 'a\ufeffb\u200bc')).toEqual(['a\ufeffb\u200bc']);
  expect(run(splitWords(), 'x² Ⓐb می\u200cخواهم')).toEqual(['x', '²', 'Ⓐb', 'می\u200cخواهم']);
  expect(run(splitDigits(), 'a12b')).toEqual(['a', '12', 'b']);
  expect(run(splitDigits({ individualDigits: true }), 'a12b')).toEqual(['a', '1', '2', 'b']);
  expect(run(splitPunctuation('contiguous'), 'so?! no')).toEqual(['so', '?!', ' no']);
  expect(run(preTokenizerSequence([splitWhitespace(), splitPunctuation()]), 'a. b')).toEqual(['a', '.', 'b']);
});

test('byteLevel spells bytes and maps each letter to its character', () => {
  expect(run(byteLevel(), "I'm  in 2024, né?")).toEqual(['I', "'m", 'Ġ', 'Ġin', 'Ġ2024', ',', 'ĠnÃ©', '?']);
  expect(run(byteLevel({ addPrefixSpace: true }), 'a')).toEqual(['Ġa']);
  expect(run(byteLevel({ useRegex: false }), 'a b')).toEqual(['aĠb']);
  const [piece] = byteLevel().split(new Aligned('x😀').slice(1, 3), true);
  expect([piece!.text, piece!.from(0), piece!.to(4)]).toEqual(['ðŁĺĢ', 1, 3]);
});

test('metaspace makes spaces visible and prefixes the first word', () => {
  expect(run(metaspace(), 'so  what')).toEqual(['▁so', '▁', '▁what']);
  expect(run(metaspace(), ' so')).toEqual(['▁so']);
  expect(run(metaspace({ split: false, prependScheme: 'never' }), 'so what')).toEqual(['so▁what']);
  expect([
    run(metaspace({ prependScheme: 'first' }), 'a', true),
    run(metaspace({ prependScheme: 'first' }), 'a', false),
  ]).toEqual([['▁a'], ['a']]);
  expect(() => metaspace({ replacement: 'ab' })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: metaspace: \`replacement\` must be one character, got "ab"]`,
  );
});

test('segmentWords finds words in a text without spaces', () => {
  expect(segmentWords('สวัสดีครับ ok!', 'th')).toEqual(['สวัสดี', 'ครับ', 'ok']);
  expect(run(splitSegments('en'), 'so, what')).toEqual(['so', ',', 'what']);
  expect(() => segmentWords('a', 'no such')).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: segmentWords: \`locale\` must be a language's tag, such as "ja", got "no such"]`,
  );
  expect(() => splitSegments('en').toJSON()).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: splitSegments: \`tokenizer.json\` has no pre-tokenizer for segments; use another one to write it]`,
  );
});

test('pieces are in order and cover everything except whitespace', () => {
  const steps = [
    byteLevel(),
    splitBertWords(),
    splitWords(),
    splitWhitespace(),
    splitDigits(),
    splitPunctuation(),
    metaspace(),
  ];
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...steps), (text, step) => {
      const pieces = step.split(new Aligned(text), true);
      const covered = pieces.map((piece) => text.slice(piece.from(0), piece.to(piece.text.length))).join('');
      expect(covered.replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      pieces.forEach(
        (piece, i) => i && expect(piece.from(0)).toBeGreaterThanOrEqual(pieces[i - 1]!.to(pieces[i - 1]!.text.length)),
      );
    }),
    { numRuns: 500 },
  );
});

test('splitScripts splits where the script changes', () => {
  expect(run(splitScripts(), '  so 東京タワーです, да')).toEqual(['so ', '東京タワーです', ', ', 'да']);
  expect(run(splitScripts(), ' ')).toEqual([]);
});

test('splitLength counts characters', () => {
  expect(run(splitLength(2), 'a😀bcd')).toEqual(['a😀', 'bc', 'd']);
  expect(run(splitLength(2), '')).toEqual([]);
  for (const length of [0, 1.5, '2'])
    expect(() => splitLength(length as number)).toThrow('splitLength: `length` must be a positive integer');
});

test('repeated byteLevel steps throw before they exhaust the memory', () => {
  const steps = Array.from({ length: 40 }, () => byteLevel({ useRegex: false }));
  expect(() => run(preTokenizerSequence(steps), 'é')).toThrow(
    'preTokenizerSequence: the new text must have at most 65568 units for this original',
  );
});
