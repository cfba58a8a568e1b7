import { type Backend, reference } from '@chainrule/compiler';
import { TrainingError } from '@chainrule/errors';
import { expectAgreement, expectationOf, expectSameBits } from '../programs/agreement.ts';
import { wasmBackends } from '../programs/checkProgram.ts';
import { noisyReference } from '../programs/noise.ts';
import { type RandomModel, train } from './randomModel.ts';

const onReference = reference();
/** Gradients that cancel are 0 except for rounding; weights and gradients are about 1. */
const cancelled = 2 ** -18;

/** Expects training on WebAssembly to give the model of the reference backend, on one thread and on two. */
export async function checkModel(model: RandomModel): Promise<void> {
  const { plain, relaxed, twoThreads } = await wasmBackends();
  const values = await train(model, onReference).catch(divergence);
  if (values instanceof TrainingError) return expectDivergence(model, plain);
  const noisy = noisyReference(1);
  const expected = await expectationOf(values, () => train(model, noisy), 13).catch(divergence);
  // Whether it diverges may depend on rounding.
  if (expected instanceof TrainingError) return;
  const first = await train(model, plain);
  await expectAgreement('WebAssembly against the reference', first, expected, cancelled);
  expectSameBits('two threads against one', await train(model, twoThreads), first);
  await expectAgreement('relaxed WebAssembly against the reference', await train(model, relaxed), expected, cancelled);
}

/** Returns the error of a training that diverges; rethrows other errors. */
function divergence(error: unknown): TrainingError {
  if (error instanceof TrainingError) return error;
  throw error;
}

/** A model that diverges has no values to compare, but it must diverge on the backend, too. */
async function expectDivergence(model: RandomModel, backend: Backend): Promise<void> {
  const found = await train(model, backend).catch(divergence);
  if (!(found instanceof TrainingError)) throw new Error('diverges on the reference, but not on WebAssembly');
}
