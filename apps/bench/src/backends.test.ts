import { describe, expect, test } from 'vitest';
import { backendNames, loadBackend } from './backends.ts';

describe('loadBackend', () => {
  test('knows the reference, and WebAssembly in several forms', async () => {
    expect(await Promise.all(backendNames.map(async (name) => (await loadBackend(name, 1)).name))).toEqual([
      'wasm',
      'wasm',
      'wasm',
      'reference',
    ]);
  });

  test('refuses others', async () => {
    await expect(loadBackend('cuda', 1)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: bench: \`--backend\` must be one of wasm, wasm-plain, wasm-reproducible, reference, got "cuda"]`,
    );
  });
});
