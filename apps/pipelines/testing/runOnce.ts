import type { Figure } from '@chainrule/visualize';
import { openBackend } from '../src/openBackend.ts';
import { dataSetOf } from '../src/options.ts';
import type { Report } from '../src/report.ts';
import type { Options, Task } from '../src/task.ts';

export const testOptions: Options = {
  dataset: undefined,
  dataDir: undefined,
  mirror: undefined,
  limit: undefined,
  epochs: undefined,
  seed: 1,
  backend: 'wasm',
  threads: 1,
  plots: 'no-such-folder',
  json: undefined,
};

/** Runs a task, by default on one thread of WebAssembly, and collects the figures instead of showing them. */
export async function runOnce(task: Task, given: Partial<Options> = {}, figures: Figure[] = []): Promise<Report> {
  const options = { ...testOptions, ...given };
  const opened = await openBackend(options);
  try {
    return await task.run({
      options,
      dataset: dataSetOf(task, options),
      backend: opened.backend,
      on: opened.label,
      show: (figure) => void figures.push(figure),
    });
  } finally {
    opened.close();
  }
}
