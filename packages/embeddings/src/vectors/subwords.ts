/** Options for character n-grams. */
export interface SubwordOptions {
  /** Length of the shortest n-grams. Default 3. */
  readonly minN?: number;
  /** Length of the longest n-grams; 0 for no n-grams. Default 6. */
  readonly maxN?: number;
  /** Number of hash buckets for n-grams; only buckets that occur take memory. Default 2,000,000. */
  readonly bucket?: number;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** 32-bit FNV-1a hash (Fowler, Noll, Vo) of signed bytes, as in the fastText library. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ ((byte << 24) >> 24), 0x01000193);
  return hash >>> 0;
}

/**
 * The bucket of each n-gram of `<word>` in order, with repetitions (Bojanowski et al., "Enriching word vectors with
 * subword information", 2017). Characters are code points.
 */
export function subwordBuckets(word: string, { minN, maxN, bucket }: Required<SubwordOptions>): number[] {
  const characters = Array.from(`<${word}>`);
  const buckets: number[] = [];
  for (let from = 0; from < characters.length; from++) {
    for (let n = minN; n <= maxN && from + n <= characters.length; n++) {
      // Skip the markers alone.
      if (n > 1 || (from > 0 && from < characters.length - 1))
        buckets.push(fnv1a(encoder.encode(characters.slice(from, from + n).join(''))) % bucket);
    }
  }
  return buckets;
}
