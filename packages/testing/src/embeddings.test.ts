import { wasm, type WasmBackend } from '@chainrule/backend-wasm';
import { fastText, glove, type Sentences, word2vec, WordVectors } from '@chainrule/embeddings';
import { fromValues } from '@chainrule/layers-core';
import { dense, embedding, flatten } from '@chainrule/layers-dense';
import { binaryCrossEntropy } from '@chainrule/losses';
import { input, sequential, type Sequential } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { RandomSource, tensor, type Tensor } from '@chainrule/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Enough words and dimensions for kernels that are cut among threads. */
const random = new RandomSource(1, 'points', 0);
const sentences = Array.from({ length: 600 }, () =>
  Array.from({ length: 12 }, () => `w${Math.floor(1500 * random.uniform() ** 2)}`),
);
const options = { vectorSize: 64, minCount: 1, epochs: 1, seed: 3 };

describe('embeddings on WebAssembly', () => {
  let backends: WasmBackend[];
  beforeAll(async () => {
    backends = [await wasm({ threads: 1 }), await wasm({ threads: 2 })];
  });
  afterAll(() => backends.forEach((backend) => backend.close()));

  test.each([
    ['word2vec', (s: Sentences, backend: WasmBackend) => word2vec(s, { ...options, backend })],
    ['CBOW', (s: Sentences, backend: WasmBackend) => word2vec(s, { ...options, architecture: 'cbow', backend })],
    [
      'hierarchical softmax',
      (s: Sentences, backend: WasmBackend) => word2vec(s, { ...options, hierarchicalSoftmax: true, backend }),
    ],
    ['fastText', (s: Sentences, backend: WasmBackend) => fastText(s, { ...options, backend })],
    ['GloVe', (s: Sentences, backend: WasmBackend) => glove(s, { ...options, backend })],
  ])('%s gives the same bits on one thread and on two', async (_, train) => {
    const [one, two] = [await train(sentences, backends[0]!), await train(sentences, backends[1]!)];
    expect(backends[1]!.threads).toBe(2);
    expect(Buffer.from(two.vectors.data.buffer).equals(Buffer.from(one.vectors.data.buffer))).toBe(true);
  });
});

describe('word vectors in an embedding layer', () => {
  const vectors = new WordVectors(
    ['good', 'fine', 'bad', 'poor'],
    tensor([
      [1, 0.2],
      [0.9, 0.3],
      [-1, 0.1],
      [-0.8, 0.2],
    ]),
  );
  const wordIndex = new Map([
    ['good', 1],
    ['bad', 2],
    ['unheard', 3],
    ['fine', 4],
    ['poor', 5],
  ]);
  const matrix = vectors.embeddingMatrix(wordIndex);
  const rows = matrix.toArray();
  const classifier = (trainable: boolean): Sequential =>
    sequential(
      input([2]),
      embedding(matrix.shape[0], matrix.shape[1], { embeddingsInitializer: fromValues(matrix), trainable }),
      flatten(),
      dense(1),
    );
  const x = tensor(
    [
      [1, 4],
      [1, 1],
      [2, 5],
      [2, 2],
    ],
    undefined,
    'int32',
  ) as Tensor;
  const y = tensor([[1], [1], [0], [0]]) as Tensor;
  const trained = async (
    trainable: boolean,
  ): Promise<{ readonly table: unknown; readonly losses: readonly number[] }> => {
    const model = classifier(trainable);
    const logs = await model
      .compile({ seed: 1, optimizer: sgd({ learningRate: 0.5 }), loss: binaryCrossEntropy })
      .fit({ x, y }, { epochs: 20 });
    return { table: model.variables()[0]!.value.value.toArray(), losses: logs.map((log) => log['loss']!) };
  };

  test('stay as they are if the layer is frozen, while later layers learn', async () => {
    const { table, losses } = await trained(false);
    expect(table).toEqual(rows);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  });

  test('are the start where it is trained: rows of words that occur move, others do not', async () => {
    const { table, losses } = await trained(true);
    const moved = (table as number[][]).map((row, i) => row.some((v, k) => v !== (rows as number[][])[i]![k]));
    expect(moved).toEqual([false, true, true, false, true, true]);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  });
});
