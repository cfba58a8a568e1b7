import type { PieceTrie } from './pieceTrie.ts';

/** The best segmentation of a text: the ends of its pieces and their ids, with −1 for a character outside every piece. */
export interface Segmentation {
  readonly ends: number[];
  readonly ids: number[];
  readonly score: number;
}

/** The length of the character at a position, in UTF-16 units. */
const charLength = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/**
 * Finds the sequence of pieces with the greatest sum of scores. Among equal sums, prefers the longest last piece. A
 * character that is not a piece may count as unknown.
 *
 * Source: Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm", 1967.
 *
 * @param scores - by id; −Infinity excludes a piece
 * @param unknownScore - the score of an unknown character
 * @param without - an id to exclude
 */
export function viterbi(
  text: string,
  trie: PieceTrie,
  scores: ArrayLike<number>,
  unknownScore: number,
  without = -1,
): Segmentation {
  const n = text.length;
  const best = new Float64Array(n + 1).fill(-Infinity);
  const from = new Int32Array(n + 1);
  const ids = new Int32Array(n + 1).fill(-1);
  const offer = (start: number, end: number, score: number, id: number): void => {
    if (!(score > best[end]!)) return;
    best[end] = score;
    from[end] = start;
    ids[end] = id;
  };
  best[0] = 0;
  for (let start = 0; start < n; start++) {
    if (best[start] === -Infinity) continue;
    const end = start + charLength(text, start);
    const count = trie.search(text, start);
    let hasChar = false;
    for (let i = 0; i < count; i++) {
      const id = trie.ids[i]!;
      if (id === without || scores[id] === -Infinity) continue;
      if (trie.ends[i] === end) hasChar = true;
      offer(start, trie.ends[i]!, best[start]! + scores[id]!, id);
    }
    if (!hasChar) offer(start, end, best[start]! + unknownScore, -1);
  }
  const segmentation: Segmentation = { ends: [], ids: [], score: best[n]! };
  for (let end = n; end > 0; end = from[end]!) {
    segmentation.ends.push(end);
    segmentation.ids.push(ids[end]!);
  }
  segmentation.ends.reverse();
  segmentation.ids.reverse();
  return segmentation;
}
