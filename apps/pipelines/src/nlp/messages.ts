import { RandomSource, tensor } from '@chainrule/tensor';
import { expand, type Grammar } from './grammar.ts';
import type { LabeledTexts } from './labeledTexts.ts';

/** Spam and normal messages share most words: both speak of prizes and meetings, and friends quote spam. */
const grammar: Grammar = {
  ham: [
    '{hello}{question}',
    '{hello}{plan}{bye}',
    '{plan}. {question}',
    '{answer}, {plan}{bye}',
    '{answer}. {feeling}',
    '{hello}{feeling}. {question}',
    '{gossip}',
    '{gossip}. {feeling}{bye}',
    '{hello}{quoted} {spam}',
    '{hello}{lure}',
  ],
  spam: [
    '{alarm} {win} {claim}',
    '{win} {claim} {terms}',
    '{offer} {claim}',
    '{alarm} {offer} {claim} {terms}',
    '{hello}{lure} {claim}',
    '{lure} {terms}',
    '{offer} {terms}',
  ],
  quoted: ['got this today:', 'is this for real?', 'look what {name} sent me:', 'they text me every day:'],
  hello: ['', '', 'hi {name}, ', 'hey, ', '{name}, ', 'hello my friend, ', 'good morning, '],
  bye: ['', '', '', ' xx', ' see you', ' love you', ' thanks', ' :)'],
  name: ['anna', 'ben', 'carla', 'dev', 'ella', 'finn', 'grace', 'hari', 'mum', 'dad'],
  question: [
    'are you free {time}?',
    'can you call me {time}?',
    'what are you doing {time}?',
    'did you win the match?',
    'have you seen my {thing}?',
    'do you want to {do} {time}?',
    'is the {thing} still at your place?',
    'did you get my text?',
  ],
  plan: [
    'i will {do} {time}',
    'we are going to {do} {time}',
    'i am at the {place} now',
    'i will call you {time}',
    'meet me at the {place} {time}',
    'i have to {do} first',
    'i left your {thing} at the {place}',
    'the prize giving at the {place} is {time}',
  ],
  answer: [
    'ok',
    'sure',
    'no problem',
    'sorry i missed your call',
    'yes',
    'not yet',
    'maybe {time}',
    'got your message',
  ],
  feeling: [
    'i am so tired',
    'that was a lovely {thing}',
    'i miss you',
    'what a day',
    'cannot wait',
    'this {place} is so boring',
    'my phone is nearly dead',
  ],
  gossip: [
    '{name} won a {thing} at the {place}',
    '{name} got a new mobile, it was almost free',
    'guess who i saw at the {place} with {name}',
    '{name} says the {thing} costs £{digit} now',
    'i owe you £{digit} for the {thing}',
  ],
  time: ['tonight', 'tomorrow', 'later', 'at {digit}', 'after work', 'on sunday', 'this week'],
  thing: ['camera', 'cake', 'ticket', 'bag', 'phone', 'book', 'holiday', 'jacket', 'game'],
  place: ['station', 'office', 'cinema', 'gym', 'school', 'library', 'pub'],
  do: ['go shopping', 'cook dinner', 'watch the game', 'sleep', 'finish my work', 'come home', 'see {name}'],
  alarm: ['urgent!', 'free message:', 'final notice!', 'congratulations!', 'private!', 'last chance,'],
  win: [
    'you have won a {thing} or £{amount} cash.',
    'your number was drawn for a £{amount} prize.',
    'you are selected to get a free {thing}.',
    'a £{amount} prize is waiting for you.',
  ],
  offer: [
    'get {digit} ringtones free every week.',
    'half price calls on your mobile.',
    'new {thing} for only £{digit} a month.',
    'cash loans up to £{amount} today.',
    'free camera phone with every contract.',
  ],
  lure: [
    'someone who knows you wants to meet {time}.',
    'i saw you at the {place}, want to chat?',
    'it is {name}, my new pictures are here.',
    'are you lonely {time}?',
  ],
  claim: [
    'call {number} now',
    'text {code} to {short}',
    'to claim call {number}',
    'reply {code} to {short}',
    'go to www.{code}.com',
    'just call {number} before sunday',
  ],
  terms: [
    'terms apply',
    '{digit}0p per min',
    'reply stop to end',
    '18 or over only',
    'cost £{digit} per week',
    'po box {short}',
  ],
  amount: ['{digit}00', '{digit}000', '{digit}{digit}0'],
  number: ['0{digit}{digit}{short}{digit}{digit}{digit}'],
  short: ['8{digit}{digit}{digit}{digit}'],
  digit: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  code: ['win', 'yes', 'claim', 'tone', 'date', 'go', 'chat'],
};

const shorthand: Readonly<Record<string, string>> = {
  you: 'u',
  are: 'r',
  to: '2',
  for: '4',
  your: 'ur',
  please: 'pls',
  tonight: '2nite',
  tomorrow: '2moro',
  text: 'txt',
  love: 'luv',
  see: 'c',
  be: 'b',
  later: 'l8r',
  message: 'msg',
  great: 'gr8',
  have: 'av',
  and: 'n',
};

/** Text messages with shorthand, capitals and typing errors; a quarter of them are spam. */
export function messages(options: { readonly count: number; readonly seed: number }): LabeledTexts {
  const { count, seed } = options;
  const labels = Int32Array.from({ length: count }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const texts = Array.from(labels, (label, i) => {
    const random = new RandomSource(seed, 'texts', i);
    return hurried(expand(grammar, label === 1 ? '{spam}' : '{ham}', random), random);
  });
  return { texts, labels: tensor(labels, [count], 'int32'), classes: ['ham', 'spam'] };
}

function hurried(text: string, random: RandomSource): string {
  const words = text.split(' ').map((word) => {
    const draw = random.uniform();
    if (draw < 0.3) return shorthand[word] ?? word;
    if (draw < 0.34) return word.toUpperCase();
    return draw < 0.44 && word.length > 2 ? mistyped(word, random) : word;
  });
  return words.join(' ');
}

/** Drops or doubles one letter. */
function mistyped(word: string, random: RandomSource): string {
  const at = random.below(word.length);
  return word.slice(0, at) + (random.below(2) === 0 ? '' : word[at]! + word[at]!) + word.slice(at + 1);
}
