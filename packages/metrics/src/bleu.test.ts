import { describe, expect, test } from 'vitest';
import { bleu } from './bleu.ts';

const words = (text: string): string[] => text.split(' ');
const score = (translation: string, references: readonly string[], options = {}): number =>
  bleu([words(translation)], [references.map(words)], options);

/** The sentences of Papineni et al. 2002, section 2. */
const party = {
  good: 'It is a guide to action which ensures that the military always obeys the commands of the party',
  poor: 'It is to insure the troops forever hearing the activity guidebook that party direct',
  references: [
    'It is a guide to action that ensures that the military will forever heed Party commands',
    'It is the guiding principle which guarantees the military forces always being under the command of the Party',
    'It is the practical guide for the army always to heed the directions of the party',
  ],
};

describe('bleu', () => {
  test('counts a word at most as often as a reference, as in the paper’s example of 2/7', () => {
    expect(
      score('the the the the the the the', ['the cat is on the mat', 'there is a cat on the mat'], { maxOrder: 1 }),
    ).toBeCloseTo(2 / 7, 15);
  });

  test('has the precisions of the paper for two translations', () => {
    expect(score(party.good, party.references, { maxOrder: 1 })).toBeCloseTo(17 / 18, 15);
    expect(score(party.good, party.references, { maxOrder: 2 })).toBeCloseTo(Math.sqrt((17 / 18) * (10 / 17)), 15);
    // The poor one is as long as no reference: 14 words, the nearest has 16.
    expect(score(party.poor, party.references, { maxOrder: 1 })).toBeCloseTo(Math.exp(1 - 16 / 14) * (8 / 14), 15);
  });

  test('is the geometric mean of four precisions', () => {
    expect(score(party.good, party.references)).toBeCloseTo(
      ((17 / 18) * (10 / 17) * (7 / 16) * (4 / 15)) ** (1 / 4),
      14,
    );
  });

  test('sums over a corpus before dividing, as in the documentation of NLTK', () => {
    const all = [party.good, 'he read the book because he was interested in world history'].map(words);
    const references = [party.references, ['he was interested in world history because he read the book']].map((list) =>
      list.map(words),
    );
    expect(bleu(all, references)).toBeCloseTo(0.5920778868801042, 14);
  });

  test('is 1 for a translation equal to a reference, and 0 without common words', () => {
    expect(score('je ne sais pas', ['je sais', 'je ne sais pas'])).toBe(1);
    expect(score('a b c d', ['e f g h'])).toBe(0);
  });

  test('applies the brevity penalty for the closest length, or the shorter of two', () => {
    expect(score('a b', ['a b c d'], { maxOrder: 1 })).toBeCloseTo(Math.exp(1 - 4 / 2), 15);
    expect(score('a b c', ['a b c d', 'a b'], { maxOrder: 1 })).toBe(1);
    expect(score('a b c', ['a b c d', 'a'], { maxOrder: 1 })).toBeCloseTo(Math.exp(1 - 4 / 3), 15);
    expect(score('a b c d e', ['a b c d'], { maxOrder: 1 })).toBeCloseTo(4 / 5, 15);
  });

  test('is 0 without matches of some order, unless smoothed', () => {
    expect(score('a b x d', ['a b c d'])).toBe(0);
    expect(score('a b x d', ['a b c d'], { smoothing: 'addOne' })).toBeCloseTo(
      ((3 / 4) * (2 / 4) * (1 / 3) * (1 / 2)) ** (1 / 4),
      15,
    );
    expect([score('a b c', ['a b c']), score('a b c', ['a b c'], { smoothing: 'addOne' })]).toEqual([0, 1]);
  });

  test('accepts ids, and distinguishes them from text', () => {
    expect(bleu([[1, 2, 3, 4], Int32Array.of(5, 6, 7, 8)], [[[1, 2, 3, 4]], [[5, 6, 7, 8]]])).toBe(1);
    expect(bleu([[1]], [[['1']]], { maxOrder: 1 })).toBe(0);
    // Two words are not one with a comma in it.
    expect(bleu([['a,b', 'c']], [[['a', 'b,c']]], { maxOrder: 2, smoothing: 'addOne' })).toBe(0);
  });

  test('is NaN without translations, and 0 for empty ones', () => {
    expect([bleu([], []), bleu([[]], [[['a']]])]).toEqual([NaN, 0]);
  });

  test('throws for wrong arguments', () => {
    expect(() => bleu([['a']], [])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: bleu: \`references\` must be lists for 1 translations, got 0]`,
    );
    expect(() => bleu([['a'], ['b']], [[['a']], []])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: bleu: \`references\` must hold at least one sentence for each translation, got none at 1]`,
    );
    expect(() => score('a', ['a'], { maxOrder: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bleu: \`maxOrder\` must be a positive integer, got 0]`,
    );
    expect(() => score('a', ['a'], { smoothing: 'some' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bleu: \`smoothing\` must be "none" or "addOne", got "some"]`,
    );
  });
});
