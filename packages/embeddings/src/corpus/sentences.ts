import { OptionError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';

/** Sentences as lists of tokens: an array, another iterable that can start again for each epoch, or a function that returns an iterator. */
export type Sentences = Source | (() => Source);
type Sentence = readonly string[];
type Source = Iterable<Sentence> | AsyncIterable<Sentence>;

/** Yields the sentences from the start. */
export async function* eachSentence(op: string, sentences: Sentences): AsyncGenerator<Sentence, void> {
  const source: unknown = typeof sentences === 'function' ? sentences() : sentences;
  if (!isSource(source)) refuse(op, 'sentences', 'an iterable of lists of tokens', source);
  if (typeof sentences !== 'function' && isOneShot(source)) {
    throw new OptionError(
      `${op}: \`sentences\` must be iterable once for each epoch, got an iterator; pass an array, or a function that returns the iterator`,
    );
  }
  for await (const sentence of source) {
    if (!Array.isArray(sentence)) refuse(op, 'sentences', 'lists of tokens', sentence, 'split texts into words first');
    yield sentence as Sentence;
  }
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** Whether the source is its own iterator, as a generator is, and therefore cannot start again. */
function isOneShot(source: Source): boolean {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  return (iterator as unknown) === source;
}
