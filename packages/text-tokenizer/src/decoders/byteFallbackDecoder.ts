import type { Decoder } from '../pipeline.ts';

function textOf(bytes: readonly number[]): string {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return '\ufffd'.repeat(bytes.length);
  }
}

/**
 * Turns consecutive byte tokens, such as `<0xC3>` and `<0xA9>`, into the text of their bytes. If the bytes are not valid
 * UTF-8, each becomes U+FFFD.
 *
 * @example
 * byteFallbackDecoder().decode(['<0xC3>', '<0xA9>', 'a'], new Set()).join(''); // => éa
 */
export function byteFallbackDecoder(): Decoder {
  return {
    decode: (tokens) => {
      const texts: string[] = [];
      let bytes: number[] = [];
      const flush = (): void => {
        if (bytes.length) texts.push(textOf(bytes));
        bytes = [];
      };
      for (const token of tokens) {
        const byte = /^<0x([0-9A-F]{2})>$/i.exec(token)?.[1];
        if (byte) bytes.push(parseInt(byte, 16));
        else {
          flush();
          texts.push(token);
        }
      }
      flush();
      return texts;
    },
    toJSON: () => ({ type: 'ByteFallback' }),
  };
}
