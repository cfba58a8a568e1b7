import {
  adam, dense, dropout, embedding, globalAveragePool1d, globalMaxPool1d, input, type Layer, lstm, padSequences, RandomSource,
  sequentialOf, slice, sparseCategoricalAccuracy, sparseCategoricalCrossEntropy, tensor, WordTokenizer,
} from 'chainrule';

export interface Settings {
  seed: number;
  data: 'messages' | 'film reviews';
  model: 'mean of words' | 'LSTM';
  learningRate: number;
  dropout: number;
}

/** Texts, and the name of the class of each. */
export interface Labeled {
  texts: string[];
  labels: string[];
}

export function start(settings: Settings, own?: Labeled) {
  const { texts, labels } = own ?? generate(settings);
  const classes = [...new Set(labels)].sort();
  // In random order. A fifth is held out: no training sees it.
  const order = [...new RandomSource(settings.seed, 'split', 0).permutation(texts.length)];
  const [test, train] = [order.slice(0, texts.length / 5), order.slice(texts.length / 5)];

  // A text becomes the numbers of its words. All words that occur only once share the number of <rare>; 0 fills up.
  const tokenizer = new WordTokenizer({ analyzer: wordsOf, minCount: 2, oovToken: '<rare>' });
  tokenizer.fitOnTexts(train.map((i) => texts[i]!));
  const numbered = (texts: string[]) => {
    const sequences = tokenizer.textsToSequences(texts);
    const { data, shape } = padSequences(sequences, { maxLength: length, padding: 'post', truncating: 'post' });
    return tensor(data, shape, 'int32');
  };

  // Each word becomes a vector, which training finds. The LSTM reads them in order; their mean has no order.
  const readers = { 'LSTM': [lstm(20, { returnSequences: true }), globalMaxPool1d()], 'mean of words': [globalAveragePool1d()] };
  const words = embedding(tokenizer.vocabularySize, 16, { maskZero: true, name: 'words' });
  const layers: Layer[] = [words, dropout(settings.dropout), ...readers[settings.model], dense(classes.length)];
  const model = sequentialOf(input([length]), layers);
  const trainer = model.compile({
    seed: settings.seed,
    optimizer: adam({ learningRate: settings.learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });

  const x = numbered(train.map((i) => texts[i]!));
  const y = tensor(train.map((i) => classes.indexOf(labels[i]!)), [train.length], 'int32');
  const size = Math.min(32, train.length);
  const step = (n: number) => {
    const from = (n % Math.floor(train.length / size)) * size;
    return trainer.trainStep({ x: slice(x, [from, 0], [size, length]), y: slice(y, [from], [size]) });
  };
  const held = test.map((i) => ({ text: texts[i]!, label: labels[i]! }));
  return { state: { trainer }, step, classes, tokenizer, numbered, held };
}

const length = 30; // words of a text

/** Lowercase words and some marks. Every number becomes 0: one token for all. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().replace(/\d+/g, '0').match(/[\p{L}\p{N}']+|[£$!?]/gu) ?? [];
}

/** Draws 1,500 texts: replaces each {name} by one of the choices below, until no {name} is left. */
function generate({ data, seed }: Settings): Labeled {
  const kinds = data === 'messages' ? ['spam', 'ham', 'ham'] : ['positive', 'negative'];
  const labels = Array.from({ length: 1500 }, (_, i) => kinds[i % kinds.length]!);
  const texts = labels.map((label, i) => {
    const random = new RandomSource(seed, 'texts', i);
    const expand = (text: string): string =>
      text.replace(/\{(\w+)\}/g, (_, name: string) => {
        const choices = choicesOf[label === 'negative' ? (opposite[name] ?? name) : name]!.split('|');
        return expand(choices[random.below(choices.length)]!);
      });
    if (data === 'film reviews') return expand('{review}');
    // In a hurry, some words lose their third letter.
    return expand(`{${label}}`).replace(/[a-z]{4,}/g, (word) => (random.below(12) ? word : word.slice(0, 2) + word.slice(3)));
  });
  return { texts, labels };
}

const opposite: Record<string, string> = { good: 'bad', bad: 'good' };
const choicesOf: Record<string, string> = {
  // Normal messages and spam share most words. Friends quote spam, and spam pretends to come from friends.
  ham: '{hi}{ask}|{hi}{plan}{bye}|{plan}. {ask}|{yes}, {plan}{bye}|{yes}. {mood}|{hi}{mood}. {ask}|{gossip}{bye}|{hi}{quote} {spam}|{hi}{lure}',
  spam: '{alarm} {win} {claim}|{win} {claim} {terms}|{offer} {claim}|{alarm} {offer} {claim}|{win} {terms}|{alarm} {win}|{win}|{hi}{lure} {claim}|{lure} {terms}',
  quote: 'got this today:|is this for real?|look what {name} sent me:|they text me every day:',
  hi: '||hi {name}, |hey, |hello my friend, |good morning, ', bye: '||| xx| see you| love you| thanks', n: '1|2|3|4|5|6|7|8|9',
  name: 'anna|ben|carla|dev|ella|finn|grace|hari|mum|dad',
  ask: 'are you free {time}?|can you call me {time}?|did you win the match?|have you seen my {thing}?|do you want to {do} {time}?|did you get my text?',
  plan: 'i will {do} {time}|we are going to {do}|i am at the {place} now|i will call you {time}|meet me at the {place} {time}|the prize giving at the {place} is {time}',
  yes: 'ok|sure|no problem|sorry i missed your call|not yet|maybe {time}|got your message',
  mood: 'i am so tired|that was a lovely {thing}|i miss you|what a day|this {place} is so boring|my phone is nearly dead',
  gossip: '{name} won a {thing} at the {place}|{name} got a new mobile, it was almost free|i owe you £{n} for the {thing}',
  time: 'tonight|tomorrow|later|at {n}|after work|on sunday|this week',
  thing: 'camera|cake|ticket|bag|phone|book|holiday|jacket|game', place: 'station|office|cinema|gym|school|library|pub',
  do: 'go shopping|cook dinner|watch the game|sleep|finish my work|come home|see {name}',
  alarm: 'urgent!|free message:|final notice!|congratulations!|private!|last chance,',
  win: 'you have won a {thing} or £{n}00 cash.|your number was drawn for a £{n}000 prize.|you are selected to get a free {thing}.',
  offer: 'get {n} ringtones free every week.|half price calls on your mobile.|new {thing} for only £{n} a month.|cash loans up to £{n}000 today.',
  lure: 'someone who knows you wants to meet {time}.|i saw you at the {place}, want to chat?|it is {name}, my new pictures are here.|are you lonely {time}?',
  claim: 'call 08{n}7{n}4{n} now|text win to 8{n}{n}{n}|reply yes to 8{n}{n}{n}|go to www.claim.com|just call 09{n}{n}66 before sunday',
  terms: 'terms apply|{n}0p per min|reply stop to end|18 or over only|cost £{n} per week',
  // Film reviews. A negative review exchanges good and bad, so "not bad" is positive, and "dull, but moving" depends on the order.
  review: '{open}the {part} is {very}{good}{end}|a {good} and {good} {film}{end}|{open}the {part} is {good} and {good}|{open}the {part} is not {bad}{at}|there is nothing {bad} about the {part}|i expected something {bad}, but the {part} is {good}|the {part} may be {bad}, but this is a {good} {film}',
  open: '|||overall, |for me |i think |after an hour ',
  end: '||| from start to finish|, says my sister| in every scene| if you ask me',
  at: '| at all| for a moment|, whatever they say', very: '||very |quite |so |really ',
  part: 'plot|cast|dialogue|camera work|music|ending|first half|second half|lead|script|pace|humor|story',
  film: 'film|movie|comedy|drama|thriller|sequel|documentary',
  good: 'good|great|moving|brilliant|fresh|funny|gripping|charming|clever|warm|touching|sharp|inventive|elegant|honest|witty|lively|subtle|superb',
  bad: 'bad|boring|dull|stale|clumsy|tedious|flat|silly|lifeless|predictable|bland|shallow|awkward|sloppy|pointless|muddled|crude|tired|dreary',
};
