import { wasm } from '@chainrule/backend-wasm';
import { setDefaultBackend } from '@chainrule/compiler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convAutoencoder, denoisingAutoencoder, denseAutoencoder, variationalAutoencoder } from './autoencoders.ts';
import { auxiliary } from './auxiliary.ts';
import type { Block } from './block.ts';
import { gpt } from './gpt.ts';
import { inception } from './inception.ts';
import { mobileNet } from './mobileNet.ts';
import { residual, resNet20 } from './resNet.ts';
import { siamese } from './siamese.ts';
import { uNet } from './uNet.ts';

const backend = await wasm({ threads: 1 });
beforeAll(() => setDefaultBackend(() => backend));
afterAll(() => setDefaultBackend(undefined));

const blocks: readonly (readonly [string, () => Block])[] = Object.entries({
  residual,
  resNet20,
  inception,
  uNet,
  siamese,
  auxiliary,
  mobileNet,
  gpt,
  denseAutoencoder,
  convAutoencoder,
  denoisingAutoencoder,
  variationalAutoencoder,
});

async function losses({ trainer, data, epochs = 10 }: Block): Promise<number[]> {
  const history = await trainer.fit(data, { epochs, batchSize: 16 });
  return history.map(({ loss }) => loss!);
}

describe('a small model learns a few samples:', () => {
  test.each(blocks)('%s', async (_, make) => {
    const found = await losses(make());
    expect(found.at(-1)!).toBeLessThan(0.5 * found[0]!);
  });

  test.each([
    ['siamese', siamese],
    ['variationalAutoencoder', variationalAutoencoder],
  ] as const)('%s gives the same losses again', async (_, make) => {
    expect(await losses(make())).toEqual(await losses(make()));
  });
});
