import { DeviceError, ShapeError } from '@chainrule/errors';
import { add, tensor, type Tensor } from '@chainrule/tensor';
import { afterEach, expect, test } from 'vitest';
import { Dataset, serveCalls, type WorkerPool, workerPool } from '../index.ts';

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

function pool<In, Out>(run: (value: In) => Out | Promise<Out>, workers = 2): WorkerPool<In, Out> {
  const made = workerPool<In, Out>(
    () => {
      const { port1, port2 } = new MessageChannel();
      serveCalls(run, port1);
      return port2;
    },
    { workers },
  );
  ended.push(() => made.close());
  return made;
}

test('values, tensors and trees of them arrive and come back', async () => {
  const { run } = pool(({ x, list }: { x: Tensor; list: (Tensor | string)[] }) => ({ x: add(x, 1), list }));
  const { x, list } = await run({ x: tensor([1, 2]), list: ['a', tensor([3], 'int32')] });
  expect([x.toArray(), list[0], (list[1] as Tensor).dtype]).toEqual([[2, 3], 'a', 'int32']);
  expect(await pool((n: number | undefined) => n).run(undefined)).toBeUndefined();
});

test('every thread runs one call at a time, and all calls are answered in their place', async () => {
  let [now, most] = [0, 0];
  const { run } = pool(async (n: number) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, n % 3));
    now -= 1;
    return n * n;
  }, 3);
  expect(await Promise.all([...Array(20).keys()].map(run))).toEqual([...Array(20).keys()].map((n) => n * n));
  expect(most).toBe(3);
});

test('a data set decodes in threads, in its order', async () => {
  const { run } = pool((text: string) => tensor([text.length]));
  const seen: number[] = [];
  for await (const batch of Dataset.from(['a', 'bcd', 'ef']).map(run).batch(2).prefetch(2)) seen.push(...batch.data);
  expect(seen).toEqual([1, 3, 2]);
});

test('errors keep their class, and the thread goes on', async () => {
  const { run } = pool((n: number) => {
    if (n < 0) throw new ShapeError('run: no');
    return n;
  }, 1);
  await expect(run(-1)).rejects.toThrow(ShapeError);
  await expect(run((() => 1) as never)).rejects.toThrow('run: `value` must be a value that `structuredClone` takes');
  expect(await run(2)).toBe(2);
});

test('after close, calls reject, also those that wait', async () => {
  const made = pool(() => new Promise<number>(() => undefined), 1);
  const calls = [made.run(undefined), made.run(undefined)];
  made.close();
  for (const call of calls) await expect(call).rejects.toThrow(DeviceError);
  await expect(made.run(undefined)).rejects.toThrow('workerPool: the worker was terminated');
});
