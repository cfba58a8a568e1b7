import { OptionError } from '@chainrule/errors';
import { tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import {
  evaluateAnalogies,
  fastText,
  glove,
  readBinaryVectors,
  readTextVectors,
  word2vec,
  WordVectors,
  writeTextVectors,
} from './index.ts';

const vectors = new WordVectors(
  ['a', 'b'],
  tensor([
    [1, 0],
    [0, 1],
  ]),
);
const calls: readonly (readonly [string, (options: object) => unknown])[] = [
  ['word2vec', (options) => word2vec([['a', 'b']], options)],
  ['fastText', (options) => fastText([['a', 'b']], options)],
  ['glove', (options) => glove([['a', 'b']], options)],
  ['readTextVectors', (options) => readTextVectors(new Uint8Array(1), options)],
  ['readBinaryVectors', (options) => readBinaryVectors(new Uint8Array(1), options)],
  ['writeTextVectors', (options) => [...writeTextVectors(vectors, options)]],
  ['evaluateAnalogies', (options) => evaluateAnalogies(vectors, [], options)],
  ['analogy', (options) => vectors.analogy({ positive: ['a'] }, options)],
  ['embeddingMatrix', (options) => vectors.embeddingMatrix({ a: 1 }, options)],
];

test.each(calls)('%s throws for an unknown option, and for options that are not an object', async (name, call) => {
  const run = (options: unknown): Promise<unknown> => new Promise((resolve) => resolve(call(options as object)));
  for (const options of [{ vector_size: 1 }, null, 3]) await expect(run(options)).rejects.toThrow(OptionError);
  await expect(run({ vector_size: 1 })).rejects.toThrow(`${name}: unknown option \`vector_size\`; `);
});
