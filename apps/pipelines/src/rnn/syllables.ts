import { Generator, randomUniform } from '@chainrule/tensor';

const consonants = 'bdfgklmnrt';
const vowels = ['ei', 'aou'] as const;
const most = 4;

/**
 * Generated names of two to four syllables with two rules. All vowels of a name are of one group, which needs a memory of one
 * or two letters. The last letter repeats the first, which needs a memory of the whole name.
 */
export function syllableNames(count: number, seed: number): string[] {
  const draws = randomUniform(new Generator(seed), [count, 2 + 2 * most]).data;
  return Array.from({ length: count }, (_, i) => {
    const [kind, size, ...letters] = draws.slice(i * (2 + 2 * most), (i + 1) * (2 + 2 * most)) as unknown as number[];
    const pick = (from: string, at: number): string => from[Math.floor(letters[at]! * from.length)]!;
    const those = vowels[Math.floor(kind! * vowels.length)]!;
    const syllables = Array.from(
      { length: 2 + Math.floor(size! * (most - 1)) },
      (_, k) => pick(consonants, 2 * k) + pick(those, 2 * k + 1),
    );
    return syllables.join('') + syllables[0]![0]!;
  });
}

/** The perplexity of a model that knows the rules: exp of the mean of −ln p over all letters and ends. */
export function syllablePerplexity(names: readonly string[]): number {
  let [surprise, letters] = [0, 0];
  for (const name of names) {
    const syllables = (name.length - 1) / 2;
    const those = vowels.find((some) => some.includes(name[1]!))!;
    surprise += Math.log(most - 1) + Math.log(vowels.length) + syllables * Math.log(consonants.length * those.length);
    letters += name.length + 1;
  }
  return Math.exp(surprise / letters);
}
