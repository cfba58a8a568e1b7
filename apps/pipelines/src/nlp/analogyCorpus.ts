import type { AnalogySection } from '@chainrule/embeddings';
import { RandomSource } from '@chainrule/tensor';
import { expand, type Grammar } from './grammar.ts';

/** Pairs of words for male and female people, with the actions that only they perform. The actions distinguish a king from a man. */
const people: readonly (readonly [male: string, female: string, doings: readonly string[]])[] = [
  ['king', 'queen', ['rules the land', 'sits on the throne', 'wears the crown', 'speaks to the court']],
  ['prince', 'princess', ['waits for the crown', 'plays in the palace', 'will rule one day', 'rides to the court']],
  ['man', 'woman', ['works in the town', 'reads the paper', 'pays the rent', 'drives to the town']],
  ['boy', 'girl', ['goes to school', 'plays with a ball', 'learns to read', 'draws a picture']],
  [
    'father',
    'mother',
    ['cooks for the children', 'puts the children to bed', 'takes the children to school', 'tells the children a tale'],
  ],
  ['actor', 'actress', ['stands on the stage', 'learns the part', 'plays in a film', 'bows to the crowd']],
  ['waiter', 'waitress', ['brings the soup', 'lays the table', 'takes the order', 'fills the glasses']],
  ['hero', 'heroine', ['fights the dragon', 'saves the village', 'finds the treasure', 'leaves the tale']],
];

const places: readonly (readonly [country: string, capital: string, people: string, food: string])[] = [
  ['france', 'paris', 'french', 'cheese'],
  ['italy', 'rome', 'italian', 'pasta'],
  ['japan', 'tokyo', 'japanese', 'rice'],
  ['greece', 'athens', 'greek', 'olives'],
  ['norway', 'oslo', 'norwegian', 'salmon'],
  ['egypt', 'cairo', 'egyptian', 'dates'],
  ['peru', 'lima', 'peruvian', 'potatoes'],
  ['poland', 'warsaw', 'polish', 'cabbage'],
];

const grammar: Grammar = {
  ofPerson: [
    'the {noun} {doing} with {his} {thing}',
    '{he} is a {noun} and {doing}',
    'the {noun} lost {his} {thing}',
    'when the {noun} {doing} {he} takes {his} {thing}',
    'the {noun} said that {he} {doing}',
    'the {noun} {doing}',
  ],
  ofCapital: [
    'the streets of {capital} are full of {people} {crowd}',
    'the mayor of {capital} likes {food}',
    'the {people} parliament sits in {capital}',
    'in {capital} the {people} shops sell {food}',
    'the underground of {capital} is late',
  ],
  ofCountry: [
    'the fields of {country} are full of {food}',
    'the {people} army guards the border of {country}',
    'the farmers of {country} grow {food}',
    'the {people} flag flies over {country}',
    'the coast of {country} is long',
  ],
  crowd: ['guests', 'cars', 'music', 'students'],
};
const male: Grammar = { he: ['he'], his: ['his'], thing: ['beard', 'sword', 'razor', 'tie', 'brother', 'pipe'] };
const female: Grammar = { he: ['she'], his: ['her'], thing: ['necklace', 'gown', 'earring', 'skirt', 'sister', 'fan'] };

/** Sentences about people and places in which analogies hold, such as king : queen = man : woman. */
export function analogySentences(options: { readonly count: number; readonly seed: number }): string[][] {
  const { count, seed } = options;
  return Array.from({ length: count }, (_, i) => {
    const random = new RandomSource(seed, 'texts', i);
    const text = random.below(2) === 0 ? ofPerson(random) : ofPlace(random);
    return text.split(' ');
  });
}

function ofPerson(random: RandomSource): string {
  const [he, she, doing] = people[random.below(people.length)]!;
  const [noun, gender] = random.below(2) === 0 ? [he, male] : [she, female];
  return expand({ ...grammar, ...gender, noun: [noun], doing }, '{ofPerson}', random);
}

function ofPlace(random: RandomSource): string {
  const [country, capital, adjective, food] = places[random.below(places.length)]!;
  const bound: Grammar = { ...grammar, country: [country], capital: [capital], people: [adjective], food: [food] };
  return expand(bound, random.below(2) === 0 ? '{ofCapital}' : '{ofCountry}', random);
}

/** All analogies that the grammar implies. */
export function analogyQuestions(): AnalogySection[] {
  return [section('he and she', people), section('capitals', places)];
}

function section(name: string, pairs: readonly (readonly [string, string, ...unknown[]])[]): AnalogySection {
  return {
    name,
    questions: pairs.flatMap(([a, b]) => pairs.filter(([c]) => c !== a).map(([c, d]) => [a, b, c, d] as const)),
  };
}

/** The words that occur in analogies. */
export function plottedWords(): string[] {
  return [...people, ...places].flatMap(([a, b]) => [a, b]);
}
