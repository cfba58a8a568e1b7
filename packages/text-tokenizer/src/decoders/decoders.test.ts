import { expect, test } from 'vitest';
import {
  byteFallbackDecoder,
  byteLevelDecoder,
  ctcDecoder,
  decoderSequence,
  fuseDecoder,
  metaspaceDecoder,
  replaceDecoder,
  stripDecoder,
  suffixDecoder,
  wordPieceDecoder,
} from '../index.ts';
import type { Decoder } from '../pipeline.ts';

const run = (decoder: Decoder, tokens: string[], added: string[] = []): string =>
  decoder.decode(tokens, new Set(added)).join('');

test('byte tokens become text, and added tokens stay unchanged', () => {
  expect(run(byteLevelDecoder(), ['ĠÃ', '©', 'Ã', '<é>', 'a'], ['<é>'])).toBe(' é\ufffd<é>a');
  expect(run(byteLevelDecoder(), ['猫'])).toBe('猫');
  expect(run(byteLevelDecoder(), ['Ã', 'é猫', '©'])).toBe('\ufffdé猫\ufffd');
  expect(run(byteFallbackDecoder(), ['a', '<0xE7>', '<0x8C>', '<0xAB>', 'b', '<0xZZ>'])).toBe('a猫b<0xZZ>');
  // One invalid byte spoils its neighbors, as in the Rust library.
  expect(run(byteFallbackDecoder(), ['<0xE7>', '<0x8C>', '<0xAB>', '<0xC3>', 'b'])).toBe('\ufffd\ufffd\ufffd\ufffdb');
});

test('word decoders join words, and wordPieceDecoder also punctuation unless cleanup is off', () => {
  expect(run(wordPieceDecoder(), ['do', "n't", 'stop', '##ping', '!', '##x'])).toBe("don't stopping!x");
  expect(run(wordPieceDecoder({ cleanup: false }), ['a', '.'])).toBe('a .');
  expect(run(suffixDecoder(), ['un', 'do</w>', 'it</w>'])).toBe('undo it');
});

test('metaspace decoders restore spaces, except the one before the text', () => {
  expect(run(metaspaceDecoder(), ['▁a', '▁▁b'])).toBe('a  b');
  expect(run(metaspaceDecoder({ prependScheme: 'never' }), ['▁a'])).toBe(' a');
  expect(run(decoderSequence([replaceDecoder('▁', '$& '), fuseDecoder(), stripDecoder('$', 1, 0)]), ['▁a', '▁b'])).toBe(
    '& a$& b',
  );
});

test('ctcDecoder drops repeated tokens and blanks', () => {
  expect(run(ctcDecoder(), ['<pad>', 'h', 'h', '<pad>', 'h', '|', '|', ' do not', '<pad>x'])).toBe("hh  don'tx");
  expect(run(ctcDecoder({ cleanup: false, padToken: '_' }), ['_', 'a', '|', '_', '|'])).toBe('a||');
});

test('a decoder that makes the text grow too much throws', () => {
  const grow = replaceDecoder('a', 'aaaaaaaaaa');
  expect(() => run(decoderSequence(Array.from({ length: 30 }, () => grow)), ['a'])).toThrow(
    'decoderSequence: the decoded text must have at most 65552 units, got 100000',
  );
});

test('stripDecoder removes at most the given number of characters', () => {
  expect(
    [stripDecoder(' ', 2, 1), stripDecoder(' ', 9, 9), stripDecoder(' ', 0, 0)].map((decoder) =>
      decoder.decode(['   a  ', '  '], new Set()),
    ),
  ).toEqual([
    [' a ', ''],
    ['a', ''],
    ['   a  ', '  '],
  ]);
});

test('stripDecoder removes characters of two units', () => {
  expect(stripDecoder('😀', 1, 2).decode(['😀😀a😀', '😀', 'a😀😀😀', '\ud83da\ud83d'], new Set())).toEqual([
    '😀a',
    '',
    'a😀',
    '\ud83da\ud83d',
  ]);
  for (const content of ['', 'ab', '😀😀', 1, undefined])
    expect(() => stripDecoder(content as string, 1, 1)).toThrow('stripDecoder: `content` must be one character, got ');
});

test('metaspaceDecoder needs one character, as metaspace does', () => {
  for (const replacement of ['', '__', 1])
    expect(() => metaspaceDecoder({ replacement: replacement as string })).toThrow(
      'metaspaceDecoder: `replacement` must be one character, got ',
    );
  expect(run(metaspaceDecoder({ replacement: '_' }), ['_a', '_b_', '▁'])).toBe('a b ▁');
  expect(run(metaspaceDecoder(), [])).toBe('');
});

test.each([
  ['byteLevelDecoder', byteLevelDecoder()],
  ['byteFallbackDecoder', byteFallbackDecoder()],
  ['ctcDecoder', ctcDecoder()],
  ['fuseDecoder', fuseDecoder()],
  ['metaspaceDecoder', metaspaceDecoder()],
  ['replaceDecoder', replaceDecoder('a', 'b')],
  ['stripDecoder', stripDecoder(' ', 1, 1)],
  ['suffixDecoder', suffixDecoder()],
  ['wordPieceDecoder', wordPieceDecoder()],
  ['decoderSequence', decoderSequence([])],
])('%s gives no text for no tokens, and changes no argument', (_, decoder) => {
  expect(run(decoder, [])).toBe('');
  const tokens = Object.freeze(['▁a</w>', '##b', '<0xC3>', ' ', '']) as string[];
  const first = run(decoder, tokens);
  expect(run(decoder, tokens)).toBe(first);
});
