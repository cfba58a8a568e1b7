import { adam, apply, binaryCrossEntropy, embedding, functional, input, layers, RandomSource, tensor, WordVectors } from 'chainrule';

export interface Settings {
  seed: number;
  dimensions: number;
  window: number;
  negatives: number;
  learningRate: number;
}

export function start(settings: Settings, own?: { text: string }) {
  const { seed, dimensions, window, negatives } = settings;
  const sentences = (own?.text ?? tales(seed)).toLowerCase().split(/[.!?\n]+/).map((line) => line.match(/[\p{L}\p{N}'-]+/gu) ?? []);
  const counts = new Map<string, number>();
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const least = 0.01 * sentences.flat().length;
  const words = [...counts.keys()].filter((word) => counts.get(word)! >= 3).sort((a, b) => counts.get(b)! - counts.get(a)!);
  if (words.length < 10) throw new Error('The text needs at least 10 words that occur three times.');
  const number = new Map(words.map((word, i) => [word, i]));

  // Each word with each word near it. Words such as "the" say little, so most of their occurrences are left out.
  const pairs: (readonly [number, number])[] = [];
  sentences.forEach((sentence, i) => {
    const random = new RandomSource(seed, 'pairs', i);
    const kept = sentence.filter((word) => number.has(word) && random.uniform() < Math.sqrt(least / counts.get(word)!));
    kept.forEach((word, at) => {
      for (const near of kept.slice(Math.max(0, at - window), at + window + 1))
        if (near !== word) pairs.push([number.get(word)!, number.get(near)!]);
    });
  });
  // Random words to compare with: frequent words more often, but less than in proportion.
  const drawn = words.flatMap((word, i) => new Array<number>(Math.ceil(counts.get(word)! ** 0.75)).fill(i));

  // Every word has a vector, and a second one for its part as a neighbor. Their product says how well two words go together.
  const [center, others] = [input([1], { dtype: 'int32' }), input([1 + negatives], { dtype: 'int32' })];
  const vector = apply(center, embedding(words.length, dimensions, { name: 'vectors' }));
  const neighbors = apply(others, embedding(words.length, dimensions, { name: 'neighbors' }));
  const model = functional({ center, others }, apply([neighbors, vector], layers.dot(2)));
  const trainer = model.compile({ seed, optimizer: adam({ learningRate: settings.learningRate }), loss: binaryCrossEntropy });
  const vectors = () => new WordVectors(words, trainer.model.variables()[0]!.value.value);

  // The first of the others is a real neighbor, so its label is 1. The rest are random words, with label 0.
  const label = [1, ...new Array<number>(negatives).fill(0)].map((value) => [value]);
  const step = async (n: number) => {
    const random = new RandomSource(seed, 'windows', n);
    const rows = Array.from({ length: 256 }, () => pairs[random.below(pairs.length)]!);
    const wrong = () => Array.from({ length: negatives }, () => drawn[random.below(drawn.length)]!);
    const { loss } = await trainer.trainStep({
      x: {
        center: tensor(rows.map(([word]) => [word]), undefined, 'int32'),
        others: tensor(rows.map(([, near]) => [near, ...wrong()]), undefined, 'int32'),
      },
      y: tensor(rows.map(() => label)),
    });
    return { loss: loss!, ...(!own && { analogies: shareOfAnalogies(vectors()) }) };
  };
  return { state: { trainer }, step, words, vectors };
}

const people = [
  ['king', 'queen', 'wears the crown', 'rules the land'], ['prince', 'princess', 'waits for the crown', 'plays in the palace'],
  ['man', 'woman', 'works in town', 'pays the rent'], ['boy', 'girl', 'goes to school', 'draws a picture'],
  ['father', 'mother', 'cooks for the children', 'tells a tale'], ['actor', 'actress', 'stands on the stage', 'learns the part'],
];
const places = [
  ['france', 'paris', 'cheese', 'french'], ['italy', 'rome', 'pasta', 'italian'], ['japan', 'tokyo', 'rice', 'japanese'],
  ['greece', 'athens', 'olives', 'greek'], ['norway', 'oslo', 'salmon', 'norwegian'], ['peru', 'lima', 'potatoes', 'peruvian'],
];

/** Sentences in which analogies hold, such as: king is to queen as man is to woman. */
const tales = (seed: number) => Array.from({ length: 4000 }, (_, i) => {
  const random = new RandomSource(seed, 'texts', i);
  const pick = <T>(list: readonly T[]) => list[random.below(list.length)]!;
  const [female, [country, capital, food, adjective]] = [random.below(2), pick(places)] as const;
  const person = pick(people);
  const [he, his, thing] = female ? ['she', 'her', pick(['gown', 'necklace', 'sister'])] : ['he', 'his', pick(['beard', 'tie', 'brother'])];
  return pick([
    `The ${person[female]} ${pick(person.slice(2))} with ${his} ${thing}.`, `The ${person[female]} lost ${his} ${thing} and ${he} ${pick(person.slice(2))}.`,
    `The streets of ${capital} are full of ${adjective} cars and shops for ${food}.`, `The mayor of ${capital} likes ${adjective} ${food}.`,
    `The fields of ${country} grow ${food} and ${adjective} farmers live there.`, `The coast of ${country} is long and the ${adjective} army guards it.`,
  ]);
}).join(' ');

/** The share of the analogies a : b = c : d that the vectors solve: b − a + c is nearest to d. */
function shareOfAnalogies(vectors: WordVectors) {
  const results = [people, places].flatMap((rows) => rows.flatMap(([a, b]) => rows.filter(([c]) => c !== a).map(([c, d]) =>
    vectors.analogy({ positive: [b!, c!], negative: [a!] }, { count: 1 })[0]!.word === d)));
  return results.filter(Boolean).length / results.length;
}
