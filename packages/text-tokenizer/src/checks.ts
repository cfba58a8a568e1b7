import { aString, type Check, checkThat, listOf, numberThat } from '@chainrule/errors/check';

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const step = (method: string): Check =>
  checkThat(
    `a step with a method \`${method}\``,
    (value) => isObject(value) && typeof (value as Record<string, unknown>)[method] === 'function',
  );

export const aNormalizer: Check = /* @__PURE__ */ step('normalize');
export const aPreTokenizer: Check = /* @__PURE__ */ step('split');
export const aModel: Check = /* @__PURE__ */ step('encodeWord');
export const aPostProcessor: Check = /* @__PURE__ */ step('process');
export const aDecoder: Check = /* @__PURE__ */ step('decode');

const isText = (value: unknown): boolean => typeof value === 'string';
/** Whether all items of a list pass; `every` of an array would skip holes. */
const all = (value: unknown, passes: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && Array.from(value as unknown[]).every(passes);
const isPair = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2;
const isId = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31;

export const strings: Check = /* @__PURE__ */ listOf('a list of strings', aString);
/** Checks a vocabulary. Vocabularies are long, so the message does not say which token is wrong. */
export const aVocabulary: Check = /* @__PURE__ */ checkThat(
  'a list of tokens, or a Map of their ids',
  (value) => all(value, isText) || (value instanceof Map && [...value.keys()].every(isText)),
);
export const pairsOfTokens: Check = /* @__PURE__ */ checkThat('a list of pairs of tokens', (value) =>
  all(value, (pair) => isPair(pair) && isText(pair[0]) && isText(pair[1])),
);
export const scoredPieces: Check = /* @__PURE__ */ checkThat('a list of pieces, each with its score', (value) =>
  all(value, (pair) => isPair(pair) && isText(pair[0]) && typeof pair[1] === 'number'),
);
export const wordCounts: Check = /* @__PURE__ */ checkThat(
  'a Map of words and their counts, which are above 0',
  (value) =>
    value instanceof Map &&
    [...value].every(([word, count]) => isText(word) && Number.isFinite(count) && Number(count) > 0),
);
/** The id of a special token, which an encoding stores as int32. */
export const aTokenId: Check = /* @__PURE__ */ checkThat('an integer from 0 to 2^31 − 1', isId);
export const aSpecialToken: Check = /* @__PURE__ */ checkThat(
  'a token and its id, such as ["[SEP]", 102]',
  (value) => isPair(value) && isText(value[0]) && isId(value[1]),
);

const iterable = (expectation: string): Check =>
  checkThat(expectation, (value) => isObject(value) && Symbol.iterator in value);

/** Rejects a string, because iterating it would give its characters. */
export const listOfTexts: Check = /* @__PURE__ */ iterable('a list of texts');
export const listOfSequences: Check = /* @__PURE__ */ iterable('a list of sequences');
/** Chunks of bytes or of text, from a stream or a list. */
export const aStream: Check = /* @__PURE__ */ checkThat(
  'a stream or a list',
  (value) => isObject(value) && (Symbol.asyncIterator in value || Symbol.iterator in value),
);
const isList = (value: unknown): boolean => isObject(value) && 'length' in value;
/** Anything with a length, such as a typed array. */
export const aList: Check = /* @__PURE__ */ checkThat('a list of numbers', isList);
export const lists: Check = /* @__PURE__ */ checkThat('a list of lists of numbers', (value) => all(value, isList));
export const betweenZeroAndOne: Check = /* @__PURE__ */ numberThat(
  'between 0 and 1',
  (value) => value > 0 && value < 1,
);
