import { aBoolean, aString, type Check, type Checks, importedFrom } from '@chainrule/errors/check';
import type { BiasOptions, KernelOptions } from './kernel.ts';

const has = (value: unknown, method: string): boolean =>
  typeof (value as Readonly<Record<string, unknown>> | null | undefined)?.[method] === 'function';
/** Excludes functions, which have an `apply` method. */
const object = (value: unknown, method: string): boolean => typeof value === 'object' && has(value, method);

export const anActivation: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/tensor',
  'a function such as `relu`',
  (value) => typeof value === 'function',
);
export const anInitializer: Check = /* @__PURE__ */ importedFrom('@chainrule/layers-core', 'an initializer', (value) =>
  has(value, 'make'),
);
export const aRegularizer: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/layers-core',
  'a regularizer',
  (value) => object(value, 'penalty'),
  '()',
);
export const aConstraint: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/layers-core',
  'a constraint',
  (value) => object(value, 'apply'),
  '()',
);
export const aLayer: Check = /* @__PURE__ */ importedFrom(
  '@chainrule/layers-dense',
  'a layer',
  (value) => object(value, 'outputShape'),
  '()',
);

/** The option that all layers have. */
export interface NameOption {
  readonly name?: string;
}

export const nameCheck: Checks<NameOption> = { name: aString };

export const biasChecks: Checks<BiasOptions> = {
  activation: anActivation,
  useBias: aBoolean,
  biasInitializer: anInitializer,
  biasRegularizer: aRegularizer,
  biasConstraint: aConstraint,
  name: aString,
};

export const kernelChecks: Checks<KernelOptions> = /* @__PURE__ */ (() => ({
  ...biasChecks,
  kernelInitializer: anInitializer,
  kernelRegularizer: aRegularizer,
  kernelConstraint: aConstraint,
}))();
