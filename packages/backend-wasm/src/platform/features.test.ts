import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { f32, f32x4 } from '../asm/index.ts';
import { features, requireWasm } from './features.ts';
import { Memory } from '../runtime/memory.ts';
import { helperProgram } from '../../testing/program.ts';
import { createPool } from '../runtime/threads.ts';

test('Node has SIMD, relaxed too, and threads', () => {
  expect(features()).toEqual({ simd: true, relaxed: true, threads: true });
});

test('relaxed SIMD works in helper threads as well', async () => {
  expect(features().relaxed).toBe(true);
  const memory = new Memory(true);
  const pool = createPool({ memory, threads: 2 });
  await pool.ready;
  const arena = memory.allocate(8);
  memory.floats(arena, 2).fill(0);
  // 2·3 + 1 on each thread
  const program = pool.load(
    helperProgram((f, at) => {
      const sum = f32x4.relaxedMadd(f32x4.const(2), f32x4.const(3), f32x4.const(1));
      f.add(f32.store(at, f32x4.extract(sum, 0), 4));
    }),
    { host: () => undefined },
  );
  pool.run(program, arena);
  expect(memory.floats(arena, 2)[1]).toBe(7);
  pool.close();
});

describe('an engine', () => {
  afterEach(() => void vi.unstubAllGlobals());

  test('without WebAssembly is refused', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(requireWasm).toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: wasm: needs an engine with WebAssembly, got one without; use another engine, or \`reference()\` from \`@chainrule/compiler\`]`,
    );
  });

  test('that may not compile it is refused, with the remedy', () => {
    vi.stubGlobal('WebAssembly', runInNewContext('WebAssembly', {}, { contextCodeGeneration: { wasm: false } }));
    expect(requireWasm).toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: wasm: must be allowed to compile WebAssembly, got \`WebAssembly.Module(): Wasm code generation disallowed by embedder\`; where the page has a content security policy, add 'wasm-unsafe-eval' to its \`script-src\`, or use \`reference()\` from \`@chainrule/compiler\`]`,
    );
  });
});
