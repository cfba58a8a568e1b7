/** Which character n-grams a word has parts for. */
export interface SubwordOptions {
  /** Characters of the shortest and of the longest n-gram; none if `maxN` is 0. Default 3 and 6. */
  readonly minN?: number;
  readonly maxN?: number;
  /** Into how many buckets n-grams are hashed; only those that occur take memory. Default 2,000,000. */
  readonly bucket?: number;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * The 32-bit hash FNV-1a of the bytes (Fowler, Noll, Vo); a byte counts as signed, as in the fastText library.
 */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ ((byte << 24) >> 24), 0x01000193);
  return hash >>> 0;
}

/**
 * The buckets of all n-grams of `<word>`, in order and repeated if they are (Bojanowski and others, "Enriching word
 * vectors with subword information", 2017). Characters are code points.
 */
export function subwordBuckets(word: string, { minN, maxN, bucket }: Required<SubwordOptions>): number[] {
  const characters = Array.from(`<${word}>`);
  const buckets: number[] = [];
  for (let from = 0; from < characters.length; from++) {
    for (let n = minN; n <= maxN && from + n <= characters.length; n++) {
      // The marks alone say nothing.
      if (n > 1 || (from > 0 && from < characters.length - 1))
        buckets.push(fnv1a(encoder.encode(characters.slice(from, from + n).join(''))) % bucket);
    }
  }
  return buckets;
}
