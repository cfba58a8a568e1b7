import { describe, expect, test } from 'vitest';
import { phrases } from './phrases.ts';

const { train, validation, test: held } = phrases({ count: 2000, seed: 5 });
const all = [...train, ...validation, ...held].map(
  ({ source, target }) => [source.join(' '), target.join(' ')] as const,
);
const french = all.map(([, target]) => ` ${target} `);

describe('phrases', () => {
  test('gives the requested number of distinct sentences, the same for a seed', () => {
    expect([train.length, validation.length, held.length, new Set(all.map(([source]) => source)).size]).toEqual([
      2000, 300, 300, 2600,
    ]);
    expect(phrases({ count: 10, seed: 5 }).test).toEqual(held);
    expect(phrases({ count: 10, seed: 6 }).test).not.toEqual(held);
  });

  test('agree: articles and adjectives with the noun, the verb with the subject', () => {
    const mistakes = [
      / (le|un|ce) (maison|voiture|fleur|fille|pomme) /,
      / (la|une|cette|ma) (chat|chien|livre|garçon) /,
      / maison vert /,
      / chat verte /,
      / (les|ces|mes|deux) (chat|maison|petit|jolie) /,
      / (chats|maisons) (noir|noire) /,
      / (les|ces|mes|deux) \p{L}+s (ne )?(voit|aime) /u,
    ];
    for (const text of french) for (const mistake of mistakes) expect(text).not.toMatch(mistake);
    expect(french.some((text) => / chat vert /.test(text)) && french.some((text) => / maison verte /.test(text))).toBe(
      true,
    );
  });

  test('elide before vowels', () => {
    for (const text of french) expect(text).not.toMatch(/ (le|la|ce|ma|ne) [aeiouéè]/);
    expect(
      ["l' ami", 'cet arbre', 'mon étoile', "n' aime", "l' aime"].every((phrase) =>
        french.some((text) => text.includes(` ${phrase} `)),
      ),
    ).toBe(true);
  });

  test('have another word order than English', () => {
    const translated = new Map(all);
    const some = (english: RegExp, to: RegExp): void => {
      const found = [...translated].filter(([source]) => english.test(source));
      expect(found.length).toBeGreaterThan(0);
      for (const [, target] of found) expect(target).toMatch(to);
    };
    some(/^the red (cat|car) /, /^l[ae] (chat|voiture) rouge /);
    some(/^the small (cat|car) /, /^l[ae] petite? (chat|voiture) /);
    some(/ sees them \.$/, / les voit \.$/);
    some(/ does not (see|find) /, / ne ((le|la|les) )?(voit|trouve) pas /);
  });
});
