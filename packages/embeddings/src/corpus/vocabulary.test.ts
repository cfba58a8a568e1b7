import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countVocabulary } from './vocabulary.ts';

test('words are sorted by count, and words with equal counts by their first occurrence', async () => {
  const sentences = [['b', 'a'], [], ['c', 'a', 'b'], ['d']];
  expect(await countVocabulary('test', sentences, { minCount: 1 })).toEqual({
    words: ['b', 'a', 'c', 'd'],
    counts: [2, 2, 1, 1],
    indices: new Map([
      ['b', 0],
      ['a', 1],
      ['c', 2],
      ['d', 3],
    ]),
    corpusWords: 6,
  });
});

test('minCount and maxVocab drop words, which still count as words of the corpus', async () => {
  const sentences = [['a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', '']];
  const { words, corpusWords } = await countVocabulary('test', sentences, { minCount: 2, maxVocab: 2 });
  expect([words, corpusWords]).toEqual([['a', 'b'], 9]);
});

test('names of properties are ordinary words', async () => {
  const { words } = await countVocabulary('test', [['constructor', '__proto__', 'constructor']], { minCount: 1 });
  expect(words).toEqual(['constructor', '__proto__']);
});

test('counts equal those of a search, from arrays, iterators and streams', async () => {
  const word = fc.constantFrom('x', 'y', 'z', 'Y', 'é');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(word), { minLength: 1 }), async (sentences) => {
      const all = sentences.flat();
      fc.pre(new Set(all).size > 1);
      const streams = [
        sentences,
        new Set(sentences),
        () => sentences.values(),
        async function* () {
          for (const sentence of sentences) yield await Promise.resolve(sentence);
        },
      ];
      for (const source of streams) {
        const { words, counts, indices, corpusWords } = await countVocabulary('test', source, { minCount: 1 });
        expect(corpusWords).toBe(all.length);
        expect(new Set(words)).toEqual(new Set(all));
        words.forEach((w, i) => {
          expect(counts[i]).toBe(all.filter((other) => other === w).length);
          expect(indices.get(w)).toBe(i);
          if (i > 0) expect(counts[i]! <= counts[i - 1]!).toBe(true);
        });
      }
    }),
    { numRuns: 30 },
  );
});

test('other tokens, one-shot iterators and texts are rejected', async () => {
  const count = (sentences: unknown): Promise<unknown> => countVocabulary('test', sentences as never, { minCount: 1 });
  await expect(count([[1]])).rejects.toThrow('test: `sentences` must be lists of strings, got 1');
  await expect(count([['a']].values())).rejects.toThrow('got an iterator');
  await expect(count('a b')).rejects.toThrow('must be an iterable of lists of tokens, got "a b"');
  await expect(count(['a b'])).rejects.toThrow('split texts into words first');
  await expect(count([['a', 'a']])).rejects.toThrow('at least two different words');
});
