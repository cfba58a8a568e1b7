import { byteLetters } from '../byteLetters.ts';
import type { Decoder } from '../pipeline.ts';

const byteOf: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ byteLetters.map((letter, byte) => [letter, byte]),
);

/** The bytes that a token spells. A token with any other letter is plain text. */
function bytesOf(token: string): Iterable<number> {
  const bytes = Array.from(token, (letter) => byteOf.get(letter));
  return bytes.every((byte) => byte !== undefined) ? bytes : new TextEncoder().encode(token);
}

/** Decodes bytes; invalid UTF-8 becomes U+FFFD. */
const textOf = (bytes: readonly number[]): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));

/**
 * Turns byte-level tokens back into text. Added tokens stay as they are.
 *
 * @example
 * byteLevelDecoder().decode(['Ã', '©', 'Ġ'], new Set()).join(''); // => é
 */
export function byteLevelDecoder(): Decoder {
  return {
    decode: (tokens, added) => {
      const texts: string[] = [];
      let bytes: number[] = [];
      for (const token of tokens) {
        if (!added.has(token)) for (const byte of bytesOf(token)) bytes.push(byte);
        else {
          texts.push(textOf(bytes), token);
          bytes = [];
        }
      }
      return [...texts, textOf(bytes)];
    },
    toJSON: () => ({ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }),
  };
}
