// What newcomers from Keras, PyTorch and TensorFlow.js write, from JavaScript and TypeScript, and what they read then.
// `@ts-expect-error` stands where the compiler refuses a call, too.
import { describe, expect, test } from 'vitest';
import { compiling } from './compiling.ts';
import { data } from './data.ts';
import { fitting } from './fitting.ts';
import { gradients } from './gradients.ts';
import { layers } from './layers.ts';
import type { Mistake } from './mistake.ts';
import { models } from './models.ts';
import { operations } from './operations.ts';
import { optimizers } from './optimizers.ts';
import { tensors } from './tensors.ts';
import { using } from './using.ts';

/** Vite's name of an import, which errors of the engine show. */
const imported = /\(0 , __vite_ssr_import_\d+__\.(\w+)\)|__vite_ssr_import_\d+__\.(\w+)/;

const groups: Readonly<Record<string, readonly Mistake[]>> = {
  compiling,
  data,
  fitting,
  gradients,
  layers,
  models,
  operations,
  optimizers,
  tensors,
  using,
};

test('there are as many mistakes as the first users made, and more', () => {
  const all = Object.values(groups).flat();
  expect(all.length).toBeGreaterThanOrEqual(106);
});

describe.each(Object.entries(groups))('%s', (_, mistakes) => {
  test.each(mistakes.map(([run, message]) => [message, run] as const))('%s', async (message, run) => {
    const failed = await Promise.resolve()
      .then(run)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect((failed as Error).message.replace(imported, '$1$2')).toBe(message);
  });
});
