import { OptionError, showValue } from '@chainrule/errors';

/** Sentences as lists of tokens: an array, anything that can be gone through once for each epoch, or a function that starts it anew. */
export type Sentences = Source | (() => Source);
type Sentence = readonly string[];
type Source = Iterable<Sentence> | AsyncIterable<Sentence>;

/** The sentences once more, from the start. */
export async function* eachSentence(op: string, sentences: Sentences): AsyncGenerator<Sentence, void> {
  const source: unknown = typeof sentences === 'function' ? sentences() : sentences;
  if (!isSource(source))
    throw new OptionError(
      `${op}: \`sentences\` must be lists of tokens, one after the other, got ${showValue(source)}`,
    );
  if (typeof sentences !== 'function' && isUsedUp(source)) {
    throw new OptionError(
      `${op}: \`sentences\` must be iterable once for each epoch, got an iterator; pass an array, or a function that makes the iterator`,
    );
  }
  for await (const sentence of source) {
    if (!Array.isArray(sentence))
      throw new OptionError(
        `${op}: \`sentences\` must be lists of tokens, got ${showValue(sentence)}; split texts into words first`,
      );
    yield sentence as Sentence;
  }
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** An iterator that is its own iterable, such as a generator, can be gone through only once. */
function isUsedUp(source: Source): boolean {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  return (iterator as unknown) === source;
}
