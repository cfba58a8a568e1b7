import { expect, test } from 'vitest';
import { fnv1a, subwordBuckets } from './subwords.ts';

test('n-grams are hashed by FNV-1a', () => {
  const hash = (text: string): number => fnv1a(new TextEncoder().encode(text));
  // Published with the algorithm.
  expect([hash(''), hash('a'), hash('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

test('n-grams are those of the word between its boundary markers', () => {
  const buckets = (word: string, minN: number, maxN: number): number[] =>
    subwordBuckets(word, { minN, maxN, bucket: 2 ** 32 });
  const hashes = (parts: string[]): number[] => parts.map((part) => fnv1a(new TextEncoder().encode(part)));
  expect(buckets('ab', 3, 6)).toEqual(hashes(['<ab', '<ab>', 'ab>']));
  expect(buckets('é🎩', 1, 2)).toEqual(hashes(['<é', 'é', 'é🎩', '🎩', '🎩>']));
  expect(buckets('a', 4, 6)).toEqual([]);
});
