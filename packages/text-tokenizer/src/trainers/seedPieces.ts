/** A piece and its frequency. */
export type Seed = readonly [piece: string, frequency: number];

/**
 * The candidates of unigram training: all characters, most frequent first, and the substrings of words with the greatest
 * product of frequency and length. Substrings that occur once are left out. A substring can be frequent only if its prefix
 * is, so the search goes by length and never counts most substrings.
 *
 * Source: Kudo, "Subword Regularization", 2018, for the candidates; Agrawal and Srikant, "Fast Algorithms for Mining
 * Association Rules", 1994, for the search.
 */
export function seedPieces(
  counts: ReadonlyMap<string, number>,
  longest: number,
  most: number,
): { chars: Seed[]; parts: Seed[] } {
  const words = [...counts].map(([word, count]) => ({ word, ends: boundaries(word), count }));
  let alive = words.map(({ ends }) => ends.map((_, i) => i).slice(0, -1));
  let chars: Seed[] = [];
  const parts: Seed[] = [];
  for (let length = 1; length <= longest; length++) {
    const frequencies = new Map<string, number>();
    const partAt = (w: number, i: number): string | undefined => {
      const { word, ends } = words[w]!;
      return i + length < ends.length ? word.slice(ends[i], ends[i + length]) : undefined;
    };
    for (const [w, places] of alive.entries()) {
      for (const i of places) {
        const part = partAt(w, i);
        if (part !== undefined) frequencies.set(part, (frequencies.get(part) ?? 0) + words[w]!.count);
      }
    }
    const found = [...frequencies].filter(([, frequency]) => length === 1 || frequency >= 2);
    if (length === 1) chars = found.sort((a, b) => b[1] - a[1]);
    else parts.push(...found);
    if (!found.length) break;
    alive = alive.map((places, w) => places.filter((i) => (frequencies.get(partAt(w, i) ?? '') ?? 0) >= 2));
  }
  const worth = ([piece, frequency]: Seed): number => frequency * piece.length;
  return { chars, parts: parts.sort((a, b) => worth(b) - worth(a)).slice(0, Math.max(0, most - chars.length)) };
}

/** The start of each character of a text, and the end of the text. */
function boundaries(text: string): number[] {
  const ends = [0];
  for (const char of text) ends.push(ends.at(-1)! + char.length);
  return ends;
}
