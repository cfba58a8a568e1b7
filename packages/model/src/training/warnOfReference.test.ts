import { reference, setDefaultBackend } from '@chainrule/compiler';
import { afterEach, expect, test, vi } from 'vitest';
import type { warnOfReference as warn } from './warnOfReference.ts';

/** Other test files have trained in this process: the module as it is at first. */
const anew = async (query: string): Promise<{ warnOfReference: typeof warn }> =>
  (await import(/* @vite-ignore */ `./warnOfReference.ts?${query}`)) as { warnOfReference: typeof warn };

afterEach(() => {
  setDefaultBackend(undefined);
  vi.restoreAllMocks();
});

test('without a default backend, training warns once and names the remedy', async () => {
  const heard = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { warnOfReference } = await anew('first');
  warnOfReference();
  warnOfReference();
  expect(heard.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
    [
      "fit: trains on the reference backend, many times slower than WebAssembly; import from \`chainrule\`, call \`setDefaultBackend(await wasm())\` with \`wasm\` of \`@chainrule/backend-wasm\` before, or \`setDefaultBackend(reference())\` to go without this warning",
    ]
  `);
});

test('with one, the reference too, it does not', async () => {
  const heard = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { warnOfReference } = await anew('second');
  setDefaultBackend(reference());
  warnOfReference();
  expect(heard).not.toHaveBeenCalled();
});
