/** A piece and how often it occurs. */
export type Seed = readonly [piece: string, frequency: number];

/**
 * The characters of the words, the most frequent first, and the parts of words that promise most: those with the
 * greatest product of frequency and length among those that occur twice. A part can be frequent only if the shorter one
 * that it begins with is, so that lengths are counted one after the other and most parts never are.
 *
 * Source: Agrawal and Srikant, "Fast Algorithms for Mining Association Rules", 1994, for the last; Kudo,
 * "Subword Regularization", 2018, for the choice.
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

/** Where the characters of a text begin, and where it ends. */
function boundaries(text: string): number[] {
  const ends = [0];
  for (const char of text) ends.push(ends.at(-1)! + char.length);
  return ends;
}
