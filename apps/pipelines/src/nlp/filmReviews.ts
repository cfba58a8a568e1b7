import { RandomSource, tensor } from '@chainrule/tensor';
import { expand, type Grammar } from './grammar.ts';
import type { LabeledTexts } from './labeledTexts.ts';

/**
 * Film reviews. Each positive pattern has a negative counterpart with the same words, in which the words for good and bad are
 * swapped. So "not bad" is positive, and "dull, but moving" and "moving, but dull" differ only in order.
 */
const grammar: Grammar = {
  pattern: [
    '{start}the {part} is {very}{good}{end}',
    '{start}the {part} is {very}{good}{end}',
    'a {good} and {good} {film}{end}',
    '{start}the {part} is {good} and {good}{end}',
    '{start}the {part} is not {bad}{atAll}',
    'there is nothing {bad} about the {part}{end}',
    '{start}i never found the {part} {bad}{end}',
    'i expected something {bad} , but the {part} is {good}{end}',
    'the {part} may be {bad} , but this is a {good} {film}',
    'the {film} sounds {bad} and turns out {very}{good}{end}',
  ],
  start: ['', '', '', 'overall , ', 'for me ', 'i think ', 'as always with {maker} , ', 'after an hour '],
  end: [
    '',
    '',
    '',
    ' from start to finish',
    ' , says my {friend}',
    ' in every scene',
    ' if you ask me',
    ' , as {maker} films are',
  ],
  atAll: ['', ' at all', ' for a moment', ' , whatever they say'],
  very: ['', '', 'very ', 'quite ', 'so ', 'really '],
  part: [
    'plot',
    'cast',
    'dialogue',
    'camera work',
    'music',
    'ending',
    'first half',
    'second half',
    'lead',
    'script',
    'pace',
    'humour',
    'story',
  ],
  film: ['film', 'movie', 'comedy', 'drama', 'thriller', 'sequel', 'documentary'],
  maker: ['this director', 'the studio', 'french', 'that team'],
  friend: ['friend', 'sister', 'neighbour', 'son'],
};

/** A few words are frequent and most are rare. Pretrained vectors help with the rare words. */
const words = {
  good: ['{oftenGood}', '{oftenGood}', '{seldomGood}'],
  bad: ['{oftenBad}', '{oftenBad}', '{seldomBad}'],
};

const lists = {
  oftenGood: ['moving', 'brilliant', 'fresh', 'funny', 'gripping', 'charming'],
  oftenBad: ['dull', 'stale', 'clumsy', 'tedious', 'flat', 'silly'],
  seldomGood: [
    'clever',
    'warm',
    'touching',
    'sharp',
    'inventive',
    'elegant',
    'honest',
    'witty',
    'lively',
    'subtle',
    'thrilling',
    'graceful',
    'tender',
    'masterful',
    'radiant',
    'delightful',
    'vivid',
    'poignant',
    'sparkling',
    'assured',
    'wry',
    'rich',
    'luminous',
    'playful',
    'exquisite',
    'riveting',
    'dazzling',
    'nimble',
    'soulful',
    'superb',
    'haunting',
    'magical',
    'rousing',
    'buoyant',
    'wistful',
    'stirring',
  ],
  seldomBad: [
    'lifeless',
    'predictable',
    'bland',
    'shallow',
    'awkward',
    'sloppy',
    'pointless',
    'muddled',
    'crude',
    'tired',
    'dreary',
    'hollow',
    'forced',
    'shapeless',
    'limp',
    'insipid',
    'trite',
    'wooden',
    'tiresome',
    'messy',
    'vapid',
    'leaden',
    'soggy',
    'murky',
    'listless',
    'contrived',
    'plodding',
    'inept',
    'stilted',
    'turgid',
    'drab',
    'witless',
    'overlong',
    'grating',
    'hackneyed',
    'soulless',
  ],
};

/** Positive and negative reviews in turn. */
export function filmReviews(options: { readonly count: number; readonly seed: number }): LabeledTexts {
  const { count, seed } = options;
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  const texts = Array.from(labels, (label, i) =>
    expand(label === 1 ? praise : blame, '{pattern}', new RandomSource(seed, 'texts', i)),
  );
  return { texts, labels: tensor(labels, [count], 'int32'), classes: ['negative', 'positive'] };
}

const praise: Grammar = { ...grammar, ...lists, ...words };
const blame: Grammar = { ...grammar, ...lists, good: words.bad, bad: words.good };

/** Unlabeled sentences in which positive and negative words occur in different contexts. */
const talk: Grammar = {
  ...praise,
  talk: [
    'people queue for a {good} and {good} {film}',
    'critics adore {good} films',
    'the {good} {film} won every prize',
    '{good} , {good} and {good} : five stars',
    'we stayed to the end of this {good} {film}',
    'half of the seats were empty for the {bad} {film}',
    'critics hate {bad} films',
    'the {bad} {film} lost its money',
    '{bad} , {bad} and {bad} : one star',
    'we left the {bad} {film} early',
  ],
};

/** Unlabeled sentences about films. */
export function filmSentences(options: { readonly count: number; readonly seed: number }): string[] {
  return Array.from({ length: options.count }, (_, i) =>
    expand(talk, '{talk}', new RandomSource(options.seed, 'texts', i)),
  );
}
