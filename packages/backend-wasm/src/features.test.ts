import { expect, test, vi } from 'vitest';
import { f32, f32x4, i32 } from './asm/index.ts';
import { features } from './features.ts';
import { Memory } from './runtime/memory.ts';
import { testProgram } from './runtime/testProgram.ts';
import { createPool } from './runtime/threads.ts';

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
  const program = pool.load(testProgram((f, { thread, arena: at }) => {
    const sum = f32x4.relaxedMadd(f32x4.const(2), f32x4.const(3), f32x4.const(1));
    f.add(f32.store(i32.add(at, i32.shl(thread, i32.const(2))), f32x4.extract(sum, 0)));
  }));
  await vi.waitFor(() => {
    pool.run(program, arena);
    expect([...memory.floats(arena, 2)]).toEqual([7, 7]);
  }, { timeout: 10_000 });
  pool.close();
});
