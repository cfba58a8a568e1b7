import { type Backend, reference } from '@chainrule/compiler';
import { TrainingError } from '@chainrule/errors';
import { expectAgreement, expectationOf, expectSameBits } from '../programs/agreement.ts';
import { wasmBackends } from '../programs/checkProgram.ts';
import { noisyReference } from '../programs/noise.ts';
import { type RandomModel, train } from './randomModel.ts';

const onReference = reference();
/** Gradients that cancel are 0 except for rounding; weights and gradients are about 1. */
const cancelled = 2 ** -18;

/** A model that is trained on WebAssembly becomes what it becomes on the reference, whatever the number of threads. */
export async function checkModel(model: RandomModel): Promise<void> {
  const { plain, relaxed, twoThreads } = await wasmBackends();
  const values = await train(model, onReference).catch(divergence);
  if (values instanceof TrainingError) return expectDivergence(model, plain);
  const noisy = noisyReference(1);
  const expected = await expectationOf(values, () => train(model, noisy), 13).catch(divergence);
  // Rounding decides whether it diverges.
  if (expected instanceof TrainingError) return;
  const first = await train(model, plain);
  await expectAgreement('WebAssembly against the reference', first, expected, cancelled);
  expectSameBits('two threads against one', await train(model, twoThreads), first);
  await expectAgreement('relaxed WebAssembly against the reference', await train(model, relaxed), expected, cancelled);
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
