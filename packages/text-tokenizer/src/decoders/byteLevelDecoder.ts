import { byteLetters } from '../byteLetters.ts';
import type { Decoder } from '../steps.ts';

const byteOf: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(/* @__PURE__ */ byteLetters.map((letter, byte) => [letter, byte]));

/** Letters that stand for bytes, as text; bytes that are no UTF-8 give U+FFFD. */
function textOf(letters: string): string {
  const bytes: number[] = [];
  for (const letter of letters) {
    const byte = byteOf.get(letter);
    // A vocabulary may hold more than such letters.
    if (byte === undefined) bytes.push(...new TextEncoder().encode(letter));
    else bytes.push(byte);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

/**
 * The bytes of byte-level tokens as text. Added tokens are text as they stand.
 *
 * @example
 * byteLevelDecoder().decode(['Ã', '©', 'Ġ'], new Set()).join(''); // => é
 */
export function byteLevelDecoder(): Decoder {
  return {
    decode: (tokens, added) => {
      const texts: string[] = [];
      let letters = '';
      for (const token of tokens) {
        if (!added.has(token)) letters += token;
        else {
          texts.push(textOf(letters), token);
          letters = '';
        }
      }
      return [...texts, textOf(letters)];
    },
    toJSON: () => ({ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }),
  };
}
