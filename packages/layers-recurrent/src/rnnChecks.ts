import { aBoolean, aCount, aString, belowOne, type Checks } from '@chainrule/errors/check';
import { aConstraint, anActivation, anInitializer, aRegularizer, kernelChecks } from '@chainrule/layers-core';
import type { RecurrentKernelOptions } from './recurrentWeights.ts';
import type { RnnOptions } from './rnnOptions.ts';

export const rnnChecks: Checks<RnnOptions> = {
  returnSequences: aBoolean,
  returnState: aBoolean,
  goBackwards: aBoolean,
  stateful: aCount,
  learnInitialState: aBoolean,
  dropout: belowOne,
  recurrentDropout: belowOne,
  checkpointEvery: aCount,
  truncateEvery: aCount,
  name: aString,
};

export const cellChecks: Checks<RecurrentKernelOptions> = /* @__PURE__ */ (() => ({
  ...kernelChecks,
  recurrentInitializer: anInitializer,
  recurrentRegularizer: aRegularizer,
  recurrentConstraint: aConstraint,
}))();

export const lstmChecks: Checks<
  RecurrentKernelOptions & { readonly recurrentActivation?: unknown; readonly unitForgetBias?: boolean }
> = /* @__PURE__ */ (() => ({
  ...cellChecks,
  recurrentActivation: anActivation,
  unitForgetBias: aBoolean,
}))();

export const gruChecks: Checks<
  RecurrentKernelOptions & { readonly recurrentActivation?: unknown; readonly resetAfter?: boolean }
> = /* @__PURE__ */ (() => ({
  ...cellChecks,
  recurrentActivation: anActivation,
  resetAfter: aBoolean,
}))();
