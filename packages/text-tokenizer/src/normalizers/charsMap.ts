import { OptionError } from '@chainrule/errors';

/** A node of the trie, as Darts packs it in 32 bits. */
const hasLeaf = (unit: number): boolean => ((unit >>> 8) & 1) === 1;
const valueOf = (unit: number): number => unit & 0x7fffffff;
const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0;
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);

/**
 * The rules of SentencePiece's normalizers: a double-array trie of UTF-8 texts and their replacements.
 *
 * Source: Aoe, "An Efficient Digital Search Algorithm by Using a Double-Array Structure", 1989; Darts-clone.
 */
export class CharsMap {
  readonly #trie: Uint32Array;
  readonly #texts: Uint8Array;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @param bytes - the size of the trie in bytes (32 bits), the trie, and zero-terminated replacements */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const size = bytes.length >= 4 ? view.getUint32(0, true) : 1;
    if (size % 4 !== 0 || size + 4 > bytes.length)
      throw new OptionError(
        `precompiled: \`charsMap\` must contain a trie after its size, got ${bytes.length} bytes that do not`,
      );
    this.#trie = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
    this.#texts = bytes.subarray(4 + size);
  }

  /** The replacement of the shortest key that `bytes` begins with, or undefined if none matches. */
  find(bytes: Uint8Array): string | undefined {
    const trie = this.#trie;
    let at = offsetOf(trie[0] ?? 0);
    for (const byte of bytes) {
      if (byte === 0) return undefined;
      at ^= byte;
      const unit = trie[at];
      if (unit === undefined || labelOf(unit) !== byte) return undefined;
      at ^= offsetOf(unit);
      if (hasLeaf(unit)) return this.#textAt(valueOf(trie[at] ?? 0));
    }
    return undefined;
  }

  #textAt(start: number): string {
    const end = this.#texts.indexOf(0, start);
    return this.#decoder.decode(this.#texts.subarray(start, end < 0 ? this.#texts.length : end));
  }
}
