import { type Backend, reference } from '@chainrule/compiler';
import { TrainingError } from '@chainrule/errors';
import { op } from '../programs/dynamic.ts';
import { expectAgreement, expectSameBits, noise } from '../programs/agreement.ts';
import { wasmBackends } from '../programs/checkProgram.ts';
import { type RandomModel, train } from './randomModel.ts';

const onReference = reference();
/** Gradients that cancel are 0 but for rounding; weights and gradients are about 1. */
const cancelled = 2 ** -18;

/** A model that is trained on WebAssembly becomes what it becomes on the reference, whatever the number of threads. */
export async function checkModel(model: RandomModel): Promise<void> {
  const { plain, relaxed, twoThreads } = await wasmBackends();
  const values = await train(model, onReference).catch(divergence);
  if (values instanceof TrainingError) return expectDivergence(model, plain);
  const noisy = [];
  for (const seed of [1, 2, 3]) {
    const factors = noise(seed);
    noisy.push(await train(model, onReference, (x) => op('mul')(x, factors(x.shape, x.dtype))));
  }
  const first = await train(model, plain);
  expectAgreement('WebAssembly against the reference', first, { values, noisy }, cancelled);
  expectSameBits('two threads against one', await train(model, twoThreads), first);
  expectAgreement(
    'relaxed WebAssembly against the reference',
    await train(model, relaxed),
    { values, noisy },
    cancelled,
  );
}

/** The error of a training whose loss grows beyond all bounds; others go on. */
function divergence(error: unknown): TrainingError {
  if (error instanceof TrainingError) return error;
  throw error;
}

/** A model that diverges has no values to compare, but it must diverge on the backend, too. */
async function expectDivergence(model: RandomModel, backend: Backend): Promise<void> {
  const found = await train(model, backend).catch(divergence);
  if (!(found instanceof TrainingError)) throw new Error('diverges on the reference, but not on WebAssembly');
}
