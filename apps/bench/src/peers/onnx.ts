import { UnsupportedTaskError, type Job } from '../job.ts';
import type { Subject } from '../measure.ts';
import { makeProblem } from '../problem.ts';
import { requireFrom } from './load.ts';
import { onnxModel, transposed } from './onnxModel.ts';

interface OnnxTensor {
  readonly data: Float32Array;
}
interface Onnx {
  readonly Tensor: new (dtype: 'float32', data: Float32Array, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly intraOpNumThreads: number; readonly executionMode: 'sequential' },
    ): Promise<{
      run(feeds: { readonly x: OnnxTensor }): Promise<{ readonly y: OnnxTensor }>;
    }>;
  };
}

/** The Node binding of ONNX Runtime, which runs trained models; it can only be measured on forward passes. */
export async function prepareOnnx({ task, packages, setting }: Job): Promise<Subject> {
  if (task.kind !== 'forward') throw new UnsupportedTaskError('runs forward passes only');
  const onnx = requireFrom<Onnx>(packages!, 'onnxruntime-node');
  const problem = makeProblem(task.net, task.batch);
  const session = await onnx.InferenceSession.create(onnxModel(task.net, task.batch, problem), {
    intraOpNumThreads: setting.threads,
    executionMode: 'sequential',
  });
  const images = transposed(problem.x, [0, 3, 1, 2]);
  const x = new onnx.Tensor('float32', images.data as Float32Array, images.shape);
  return { step: async () => (await session.run({ x })).y.data[0]! };
}
