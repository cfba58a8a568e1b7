import type { Field } from '../json.ts';
import { byteLevel } from '../preTokenizers/byteLevel.ts';
import { metaspace } from '../preTokenizers/metaspace.ts';
import { preTokenizerSequence } from '../preTokenizers/preTokenizerSequence.ts';
import { splitDigits } from '../preTokenizers/splitDigits.ts';
import { splitLength } from '../preTokenizers/splitLength.ts';
import { type SplitBehavior, splitPattern } from '../preTokenizers/splitPattern.ts';
import { splitPunctuation } from '../preTokenizers/splitPunctuation.ts';
import { splitScripts } from '../preTokenizers/splitScripts.ts';
import { splitBertWords, splitWhitespace, splitWords } from '../preTokenizers/splitWords.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { nested, readPattern } from './readPattern.ts';

type Read = (field: Field, depth: number) => PreTokenizer;

const behaviors: Readonly<Record<string, SplitBehavior>> = {
  Removed: 'removed',
  Isolated: 'isolated',
  MergedWithPrevious: 'mergedWithPrevious',
  MergedWithNext: 'mergedWithNext',
  Contiguous: 'contiguous',
};
const schemes = { always: 'always', never: 'never', first: 'first' } as const;

/** The prepend scheme or, in older files, whether every text gets a space. */
export function readScheme(field: Field): 'always' | 'never' | 'first' {
  const scheme = field.at('prepend_scheme');
  if (!scheme.isNone) return scheme.oneOf(schemes);
  return field.at('add_prefix_space').boolean(true) ? 'always' : 'never';
}

const behaviorOf = (field: Field): SplitBehavior => (field.isNone ? 'isolated' : field.oneOf(behaviors));

const byType: Readonly<Record<string, Read>> = {
  ByteLevel: (field) =>
    byteLevel({
      addPrefixSpace: field.at('add_prefix_space').boolean(false),
      useRegex: field.at('use_regex').boolean(true),
    }),
  Metaspace: (field) =>
    metaspace({
      replacement: field.at('replacement').string('▁'),
      prependScheme: readScheme(field),
      split: field.at('split').boolean(true),
    }),
  Whitespace: () => splitWords(),
  WhitespaceSplit: () => splitWhitespace(),
  BertPreTokenizer: () => splitBertWords(),
  Punctuation: (field) => splitPunctuation(behaviorOf(field.at('behavior'))),
  Digits: (field) => splitDigits({ individualDigits: field.at('individual_digits').boolean(false) }),
  Split: (field) =>
    splitPattern(readPattern(field.at('pattern')), {
      behavior: behaviorOf(field.at('behavior')),
      invert: field.at('invert').boolean(false),
    }),
  UnicodeScripts: () => splitScripts(),
  FixedLength: (field) => splitLength(field.at('length').count(5)),
  CharDelimiterSplit: (field) => splitPattern(field.at('delimiter').string(), { behavior: 'removed' }),
  Sequence: (field, depth) =>
    preTokenizerSequence(
      field
        .at('pretokenizers')
        .list()
        .map((step) => readPreTokenizer(step, nested(step, depth))),
    ),
};

export function readPreTokenizer(field: Field, depth = 0): PreTokenizer {
  return field.at('type').oneOf(byType)(field, depth);
}
