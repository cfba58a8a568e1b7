import type { Library, Setting } from '../job.ts';
import type { Task } from '../workloads.ts';

/** The settings with which a library is measured on a task; the fastest one counts. */
export function settingsOf(library: Library, task: Task, threads: readonly number[]): readonly Setting[] {
  switch (library) {
    case 'torch':
      return threads.flatMap((count) => torchSettings(task, count));
    case 'tfjs-cpu':
    case 'jax-js':
      // In Node, both use one thread.
      return [{ threads: 1, note: '' }];
    case 'chainrule':
    case 'tfjs-wasm':
    case 'onnxruntime':
      return threads.map((count) => ({ threads: count, note: '' }));
  }
}

/** OpenMP's threads spin or sleep while they wait; images have channels first or last. A single thread never waits. */
function torchSettings(task: Task, threads: number): Setting[] {
  if (task.kind === 'augment')
    return ['torchvision', 'Keras'].map((note) => ({
      threads,
      note,
      env: { OMP_NUM_THREADS: String(threads), KERAS_BACKEND: 'torch' },
    }));
  const policies = threads === 1 ? [undefined] : ['active', 'passive'];
  const formats = 'net' in task && task.net.input.length === 3 ? [false, true] : [false];
  return policies.flatMap((policy) =>
    formats.map((channelsLast) => ({
      threads,
      note: [policy, channelsLast ? 'channels last' : undefined].filter(Boolean).join(', '),
      channelsLast,
      env: { OMP_NUM_THREADS: String(threads), ...(policy && { OMP_WAIT_POLICY: policy.toUpperCase() }) },
    })),
  );
}
