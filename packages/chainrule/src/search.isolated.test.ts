import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  adam,
  dense,
  Generator,
  input,
  meanSquaredError,
  randomUniform,
  sequential,
  type Tensor,
  type Trainer,
  wasm,
  type WasmBackend,
} from './index.ts';

afterEach(() => void vi.unstubAllGlobals());

const [x, y] = [2, 3].map((seed) => randomUniform(new Generator(seed), [8, 64])) as [
  Tensor<readonly [8, 64]>,
  Tensor<readonly [8, 64]>,
];

/** A backend with 24 MiB: some 20 of the models below. */
async function smallBackend(): Promise<WasmBackend> {
  const { Memory } = WebAssembly;
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function (options) {
    return new Memory({ ...options, maximum: 384 });
  });
  const backend = await wasm({ threads: 1 });
  vi.restoreAllMocks();
  return backend;
}

const trainerOn = (backend: WasmBackend, seed: number): Trainer =>
  sequential(input([64]), dense(512), dense(64))
    .build({ seed })
    .compile({ optimizer: adam({ learningRate: 1e-3 }), loss: meanSquaredError, backend });

describe('a search over models that do not fit into memory together', () => {
  test.each<[string, (trainer: Trainer) => Promise<unknown>]>([
    ['single steps', (trainer) => trainer.trainStep({ x, y })],
    ['fit', (trainer) => trainer.fit({ x, y }, { epochs: 1, batchSize: 8 })],
    ['predict', (trainer) => trainer.predict(x)],
    ['evaluate', (trainer) => trainer.evaluate({ x, y })],
  ])('does not run out of it with %s', async (_, use) => {
    const backend = await smallBackend();
    for (let seed = 0; seed < 30; seed++) await use(trainerOn(backend, seed));
    expect(backend.memory.peak).toBeLessThan(24 * 2 ** 20);
  });

  test('gives memory back at once where trainers are disposed of, and they may be used again', async () => {
    const backend = await smallBackend();
    const first = trainerOn(backend, 0);
    await first.trainStep({ x, y });
    first.dispose();
    const used = backend.memory.used;
    for (let seed = 1; seed < 12; seed++) {
      const trainer = trainerOn(backend, seed);
      await trainer.trainStep({ x, y });
      trainer.dispose();
      expect(backend.memory.used).toBeLessThanOrEqual(used + 2 ** 16);
    }
    const twin = trainerOn(await smallBackend(), 0);
    const losses = [await twin.trainStep({ x, y }), await twin.trainStep({ x, y })];
    expect(await first.trainStep({ x, y })).toEqual(losses[1]);
  });
});
