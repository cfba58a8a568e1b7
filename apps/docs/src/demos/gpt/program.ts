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
const [length, batchSize] = [44, 16];

export function start(settings: Settings, own?: { text: string }) {
  const text = [...(own?.text ?? texts[settings.text as keyof typeof texts](settings.seed))];
  const alphabet = [...new Set(text)].sort();
  const ids = text.map((character) => alphabet.indexOf(character));
  if (ids.length < 20 * length) throw new Error(`The text needs ${20 * length} characters, and has ${ids.length}.`);
  const cut = Math.floor(0.9 * ids.length); // the last tenth is held out: the model never learns from it

  // Vectors for characters and places, then blocks, then a score for each character that may come next.
  const words = input([length], { dtype: 'int32' });
  let x = apply(words, embedding(alphabet.length, settings.features), learnedPositions(length)) as Sequence;
  const attended: SymbolicTensor[] = [];
  for (let i = 0; i < settings.blocks; i++) {
    // Attention: each character collects from those before it. Then a small network computes at each place.
    const [numHeads, keyDim] = [settings.heads, settings.features / settings.heads];
    const look = multiHeadAttention({ numHeads, keyDim, causal: true, returnScores: true });
    const [seen, weights] = apply(x, layerNormalization(), look) as unknown as [Sequence, SymbolicTensor];
    x = apply([x, seen], layers.add());
    const [wide, narrow] = [dense(4 * settings.features, { activation: gelu }), dense(settings.features)];
    x = apply([x, apply(x, layerNormalization(), wide, narrow)], layers.add());
    attended.push(weights);
  }
  const model = functional(words, apply(x, layerNormalization(), dense(alphabet.length)));
  const [optimizer, loss] = [adam({ learningRate: settings.learningRate }), sparseCategoricalCrossEntropy];
  const trainer = model.compile({ seed: settings.seed, optimizer, loss });

  // Pieces of the text, and the same pieces one character later: what to predict.
  const pieces = (from: readonly number[]) => {
    const rows = (shift: number) => tensor(from.map((at) => ids.slice(at + shift, at + shift + length)), undefined, 'int32');
    return { x: rows(0), y: rows(1) };
  };
  // They begin with a line, so that they hold whole sentences; in a text of few lines, anywhere.
  const begins = (from: number, to: number) => {
    const all = Array.from({ length: to - length - from }, (_, i) => from + i);
    const lines = all.filter((i) => text[i - 1] === '\n');
    return lines.length < batchSize ? all : lines;
  };
  const [training, unseen] = [begins(0, cut), begins(cut, ids.length)];
  const heldOut = pieces(Array.from({ length: batchSize }, (_, i) => unseen[Math.floor((i * unseen.length) / batchSize)]!));
  const bigram = bitsOfBigrams(ids, cut, alphabet.length);

  const step = async (n: number) => {
    const random = new RandomSource(settings.seed, 'windows', n);
    const { loss } = await trainer.trainStep(pieces(Array.from({ length: batchSize }, () => training[random.below(training.length)]!)));
    return { bits: loss! / Math.LN2, heldOut: (await trainer.evaluate(heldOut)).loss! / Math.LN2, bigram };
  };
  return { state: { trainer }, step, text, alphabet, length, attention: functional(words, attended) };
}
type Sequence = SymbolicTensor<[number, number]>;

/** Bits per held-out character of a model that only counts which character follows which. */
function bitsOfBigrams(ids: number[], cut: number, characters: number) {
  const counts = Array.from({ length: characters }, () => Array.from({ length: characters }, () => 0.1));
  for (let i = 1; i < cut; i++) counts[ids[i - 1]!]![ids[i]!]! += 1;
  const totals = counts.map((row) => row.reduce((a, b) => a + b));
  const bits = ids.slice(cut).map((id, i) => -Math.log2(counts[ids[cut + i - 1]!]![id]! / totals[ids[cut + i - 1]!]!));
  return bits.reduce((a, b) => a + b) / bits.length;
}
const texts = {
  /** The second sentence repeats what the first one says: only a model that looks back can know it. */
  stories: (seed: number) => {
    const names = ['anna', 'ben', 'clara', 'david', 'emma', 'felix'];
    const colors = ['red', 'blue', 'green', 'white', 'black', 'pink'];
    const things = ['hat', 'kite', 'boat', 'lamp', 'drum', 'fork'];
    return Array.from({ length: 500 }, (_, i) => {
      const random = new RandomSource(seed, 'texts', i);
      const [name, color, thing] = [names, colors, things].map((list) => list[random.below(6)]);
      return `${name} has a ${color} ${thing}. the ${thing} is ${color}.\n`;
    }).join('');
  },
  sums: (seed: number) => {
    const random = new RandomSource(seed, 'texts', 0);
    const pairs = Array.from({ length: 2000 }, () => [random.below(10), random.below(10)] as const);
    return pairs.map(([a, b]) => `${a}+${b}=${a + b}\n`).join('');
  },
};
