import { Generator, randomUniform } from '@chainrule/tensor';
import type { Pair, Pairs } from './translationPairs.ts';

// A small grammar of English and French whose alignment is not a diagonal. In French, most adjectives follow their noun,
// object pronouns precede the verb, and a negation surrounds it. Articles and adjectives agree with the noun.

interface Noun {
  readonly english: readonly [singular: string, plural: string];
  readonly french: string;
  readonly feminine?: true;
}

interface Adjective {
  readonly english: string;
  readonly french: readonly [masculine: string, feminine: string];
  /** Whether it precedes its noun. */
  readonly before?: true;
}

interface Verb {
  readonly english: readonly [plain: string, third: string];
  readonly french: readonly [singular: string, plural: string];
}

const nouns: readonly Noun[] = [
  { english: ['cat', 'cats'], french: 'chat' },
  { english: ['dog', 'dogs'], french: 'chien' },
  { english: ['friend', 'friends'], french: 'ami' },
  { english: ['tree', 'trees'], french: 'arbre' },
  { english: ['boy', 'boys'], french: 'garçon' },
  { english: ['book', 'books'], french: 'livre' },
  { english: ['bird', 'birds'], french: 'oiseau' },
  { english: ['girl', 'girls'], french: 'fille', feminine: true },
  { english: ['house', 'houses'], french: 'maison', feminine: true },
  { english: ['car', 'cars'], french: 'voiture', feminine: true },
  { english: ['flower', 'flowers'], french: 'fleur', feminine: true },
  { english: ['star', 'stars'], french: 'étoile', feminine: true },
  { english: ['school', 'schools'], french: 'école', feminine: true },
  { english: ['apple', 'apples'], french: 'pomme', feminine: true },
];

const adjectives: readonly Adjective[] = [
  { english: 'red', french: ['rouge', 'rouge'] },
  { english: 'green', french: ['vert', 'verte'] },
  { english: 'black', french: ['noir', 'noire'] },
  { english: 'white', french: ['blanc', 'blanche'] },
  { english: 'blue', french: ['bleu', 'bleue'] },
  { english: 'round', french: ['rond', 'ronde'] },
  { english: 'small', french: ['petit', 'petite'], before: true },
  { english: 'big', french: ['grand', 'grande'], before: true },
  { english: 'pretty', french: ['joli', 'jolie'], before: true },
];

const verbs: readonly Verb[] = [
  { english: ['see', 'sees'], french: ['voit', 'voient'] },
  { english: ['like', 'likes'], french: ['aime', 'aiment'] },
  { english: ['find', 'finds'], french: ['trouve', 'trouvent'] },
  { english: ['look for', 'looks for'], french: ['cherche', 'cherchent'] },
  { english: ['paint', 'paints'], french: ['peint', 'peignent'] },
  { english: ['hear', 'hears'], french: ['entend', 'entendent'] },
];

/** The forms for masculine, feminine and plural. */
const determiners: readonly {
  readonly english: readonly [singular: string, plural: string];
  readonly french: readonly [string, string, string];
  readonly elided?: readonly [string, string];
}[] = [
  { english: ['the', 'the'], french: ['le', 'la', 'les'], elided: ["l'", "l'"] },
  { english: ['this', 'these'], french: ['ce', 'cette', 'ces'], elided: ['cet', 'cette'] },
  { english: ['my', 'my'], french: ['mon', 'ma', 'mes'], elided: ['mon', 'mon'] },
  { english: ['a', 'two'], french: ['un', 'une', 'deux'] },
];

/** A part of a sentence in both languages. */
interface Part {
  readonly english: readonly string[];
  readonly french: readonly string[];
  readonly plural: boolean;
}

/** Draws a number in [0, 1). */
type Draw = () => number;

const pick = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() * list.length)]!;
const startsWithVowel = (word: string): boolean => /^[aeiouéè]/.test(word);
/** Appends an s to words that do not end with one. */
const pluralOf = (word: string): string => (word.endsWith('eau') ? `${word}x` : `${word}s`);

function nounPhrase(draw: Draw): Part {
  const [noun, determiner] = [pick(draw, nouns), pick(draw, determiners)];
  const adjective = draw() < 0.7 ? pick(draw, adjectives) : undefined;
  const plural = draw() < 0.4;
  const gender = noun.feminine ? 1 : 0;
  const inNumber = (word: string): string => (plural ? pluralOf(word) : word);
  const agreed = adjective ? [inNumber(adjective.french[gender])] : [];
  const words = adjective?.before ? [...agreed, inNumber(noun.french)] : [inNumber(noun.french), ...agreed];
  const article = plural
    ? determiner.french[2]
    : ((startsWithVowel(words[0]!) ? determiner.elided : undefined) ?? determiner.french)[gender];
  const form = plural ? 1 : 0;
  return {
    english: [determiner.english[form], ...(adjective ? [adjective.english] : []), noun.english[form]],
    french: [article, ...words],
    plural,
  };
}

const pronouns: readonly { readonly english: string; readonly french: string; readonly elided: string }[] = [
  { english: 'him', french: 'le', elided: "l'" },
  { english: 'her', french: 'la', elided: "l'" },
  { english: 'them', french: 'les', elided: 'les' },
];

function sentence(draw: Draw): Pair {
  const [subject, verb] = [nounPhrase(draw), pick(draw, verbs)];
  const negated = draw() < 0.3;
  const object = draw() < 0.3 ? pick(draw, pronouns) : nounPhrase(draw);
  const inFrench = verb.french[subject.plural ? 1 : 0];
  const isPronoun = 'elided' in object;
  const before = isPronoun ? [startsWithVowel(inFrench) ? object.elided : object.french] : [];
  const no = startsWithVowel(before[0] ?? inFrench) ? "n'" : 'ne';
  const inEnglish = negated
    ? `${subject.plural ? 'do' : 'does'} not ${verb.english[0]}`
    : verb.english[subject.plural ? 0 : 1];
  return {
    source: [...subject.english, ...inEnglish.split(' '), ...(isPronoun ? [object.english] : object.english), '.'],
    target: [
      ...subject.french,
      ...(negated ? [no] : []),
      ...before,
      inFrench,
      ...(negated ? ['pas'] : []),
      ...(isPronoun ? [] : object.french),
      '.',
    ],
  };
}

/** The given numbers of distinct sentences for training and for testing. */
export function phrases({ count, seed }: { readonly count: number; readonly seed: number }): Pairs {
  const held = 300;
  const rng = new Generator(seed);
  const sentences = new Map<string, Pair>();
  while (sentences.size < count + 2 * held) {
    const numbers = randomUniform(rng, [16]).data;
    let at = 0;
    const pair = sentence(() => numbers[at++]!);
    sentences.set(pair.source.join(' '), pair);
  }
  const all = [...sentences.values()];
  return { train: all.slice(2 * held), validation: all.slice(held, 2 * held), test: all.slice(0, held) };
}
