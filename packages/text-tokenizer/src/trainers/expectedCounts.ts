import type { PieceTrie } from '../models/pieceTrie.ts';

/** log(eᵃ + eᵇ). */
function logAdd(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}

/**
 * The expected count of each piece over all segmentations of the words, and the mean negative log likelihood of a word. The
 * probability of a segmentation is the product of those of its pieces. Ignores words without a segmentation.
 *
 * Forward pass: αⱼ = log Σ exp(αᵢ + score of the piece from i to j). The backward pass computes β in the same way from the
 * end. A piece from i to j then has the probability exp(αᵢ + score + βⱼ − αₙ).
 * Source: Kudo, "Subword Regularization", 2018; Rabiner, "A Tutorial on Hidden Markov Models", 1989.
 */
export function expectedCounts(
  words: ReadonlyMap<string, number>,
  trie: PieceTrie,
  scores: Float64Array,
): { counts: Float64Array; loss: number } {
  const counts = new Float64Array(scores.length);
  let [loss, total] = [0, 0];
  for (const [word, weight] of words) {
    const arcs = arcsOf(word, trie, scores);
    const n = word.length;
    const forward = new Float64Array(n + 1).fill(-Infinity);
    const backward = new Float64Array(n + 1).fill(-Infinity);
    forward[0] = backward[n] = 0;
    for (let a = 0; a < arcs.length; a += 3)
      forward[arcs[a + 1]!] = logAdd(forward[arcs[a + 1]!]!, forward[arcs[a]!]! + scores[arcs[a + 2]!]!);
    if (forward[n] === -Infinity) continue;
    for (let a = arcs.length - 3; a >= 0; a -= 3) {
      const [from, to, id] = [arcs[a]!, arcs[a + 1]!, arcs[a + 2]!];
      counts[id]! += weight * Math.exp(forward[from]! + scores[id]! + backward[to]! - forward[n]!);
      backward[from] = logAdd(backward[from]!, backward[to]! + scores[id]!);
    }
    loss -= weight * forward[n]!;
    total += weight;
  }
  return { counts, loss: loss / Math.max(total, 1) };
}

/** All pieces within a word: the start, end and id of each, sorted by start. */
function arcsOf(word: string, trie: PieceTrie, scores: Float64Array): number[] {
  const arcs: number[] = [];
  for (let from = 0; from < word.length; from++) {
    const count = trie.search(word, from);
    for (let i = 0; i < count; i++)
      if (scores[trie.ids[i]!] !== -Infinity) arcs.push(from, trie.ends[i]!, trie.ids[i]!);
  }
  return arcs;
}
