import { OptionError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { defaultBackendName, loadBackend } from './backends.ts';

describe('loadBackend', () => {
  test('knows the reference', async () => {
    expect((await loadBackend('reference', 1)).name).toBe('reference');
  });

  test('refuses a backend that the workspace does not have', async () => {
    await expect(loadBackend('cuda', 1)).rejects.toThrow(OptionError);
    await expect(loadBackend('cuda', 1)).rejects.toThrow('bench: `--backend` must be reference or the name of a package backend-NAME, got "cuda"');
  });

  test('without being told one takes what exists', async () => {
    expect(['wasm', 'reference']).toContain(await defaultBackendName());
  });
});
