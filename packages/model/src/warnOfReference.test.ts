import { reference, setDefaultBackend } from '@chainrule/compiler';
import { afterEach, expect, test, vi } from 'vitest';

/** Other test files have trained in this process: the module as it is at first. */
const anew = async (query: string): Promise<typeof import('./warnOfReference.ts')> => (await import(/* @vite-ignore */ `./warnOfReference.ts?${query}`)) as typeof import('./warnOfReference.ts');

afterEach(() => {
  setDefaultBackend(undefined);
  vi.restoreAllMocks();
});

test('without a default backend, training warns once and names the remedy', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { warnOfReference } = await anew('first');
  warnOfReference();
  warnOfReference();
  expect(warn.mock.calls.map(([text]) => text as string)).toMatchInlineSnapshot(`
    [
      "fit: trains on the reference backend, many times slower than WebAssembly; import from \`chainrule\`, call \`setDefaultBackend(await wasm())\` with \`wasm\` of \`@chainrule/backend-wasm\` before, or \`setDefaultBackend(reference())\` to go without this warning",
    ]
  `);
});

test('with one, the reference too, it does not', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { warnOfReference } = await anew('second');
  setDefaultBackend(reference());
  warnOfReference();
  expect(warn).not.toHaveBeenCalled();
});
