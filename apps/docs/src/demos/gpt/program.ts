import {
  adam, apply, dense, embedding, functional, gelu, input, layerNormalization, layers, learnedPositions, multiHeadAttention,
  RandomSource, sparseCategoricalCrossEntropy, type SymbolicTensor, tensor,
} from 'chainrule';

export interface Settings {
  seed: number;
  text: string;
  features: number;
  heads: number;
  blocks: number;
  learningRate: number;
}

/** How many characters the model looks back, and how many pieces of text it learns from in one step. */
const [length, batchSize] = [40, 16];

export function start(settings: Settings, own?: { text: string }) {
  const text = own?.text ?? texts[settings.text as keyof typeof texts](settings.seed);
  const alphabet = [...new Set(text)].sort();
  const ids = [...text].map((character) => alphabet.indexOf(character));
  if (ids.length < 20 * length) throw new Error(`The text needs ${20 * length} characters, and has ${ids.length}.`);
  const cut = Math.floor(0.9 * ids.length); // the last tenth is held out: the model never learns from it

  // The GPT: vectors for characters and places, then blocks, then a score for each character that may come next.
  const words = input([length], { dtype: 'int32' });
  let x = apply(words, embedding(alphabet.length, settings.features), learnedPositions(length)) as Sequence;
  const attended: SymbolicTensor[] = [];
  for (let i = 0; i < settings.blocks; i++) {
    // Attention: each character collects from those before it. Then a small network computes at each place.
    const keyDim = settings.features / settings.heads;
    const look = multiHeadAttention({ numHeads: settings.heads, keyDim, causal: true, returnScores: true });
    const [seen, weights] = apply(x, layerNormalization(), look) as unknown as [Sequence, SymbolicTensor];
    x = apply([x, seen], layers.add());
    const network = [dense(4 * settings.features, { activation: gelu }), dense(settings.features)] as const;
    x = apply([x, apply(x, layerNormalization(), ...network)], layers.add());
    attended.push(weights);
  }
  const model = functional(words, apply(x, layerNormalization(), dense(alphabet.length)));
  const optimizer = adam({ learningRate: settings.learningRate });
  const trainer = model.compile({ seed: settings.seed, optimizer, loss: sparseCategoricalCrossEntropy });

  // Pieces of the text, and the same pieces one character later: what to predict.
  const pieces = (from: readonly number[]) => {
    const rows = (shift: number) => from.map((at) => ids.slice(at + shift, at + shift + length));
    return { x: tensor(rows(0), undefined, 'int32'), y: tensor(rows(1), undefined, 'int32') };
  };
  const most = Math.min(batchSize, Math.floor((ids.length - cut - 1) / length));
  const heldOut = pieces(Array.from({ length: most }, (_, i) => cut + i * length));
  const bigram = bitsOfBigrams(ids, cut, alphabet.length);

  const step = async (n: number) => {
    const random = new RandomSource(settings.seed, 'windows', n);
    const { loss } = await trainer.trainStep(pieces(Array.from({ length: batchSize }, () => random.below(cut - length))));
    const unseen = await trainer.evaluate(heldOut);
    return { bits: loss! / Math.LN2, heldOut: unseen.loss! / Math.LN2, bigram };
  };
  return { state: { trainer }, step, text, alphabet, length, attention: functional(words, attended) };
}
type Sequence = SymbolicTensor<[number, number]>;

/** Bits per held-out character of a model that only counts which character follows which. */
function bitsOfBigrams(ids: number[], cut: number, characters: number) {
  const counts = Array.from({ length: characters }, () => Array.from({ length: characters }, () => 0.1));
  for (let i = 1; i < cut; i++) counts[ids[i - 1]!]![ids[i]!]! += 1;
  const totals = counts.map((row) => row.reduce((a, b) => a + b));
  let bits = 0;
  for (let i = cut; i < ids.length; i++) bits -= Math.log2(counts[ids[i - 1]!]![ids[i]!]! / totals[ids[i - 1]!]!);
  return bits / (ids.length - cut);
}

const texts = {
  /** The second sentence repeats what the first one says: only a model that looks back can know it. */
  stories: (seed: number) => {
    const names = ['anna', 'ben', 'clara', 'david', 'emma', 'felix'];
    const colors = ['red', 'blue', 'green', 'white', 'black', 'pink'];
    const things = ['hat', 'kite', 'boat', 'lamp', 'drum', 'fork'];
    return Array.from({ length: 500 }, (_, i) => {
      const random = new RandomSource(seed, 'texts', i);
      const [name, color, thing] = [names, colors, things].map((list) => list[random.below(list.length)]);
      return `${name} has a ${color} ${thing}. the ${thing} is ${color}.\n`;
    }).join('');
  },
  sums: (seed: number) =>
    Array.from({ length: 2000 }, (_, i) => {
      const random = new RandomSource(seed, 'texts', i);
      const [a, b] = [random.below(10), random.below(10)];
      return `${a}+${b}=${a + b}\n`;
    }).join(''),
};
