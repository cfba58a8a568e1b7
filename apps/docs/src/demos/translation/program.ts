import {
  adam, apply, dense, embedding, functional, gru, input, layers, luongAttention, normal, padSequences, RandomSource, slice,
  sparseCategoricalAccuracy, sparseCategoricalCrossEntropy, tanh, tensor, WordTokenizer,
} from 'chainrule';

export interface Settings {
  seed: number;
  attention: boolean;
  units: number;
  learningRate: number;
}

/** A sentence and its translation. */
export type Pair = [source: string, target: string];

export function start({ seed, attention, units, learningRate }: Settings, own?: Pair[]) {
  const pairs = own ?? generate(seed);
  // In random order. A tenth, or at most 100 sentences, are held out: no training sees them.
  const order = [...new RandomSource(seed, 'split', 0).permutation(pairs.length)].map((i) => pairs[i]!);
  const count = Math.min(100, Math.floor(pairs.length / 10));
  const [held, train] = [order.slice(0, count), order.slice(count)];

  // Words become numbers; 0 fills up short sentences. ^ begins a translation and $ ends it.
  const [source, target] = [0, 1].map((language) => {
    const tokenizer = new WordTokenizer({ analyzer: wordsOf, oovToken: '<unknown>' });
    tokenizer.fitOnTexts(train.map((pair) => `^ ${pair[language]!} $`));
    return tokenizer;
  }) as [WordTokenizer, WordTokenizer];
  const length = 1 + Math.max(...pairs.flat().map((text) => wordsOf(text).length));
  const numbered = (tokenizer: WordTokenizer, texts: string[]) => {
    const { data, shape } = padSequences(tokenizer.textsToSequences(texts), { maxLength: length, padding: 'post' });
    return tensor(data, shape, 'int32');
  };

  // The encoder reads the sentence. The decoder starts from its last state, and predicts a word from those before it.
  const words = (name: string) => input([length], { name, dtype: 'int32' });
  const inputs = { source: words('source'), before: words('before') };
  const vectors = { maskZero: true, embeddingsInitializer: normal({ stddev: 1 }) };
  const reader = gru(units, { returnSequences: true, returnState: true });
  const [read, state] = apply(inputs.source, embedding(source.vocabularySize, 24, vectors), reader);
  const writer = gru(units, { returnSequences: true });
  const written = apply([apply(inputs.before, embedding(target.vocabularySize, 24, vectors)), state], writer);
  // For each word that it writes, attention mixes what the encoder read: much from words with large weights.
  const [seen, weights] = apply([written, read], luongAttention({ score: 'general', scale: true, returnScores: true }));
  const known = attention ? apply([seen, written], layers.concatenate()) : written;
  const model = functional(inputs, apply(known, dense(units, { activation: tanh }), dense(target.vocabularySize)));
  const trainer = model.compile({
    seed,
    optimizer: adam({ learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });

  // The target of each place is the word after it. Batch n starts where batch n - 1 ends.
  const x = numbered(source, train.map(([text]) => text));
  const before = numbered(target, train.map(([, text]) => `^ ${text}`));
  const y = numbered(target, train.map(([, text]) => `${text} $`));
  const size = Math.min(64, train.length);
  const step = (n: number) => {
    const from = (n % Math.floor(train.length / size)) * size;
    const [source, words, next] = [x, before, y].map((all) => slice(all, [from, 0], [size, length]));
    return trainer.trainStep({ x: { source: source!, before: words! }, y: next! });
  };
  const look = functional(inputs, weights); // shares the trained layers
  return { state: { trainer }, step, look, attention, source, target, numbered, held, length };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+['’]?|[^\s\p{L}\p{N}]/gu) ?? [];
}

// In French, most adjectives follow their noun and agree with it, pronouns precede the verb, and a negation surrounds it.
const nouns = 'cat chat,dog chien,boy garçon,book livre,tree arbre,bird oiseau,girl fille f,house maison f,car voiture f,' +
  'flower fleur f,star étoile f,apple pomme f';
const adjectives = 'red rouge rouge,green vert verte,black noir noire,blue bleu bleue,white blanc blanche,small petit petite <,' +
  'big grand grande <,pretty joli jolie <';
const articles = "the le la l' l',this ce cette cet cette,my mon ma mon mon,a un une un une";
const verbs = 'sees see voit,likes like aime,finds find trouve,paints paint peint,hears hear entend';
const pronouns = "him le l',her la l'";

/** 1,500 different sentences in English and French. */
function generate(seed: number): Pair[] {
  const random = new RandomSource(seed, 'texts', 0);
  const pick = (list: string) => list.split(',')[random.below(list.split(',').length)]!.split(' ');
  const isVowel = (word: string) => /^[aeiouhé]/.test(word);
  const phrase = (): Pair => {
    const [[noun, nom, gender], [article, ...forms]] = [pick(nouns), pick(articles)];
    const [adjective, masculine, feminine, isBefore] = random.below(3) ? pick(adjectives) : [''];
    const agreed = (gender ? feminine : masculine) ?? '';
    const french = isBefore ? `${agreed} ${nom!}` : `${nom!} ${agreed}`;
    return [`${article!} ${adjective!} ${noun!}`, `${forms[(isVowel(french) ? 2 : 0) + (gender ? 1 : 0)]!} ${french}`];
  };
  const pairs = new Map<string, string>();
  while (pairs.size < 1500) {
    const [[subject, sujet], [sees, see, voit], [object, objet], [him, le, elided]] = [phrase(), pick(verbs), phrase(), pick(pronouns)];
    const [isNegated, isPronoun] = [random.below(3) === 0, random.below(3) === 0];
    const verb = isPronoun ? `${isVowel(voit!) ? elided! : le!} ${voit!}` : voit!;
    const french = isNegated ? `${isVowel(verb) ? "n'" : 'ne'} ${verb} pas` : verb;
    const english = `${subject} ${isNegated ? `does not ${see!}` : sees!} ${isPronoun ? him! : object} .`;
    pairs.set(tidy(english), tidy(`${sujet} ${french} ${isPronoun ? '' : objet} .`));
  }
  return [...pairs];
}
const tidy = (text: string) => text.replace(/ +/g, ' ').replace("' ", "'");
