import { loadImages } from '../images.ts';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** Images as {@link loadImages} loads them, but by default only the first `count` of generated ones. */
export function fewImages(
  { dataset, options }: Pick<TaskRun, 'dataset' | 'options'>,
  count: number,
): Promise<{ train: Samples; test: Samples }> {
  const limit = options.limit ?? (dataset === 'digits' ? count : undefined);
  return loadImages({ dataset, options: { ...options, limit } });
}
