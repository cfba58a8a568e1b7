import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from '../pattern.ts';

/** An expression with the same meaning in Oniguruma and with JavaScript's flag `u`, and whether it can match the empty text. */
interface Both {
  readonly oniguruma: string;
  readonly native: string;
  readonly mayBeEmpty: boolean;
}

const same = (source: string): Both => ({ oniguruma: source, native: source, mayBeEmpty: false });
const join = (parts: readonly Both[], between: string, mayBeEmpty: boolean): Both => ({
  oniguruma: parts.map(({ oniguruma }) => oniguruma).join(between),
  native: parts.map(({ native }) => native).join(between),
  mayBeEmpty,
});
const wrap = (before: string, part: Both, after: string, mayBeEmpty = part.mayBeEmpty): Both => ({
  oniguruma: before + part.oniguruma + after,
  native: before + part.native + after,
  mayBeEmpty,
});

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'é',
    '😀',
    '[ab]',
    '[^a]',
    '[^😀b]',
    '[^\\n]',
    '\\p{L}',
    '\\P{L}',
    '\\p{So}',
    '\\P{So}',
    '\\s',
    '\\S',
  ].map(same),
  // Oniguruma's dot matches carriage returns.
  { oniguruma: '.', native: '[^\\n]', mayBeEmpty: false },
  { oniguruma: '\\d', native: '\\p{Nd}', mayBeEmpty: false },
  { oniguruma: '\\p{Cs}', native: '\\p{Cs}', mayBeEmpty: false },
  { oniguruma: '[^\\p{Cs}]', native: '[^\\p{Cs}]', mayBeEmpty: false },
);

const quantifiers = ['', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{2,}?'];

const { pattern } = fc.letrec<{ pattern: Both; piece: Both; item: Both }>((tie) => ({
  pattern: fc
    .array(fc.array(tie('piece'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    .map((options) =>
      join(
        options.map((pieces) =>
          join(
            pieces,
            '',
            pieces.every((piece) => piece.mayBeEmpty),
          ),
        ),
        '|',
        options.some((pieces) => pieces.every((piece) => piece.mayBeEmpty)),
      ),
    ),
  // Never repeat an expression that can match the empty text: the engines differ about empty iterations.
  piece: fc
    .tuple(tie('item'), fc.constantFrom(...quantifiers))
    .map(([item, quantifier]) => (item.mayBeEmpty ? item : wrap('', item, quantifier, /^[*?]/.test(quantifier)))),
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('pattern').map((inner) => wrap('(?:', inner, ')')),
    fc
      .tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), fc.array(atom, { minLength: 1, maxLength: 2 }))
      .map(([open, atoms]) => wrap(open, join(atoms, '', false), ')', true)),
  ),
}));

const text = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'é',
      '1',
      ' ',
      '\n',
      '\r',
      '\r\n',
      '😀',
      '\ud83d',
      '\ude00',
      '\ud800',
      '\udfff',
      '\u0301',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('expressions match like JavaScript with the flag `u`, even in texts with lone surrogates', () => {
  fc.assert(
    fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 4 }), ({ oniguruma, native }, texts) => {
      const find = compilePattern('test', { regex: oniguruma });
      for (const each of texts) {
        const places = find(each);
        const found = Array.from({ length: places.length / 2 }, (_, i) => [places[2 * i]!, places[2 * i + 1]!]);
        const expected = Array.from(each.matchAll(new RegExp(native, 'gu')), ({ 0: match, index }) => [
          index,
          index + match.length,
        ]);
        // In Rust, an empty match never follows another match directly.
        const isThere = ([from, to]: number[]): boolean => from !== to;
        expect(found.filter(isThere)).toEqual(expected.filter(isThere));
      }
    }),
    { numRuns: 150 },
  );
});
